"""What adding one document costs, by how many are in the register.

    python bench/growth.py ARTICLES.jsonl[.gz] [--sizes 10000 200000] [--base 1000] [--added 20] [--keep FOLDER]
                           [--postgres URL]

The first articles of the file are read, and the register is grown from them to each size: every round adds all of them
again with other names, other words and later months. Words are exchanged for words of the same length, the same one
everywhere in a round, so that lengths, repetitions and who meets whom stay those of real texts; states keep their
codes. What is put together across documents is grown the same way, row by row, rather than put together again.
Then further articles of the file are added one at a time: read, filed, and put together with what is there. Printed
are the medians, the parts they are made of, and the ratio of the largest size to the smallest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Table, func, insert, select, text, update

from servanda import Document
from servanda.answers import assembly
from servanda.answers.assembly import around, bring_up_to_date, copied, engaged, folded, survey
from servanda.answers.assembly.work import digest
from servanda.engine.reading import as_sheet
from servanda.keep.when import when
from servanda.store import Register, file, open_register
from servanda.store import derived as d
from servanda.store import tables as t
from servanda.store.bulk import insert_rows
from servanda.store.sheets import name_key

STEP = 10**6  # numbers of documents of one round
WORD = re.compile(r"\w+")
HEX = re.compile(r"[0-9a-f]{16}")
EDTF = re.compile(r"(\d{4})-(\d\d)(?=\D|$)")
MONTHS = re.compile(r"@(\d+)-(\d+)$")
TODAY = 2017 * 12 + 1  # the months that articles without a date are taken to be of begin here


def articles(path: Path, count: int, skip: int = 0) -> Iterator[Document]:
    """Articles of a file of JSON lines; one whose day is not told is given one of half a year."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for n, line in enumerate(islice(lines, skip, skip + count)):
            it = json.loads(line)
            told = when(it.get("published"))
            month = TODAY + n * 7919 % 6
            day = it["published"] if told and told.days == 1 else f"{month // 12}-{month % 12 or 12:02}-{n % 28 + 1:02}"
            yield Document(it["text"], it.get("url") or str(it.get("id", n)), url=it.get("url"), published=day)


class Keys:
    """What every digest of the base was made of, so that those of later rounds can be made from other words."""

    def __init__(self) -> None:
        self.parts: dict[int, tuple[object, ...]] = {}

    def digest(self, *parts: object) -> int:
        """As `work.digest`, and noted."""
        key = digest(*parts)
        self.parts[key] = parts
        return key

    def listen(self) -> None:
        """Note what is digested from now on."""
        for module in (engaged, around, copied):
            module.digest = self.digest  # type: ignore[attr-defined]


class Round:
    """Another set of the same articles: names, words, keys and months exchanged, each for one other throughout."""

    def __init__(self, number: int, words: list[str], sources: set[str]) -> None:
        self.number, self.sources = number, sources
        self.mask = int.from_bytes(blake2b(f"round {number}".encode(), digest_size=8).digest(), "big")
        self.words = dict(self._exchanged(words)) if number else {}
        self.actors: dict[str, str] = {}

    def _exchanged(self, words: list[str]) -> Iterator[tuple[str, str]]:
        alike: dict[tuple[int, bool, bool], list[str]] = {}
        for word in words:
            if not word.isdecimal():
                alike.setdefault((len(word), word[:1].isupper(), word.isascii()), []).append(word)
        for group in alike.values():
            others = group.copy()
            random.Random(self.number).shuffle(others)
            yield from zip(group, others, strict=True)

    def told(self, words: str | None) -> str | None:
        """Text with other words at the same places."""
        return None if words is None else WORD.sub(lambda m: self.words.get(m.group(), m.group()), words)

    def key(self, key: str) -> str:
        """Another key of a record; an actor's, a source's or a text's id likewise."""
        if HEX.fullmatch(key):
            return f"{int(key, 16) ^ self.mask:016x}" if self.number else key
        return self.source(key) if key in self.sources else self.actors.get(key, key)

    def source(self, source: str) -> str:
        """Another address."""
        return f"{source}?round={self.number}" if self.number else source

    def date(self, edtf: str | None) -> str | None:
        """So many months later."""
        return None if edtf is None else EDTF.sub(self._later, edtf)

    def _later(self, found: re.Match[str]) -> str:
        months = int(found[1]) * 12 + int(found[2]) - 1 + self.number
        return f"{months // 12:04}-{months % 12 + 1:02}"

    def value(self, it: Any) -> Any:
        """Anything in a row of an answer."""
        if isinstance(it, dict):
            return {name: self.value(value) for name, value in it.items()}
        if isinstance(it, list):
            return [self.value(value) for value in it]
        if not isinstance(it, str):
            return it
        if HEX.fullmatch(it) or it in self.sources or it in self.actors:
            return self.key(it)
        return self.date(it) if when(it) else self.told(it)

    def json(self, row: str) -> str:
        """The row of an answer."""
        return orjson.dumps(self.value(orjson.loads(row))).decode()

    def block(self, key: int, keys: Keys) -> int:
        """Another key of a block: the same where it names states and no words."""
        return digest(*map(self._part, keys.parts.get(key, (key,)))) if self.number else key

    def _part(self, part: object) -> object:
        if isinstance(part, int):
            return part + self.number if part < 10**6 else part ^ self.mask
        said = MONTHS.sub(lambda m: f"@{int(m[1]) + self.number}-{int(m[2]) + self.number}", str(part))
        return re.sub(r"(?<![#\w])\w+", lambda m: self.words.get(m.group(), m.group()), self.date(said) or "")


@dataclass
class Base:
    """All rows of the register that it is grown from, column by column; `shared` those of states, which all rounds
    have in common."""

    columns: dict[Table, dict[str, list[Any]]]
    shared: dict[Table, list[tuple[Any, ...]]]
    keys: Keys
    words: list[str]
    sources: set[str]
    actors: list[str]

    @property
    def documents(self) -> int:
        """How many a round has."""
        return len(self.columns[t.documents]["number"])


GROWN = (
    t.documents, t.texts, t.records, t.statements, t.names, d.assembled, d.entries, d.entry_links, d.entry_keys,
    d.actors, d.actor_names, d.actor_counts, d.mentions, d.posts, d.blocks, d.edges, d.promised, d.searchable,
)  # fmt: skip
NUMBERED = ("document", "other_document")
KEYS = ("id", "key", "item", "other_item", "actor")
DATES = ("published", "date", "day", "first_day", "last_day", "told_day")
TOLD = ("text", "title", "words", "name", "post", "quote")


def changing(it: Round, base: Base, table: Table, name: str) -> Callable[[Any], Any] | None:
    """How a round changes the values of a column; None where it leaves them."""
    if name in NUMBERED or (table is t.documents and name == "number") or (table is d.searchable and name == "number"):
        return lambda number: number + it.number * STEP
    if table is d.blocks and name == "key":
        return lambda key: it.block(key, base.keys)
    if table is t.statements and name == "value":
        return lambda value: it.date(value) if when(value) else it.told(value)
    if name in ("source", "url"):
        return it.source
    if name in KEYS and table is not t.statements:
        return it.key
    if name == "about" and table is d.entries:
        return lambda about: it.key(about) if HEX.fullmatch(about) else about
    if table is d.entry_links and name == "value":
        return lambda value: it.actors.get(value, value)
    plain = {"row": it.json, "bare": lambda bare: name_key(it.told(bare) or "")}
    plain["names"] = lambda names: orjson.dumps([it.told(name) for name in orjson.loads(names)]).decode()
    return plain.get(name) or (it.date if name in DATES else it.told if name in TOLD else None)


def based_on(register: Register, keys: Keys) -> Base:
    """Everything that a register holds."""
    with register.reading() as connection:
        found = {table: connection.execute(select(table)).all() for table in GROWN}
    coded = {row.id for row in found[d.actors] if row.code}
    common = (d.actors, d.actor_names, d.actor_counts)
    shared = {table: [tuple(r) for r in found[table] if (r[0] if table is d.actors else r.actor) in coded]
              for table in common}  # fmt: skip
    own = {table: [r for r in rows if table not in common or tuple(r) not in set(shared[table])]
           for table, rows in found.items()}  # fmt: skip
    columns = {table: {c.name: [row[n] for row in own[table]] for n, c in enumerate(table.c)} for table in GROWN}
    words = {word for text in columns[t.texts]["text"] for word in WORD.findall(text)}
    words |= {form for word in words for form in (word.lower(), name_key(word)) if form}
    actors = [row.id for row in found[d.actors] if row.id not in coded]
    return Base(columns, shared, keys, sorted(words), set(columns[t.documents]["source"]), actors)


def grow(register: Register, base: Base, size: int, done: int) -> int:
    """Add rounds until there are so many documents; how many rounds there are now."""
    per_round = base.documents
    while done * per_round < size:
        _add(register, base, Round(done, base.words, base.sources))
        done += 1
    with register.writing() as connection:
        count = done * per_round
        newest, now = connection.execute(select(func.max(d.assembled.c.published), func.max(d.assembled.c.day))).one()
        connection.execute(update(d.assembly).values(documents=count, newest=newest, now=now))
        survey(connection)
    return done


def _add(register: Register, base: Base, it: Round) -> None:
    if it.number:
        it.actors = {id: f"{id}~{it.number}" for id in base.actors}
    with register.writing() as connection:
        for table, columns in base.columns.items():
            changed = {name: _changed(values, changing(it, base, table, name) if it.number else None)
                       for name, values in columns.items()}  # fmt: skip
            if table is d.searchable:
                changed["year"] = [day[:4] for day in changed["day"]]
                _index(connection, it, base, changed)
            unique = [list(columns).index(column.name) for column in table.primary_key.columns]
            rows = {tuple(row[n] for n in unique): row for row in zip(*changed.values(), strict=True)}
            insert_rows(connection, table, list(columns), list(rows.values()))


def _changed(values: list[Any], change: Callable[[Any], Any] | None) -> list[Any]:
    if change is None:
        return values
    known: dict[Any, Any] = {value: change(value) for value in set(values) if value is not None}
    return [known.get(value) for value in values]


def _index(connection: Any, it: Round, base: Base, columns: dict[str, list[Any]]) -> None:
    texts = dict(zip(base.columns[t.texts]["document"], base.columns[t.texts]["text"], strict=True))
    told = []
    for number, sort, document, own in zip(*(columns[name] for name in ("number", "sort", "document", "words")),
                                           strict=True):  # fmt: skip
        whole = folded(it.told(texts[document - it.number * STEP]) or "") if sort == "document" else ""
        told.append((number, f"{own} {whole}"))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_words (rowid, words) VALUES (?, ?)", told)
        return
    given = [{"n": number, "w": words} for number, words in told]
    connection.execute(text("INSERT INTO search_words VALUES (:n, to_tsvector('simple', :w))"), given)


def made(address: str, path: Path, count: int, keys: Keys) -> Base:
    """A register of the first articles, put together, as what to grow another from."""
    keys.listen()
    with open_register(address, create=True) as register:
        documents = list(articles(path, count))
        for at in range(0, count, 64):
            file(register, [as_sheet(document) for document in documents[at : at + 64]])
        bring_up_to_date(register)
        return based_on(register, keys)


def begun(register: Register) -> None:
    """The rows that every grown register begins with."""
    with register.writing() as connection:
        connection.execute(insert(t.runs).values(id=1, release=register.release, at="2026-01-01T00:00:00Z"))
        state = {"id": 1, "version": assembly.version(), "judged": "0.0", "documents": 0}
        connection.execute(insert(d.assembly).values(**state))
    register._run = 1


def shared_actors(register: Register, base: Base) -> None:
    """States and missions, which all rounds share."""
    with register.writing() as connection:
        for table, rows in base.shared.items():
            insert_rows(connection, table, [column.name for column in table.c], rows)


def add_one(register: Register, document: Document) -> dict[str, float]:
    """Seconds of reading, filing and putting together one document; of this process, `cpu`."""
    start, used = time.perf_counter(), time.process_time()
    sheet = as_sheet(document)
    read = time.perf_counter()
    file(register, [sheet])
    filed = time.perf_counter()
    bring_up_to_date(register)
    end = time.perf_counter()
    return {"read": read - start, "file": filed - read, "assemble": end - filed, "all": end - start,
            "cpu": time.process_time() - used}  # fmt: skip


def measured(register: Register, added: list[Document]) -> dict[str, float]:
    """Medians of adding each of these."""
    add_one(register, added[0])
    parts = [add_one(register, document) for document in added[1:]]
    return {name: statistics.median(part[name] for part in parts) for name in parts[0]}


def main() -> None:
    """Grow, add, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 200_000])
    parser.add_argument("--base", type=int, default=1000)
    parser.add_argument("--added", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="a folder in which the grown registers are left")
    parser.add_argument("--postgres", metavar="URL", help="an empty database; else SQLite in a file")
    asked = parser.parse_args()
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory() as folder:
        place = asked.keep or Path(folder)
        keys = Keys()
        base = made(str(Path(folder) / "base.db"), asked.articles, asked.base, keys)
        rows = sum(len(next(iter(columns.values()))) for columns in base.columns.values())
        print(f"base: {asked.base} articles, {rows:,} rows", flush=True)
        ladder(asked.postgres or str(place / "grown.db"), base, asked)


def ladder(address: str, base: Base, asked: argparse.Namespace) -> None:
    """Grow one register from size to size, and add further articles at each."""
    found, done = {}, 0
    with open_register(address, create=True) as register:
        begun(register)
        shared_actors(register, base)
        for n, size in enumerate(sorted(asked.sizes)):
            start = time.perf_counter()
            done = grow(register, base, size, done)
            spent = time.perf_counter() - start
            added = list(articles(asked.articles, asked.added + 1, asked.base + n * (asked.added + 1)))
            found[size] = measured(register, added)
            parts = ", ".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in found[size].items())
            print(f"{register.engine.dialect.name} {size:,} documents (grown in {spent:.0f} s): {parts}", flush=True)
    smallest, largest = min(found), max(found)
    ratios = {name: found[largest][name] / found[smallest][name] for name in ("all", "cpu")}
    print(f"ratio {largest:,} to {smallest:,}: {ratios['all']:.2f} (of this process's time alone {ratios['cpu']:.2f})")


if __name__ == "__main__":
    main()

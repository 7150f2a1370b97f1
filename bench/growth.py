"""What adding one document costs, by how many are in the register.

    python bench/growth.py ARTICLES.jsonl[.gz] … [--sizes 10000 200000] [--base 1000] [--added 20] [--keep FOLDER]
                           [--postgres]

The first articles of the files, taken in turns, are read and put together, and a register of each size is grown from
them: every round adds all of them again with other names, other words and later months (`bench/rounds.py`). What is put
together across documents is grown the same way, row by row, rather than put together again. Then further articles are
added one at a time, to each register in turn: read, filed, and put together with what is there; afterwards they are
withdrawn. Printed are the medians, the parts they are made of, and the ratio of the largest register to the smallest.
`--keep` leaves the registers in a folder, and takes those that are there: a large one grows for half an hour.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import compress, islice, zip_longest
from pathlib import Path
from typing import Any

from database import Database, server
from rounds import STEP, WORD, Column, Pieces, Round, Taking, as_key
from sqlalchemy import Connection, Table, func, insert, select, text, update
from table import machine

from servanda import Document
from servanda.answers import assembly
from servanda.answers.assembly import ALL, bring_up_to_date, current_state, survey
from servanda.answers.assembly.work import digest
from servanda.engine.reading import as_sheet
from servanda.keep.when import when
from servanda.store import Register, file, open_register, withdraw
from servanda.store import derived as d
from servanda.store import tables as t
from servanda.store.bulk import insert_rows
from servanda.store.sheets import name_key

MONTH = 30  # days by which one round is later than another
TODAY = 2017 * 12 + 1  # the months that articles without a date are taken to be of begin here
GROWN = (t.documents, t.texts, t.records, t.statements, t.names,
         *(table for table in d.DERIVED if table not in (d.pending, d.assembly)))  # fmt: skip
SHARED = {d.actors: "id", d.actor_names: "actor", d.actor_counts: "actor"}  # rows of states: all rounds have them
COUNTS = {d.actor_names: ("first", "told"), d.actor_counts: ("count",)}
NUMBERED = ("document", "other_document", "room")
KEYS = ("id", "key", "item", "other_item", "actor", "about", "value")
DATES = ("published", "date", "day", "first_day", "last_day", "told_day")
TOLD = ("text", "title", "words", "name", "post", "quote")
DRAWN = {d.sketched: ("sketch", "drawn"), d.sketches: ("sketch", "block")}  # digests of what rounds change
MADE_OF_WORDS = (t.names, d.actor_names, d.posts)  # two of their keys may become one when words are exchanged


def articles(paths: Sequence[Path], count: int, skip: int = 0) -> list[Document]:
    """Articles of files of JSON lines, one of each in turns; one whose day is not told is given one of half a year."""
    taken = (it for row in zip_longest(*map(_articles, paths)) for it in row if it is not None)
    return list(islice(taken, skip, skip + count))


def _articles(path: Path) -> Iterator[Document]:
    if path.suffix == ".txt":
        yield Document(path.read_text(encoding="utf-8"), path.name, published="2019-03-12")
        return
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            it = json.loads(line)
            told = when(it.get("published"))
            month = TODAY + n * 7919 % 6
            day = it["published"] if told and told.days == 1 else f"{month // 12}-{month % 12 or 12:02}-{n % 28 + 1:02}"
            source = it.get("url") or f"{path.name}#{it.get('id', n)}"
            yield Document(it["text"], source, url=it.get("url"), published=day)


def listening() -> dict[int, tuple[object, ...]]:
    """What every key of a block is made of from now on, by the key."""
    parts: dict[int, tuple[object, ...]] = {}

    def noted(*given: object) -> int:
        key = digest(*given)
        parts[key] = given
        return key

    for name, module in list(sys.modules.items()):
        if name.startswith(assembly.__name__) and vars(module).get("digest") is digest:
            module.digest = noted  # type: ignore[attr-defined]
    return parts


@dataclass
class Base:
    """All rows of the register that others are grown from, taken apart; `shared` are those of states."""

    documents: int
    words: list[str]
    taking: Taking
    columns: dict[Table, dict[str, Column]]
    searched: Column
    shared: dict[Table, list[dict[str, Any]]]

    @property
    def rows(self) -> int:
        """How many a round has."""
        return sum(len(next(iter(columns.values())).values) for columns in self.columns.values())


def made(given: Sequence[Document], folder: Path) -> Base:
    """These articles read and put together, as what to grow registers from."""
    parts = listening()
    with open_register(str(folder / "base.db"), create=True) as register:
        for at in range(0, len(given), 64):
            file(register, [as_sheet(document) for document in given[at : at + 64]])
        bring_up_to_date(register)
        with register.reading() as connection:
            return _taken_apart({table: connection.execute(select(table)).mappings().all() for table in GROWN}, parts)


def _taken_apart(found: dict[Table, Sequence[Any]], parts: dict[int, tuple[object, ...]]) -> Base:
    coded = {row["id"] for row in found[d.actors] if row["code"]} | {ALL}
    shared = {table: [dict(row) for row in found[table] if row[by] in coded] for table, by in SHARED.items()}
    own = {table: [row for row in rows if table not in SHARED or row[SHARED[table]] not in coded]
           for table, rows in found.items()}  # fmt: skip
    words = {word for row in found[t.texts] for word in WORD.findall(row["text"])}
    words |= {form for word in words for form in (word.lower(), name_key(word)) if form}
    actors = {row["id"] for row in found[d.actors]} - coded
    taking = Taking({row["source"] for row in found[t.documents]}, actors, parts)
    columns = {table: {c.name: _column(taking, table, c.name, [row[c.name] for row in rows]) for c in table.c}
               for table, rows in own.items()}  # fmt: skip
    texts = [row["text"] for row in found[t.texts]]
    return Base(len(texts), sorted(words), taking, columns,
                Column(texts, pieces={text: taking.text(text) for text in texts}), shared)  # fmt: skip


def _column(taking: Taking, table: Table, name: str, values: list[Any]) -> Column:
    if name in NUMBERED or (name == "number" and table in (t.documents, d.searchable)):
        return Column(values, shift=STEP)
    distinct = list(dict.fromkeys(values))
    if table in (d.shelved, d.sought) and name == "day":
        return Column(values, shift=MONTH)
    if name in DRAWN.get(table, ()):
        return Column(values, pieces={number: taking.digest(number) for number in distinct}, last=int)
    if table in (d.blocks, d.shelved, d.sought) and name == "key":
        return Column(values, pieces={key: taking.block(key) for key in distinct}, last=as_key)
    take = _how(taking, table, name)
    if take is None:
        return Column(values)
    pieces: dict[Any, Pieces | None] = {value: take(value) if value else None for value in distinct}
    return Column(values, pieces=pieces)


def _how(taking: Taking, table: Table, name: str) -> Any:
    """What takes the values of a column apart; None where rounds leave them."""
    if table is t.statements and name in KEYS:
        return taking.value if name == "value" else None
    if name == "words" and table is d.searchable:
        return lambda said: taking.told(said, "folded")
    plain = {"source": taking.id, "url": taking.id, "row": taking.json, "names": taking.json, "drawn": taking.json,
             "bare": lambda said: taking.told(said, "bare")}  # fmt: skip
    by_name = {
        **dict.fromkeys(KEYS, taking.id),
        **dict.fromkeys(DATES, taking.date),
        **dict.fromkeys(TOLD, taking.told),
    }
    return {**by_name, **plain}.get(name)


def grow(register: Register, base: Base, size: int) -> None:
    """Fill an empty register with rounds of the base until there are so many documents."""
    rounds = -(-size // base.documents)
    with register.writing() as connection:
        connection.execute(insert(t.runs).values(id=1, release=register.release, at="2026-01-01T00:00:00Z"))
        state = {"id": 1, "version": assembly.version(), "judged": "0.0", "documents": rounds * base.documents}
        for table, rows in base.shared.items():
            counted = [{**row, **{name: row[name] * rounds for name in COUNTS.get(table, ())}} for row in rows]
            insert_rows(connection, table, [c.name for c in table.c], [tuple(row.values()) for row in counted])
    with _without_indexes(register):
        for number in range(rounds):
            _add(register, base, Round(number, base.words))
            if sys.stderr.isatty():
                print(f"\r{register.shown}: {(number + 1) * base.documents:,} of {size:,} ", end="", file=sys.stderr)
    with register.writing() as connection:
        newest, now = connection.execute(select(func.max(d.assembled.c.published), func.max(d.assembled.c.day))).one()
        connection.execute(insert(d.assembly).values(**state, newest=newest, now=now))
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval('documents_number_seq', (SELECT max(number) FROM documents))"))
            connection.execute(text("SELECT setval('runs_id_seq', 1)"))
        survey(connection)


@contextmanager
def _without_indexes(register: Register) -> Iterator[None]:
    """Indexes are made at once when all rows are there, and rows are not held against each other."""
    kind = register.engine.dialect.name
    listed = {"sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
              "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
              " AND indexname NOT IN (SELECT conname FROM pg_constraint)"}  # fmt: skip
    with register.writing() as connection:
        found = connection.execute(text(listed[kind])).all()
        for name, _ in found:
            connection.execute(text(f'DROP INDEX "{name}"'))
        if kind == "sqlite":
            connection.execute(text("INSERT INTO search_words (search_words, rank) VALUES ('hashsize', 67108864)"))
    yield
    with register.writing() as connection:
        for _, made_by in found:
            connection.execute(text(made_by))
        if kind == "sqlite":
            connection.execute(text("INSERT INTO search_words (search_words, rank) VALUES ('hashsize', 1048576)"))


def _add(register: Register, base: Base, it: Round) -> None:
    changed = base.taking.changed(it)
    with register.writing() as connection:
        for table, columns in base.columns.items():
            values = {name: column.of(it, changed) for name, column in columns.items()}
            if table is d.searchable:
                values["year"] = [day[:4] for day in values["day"]]
                values = _once(base, it, values)
                _index(connection, base, it, changed, values)
            rows = list(zip(*values.values(), strict=True))
            if table in MADE_OF_WORDS:
                unique = [list(columns).index(column.name) for column in table.primary_key.columns]
                rows = list({tuple(row[n] for n in unique): row for row in rows}.values())
            insert_rows(connection, table, list(columns), rows)


def _once(base: Base, it: Round, values: dict[str, Any]) -> dict[str, Any]:
    """What can be found of a round: states, which all rounds have, only in the first."""
    coded = {row["id"] for row in base.shared[d.actors]}
    kept = [it.number == 0 or not (sort == "actor" and id in coded)
            for sort, id in zip(values["sort"], values["id"], strict=True)]  # fmt: skip
    return {name: list(compress(column, kept)) for name, column in values.items()}


def _index(connection: Connection, base: Base, it: Round, changed: Sequence[str], columns: dict[str, Any]) -> None:
    numbers = base.columns[t.texts]["document"].of(it, changed)
    texts = dict(zip(numbers, base.searched.of(it, changed), strict=True))
    chosen = zip(*(columns[name] for name in ("number", "sort", "document", "words")), strict=True)
    told = [(n, f"{own} {texts[document]}" if sort == "document" else own) for n, sort, document, own in chosen]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_words (rowid, words) VALUES (?, ?)", told)
        return
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS told (n bigint, w text) ON COMMIT DELETE ROWS")
    insert_rows(connection, Table("told", t.metadata.__class__()), ("n", "w"), told)
    connection.exec_driver_sql("INSERT INTO search_words SELECT n, to_tsvector('simple', w) FROM told")


def add_one(register: Register, document: Document, spent_by: Database) -> dict[str, float]:
    """Seconds of reading, filing and putting together one document; `cpu`: of processors, the database's too."""
    used, start = spent_by.processor(register), time.perf_counter()
    sheet = as_sheet(document)
    read = time.perf_counter()
    file(register, [sheet])
    filed = time.perf_counter()
    bring_up_to_date(register)
    end = time.perf_counter()
    return {"read": read - start, "file": filed - read, "assemble": end - filed, "all": end - start,
            "cpu": spent_by.processor(register) - used}  # fmt: skip


def measured(
    registers: dict[int, Register], given: Sequence[Document], database: Database
) -> dict[int, dict[str, float]]:
    """Medians of adding each of these to each register, in turns; the first does not count. They are withdrawn."""
    parts: dict[int, list[dict[str, float]]] = {size: [] for size in registers}
    added: dict[int, list[str]] = {size: [] for size in registers}
    for document in given:
        for size, register in registers.items():
            it = replace(document, source=f"{document.source}?added={_last(register)}")
            parts[size].append(add_one(register, it, database))
            added[size].append(it.source)
    for size, register in registers.items():
        _withdrawn(register, added[size])
    return {size: {name: statistics.median(it[name] for it in told[1:]) for name in told[0]}
            for size, told in parts.items()}  # fmt: skip


def _last(register: Register) -> int:
    with register.reading() as connection:
        return int(connection.execute(select(func.max(t.documents.c.number))).scalar_one())


def _withdrawn(register: Register, sources: Collection[str]) -> None:
    for source in sources:
        withdraw(register, source, by="bench", reason="measured")
    bring_up_to_date(register)


def adopted(register: Register) -> str | None:
    """Take what an earlier state of the rules put together as it is; that state, where it is another."""
    with register.writing() as connection:
        state = current_state(connection)
        if state is None or state[0] == assembly.version():
            return None
        connection.execute(update(d.assembly).values(version=assembly.version()))
        return state[0]


@dataclass
class Figures:
    """Medians by size, seconds that each register took to grow (0: it was there), and what is to be said besides."""

    by_size: dict[int, dict[str, float]]
    grown: dict[int, float]
    older: set[str]

    def ratio(self, name: str = "all") -> float:
        """Of the largest register to the smallest."""
        return self.by_size[max(self.by_size)][name] / self.by_size[min(self.by_size)][name]


def compared(paths: Sequence[Path], sizes: Sequence[int], base: int, added: int, keep: Path, kind: str) -> Figures:
    """Adding further articles to registers of these sizes, kept in a folder; those that are there are not grown."""
    keep.mkdir(parents=True, exist_ok=True)
    grown, older, held = dict.fromkeys(sizes, 0.0), set[str](), list[Base]()
    with server(kind, keep) as database:
        for size in sorted(sizes):
            if not database.has(size):
                start = time.perf_counter()
                held = held or [_base(paths, base)]
                with database.growing(size) as register:
                    grow(register, held[0], size)
                grown[size] = time.perf_counter() - start
        registers = {size: database.open(size) for size in sizes}
        older |= {told for register in registers.values() if (told := adopted(register))}
        figures = Figures(measured(registers, articles(paths, added + 1, base), database), grown, older)
        for register in registers.values():
            register.engine.dispose()
    return figures


def _base(paths: Sequence[Path], count: int) -> Base:
    with tempfile.TemporaryDirectory() as folder:
        return made(articles(paths, count), Path(folder))


def main() -> None:
    """Grow, add, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 200_000])
    parser.add_argument("--base", type=int, default=1000)
    parser.add_argument("--added", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="a folder in which the grown registers are left")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server of its own; else SQLite")
    asked = parser.parse_args()
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        kind = "postgresql" if asked.postgres else "sqlite"
        figures = compared(asked.articles, asked.sizes, asked.base, asked.added, asked.keep or Path(folder), kind)
    for size, told in figures.by_size.items():
        parts = ", ".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in told.items())
        print(f"{kind} {size:,} documents (grown in {figures.grown[size]:.0f} s): {parts}")
    print(f"ratio: {figures.ratio():.2f} (of processor time {figures.ratio('cpu'):.2f})")
    if figures.older:
        print(f"put together by another state of the rules ({', '.join(sorted(figures.older))}), taken as it is")


if __name__ == "__main__":
    main()

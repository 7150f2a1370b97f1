"""The search index: words without accents, on SQLite by FTS5, on PostgreSQL by its own full text search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, text

from servanda.answers.assembly.work import Work, days
from servanda.folding import bare
from servanda.store.bulk import chunks, insert_rows
from servanda.store.derived import searchable

WORD = re.compile(r"\w+")
COLUMNS = ("number", "sort", "id", "title", "day", "year", "date", "kind", "status", "publisher", "document", "start",
           "end", "quote", "words")  # fmt: skip
ORDER = ("actor", "engagement", "undertaking", "agreement", "contribution", "act", "position", "document")
RANGE = 10**12  # numbers of one sort: those of the first sort begin here, of the second at twice as much …
LONGEST = 64  # code points of a word; what is longer is none
MOST = 900_000  # code points of a text that are indexed: PostgreSQL takes no more than 1 MB


@dataclass(slots=True)
class Found:
    """What a search shows of one entry, and the words it is found by. `text`: a document's, kept elsewhere."""

    sort: str
    id: str
    title: str
    date: str | None
    words: str
    kind: str | None = None
    status: str | None = None
    publisher: str | None = None
    document: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    text: str | None = None


def folded(words: str) -> str:
    """Words as they are looked up: no accents, lower case, single spaces."""
    return " ".join(word for word in WORD.findall(bare(words)) if len(word) <= LONGEST)


def index(work: Work, found: Sequence[Found]) -> None:
    """Add these, all of one sort, to what can be found."""
    if not found:
        return
    low = (ORDER.index(found[0].sort) + 1) * RANGE
    c = searchable.c
    highest = select(func.max(c.number)).where(c.number >= low, c.number < low + RANGE)
    last = work.connection.execute(highest).scalar() or low
    rows, words = [], []
    for number, it in enumerate(found, last + 1):
        day = days(it.date)[0]
        own = folded(it.words)
        rows.append((number, it.sort, it.id, it.title, day, day[:4], it.date, it.kind, it.status, it.publisher,
                     it.document, it.start, it.end, it.quote, own))  # fmt: skip
        words.append((number, f"{own} {folded(it.text[:MOST])}" if it.text else own))
    insert_rows(work.connection, searchable, COLUMNS, rows)
    _put(work, words)


def _put(work: Work, words: list[tuple[int, str]]) -> None:
    if work.connection.dialect.name == "sqlite":
        work.connection.exec_driver_sql("INSERT INTO search_words (rowid, words) VALUES (?, ?)", words)
        return
    for chunk in chunks(words, 200):
        rows = [{"n": number, "w": told} for number, told in chunk]
        work.connection.execute(text("INSERT INTO search_words VALUES (:n, to_tsvector('simple', :w))"), rows)


def unindex(work: Work, sort: str, ids: Iterable[str]) -> None:
    """Take these out of what can be found."""
    c = searchable.c
    for chunk in chunks(ids):
        mine = (c.sort == sort) & c.id.in_(chunk)
        rows = work.rows(select(c.number, c.words, c.document).where(mine))
        if rows:
            _drop(work, sort, [tuple(row) for row in rows])
            work.connection.execute(delete(searchable).where(mine))


def _drop(work: Work, sort: str, rows: list[tuple[int, str, int]]) -> None:
    if work.connection.dialect.name == "postgresql":
        numbers = [number for number, _, _ in rows]
        work.connection.execute(text("DELETE FROM search_words WHERE number = ANY(:n)"), {"n": numbers})
        return
    texts = work.texts([document for _, _, document in rows]) if sort == "document" else {}
    told = [(number, f"{own} {folded(texts[document][:MOST])}" if document in texts else own)
            for number, own, document in rows]  # fmt: skip
    work.connection.exec_driver_sql(
        "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', ?, ?)", told
    )

"""Stories (copies and rewrites of one text) and conflicts (one thing told differently)."""

from __future__ import annotations

from sqlalchemy import select

from servanda.answers.asking import L, Listing, asking, listed
from servanda.answers.pages import Page
from servanda.store import Register
from servanda.store.bulk import chunks
from servanda.store.derived import entry_keys
from servanda.store.tables import documents


def stories(register: Register, *, source: str | None = None, cursor: str | None = None,
            limit: int | None = 50) -> Page:  # fmt: skip
    """Groups of documents made from one text: `original, reason, copies, sources` (the original first), `titles` by
    source."""
    found = _told(register, "story", source, None, cursor, limit)
    titles = _titles(register, [it for row in found.rows for it in row["sources"]])
    found.rows = [{**row, "titles": {it: titles.get(it) for it in row["sources"]}} for row in found.rows]
    return found


def conflicts(register: Register, *, source: str | None = None, property: str | None = None,
              cursor: str | None = None, limit: int | None = 50) -> Page:  # fmt: skip
    """Where documents disagree: `id, subject, property, values [{value, source, start, end, quote}], preferred,
    reason`."""
    return _told(register, "conflict", source, property, cursor, limit)


def _titles(register: Register, sources: list[str]) -> dict[str, str | None]:
    d = documents.c
    with register.reading() as connection:
        return {source: title for chunk in chunks(sources) for source, title in connection.execute(
            select(d.source, d.title).where(d.source.in_(chunk), d.status == "current"))}  # fmt: skip


def _told(
    register: Register, sort: str, source: str | None, kind: str | None, cursor: str | None, limit: int | None
) -> Page:
    with asking(register) as question:
        listing = Listing(sort).equal(kind=kind)
        if source is not None:
            k, d = entry_keys.c, documents.c
            number = select(d.number).where(d.source == source)
            listing.where.append(L.id.in_(select(k.id).where(k.sort == sort, k.document.in_(number))))
        return listed(question, listing, cursor, limit)

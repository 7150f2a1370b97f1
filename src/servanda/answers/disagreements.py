"""Stories (copies and rewrites of one text) and conflicts (one thing told differently)."""

from __future__ import annotations

from sqlalchemy import select

from servanda.answers.asking import L, Listing, asking, listed
from servanda.answers.pages import Page
from servanda.store import Register
from servanda.store.derived import entry_keys
from servanda.store.tables import documents


def stories(register: Register, *, source: str | None = None, cursor: str | None = None,
            limit: int | None = 50) -> Page:  # fmt: skip
    """Groups of documents made from one text: `original, reason, copies, sources` (the original first)."""
    return _told(register, "story", source, None, cursor, limit)


def conflicts(register: Register, *, source: str | None = None, property: str | None = None,
              cursor: str | None = None, limit: int | None = 50) -> Page:  # fmt: skip
    """Where documents disagree: `id, subject, property, values [{value, source, start, end, quote}], preferred,
    reason`."""
    return _told(register, "conflict", source, property, cursor, limit)


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

"""Engagements, each once: listed, chosen and shown."""

from __future__ import annotations

from sqlalchemy import select

from servanda.answers.asking import (
    Listing,
    Question,
    asking,
    entries_about,
    entry,
    listed,
    near_ids,
    with_decisions,
)
from servanda.answers.pages import Page, Row, day
from servanda.answers.undertakings import as_of
from servanda.keep import assemble
from servanda.keep.telling import Telling
from servanda.keep.telling import tellings as told_by
from servanda.records import Filed
from servanda.store import Register, filed
from servanda.store.derived import entry_keys
from servanda.store.sheets import name_key

AFTER = "\U0010ffff"


def engagements(
    register: Register,
    *,
    actor: str | None = None,
    with_: str | None = None,
    kind: str | None = None,
    status: str | None = None,
    topic: str | None = None,
    place: str | None = None,
    since: str | None = None,
    until: str | None = None,
    quarantined: bool = False,
    cursor: str | None = None,
    limit: int | None = 50,
) -> Page:
    """Engagements, the newest first: `id, kind, date, place, status, form, occasion, topics, participants [{id, name,
    role, actor}], part_of, documents, evidence, asserted_by`.

    `actor` and `with_`: an id, a name (accents or not) or a code; both take part. `place`: how its name begins.
    `since`, `until`: dates (EDTF), inclusive. `quarantined`: on the first page, before all others, those told only in
    passages grafted from other articles. Raises BadQuestion on a cursor or date that is none.
    """
    first, last = since and day(since, "since")[0], until and day(until, "until")[1]
    with asking(register) as question:

        def of(sort: str) -> Listing:
            listing = Listing(sort).equal(kind=kind, status=status).dated(first, last)
            listing.linked("topic", [topic] if topic else None)
            for name in (actor, with_):
                listing.linked("actor", question.known_as(name) if name else None)
            if place:
                begun = name_key(place)
                listing.at = (begun, begun + AFTER)
            return listing

        page = listed(question, of("engagement"), cursor, limit)
        if quarantined and cursor is None:
            grafted = listed(question, of("grafted"), None, None)
            page.rows, page.total = grafted.rows + page.rows, grafted.total + page.total
        return page


def engagement(register: Register, id: str) -> Row:
    """One engagement by its id or that of any of its tellings, with the undertakings about it and its parts.

    Beside a listing's properties: `undertakings` and `parts` (rows), `whole` (the row of what it is part of, or None),
    `tellings [{source, published, key, date, place, kind, status, quote}]`. Raises NotFound.
    """
    with asking(register) as question:
        sort = "engagement"
        row = entry(question, sort, id) or entry(question, sort := "grafted", id)
        if row is None:
            raise question.missing("engagement", id, near_ids(question, "engagement", id))
        with_decisions(question, sort, [row])
        about = [as_of(it, question) for it in entries_about(question, "undertaking", row["id"])]
        parts = entries_about(question, "engagement", row["id"])
        whole = entry(question, "engagement", row["part_of"]) if row["part_of"] else None
        return {**row, "tellings": _tellings(question, row), "undertakings": about, "parts": parts, "whole": whole}


def tellings(register: Register, id: str) -> list[Telling]:
    """The tellings of an engagement, by its id, or the one of this id, ready for comparison. Empty where none is."""
    k = entry_keys.c
    with asking(register) as question:
        whole = question.rows(select(k.document, k.key).where(k.sort == "engagement", k.id == id))
        one = question.rows(select(k.document, k.key).where(k.sort == "engagement", k.key == id))
    ids = {(number, key) for number, key in whole or one}
    kinds = ("actor", "engagement", "act", "plan", "contribution", "date")
    found = list(filed(register, kinds, without=("mention",), numbers={number for number, _ in ids}))
    return [telling for telling in told_by(found) if telling.id in ids]


def _tellings(question: Question, row: Row) -> list[Row]:
    k = entry_keys.c
    found = question.rows(select(k.document, k.key).where(k.sort == "engagement", k.id == row["id"]))
    keys = {(number, key) for number, key in found}
    documents = filed(question.register, ("engagement",), numbers={number for number, _ in keys})
    return [telling for document in documents for telling in _told(document, keys)]


def _told(document: Filed, keys: set[tuple[int, str]]) -> list[Row]:
    values = ("date", "place", "kind", "status")
    return [
        {**assemble.cite(document, r), "published": document.published, "key": r.key, **{v: r.value(v) for v in values}}
        for r in document.records.values()
        if (document.number, r.key) in keys
    ]

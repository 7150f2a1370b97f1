"""Engagements, each once: listed, chosen and shown."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.answers.gathered import engagement_row, gather
from servanda.answers.pages import Page, Row, paged
from servanda.answers.view import View, day, days, named_in, view
from servanda.store import Register
from servanda.store.sheets import name_key


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
    `since`, `until`: dates (EDTF), inclusive. Raises BadQuestion on a cursor or date that is none.
    """
    known = view(register)
    rows = list(known.engagements) + (list(_grafted(known, register)) if quarantined else [])
    for name in (actor, with_):
        rows = among(known, rows, name)
    rows = [r for r in rows if kind in (None, r["kind"]) and status in (None, r["status"])]
    rows = [r for r in rows if topic is None or topic in r["topics"]]
    rows = [r for r in rows if place is None or name_key(r["place"] or "").startswith(name_key(place))]
    return paged(dated(rows, since, until), newest, cursor, limit, known.looked_at)


def _grafted(known: View, register: Register) -> Iterator[Row]:
    """Those that only passages grafted from other articles tell."""
    found = gather(register, quarantined=True).resolution.engagements
    ids = {t.key: e.id for e in found for t in e.tellings}
    for e in found:
        if not any(t.key in known.engagement_of for t in e.tellings):
            yield {**engagement_row(e, ids), "quarantined": True}


def newest(row: Row) -> tuple[str, str]:
    """What a listing is sorted by: first day and id."""
    return days(row.get("date") or row.get("due"))[0], row["id"]


def among(known: View, rows: list[Row], actor: str | None) -> list[Row]:
    """Rows that name this actor."""
    if actor is None:
        return rows
    ids = known.known_as(actor)
    return [row for row in rows if ids & named_in(row)]


def dated(rows: list[Row], since: str | None, until: str | None) -> list[Row]:
    """Rows whose date lies between two dates; those without one only where neither is asked for."""
    if since:
        first = day(since, "since")[0]
        rows = [row for row in rows if days(row.get("date") or row.get("due"))[1] >= first]
    if until:
        last = day(until, "until")[1]
        rows = [row for row in rows if "" < days(row.get("date") or row.get("due"))[0] <= last]
    return rows


def engagement(register: Register, id: str) -> Row:
    """One engagement by its id or that of any of its tellings, with the undertakings about it and its parts.

    Beside a listing's properties: `undertakings` and `parts` (rows), `tellings [{source, published, key, date, place,
    kind, status, quote}]`. Raises NotFound.
    """
    known = view(register)
    present = known.engagement_of.get(id)
    row = next((r for r in known.engagements if r["id"] == present), None)
    if row is None:
        raise known.missing("engagement", id, known.engagement_of)
    found = next(e for e in known.gathered.resolution.engagements if e.id == present)
    told = [{"source": t.source, "published": t.published, "key": t.key, "date": t.date, "place": t.place,
             "kind": t.kind, "status": t.status, "quote": t.passages[0].quote} for t in found.tellings]  # fmt: skip
    about = [u for u in known.undertakings if u["engagement"] == present]
    parts = [r for r in known.engagements if r["part_of"] == present and r["id"] != present]
    return {**row, "tellings": told, "undertakings": about, "parts": parts}

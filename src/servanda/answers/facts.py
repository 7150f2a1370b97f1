"""What documents say one by one: acts, positions, agreements, press claims of contributions, and the UN's figures."""

from __future__ import annotations

from dataclasses import asdict

from servanda.answers.engagements import among, dated, newest
from servanda.answers.pages import Page, Row, paged
from servanda.answers.view import view
from servanda.store import Register
from servanda.store import official as figures


def acts(
    register: Register, *, actor: str | None = None, speaker: str | None = None, addressee: str | None = None,
    type: str | None = None, topic: str | None = None, since: str | None = None, until: str | None = None,
    cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """What speakers did with words: `id, type, mode, speaker, addressee, due, topics, asserted_by, documents,
    evidence, published`; by the day of the first document that tells it, the newest first."""
    rows = _said(register, "acts", actor, topic, since, until)
    rows = _sided(register, _sided(register, rows, "speaker", speaker), "addressee", addressee)
    return _page(register, [r for r in rows if type in (None, r["type"])], cursor, limit)


def positions(
    register: Register, *, actor: str | None = None, topic: str | None = None, since: str | None = None,
    until: str | None = None, cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """Stated views: `id, speaker, topics, asserted_by, documents, evidence, published`, the newest first."""
    return _page(register, _said(register, "positions", actor, topic, since, until), cursor, limit)


def agreements(
    register: Register, *, actor: str | None = None, topic: str | None = None, kind: str | None = None,
    since: str | None = None, until: str | None = None, cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """Agreements: `id, kind, name, parties, date, status, topics, documents, evidence, published`, newest first."""
    rows = _said(register, "agreements", actor, topic, since, until)
    return _page(register, [r for r in rows if kind in (None, r["kind"])], cursor, limit)


def contributions(
    register: Register, *, actor: str | None = None, state: str | None = None, mission: str | None = None,
    what: str | None = None, status: str | None = None, measure: str | None = None, since: str | None = None,
    until: str | None = None, cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """Press claims: `id, contributor, mission, what, count, women, unit, status, measure, date, place, documents,
    evidence, published`, newest first. Figures are never added up."""
    rows = _said(register, "contributions", actor, None, since, until)
    rows = _sided(register, _sided(register, rows, "contributor", state), "mission", mission)
    rows = [r for r in rows if what in (None, r["what"]) and status in (None, r["status"])]
    return _page(register, [r for r in rows if measure in (None, r["measure"])], cursor, limit)


def official(
    register: Register, *, state: str | None = None, mission: str | None = None, as_of: str | None = None
) -> list[Row]:
    """The UN's rows: `as_of, country, mission, personnel_type, male, female, total`, by date and as printed."""
    return [asdict(it) for it in figures(register, country=state, mission=mission, as_of=as_of)]


def _said(
    register: Register, kind: str, actor: str | None, topic: str | None, since: str | None, until: str | None
) -> list[Row]:
    known = view(register)
    rows = [{**row, "published": known.by_source[row["documents"][0]].published} for row in getattr(known, kind)]
    rows = [row for row in among(known, rows, actor) if topic is None or topic in row.get("topics", ())]
    kept = {row["id"] for row in dated([_by_day(row) for row in rows], since, until)}
    return [row for row in rows if row["id"] in kept]


def _by_day(row: Row) -> Row:
    return {"id": row["id"], "date": row.get("date") or row["published"]}


def _sided(register: Register, rows: list[Row], side: str, actor: str | None) -> list[Row]:
    if actor is None:
        return rows
    ids = view(register).known_as(actor)
    return [row for row in rows if row[side] and row[side]["actor"] in ids]


def _page(register: Register, rows: list[Row], cursor: str | None, limit: int | None) -> Page:
    return paged(rows, lambda row: newest(_by_day(row)), cursor, limit, view(register).looked_at)

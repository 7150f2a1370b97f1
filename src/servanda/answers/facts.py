"""What documents say one by one: acts, positions, agreements, press claims of contributions, and the UN's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from servanda.answers.asking import L, Listing, asking, listed
from servanda.answers.pages import Page, Row, day
from servanda.keep.official import Misnamed, misnamed, without_table
from servanda.store import Register, official_names
from servanda.store import official as figures


def acts(
    register: Register, *, actor: str | None = None, speaker: str | None = None, addressee: str | None = None,
    type: str | None = None, topic: str | None = None, since: str | None = None, until: str | None = None,
    quarantined: bool = False, cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """What speakers did with words: `id, type, mode, speaker, addressee, due, topics, asserted_by, documents,
    evidence, published`; by the day of the first document that tells it, the newest first."""
    who = {"actor": actor, "speaker": speaker, "addressee": addressee}
    return _said(register, "act", who, topic, {"kind": type}, (since, until), quarantined, cursor, limit)


def positions(
    register: Register, *, actor: str | None = None, topic: str | None = None, since: str | None = None,
    until: str | None = None, quarantined: bool = False, cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """Stated views: `id, speaker, topics, asserted_by, documents, evidence, published`, the newest first."""
    return _said(register, "position", {"actor": actor}, topic, {}, (since, until), quarantined, cursor, limit)


def agreements(
    register: Register, *, actor: str | None = None, with_: str | None = None, topic: str | None = None,
    kind: str | None = None, since: str | None = None, until: str | None = None, quarantined: bool = False,
    cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """Agreements: `id, kind, name, parties, date, status, topics, documents, evidence, published`, newest first."""
    only, who = {"kind": kind}, {"actor": actor, "with": with_}
    return _said(register, "agreement", who, topic, only, (since, until), quarantined, cursor, limit)


def contributions(
    register: Register, *, actor: str | None = None, with_: str | None = None, state: str | None = None,
    mission: str | None = None, what: str | None = None, status: str | None = None, measure: str | None = None,
    since: str | None = None, until: str | None = None, quarantined: bool = False, cursor: str | None = None,
    limit: int | None = 50,
) -> Page:  # fmt: skip
    """Press claims: `id, contributor, mission, what, count, women, unit, status, measure, date, place, documents,
    evidence, published`, newest first. Figures are never added up."""
    who = {"actor": actor, "with": with_, "contributor": state, "mission": mission, "measure": measure}
    only = {"kind": what, "status": status}
    return _said(register, "contribution", who, None, only, (since, until), quarantined, cursor, limit)


def official(
    register: Register, *, state: str | None = None, mission: str | None = None, as_of: str | None = None
) -> list[Row]:
    """The UN's rows: `as_of, country, mission, personnel_type, male, female, total`, by date and as printed."""
    return [asdict(it) for it in figures(register, country=state, mission=mission, as_of=as_of)]


def no_figures(register: Register, *, state: str | None, mission: str | None, as_of: str | None) -> str | None:
    """Why `official` finds nothing at a date: no table is of that date, or that table gives no mission; else None."""
    if as_of is None:
        return None
    files = official_names(register)
    if missing := without_table(as_of, files):
        return "; ".join([missing, *(_holds(it) for it in misnamed(files) if it.says == as_of[:7])])
    rows = figures(register, country=state, as_of=as_of) if mission else []
    return f"the table of {as_of} gives no mission" if rows and all(row.mission is None for row in rows) else None


def _holds(it: Misnamed) -> str:
    also = f", as {it.others[0]} does" if it.others else ""
    return f"{it.name} holds the table of {it.as_of}{also}"


def official_tables(register: Register) -> list[Row]:
    """The tables kept, the newest first: `as_of, name, copies` (other files that hold the same) and `misnamed [{name,
    says}]` (those whose name says another month than is printed on the table); the rightly named file first."""
    files = official_names(register)
    wrong = {(it.as_of, it.name): it.says for it in misnamed(files)}
    rows = []
    for as_of in sorted(files, reverse=True):
        name, *copies = sorted(files[as_of], key=lambda name: (as_of, name) in wrong)
        told = [{"name": it, "says": says} for it in (name, *copies) if (says := wrong.get((as_of, it)))]
        rows.append({"as_of": as_of, "name": name, "copies": copies, "misnamed": told})
    return rows


def _said(
    register: Register, sort: str, who: Mapping[str, str | None], topic: str | None, only: Mapping[str, str | None],
    period: tuple[str | None, str | None], quarantined: bool, cursor: str | None, limit: int | None,
) -> Page:  # fmt: skip
    since, until = period
    first, last = since and day(since, "since")[0], until and day(until, "until")[1]
    with asking(register) as question:
        listing = Listing(sort).equal(**only).dated(first, last)
        listing.where += [] if quarantined else [L.grafted.is_(False)]
        for facet, name in who.items():
            named = [name] if name and facet == "measure" else question.known_as(name) if name else None
            listing.linked("actor" if facet == "with" else facet, named)
        listing.linked("topic", [topic] if topic else None)
        return listed(question, listing, cursor, limit)

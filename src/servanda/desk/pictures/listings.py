"""What pictures count and choose from: the same listings as the pages', grouped in the register and not row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from sqlalchemy import Select, func, select

from servanda.answers import asking
from servanda.answers.asking import KEYS, E, L, Listing, Question
from servanda.answers.assembly import YEARLESS
from servanda.answers.pages import day
from servanda.answers.undertakings import MEANT, as_of, has_status
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.marks import Row

SORTS = ("engagement", "undertaking")
KEPT = 100  # sums
_held: dict[tuple[str, str, str], tuple[object, Sequence[Any]]] = {}
_keeping = Lock()


def listing(question: Question, sort: str, asked: Filters, *, period: bool = True) -> Listing:
    """The engagements or undertakings that a reader asked for; exhortations stay hidden. Raises BadQuestion."""
    found = Listing(sort).equal(kind=asked.kind)
    if period:
        found.dated(asked.since and day(asked.since, "since")[0], asked.until and day(asked.until, "until")[1])
    if sort == "engagement":
        found.equal(status=asked.status)
    else:
        found.grades, found.standings = MEANT, has_status(question, asked.status) if asked.status else None
    found.linked("actor", question.known_as(asked.actor) if asked.actor else None)
    return found.linked("topic", [asked.topic] if asked.topic else None).led(question)


def by_period(
    question: Question, chosen: Listing, length: int, since: str | None = None, until: str | None = None
) -> list[tuple[str, int, str]]:
    """How many begin in each decade (`length` 3), year (4), month (7) or day (10), and the last day that any of them
    lasts to, of what lies between two days; `""` for an unknown year."""
    begun: dict[str, tuple[int, str]] = {}
    for first, last, count in lasting(question, chosen):
        if (not since or last >= since) and (not until or "" < first <= until):
            known, latest = begun.get(first[:length], (0, ""))
            begun[first[:length]] = known + count, max(latest, last)
    return [(start, *told) for start, told in sorted(begun.items())]


def lasting(question: Question, chosen: Listing) -> Sequence[tuple[str, str, int]]:
    """How many last from each first to each last day, of a listing of no period; kept until the register changes."""
    days = (L.first_day, L.last_day)
    return summed(question, chosen.query(*days, func.count()).group_by(*days))


def summed(question: Question, query: Select[Any]) -> Sequence[Any]:
    """The rows of a sum over a whole listing, gone through once and kept until the register changes."""
    made = query.compile(question.connection)
    key = (question.register.shown, str(made), repr(made.params))
    standing, held = question.standing(), _held.get(key)
    if held is not None and standing is not None and held[0] == standing:
        return held[1]
    found = [tuple(row) for row in question.rows(query)]
    if standing is not None and question.standing() == standing:
        with _keeping:
            if len(_held) >= KEPT:
                del _held[next(it for it in _held if it != key)]  # the oldest
            _held[key] = (standing, found)
    return found


def shown(question: Question, chosen: Listing, most: int | None, *, latest: bool = False) -> list[Row]:
    """Rows of what has a year, by first day, the earliest (or the latest) `most` of them."""
    query = chosen.query(L.id).where(L.first_day > "").order_by(*(k.desc() if latest else k for k in KEYS))
    found = _loaded(question, chosen.sort, query.limit(most) if most else query)
    return found[::-1] if latest else found


def yearless(question: Question, chosen: Listing, most: int | None) -> list[Row]:
    """Rows that tell a day or a month and no year."""
    facet, value = YEARLESS
    apart = replace(chosen, links=[(facet, [value]), *chosen.links])
    query = apart.query(L.id).order_by(*KEYS)
    return _loaded(question, chosen.sort, query.limit(most) if most else query)


def told_days(question: Question, chosen: Listing, since: str, until: str) -> list[tuple[str, str, str]]:
    """`(first day, last day, id)` of what falls between two days (ISO), no row read."""
    begun = {first for first, last, _ in lasting(question, chosen) if "" < first <= until and last >= since}
    query = chosen.query(L.first_day, L.last_day, L.id).where(question.among(L.first_day, begun), L.last_day >= since)
    return [(str(first), str(last), str(id)) for first, last, id in question.rows(query)] if begun else []


def about(question: Question, ids: Collection[str]) -> list[tuple[str, str]]:
    """`(engagement, undertaking about it)` of these engagements."""
    query = select(E.about, E.id).where(E.sort == "undertaking", question.among(E.about, set(ids)))
    return [(str(engagement), str(id)) for engagement, id in question.rows(query)]


def rows_of(question: Question, sort: str, ids: Iterable[str]) -> dict[str, Row]:
    """Rows by their id, as they stand now."""
    found = asking.rows_of(question, sort, set(ids))
    return {id: as_of(row, question) for id, row in found.items()} if sort == "undertaking" else found


def _loaded(question: Question, sort: str, query: Select[Any]) -> list[Row]:
    """The rows of the ids that a query gives, in its order, as they stand now."""
    ids = [id for (id,) in question.rows(query)]
    rows = rows_of(question, sort, ids)
    return [rows[id] for id in ids if id in rows]

"""What pictures count and choose from: the same listings as the pages', grouped in the register and not row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import Select, func, select

from servanda.answers.asking import E, L, Listing, Question
from servanda.answers.assembly import YEARLESS, current_state
from servanda.answers.assembly.bringing import is_stale
from servanda.answers.pages import day
from servanda.answers.undertakings import as_of, has_status
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.marks import Row
from servanda.store.judging import standing_at

SORTS = ("engagement", "undertaking")
KEPT, STEP = 100, 400  # sums kept; ids asked for at a time
_held: dict[tuple[str, str, str], tuple[object, Sequence[Any]]] = {}


def listing(question: Question, sort: str, asked: Filters, *, period: bool = True) -> Listing:
    """The engagements or undertakings that a reader asked for; exhortations stay hidden. Raises BadQuestion."""
    found = Listing(sort).equal(kind=asked.kind)
    if period:
        found.dated(asked.since and day(asked.since, "since")[0], asked.until and day(asked.until, "until")[1])
    if sort == "engagement":
        found.equal(status=asked.status)
    else:
        found.where += [L.grade != "exhortation", *(has_status(question, asked.status) if asked.status else ())]
    found.linked("actor", question.known_as(asked.actor) if asked.actor else None)
    return found.linked("topic", [asked.topic] if asked.topic else None).led(question)


def by_period(question: Question, chosen: Listing, length: int) -> list[tuple[str, int, str]]:
    """How many begin in each decade (`length` 3), year (4), month (7) or day (10), and the last day that any of them
    lasts to; `""` for an unknown year."""
    part = func.substr(L.first_day, 1, length)
    query = chosen.query(part, func.count(), func.max(L.last_day)).group_by(part).order_by(part)
    return [(str(begun), int(count), str(last)) for begun, count, last in summed(question, query)]


def summed(question: Question, query: Select[Any]) -> Sequence[Any]:
    """The rows of a sum over a whole listing, gone through once and kept until the register changes."""
    made = query.compile(question.connection)
    key = (question.register.shown, str(made), repr(made.params))
    standing = _standing(question)
    held = _held.get(key)
    if held is not None and standing is not None and held[0] == standing:
        return held[1]
    found = question.rows(query)
    if standing is not None and _standing(question) == standing:
        if len(_held) >= KEPT:
            _held.clear()
        _held[key] = (standing, found)
    return found


def _standing(question: Question) -> object | None:
    """A mark that changes with the register, None while it is being put together."""
    if is_stale(question.connection):
        return None
    return current_state(question.connection), standing_at(question.connection)


def shown(question: Question, chosen: Listing, most: int | None, *, latest: bool = False) -> list[Row]:
    """Rows of what has a year, by first day, the earliest (or the latest) `most` of them."""
    keys = (L.first_day, L.id)
    query = chosen.query(E.row, E.sort).where(L.first_day > "").order_by(*(k.desc() if latest else k for k in keys))
    found = [loaded(question, *row) for row in question.rows(query.limit(most) if most else query)]
    return found[::-1] if latest else found


def yearless(question: Question, chosen: Listing, most: int | None) -> list[Row]:
    """Rows that tell a day or a month and no year."""
    facet, value = YEARLESS
    apart = replace(chosen, links=[(facet, [value]), *chosen.links])
    query = apart.query(E.row, E.sort).order_by(L.first_day, L.id)
    return [loaded(question, *row) for row in question.rows(query.limit(most) if most else query)]


def told_days(question: Question, chosen: Listing) -> list[tuple[str, str, str]]:
    """`(first day, last day, id)` of what has a year, no row read."""
    query = chosen.query(L.first_day, L.last_day, L.id).where(L.first_day > "")
    return [(str(first), str(last), str(id)) for first, last, id in question.rows(query)]


def about(question: Question, ids: Collection[str]) -> list[tuple[str, str]]:
    """`(engagement, undertaking about it)` of these engagements."""
    wanted, found = sorted(set(ids)), list[tuple[str, str]]()
    for at in range(0, len(wanted), STEP):
        query = select(E.about, E.id).where(E.sort == "undertaking", E.about.in_(wanted[at : at + STEP]))
        found += [(str(engagement), str(id)) for engagement, id in question.rows(query)]
    return found


def rows_of(question: Question, sort: str, ids: Iterable[str]) -> dict[str, Row]:
    """Rows by their id."""
    query = select(E.id, E.row, E.sort).where(E.sort == sort, E.id.in_(sorted(set(ids))))
    return {id: loaded(question, *row) for id, *row in question.rows(query)}


def loaded(question: Question, row: str, sort: str) -> Row:
    """A row as it stands now."""
    found: Any = orjson.loads(row)
    return as_of(found, question) if sort == "undertaking" else found

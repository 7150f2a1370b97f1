"""Planned steps and due dates by month. What is only known to fall within a month or longer heads it."""

from __future__ import annotations

import re
from calendar import Calendar, monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TypeAlias

from servanda.answers.asking import Listing, Question, asking
from servanda.answers.pages import LooksAt, days
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.listings import SORTS, about, by_period, listing, rows_of, shown, told_days, yearless
from servanda.desk.pictures.looks import first_look
from servanda.desk.pictures.marks import Mark, Row, Words, engagement_mark, undertaking_mark
from servanda.errors import BadQuestion
from servanda.store import Register

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
AHEAD = ("planned", "proposed", "postponed")  # statuses of an engagement that is still to come
UNKNOWN = 100  # of an unknown year, in the table
EACH, WITHIN = 4, 20  # drawn on each day; above the days
LONGEST = 7  # days of something that is shown on each of them; what is longer heads the month
Placed: TypeAlias = tuple[str, str, str, str]  # first day, last day, id, sort


@dataclass(slots=True)
class Month:
    """`weeks` of days, each `(day, the first of what falls on it, how much more of each sort)`; `within`: what falls
    somewhere in it, the shortest first, and `within_more`; `before` and `after`: the months next to it that have
    something; `unknown`: what has a day and month but no year."""

    first: date
    weeks: list[list[tuple[date, list[Mark], Counter[str]]]]
    within: list[Mark]
    within_more: Counter[str]
    unknown: list[Mark]
    months: list[tuple[str, int]]
    undated: int
    looked_at: LooksAt

    @property
    def name(self) -> str:
        """As `2024-09`."""
        return self.first.isoformat()[:7]

    def marks(self) -> list[Mark]:
        """What is shown of the month, each once."""
        days = [mark for week in self.weeks for _, marks, _ in week for mark in marks]
        return list({mark["id"]: mark for mark in [*self.within, *days]}.values())

    @property
    def more(self) -> int:
        """How many times something falls on a day, or within the month, and is not shown there."""
        return self.within_more.total() + sum(left.total() for week in self.weeks for _, _, left in week)

    @property
    def years(self) -> dict[str, list[tuple[str, int]]]:
        """`months` by their year, the newest first."""
        them = groupby(self.months, lambda it: it[0][:4])
        return dict(reversed([(year, list(months)) for year, months in them]))

    @property
    def far(self) -> set[str]:
        """The years outside the run in which most lies and this month's."""
        counts = Counter({f"{name}-01": count for name, count in self.months})
        first, last = first_look(counts, (min(counts), max(counts))) if counts else (self.name, self.name)
        near = (min(first[:4], self.name[:4]), max(last[:4], self.name[:4]))
        return {year for year in self.years if not near[0] <= year <= near[1]}

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])

    @property
    def before(self) -> str | None:
        """The nearest earlier month with something in it."""
        return max((name for name, _ in self.months if name < self.name), default=None)

    @property
    def after(self) -> str | None:
        """The nearest later month with something in it."""
        return min((name for name, _ in self.months if name > self.name), default=None)


def month(register: Register, asked: Filters, name: str | None, today: date, words: Words) -> Month:
    """A month (`2024-09`); without one the first with something due on or after the newest document's day (or today,
    where no document has one), else the last."""
    with asking(register) as question:
        chosen = list(ahead(question, asked))
        months: Counter[str] = Counter()
        for _, it in chosen:
            months.update({begun: count for begun, count, _ in by_period(question, it, 7)})
        undated = months.pop("", 0)
        start = _first(name, sorted(months), (question.now or today.isoformat())[:7])
        end = start.replace(day=monthrange(start.year, start.month)[1])
        weeks, within = _weeks(start, placed := _placed(question, chosen, start, end)), _within(placed)
        marks = _drawn(question, [*(it for week in weeks for _, told in week for it in told[:EACH]), *within[:WITHIN]],
                       words)  # fmt: skip
        unknown = [(sort, row) for sort, it in chosen for row in yearless(question, it, UNKNOWN)]
        looked = question.looked_at
    apart = [_mark(sort, row, words) for sort, row in unknown]
    return Month(start, [[(day, *_first_of(told, EACH, marks)) for day, told in week] for week in weeks],
                 *_first_of(within, WITHIN, marks), apart, sorted(months.items()), max(0, undated - len(apart)),
                 looked)  # fmt: skip


def all_marks(register: Register, asked: Filters, words: Words) -> list[tuple[str, str, Mark]]:
    """`(first day, last day, mark)` of every planned step and due date; those without a year have no days."""
    with asking(register) as question:
        chosen = list(ahead(question, asked))
        found = [(sort, row) for sort, it in chosen for row in shown(question, it, None)]
        unknown = [(sort, row) for sort, it in chosen for row in yearless(question, it, None)]
    return _marks(found, words) + [("", "", _mark(sort, row, words)) for sort, row in unknown]


def ahead(question: Question, asked: Filters) -> Iterator[tuple[str, Listing]]:
    """Undertakings, and the engagements that are still to come."""
    yield "undertaking", listing(question, "undertaking", asked, period=False)
    ahead = tuple(status for status in AHEAD if asked.status in (None, status))
    if ahead:
        engagements = listing(question, "engagement", replace(asked, status=None), period=False)
        engagements.standings = [(ahead, [])]
        yield "engagement", engagements


def _marks(found: list[tuple[str, Row]], words: Words) -> list[tuple[str, str, Mark]]:
    """An undertaking stands for the engagement that it is about."""
    told = {row["engagement"] for sort, row in found if sort == "undertaking"}
    made = [(*days(row["due" if sort == "undertaking" else "date"]), _mark(sort, row, words))
            for sort, row in found if sort == "undertaking" or row["id"] not in told]  # fmt: skip
    return sorted(made, key=lambda it: (it[0], it[1], it[2]["id"]))


def _first(name: str | None, months: list[str], now: str) -> date:
    """Raises BadQuestion on what is no month."""
    if name:
        found = MONTH.fullmatch(name)
        if not found or found[1] == "0000":
            raise BadQuestion(f"month {name!r} is none; give YYYY-MM")
        return date(int(found[1]), int(found[2]), 1)
    near = next((it for it in months if it >= now), months[-1] if months else now)
    return date.fromisoformat(f"{near}-01")


def _mark(group: str, row: Row, words: Words) -> Mark:
    made = engagement_mark(row, words) if group == "engagement" else undertaking_mark(row, words)
    return {**made, "group": group}


def _placed(question: Question, chosen: list[tuple[str, Listing]], start: date, end: date) -> list[Placed]:
    """What falls within two days. An undertaking stands for the engagement that it is about."""
    found = {sort: told_days(question, it, start.isoformat(), end.isoformat()) for sort, it in chosen}
    there = {id for _, _, id in found["undertaking"]}
    met = {id for _, _, id in found.get("engagement", ())}
    told = {engagement for engagement, id in about(question, met) if id in there}
    found["engagement"] = [it for it in found.get("engagement", ()) if it[2] not in told]
    return sorted((*it, sort) for sort, days_told in found.items() for it in days_told)


def _drawn(question: Question, placed: list[Placed], words: Words) -> dict[tuple[str, str], Mark]:
    found = {}
    for sort in SORTS:
        rows = rows_of(question, sort, (id for _, _, id, own in placed if own == sort))
        found.update({(sort, id): _mark(sort, row, words) for id, row in rows.items()})
    return found


def _first_of(placed: list[Placed], most: int, marks: dict[tuple[str, str], Mark]) -> tuple[list[Mark], Counter[str]]:
    """The first of these as marks, and how many more there are of each sort."""
    return [marks[sort, id] for _, _, id, sort in placed[:most]], Counter(sort for *_, sort in placed[most:])


def _weeks(first: date, placed: list[Placed]) -> list[list[tuple[date, list[Placed]]]]:
    """Weeks from Monday to Sunday, the days of this month only."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    short = [it for it in placed if _length(it) < LONGEST]
    return [[(day, _on(day, short)) for day in week if day.month == first.month] for week in weeks]


def _on(day: date, placed: list[Placed]) -> list[Placed]:
    return [it for it in placed if it[0] <= day.isoformat() <= it[1]]


def _within(placed: list[Placed]) -> list[Placed]:
    return sorted((it for it in placed if _length(it) >= LONGEST), key=_length)


def _length(placed: Placed) -> int:
    return (date.fromisoformat(placed[1]) - date.fromisoformat(placed[0])).days


def says(found: Month, words: Words) -> str:
    """What the calendar holds and what it cannot, in a line."""
    count = sum(n for _, n in found.months)
    parts = [words.count("%(n)s step or due date", "%(n)s steps and due dates", count) % words.n(count)]
    if found.more:
        parts.append(words.say("of each day the first %(n)s are drawn, and how many more there are") % words.n(EACH))
    if found.unknown:
        parts.append(words.say("%(n)s of an unknown year stand apart, below") % words.n(len(found.unknown)))
    if found.undated:
        parts.append(words.say("%(n)s have no date and are only listed") % words.n(found.undated))
    return "; ".join([*parts, words.looked_at(found.looked_at)]) + "."

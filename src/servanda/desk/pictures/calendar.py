"""Planned steps and due dates by month. What is only known to fall within a month or longer heads it."""

from __future__ import annotations

import re
from calendar import Calendar, monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from servanda.answers import engagements, undertakings
from servanda.answers.pages import LooksAt
from servanda.answers.view import days
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.marks import Mark, Row, Words, engagement_mark, undertaking_mark
from servanda.errors import BadQuestion
from servanda.store import Register

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
AHEAD = ("planned", "proposed", "postponed")  # statuses of an engagement that is still to come
LONGEST = 7  # days of something that is shown on each of them; what is longer heads the month


@dataclass(slots=True)
class Month:
    """`weeks` of days with what falls on each; `within`: what falls somewhere in it; `before` and `after`: the months
    next to it that have something; `unknown`: what has a day and month but no year."""

    first: date
    weeks: list[list[tuple[date, list[Mark]]]]
    within: list[Mark]
    unknown: list[Mark]
    months: list[tuple[str, int]]
    undated: int
    looked_at: LooksAt

    @property
    def name(self) -> str:
        """As `2024-09`."""
        return self.first.isoformat()[:7]

    def marks(self) -> list[Mark]:
        """Everything of the month, each once."""
        days = [mark for week in self.weeks for _, marks in week for mark in marks]
        return list({mark["id"]: mark for mark in [*self.within, *days]}.values())

    @property
    def before(self) -> str | None:
        """The nearest earlier month with something in it."""
        return max((name for name, _ in self.months if name < self.name), default=None)

    @property
    def after(self) -> str | None:
        """The nearest later month with something in it."""
        return min((name for name, _ in self.months if name > self.name), default=None)


def month(register: Register, asked: Filters, name: str | None, today: date, words: Words) -> Month:
    """A month (`2024-09`); without one that of today, else the next with something due, else the last."""
    found, unknown, undated, looked = _ahead(register, asked)
    marks = [(first, last, _mark(group, row, words)) for first, last, group, row in found]
    months: dict[str, int] = defaultdict(int)
    for first, _, _ in marks:
        months[first[:7]] += 1
    start = _first(name, sorted(months), today)
    apart = [_mark(group, row, words) for group, row in unknown]
    return Month(start, _weeks(start, marks), _within(start, marks), apart, sorted(months.items()), undated, looked)


def all_marks(register: Register, asked: Filters, words: Words) -> list[tuple[str, str, Mark]]:
    """`(first day, last day, mark)` of every planned step and due date; those without a year have no days."""
    found, unknown, _, _ = _ahead(register, asked)
    known = [(first, last, _mark(group, row, words)) for first, last, group, row in found]
    return known + [("", "", _mark(group, row, words)) for group, row in unknown]


def _ahead(
    register: Register, asked: Filters
) -> tuple[list[tuple[str, str, str, Row]], list[tuple[str, Row]], int, LooksAt]:
    page = undertakings(register, actor=asked.actor, status=asked.status, topic=asked.topic, limit=None)
    rows = [("undertaking", row["due"], row) for row in page.rows]
    told = {row["engagement"] for row in page.rows}
    for status in AHEAD if not asked.status else {asked.status} & set(AHEAD):
        listed = engagements(register, actor=asked.actor, status=status, topic=asked.topic, limit=None).rows
        rows += [("engagement", row["date"], row) for row in listed if row["id"] not in told]
    dated = [(*days(edtf), group, row) for group, edtf, row in rows if days(edtf)[0]]
    unknown = [(group, row) for group, edtf, row in rows if edtf and not days(edtf)[0]]
    return (
        sorted(dated, key=lambda it: (it[0], it[1], it[3]["id"])),
        unknown,
        len(rows) - len(dated) - len(unknown),
        page.looked_at,
    )


def _first(name: str | None, months: list[str], today: date) -> date:
    """Raises BadQuestion on what is no month."""
    if name:
        found = MONTH.fullmatch(name)
        if not found or found[1] == "0000":
            raise BadQuestion(f"month {name!r} is none; give YYYY-MM")
        return date(int(found[1]), int(found[2]), 1)
    now = today.isoformat()[:7]
    near = next((it for it in months if it >= now), months[-1] if months else now)
    return date.fromisoformat(f"{near}-01")


def _mark(group: str, row: Row, words: Words) -> Mark:
    made = engagement_mark(row, words) if group == "engagement" else undertaking_mark(row, words)
    return {**made, "group": group}


def _weeks(first: date, marks: list[tuple[str, str, Mark]]) -> list[list[tuple[date, list[Mark]]]]:
    """Weeks from Monday to Sunday, the days of this month only."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    short = [it for it in marks if _short(it[0], it[1])]
    return [[(day, _on(day, short)) for day in week if day.month == first.month] for week in weeks]


def _on(day: date, marks: list[tuple[str, str, Mark]]) -> list[Mark]:
    return [mark for first, last, mark in marks if first <= day.isoformat() <= last]


def _within(first: date, marks: list[tuple[str, str, Mark]]) -> list[Mark]:
    start, end = first.isoformat(), first.replace(day=monthrange(first.year, first.month)[1]).isoformat()
    return [m for a, b, m in marks if not _short(a, b) and a <= end and b >= start]


def _short(first: str, last: str) -> bool:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days < LONGEST


def says(found: Month, words: Words) -> str:
    """What the calendar holds and what it cannot, in a line."""
    count = sum(n for _, n in found.months)
    parts = [words.count("%(n)d step or due date", "%(n)d steps and due dates", count) % {"n": count}]
    if found.unknown:
        parts.append(words.say("%(n)d of an unknown year stand apart, below") % {"n": len(found.unknown)})
    if found.undated:
        parts.append(words.say("%(n)d have no date and are only listed") % {"n": found.undated})
    return "; ".join([*parts, words.looked_at(found.looked_at)]) + "."

"""Terms: until when a time of so many days or hours runs (`10 ngày để trả lời`, `kéo dài hạn chót thêm 48 giờ`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta
from operator import attrgetter

from servanda.read.code.dues import LATE, own_day
from servanda.read.page import Page
from servanda.types import Span
from servanda.vocabulary import PlanWords

START = attrgetter("start")
FIGURE = re.compile(r"(\d{1,3})\s*$")
DAY = 24  # hours
BEFORE, NEAR = 8, 60  # code points before a length of time where its figure stands, and before a date what it limits


def end_of_term(page: Page, span: Span, *, extended: bool) -> str | None:
    """The last day of a time told in days or hours: since the page's own day, about (`2024-02-26~`); of a deadline that
    is `extended`, since the day that it was. None where no length or no first day is told."""
    hours, first = _hours(page, span), _limit(page, span[0]) if extended else own_day(page)
    if hours is None or first is None or first == LATE or not first[:1].isdigit():
        return None
    last = date.fromisoformat(first) + timedelta(days=round(hours / DAY))
    return last.isoformat() if extended else f"{last.isoformat()}~"


def _hours(page: Page, span: Span) -> int | None:
    """The first length of time in a clause, in hours."""
    words = page.hits.get("plans", [])
    for hit in words[bisect_left(words, span[0], key=START) : bisect_left(words, span[1], key=START)]:
        figure = FIGURE.search(page.text, max(span[0], hit.start - BEFORE), hit.start)
        if isinstance(hit.entry, PlanWords) and hit.entry.role == "length" and figure:
            return int(figure[1]) * hit.entry.hours
    return None


def _limit(page: Page, before: int) -> str | None:
    """The last day that the page, before this offset, tells as a deadline."""
    for day in reversed(page.dates[: bisect_left(page.dates, before, key=START)]):
        words = page.within("plans", max(0, day.start - NEAR), day.start)
        if len(day.edtf) == len("2024-02-26") and any(_limits(hit.entry) for hit in words):
            return day.edtf
    return None


def _limits(entry: object) -> bool:
    return isinstance(entry, PlanWords) and entry.role == "limit"

"""Dates as EDTF set beside each other: how far apart, how exact, which comes first. An unknown year is any year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

PART = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?[~?%]?")
ANY_YEAR = 2000  # a leap year: 29 February of an unknown year is a day


@dataclass(slots=True, frozen=True)
class When:
    """The first and the last day that a date may mean; `yearless` where its year is unknown (then within ANY_YEAR)."""

    first: date
    last: date
    yearless: bool = False

    @property
    def days(self) -> int:
        """How many days it leaves open: 1 for a day, 28 to 31 for a month."""
        return (self.last - self.first).days + 1


@lru_cache(65536)
def when(edtf: str | None) -> When | None:
    """`2024-02-26`, `2024-02`, `XXXX-02-26`, `2015-11-19/2015-11-20`; None for nothing, open ends and absurd dates."""
    ends = [_part(end) for end in (edtf or "").split("/")]
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or first is None or last is None or first.yearless != last.yearless:
        return None
    if last.last < first.first:
        return When(first.first, last.last.replace(year=ANY_YEAR + 1), True) if first.yearless else None
    return When(first.first, last.last, first.yearless)


def _part(text: str) -> When | None:
    found = PART.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.groups()
    yearless = year == "XXXX"
    if yearless and month in (None, "XX"):
        return None
    try:
        y = ANY_YEAR if yearless else int(year)
        m = int(month) if month not in (None, "XX") else None
        d = int(day) if m and day not in (None, "XX") else None
        first = date(y, m or 1, d or 1)
        return When(first, date(y, m or 12, d or monthrange(y, m or 12)[1]), yearless)
    except ValueError:
        return None


def apart(a: When, b: When) -> int:
    """Days between two dates, 0 where they may be the same; of a date without year, to its nearest occurrence."""
    if not a.yearless and not b.yearless:
        return max((a.first - b.last).days, (b.first - a.last).days, 0)
    if a.yearless and b.yearless:
        return min(_gap(a, _shift(b, years)) for years in (-1, 0, 1))
    bare, full = (a, b) if a.yearless else (b, a)
    years = range(full.first.year - ANY_YEAR - 1, full.last.year - ANY_YEAR + 2)
    return min(_gap(_shift(bare, years_on), full) for years_on in years)


def _gap(a: When, b: When) -> int:
    return max((a.first - b.last).days, (b.first - a.last).days, 0)


def _shift(a: When, years: int) -> When:
    return When(_moved(a.first, years), _moved(a.last, years))


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def anchored(edtf: str | None, published: str | None) -> str | None:
    """A date without a year given the one nearest to the day of publication, where that is known."""
    bare, day = when(edtf), when(published)
    if bare is None or day is None or not bare.yearless or day.yearless or day.days > 31:
        return edtf
    nearest = min((day.first.year + n for n in (-1, 0, 1)), key=lambda y: _gap(_shift(bare, y - ANY_YEAR), day))
    return (edtf or "").replace("XXXX", str(nearest))


def last_before(edtf: str | None, later: str | None) -> str | None:
    """A date without a year given the last one that comes before another; as it is where either year tells nothing."""
    bare, end = when(edtf), when(later)
    if bare is None or end is None or not bare.yearless or end.yearless:
        return edtf
    year = end.first.year
    if _shift(bare, year - ANY_YEAR).last >= end.first:
        year -= 1
    return (edtf or "").replace("XXXX", str(year))


def within(edtf: str | None, around: str | None, days: int) -> bool:
    """Both are known, and lie no more than so many days apart."""
    a, b = when(edtf), when(around)
    return a is not None and b is not None and apart(a, b) <= days


def before(a: When, b: When) -> bool:
    """Every day that `a` may mean comes before every day that `b` may mean; never so without years."""
    return not a.yearless and not b.yearless and a.last < b.first


def later(day: str, days: int) -> str:
    """The date so many days after a date."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()

"""Partial dates and their EDTF."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class Partial(NamedTuple):
    """A date as far as it is told; `decade` stands for the whole ten years from `year` on."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: bool = False

    @property
    def edtf(self) -> str:
        """`2024-02-26`, `XXXX-02-26`, `2024-02`, `2024`, `199X`."""
        if self.decade and self.year is not None:
            return f"{self.year // 10}X"
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        return "-".join([year, *(f"{part:02d}" for part in (self.month, self.day) if part)])

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day: no 31 April; 29 February in some year."""
        if self.month is None or self.day is None:
            return True
        return self.day <= monthrange(self.year or 2000, self.month)[1]

    @property
    def exact(self) -> date | None:
        """The day itself, where all of it is told."""
        if self.year is None or self.month is None or self.day is None or not self.exists:
            return None
        return date(self.year, self.month, self.day)

    def key(self) -> tuple[int, int]:
        """Month and day for comparing within one year; a month alone counts as its middle."""
        return self.month or 0, self.day or 15


def parse(edtf: str | None) -> Partial | None:
    """The partial date that a plain EDTF date says; None for anything else."""
    parts = (edtf or "")[:10].split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isdigit() or part == "XXXX" for part in parts) or len(parts[0]) != 4:
        return None
    numbers = [None if part == "XXXX" else int(part) for part in parts]
    year, month, day = (*numbers, None, None)[:3]
    found = Partial(year, month, day)
    return found if _in_calendar(found) else None


def _in_calendar(found: Partial) -> bool:
    return 0 < (found.month or 1) <= 12 and found.exists and found.day != 0


def from_date(day: date) -> Partial:
    """A whole day as a partial date."""
    return Partial(day.year, day.month, day.day)


def shifted(base: Partial, unit: str, shift: int) -> tuple[Partial, Partial | None] | None:
    """`base` moved by `shift` days, months or years, or the week so far away as a pair; None if it tells too little."""
    if unit == "year":
        return (Partial(base.year + shift), None) if base.year is not None else None
    if unit == "month":
        return (_month(base, shift), None) if base.month else None
    day = base.exact
    if day is None:
        return _within_month(base, shift) if unit == "day" else None
    if unit == "day":
        return from_date(day + timedelta(days=shift)), None
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return from_date(monday), from_date(monday + timedelta(days=6))


def last_weekday(base: Partial, weekday: int) -> tuple[Partial, None] | None:
    """The last such weekday (0 is Monday) not after `base`."""
    day = base.exact
    return (from_date(day - timedelta(days=(day.weekday() - weekday) % 7)), None) if day else None


def _month(base: Partial, shift: int) -> Partial:
    number = (base.month or 1) - 1 + shift
    year = base.year + number // 12 if base.year is not None else None
    return Partial(year, number % 12 + 1)


def _within_month(base: Partial, shift: int) -> tuple[Partial, Partial | None] | None:
    """A day of unknown year moved inside its month."""
    if not base.month or not base.day:
        return None
    moved = Partial(None, base.month, base.day + shift)
    return (moved, None) if moved.day and moved.day > 0 and moved.exists else None

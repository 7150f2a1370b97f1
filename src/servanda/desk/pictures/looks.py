"""Which years a picture shows first: where its marks are, not where a few misread or old ones lie."""

from __future__ import annotations

from collections import Counter
from datetime import date

USUAL = 0.9  # of all marks: what the first look holds at least
SQUEEZED = 2  # times longer than that: from here all would squeeze it


def first_look(counts: Counter[str], whole: tuple[str, str]) -> tuple[str, str]:
    """The first and last day to show first, of marks counted by the day on which they begin.

    `whole`, the first and last day of all; or the shortest run of years in which nine of ten begin, where all would
    take more than twice as long."""
    start, end = _shortest(counts)
    if not start or SQUEEZED * _length(start, end) >= _length(*whole):
        return whole
    return f"{start[:4]}-01-01", f"{end[:4]}-12-31"


def _shortest(counts: Counter[str]) -> tuple[str, str]:
    told, wanted = sorted(counts), USUAL * counts.total()
    found, held, first = ("", ""), 0, 0
    for day in told:
        held += counts[day]
        while held - counts[told[first]] >= wanted:
            held -= counts[told[first]]
            first += 1
        if held >= wanted and (not found[0] or _length(told[first], day) < _length(*found)):
            found = told[first], day
    return found


def _length(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days

"""Hours of the day, and how many hours and minutes something takes, as texts tell them; which words say so is data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from servanda.folding import fold
from servanda.keep.quantities import Quantity, rules

AT, TAKES = "clock", "minutes"  # what such a quantity counts: minutes since midnight, or minutes
DAY, NEAR = 24 * 60, 3 * 60  # minutes
SLACK = 10  # minutes: of two hours nearer than that one is rounded
BEFORE = 20  # code points
REACH = 40  # code points after an hour in which it is told by whose clock


def times(text: str) -> Iterator[Quantity]:
    """Every hour of the day of a text that is told by the clock of the place, and every time in hours and minutes."""
    folded = fold(text)
    for found in _pattern().finditer(folded):
        at = found["clock"] is not None
        minutes = 60 * int(found["hours"] or 0) + int(found["minutes"] or found["only"] or 0)
        if at and (_other(text, folded, found) or minutes >= DAY):
            continue
        bound = None if found["bound"] is None else "about"
        yield Quantity(minutes, bound, (AT if at else TAKES,), False, found.start(), found.end(), lasting=not at)


def clash(a: Quantity, b: Quantity) -> bool:
    """Two hours that no rounding makes one, and not so far from each other that they are of two things."""
    return SLACK < abs(a.value - b.value) <= NEAR and not (a.bound or b.bound)


def _other(text: str, folded: str, found: re.Match[str]) -> bool:
    """By another clock, or of the end of something."""
    before, end = folded[max(0, found.start() - BEFORE) : found.start()], found.end()
    if any(zone in folded[end : end + REACH] for zone in rules().zones) or _of_place().search(text, end, end + REACH):
        return True
    return any(word in before for word in rules().closing)


@cache
def _of_place() -> re.Pattern[str]:
    """`giờ Damascus`."""
    return re.compile(rf"(?<!\w)(?:{_any(rules().hours)})\s+[A-ZĐ]")


@cache
def _pattern() -> re.Pattern[str]:
    r = rules()
    hours, minutes, bounds = (
        _any(r.hours),
        _any(r.minutes),
        _any((*r.more, *r.less, *r.about)),
    )
    before = rf"(?<!\w)(?:(?P<clock>{_any(r.clock)})|(?:{_any(r.lasting)}))\s+(?:(?P<bound>{bounds})\s+)?"
    whole = rf"(?P<hours>\d{{1,2}})\s*(?:{hours})(?![^\W\d])(?:\s*(?P<minutes>\d{{1,2}})(?:\s*(?:{minutes}))?(?!\w))?"
    return re.compile(rf"{before}(?:{whole}|(?P<only>\d{{1,3}})\s*(?:{minutes})(?!\w))")


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))

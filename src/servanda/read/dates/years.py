"""The year of a day told without one: the page's own date, or what the text itself brackets; else it stays open."""

from __future__ import annotations

from typing import NamedTuple

from servanda.read.dates.calendar import Partial, parse
from servanda.read.dates.expressions import Expression

NEAR = 10  # days
HEAD = 900  # code points at the head of a text that tell its news
OLDEST = 1995  # no page is older: an older day that it tells is history, however near in the calendar


class Anchor(NamedTuple):
    """The day from which the page speaks, as far as it is known, why, and how sure that is."""

    day: Partial
    reason: str
    confidence: float
    today: bool = False  # whether `hôm nay` means this very day


NOTHING = Anchor(Partial(), "nothing fixes the year", 0.9)


def find_anchor(page_date: str | None, stamp: str | None, told: list[Expression]) -> Anchor:
    """The page's own date unless its text contradicts it; else what dated facts of the text fix."""
    own = parse(page_date)
    if own and own.year and not _contradicted(own, told):
        return Anchor(own, f"the page's own date {own.edtf}", 0.95, own.exact is not None)
    lead = _lead(told)
    if lead is None:
        return _stamped(stamp, told) or NOTHING
    for evidence in (_same_day, _near_day, _bracketed, _event_year):
        anchor = _stamped(stamp, told) or evidence(lead, told)
        if anchor and (anchor.day.year or 0) >= OLDEST:
            return anchor
    return NOTHING


def _stamped(stamp: str | None, told: list[Expression]) -> Anchor | None:
    """What the document's record says of its publication: a whole day, or only a year."""
    own = parse(stamp)
    if not own or not own.year or _contradicted(own, told):
        return None
    return Anchor(own, f"the document's record says {own.edtf}", 0.93, own.exact is not None)


def _lead(told: list[Expression]) -> Partial | None:
    """The first day that the text tells without a year: that of its news."""
    return next((e.first for e in told if e.first.day and e.first.year is None and e.relative is None), None)


def _contradicted(own: Partial, told: list[Expression]) -> bool:
    """A stamp of a later copy: the text plans for a year long gone, or reports a later one."""
    assert own.year is not None
    for found in told:
        year = (found.last or found.first).year
        if year and found.planned and found.first.month and year < own.year - 1:
            return True
        if found.first.year and found.first.day and not found.planned and found.first.year > own.year:
            return True
    return False


def _same_day(lead: Partial, told: list[Expression]) -> Anchor | None:
    """The lead's day is told again with its year, alone or inside a range, and no later month is told as past."""
    latest = last_told([e for e in told if e.first.month])
    for found in told:
        first, last = found.first, found.last or found.first
        if (
            first.year
            and first.day
            and last.day
            and latest <= first.year == last.year
            and first.key() <= lead.key() <= last.key()
        ):
            return Anchor(lead._replace(year=first.year), f"told again with its year: {first.edtf}", 0.95)
    return None


def _near_day(lead: Partial, told: list[Expression]) -> Anchor | None:
    """A day told whole lies within days of the lead's, when no later year is told as past."""
    latest = last_told(told)
    for found in told:
        day = found.first
        if day.year and day.day and not found.last and day.year >= latest:
            gap = _days(lead.key()) - _days(day.key())
            year = day.year + (gap < -330) - (gap > 330)
            if min(abs(gap), 360 - abs(gap)) <= NEAR:
                return Anchor(lead._replace(year=year), f"within days of {day.edtf}", 0.9)
    return None


def _bracketed(lead: Partial, told: list[Expression]) -> Anchor | None:
    """The last year before every planned month or day that a day or month already past brackets from below."""
    dated = [e for e in told if e.first.year and e.first.month]
    ahead = [_last_before(lead, e.last or e.first) for e in dated if e.planned]
    if not ahead:
        return None
    past = [_first_after(lead, e.last or e.first) for e in dated if not e.planned]
    year = max([min(ahead), *(p for p in past if p <= max(ahead))])
    if year not in past or year < last_told(dated):
        return None
    return Anchor(lead._replace(year=year), f"planned dates of the text lie ahead of {year}-{lead.month:02d}", 0.85)


def _last_before(lead: Partial, planned: Partial) -> int:
    assert planned.year is not None
    return planned.year - (lead.key() > (planned.month or 12, planned.day or 31))


def _first_after(lead: Partial, past: Partial) -> int:
    assert past.year is not None
    return past.year + (lead.key() < (past.month or 1, past.day or 1))


def last_told(told: list[Expression]) -> int:
    """The latest year that the text tells as past."""
    return max(((e.last or e.first).year or 0 for e in told if not e.planned), default=0)


def _event_year(lead: Partial, told: list[Expression]) -> Anchor | None:
    """A yearly event named with its year at the head of the text, when no later month is told as past."""
    events = [e for e in told if e.event and e.first.year and not e.last and not e.planned]
    dated = [e for e in told if e.first.month]
    year = events[0].first.year if events and events[0].start < HEAD else None
    if any(e.first.year != year for e in events) or year is None or last_told(dated) > year:
        return None
    return Anchor(lead._replace(year=year), f"the event of this year is named with {year}", 0.8)


def fix_year(told: Partial, anchor: Anchor, *, ahead: bool) -> Partial:
    """`told` with the year nearest to the anchor, or the next one where the words say it lies ahead."""
    base = anchor.day
    if told.year is not None or base.year is None or not told.month:
        return told
    if base.month is None:
        return _valid(told._replace(year=base.year), told)
    gap = _days(told.key()) - _days(base.key())
    year = base.year
    if ahead:
        year += gap < -15
    elif gap > 183:
        year -= 1
    elif gap < -183:
        year += 1
    return _valid(told._replace(year=year), told)


def _valid(fixed: Partial, told: Partial) -> Partial:
    return fixed if fixed.exists else told


def _days(key: tuple[int, int]) -> int:
    return key[0] * 30 + key[1]

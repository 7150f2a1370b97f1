"""Dates: every expression that resolves to a calendar date or range, as EDTF; a year only where something fixes it."""

from __future__ import annotations

from servanda.read.dates.calendar import Partial, last_weekday, shifted
from servanda.read.dates.expressions import Expression, Finder
from servanda.read.dates.years import Anchor, find_anchor, fix_year, last_told
from servanda.read.page import Page
from servanda.types import DateExpression
from servanda.vocabulary import DateWords


def find_dates(page: Page) -> list[DateExpression]:
    """The dates of the article in order; words that nothing resolves are refused, with the reason."""
    told = Finder(page).find()
    anchor = find_anchor(page.published, page.document.published, told)
    resolver = _Resolver(page, anchor, told)
    return [date for found in told if (date := resolver.resolve(found))]


class _Resolver:
    """Goes through the expressions in order and remembers the last day told."""

    def __init__(self, page: Page, anchor: Anchor, told: list[Expression]) -> None:
        self.page, self.anchor = page, anchor
        whole = {(e.first.month, e.first.year) for e in told if e.first.month and e.first.year and not e.last}
        self.months = dict(whole) if len(dict(whole)) == len(whole) else {}
        self.spoken_today = any(e.relative and e.relative.role == "relative" and _is_today(e.relative) for e in told)
        self.latest = last_told(told)
        self.told: Partial | None = None
        self.lead: Partial | None = None
        self.news_ahead = False

    def resolve(self, found: Expression) -> DateExpression | None:
        if found.relative is not None and found.first == Partial():
            return self._relative(found)
        first, last, reason = found.first, found.last, "told whole"
        if found.relative is not None:
            pair = shifted(self._today(), "year", found.relative.shift)
            first, reason = first._replace(year=pair[0].year if pair else None), f"counted from {self.anchor.reason}"
        elif first.month and first.year is None:
            first = fix_year(first, self.anchor, ahead=found.ahead or (found.planned and not first.day))
            last = last and fix_year(last, self.anchor, ahead=found.ahead)
            first, last = _forward(first, last)
            reason = self.anchor.reason
        if first.month and not first.day and first.year is None and (year := self._year_of_month(found)):
            first, reason = first._replace(year=year), "the same month is told with its year"
        if first.day and self.lead is None:
            self.news_ahead = found.planned or found.ahead
        if first.day and not last:
            self.told = first
            self.lead = self.lead or (first if (first.year or self.latest) >= self.latest else None)
        return self._date(found, first, last, reason)

    def _year_of_month(self, found: Expression) -> int | None:
        """The year with which the page tells this month elsewhere, and no later year as past."""
        year = self.months.get(found.first.month or 0)
        return year if year and year >= self.latest and not (found.ahead or found.relative) else None

    def _today(self) -> Partial:
        """The day that `hôm nay` means; of an unknown page, the day of its news."""
        if self.anchor.today or (self.anchor.day.year and not self.anchor.day.month):
            return self.anchor.day if self.anchor.today else self.anchor.day._replace(month=None, day=None)
        return self.anchor.day

    def _relative(self, found: Expression) -> DateExpression | None:
        entry = found.relative
        assert entry is not None
        quoted = found.quoted and self.told and entry.unit == "day"
        base, reason = self._base("told" if quoted else entry.base, entry, to_come=found.planned and not found.quoted)
        pair = self._counted(base, entry) if base else None
        if pair is None:
            self.page.refuse(entry.id, found.start, found.end, "nothing tells the day it counts from")
            return None
        if entry.unit == "day" and pair[0].day:
            self.told = pair[0]
        return self._date(found, *pair, reason)

    def _counted(self, base: Partial, entry: DateWords) -> tuple[Partial, Partial | None] | None:
        if entry.role == "weekday":
            return last_weekday(base, entry.shift)
        return shifted(base, entry.unit, entry.shift)

    def _base(self, base: str, entry: DateWords, *, to_come: bool) -> tuple[Partial | None, str]:
        """The day counted from; that of the news may be yesterday, and is today where the page says so or plans for
        the day after it."""
        unit = entry.unit
        if base == "told":
            return self.told, "the day told before"
        if self.anchor.today or unit == "year" or (unit == "month" and self.anchor.day.month):
            return self.anchor.day, f"counted from {self.anchor.reason}"
        planned = entry.shift == 1 and to_come and not self.news_ahead
        known = entry.role == "weekday" or entry.shift == 0 or planned or self.spoken_today
        return (self.lead, "the day of the page's news") if unit == "day" and known else (None, "")

    def _date(self, found: Expression, first: Partial, last: Partial | None, reason: str) -> DateExpression:
        edtf = first.edtf if last is None else f"{first.edtf}/{last.edtf}"
        confidence = 0.97 if reason == "told whole" else self.anchor.confidence
        return DateExpression(found.start, found.end, edtf, reason, found.rule, confidence)


def _is_today(entry: DateWords) -> bool:
    return entry.unit == "day" and entry.shift == 0 and entry.base != "told"


def _forward(first: Partial, last: Partial | None) -> tuple[Partial, Partial | None]:
    """A range over New Year: its end lies in the year after its start."""
    if last and first.year and last.year and last.year == first.year and last.key() < first.key():
        last = last._replace(year=last.year + 1)
    return first, last

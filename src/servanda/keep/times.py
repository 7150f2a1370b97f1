"""When a document was written, as exactly as it tells: between the last thing it tells as past and the first to come.

An undated page still says what had happened and what had not: a departure told as past is no later than the page, a
planned one no earlier. A day without a year then often has one year only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.keep.telling import era
from servanda.keep.when import When, anchored, when
from servanda.records import Filed, Record

PAST = {"engagement": ("held",), "contribution": ("deployed", "returned"), "agreement": ("signed", "adopted")}
TO_COME = {"engagement": ("planned", "proposed"), "contribution": ("planned", "pledged", "ready"),
           "agreement": ("planned", "proposed")}  # fmt: skip
DATE = {"engagement": "date", "contribution": "date", "agreement": "date", "plan": "due", "act": "due"}
MONTH = 31  # days: what is told less exactly bounds nothing
YEAR = timedelta(days=365)


@dataclass(slots=True, frozen=True)
class Span:
    """No earlier than `first` and no later than `last`; None where nothing says so."""

    first: date | None = None
    last: date | None = None

    def order(self, other: Span) -> int:
        """1 where the other comes after this one, -1 where it comes before, 0 where that is not known."""
        if self.last and other.first and other.first > self.last:
            return 1
        return -1 if self.first and other.last and other.last < self.first else 0

    def apart(self, other: Span) -> int:
        """Days that surely lie between the two; 0 where that is not known."""
        if not (self.first and self.last and other.first and other.last):
            return 0
        return max((self.first - other.last).days, (other.first - self.last).days, 0)

    @property
    def year(self) -> str | None:
        """The year, where it is one."""
        return str(self.first.year) if self.first and self.last and self.first.year == self.last.year else None


def span(day: When | None) -> Span:
    """The days that a date may mean; of a date without a year, nothing."""
    return Span(day.first, day.last) if day and not day.yearless else Span()


def spans(documents: Iterable[Filed]) -> dict[int, Span]:
    """When each document was written, by its number."""
    return {document.number: written(document) for document in documents}


def written(document: Filed) -> Span:
    """When one document was written: its publication, else its first day, else between what was and what is to come."""
    published = when(document.published)
    if published and not published.yearless and published.days <= MONTH:
        return span(published)
    first, last = _bounds(document)
    told = when(era(document))
    if told and not told.yearless and told.days <= MONTH and (published or not (first and first > told.last)):
        return span(told)
    if told and told.yearless and (found := _in_year(told, first, last)):
        return found
    return Span(first, last)


def _bounds(document: Filed) -> tuple[date | None, date | None]:
    coded = [r for r in document.records.values() if r.kind in DATE and not r.passage]
    ahead = [r for r in coded if _status(r, TO_COME) or r.kind in ("plan", "act")]
    past = [w for r in coded if _status(r, PAST) and (w := _full(r, DATE[r.kind], document))]
    others = [r for r in document.records.values() if r.kind == "date" and not r.passage]
    planned = {record.value(DATE[record.kind]) for record in ahead}
    past += [w for r in others if r.value("edtf") not in planned and not _in_words(r, ahead)
             and (w := _full(r, "edtf", document))]  # fmt: skip
    come = [w for r in ahead if (w := _full(r, DATE[r.kind], document))]
    first, last = max((w.first for w in past), default=None), max((w.last for w in come), default=None)
    return (first, last) if not (first and last and first > last) else (None, None)


def _status(record: Record, statuses: Mapping[str, Sequence[str]]) -> bool:
    return record.value("status") in statuses.get(record.kind, ())


def _full(record: Record, name: str, document: Filed) -> When | None:
    found = when(anchored(record.value(name), document.published))
    return found if found and not found.yearless and found.days <= MONTH else None


def _in_words(record: Record, others: Iterable[Record]) -> bool:
    return any(other.start <= record.start < other.end for other in others)


def _in_year(told: When, first: date | None, last: date | None) -> Span | None:
    """The one year in which a day without a year lies within the bounds; the last one before what is planned."""
    if last is None:
        return None
    lowest = first or last - YEAR
    years = range(lowest.year - 1, last.year + 1)
    found = [w for y in years if (w := _of_year(told, y)) and w.last >= lowest and w.first <= last]
    return span(found[0]) if len(found) == 1 else None


def _of_year(told: When, year: int) -> When | None:
    try:
        first, last = told.first.replace(year=year), told.last.replace(year=year + told.last.year - told.first.year)
    except ValueError:
        return None
    return When(first, last)

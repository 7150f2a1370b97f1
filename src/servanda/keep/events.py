"""What a document has happen, told roughly: days with who takes part, so that two documents of one event are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servanda.keep.names import plain
from servanda.keep.when import When, anchored, apart, when
from servanda.records import Filed, Record

WEEK = 10  # days that an event may last and still be one of a day
Event = tuple[When, frozenset[str]]  # its days, and who takes part, by code or plain name


def events(document: Filed) -> tuple[Event, ...]:
    """The engagements of a document that are told to the day, in its order."""
    found = []
    for record in document.records.values():
        day = when(anchored(record.value("date"), document.published)) if record.kind == "engagement" else None
        if day and day.days <= WEEK and not record.passage:
            found.append((day, frozenset(_parties(document, record))))
    return tuple(found)


def _parties(document: Filed, record: Record) -> Iterator[str]:
    for who in (document.records[said.about] for said in record.all("participant") if said.about in document.records):
        yield who.value("code") or plain(who.value("name") or who.words)


def one_event(one: Sequence[Event], other: Sequence[Event]) -> bool:
    """Both tell an event of one time and of the same two who take part, or of one day and one of them."""
    pairs = ((x, y, len(a & b)) for x, a in one for y, b in other if apart(x, y) == 0)
    return any(shared > 1 or (shared and x.days == y.days == 1) for x, y, shared in pairs)


def day_keys(found: Sequence[Event]) -> frozenset[str]:
    """The first days of events, month and day: an unknown year is any."""
    return frozenset(f"{day.first:%m-%d}" for day, _ in found)


def days(document: Filed) -> frozenset[str]:
    """Every day that a document tells, month and day."""
    told = (when(r.value("edtf")) for r in document.records.values() if r.kind == "date" and not r.passage)
    return frozenset(f"{day.first:%m-%d}" for day in told if day and day.days == 1)

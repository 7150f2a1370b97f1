"""Who held which office, from first to last sighting; a holder is never inferred beyond what was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from servanda.keep.offices import Office, rules
from servanda.keep.telling import Passage
from servanda.keep.when import apart, when


@dataclass(slots=True)
class Tenure:
    """One office of one person, from first to last sighting (EDTF, of the documents); every sighting is cited.

    `post` is its most usual wording, `state` (ISO) whose it is, as told or as told elsewhere of the same person.
    """

    post: str
    office: Office
    state: str | None
    first: str | None
    last: str | None
    sightings: list[tuple[str | None, Passage]]
    former: bool = False

    def days_from(self, on: str) -> int | None:
        """Days from a date to the time of its sightings: 0 within; None where a date is not known."""
        asked, first, last = when(on), when(self.first), when(self.last)
        if asked is None or first is None or last is None or asked.yearless or first.yearless or last.yearless:
            return None
        if asked.last < first.first:
            return apart(asked, first)
        return apart(asked, last) if asked.first > last.last else 0


@dataclass(slots=True, frozen=True)
class Holder:
    """Who was seen in an office: `days` between the date asked for and the nearest sighting, 0 where within."""

    actor: str
    name: str
    tenure: Tenure
    days: int


@dataclass(slots=True, frozen=True)
class Holding:
    """The answer to who held an office at a date; no holders means not known, over `documents`, the newest of `newest`.

    `others`: who is seen in that office at other times.
    """

    office: Office
    on: str | None
    holders: tuple[Holder, ...]
    others: tuple[Holder, ...]
    documents: int
    newest: str | None


def chosen(found: Iterable[Holder], one_holder: bool) -> tuple[tuple[Holder, ...], tuple[Holder, ...]]:
    """Those whose sightings hold the date, else the one nearest to it, if near; and the others."""
    ranked = sorted(found, key=lambda holder: (holder.days, -len(holder.tenure.sightings)))
    within = [holder for holder in ranked if holder.days == 0]
    near = [holder for holder in ranked if holder.days <= rules().near]
    held = within or (near[:1] if one_holder else near)
    return tuple(held), tuple(holder for holder in ranked if holder not in held)


def latest(dates: Iterable[str | None]) -> str | None:
    """The last of several EDTF dates that have a year."""
    known: list[tuple[date, str]] = [
        (found.last, told) for told in dates if told and (found := when(told)) and not found.yearless
    ]
    return max(known)[1] if known else None


def earliest(dates: Iterable[str | None]) -> str | None:
    """The first of several EDTF dates that have a year."""
    known = [(found.first, told) for told in dates if told and (found := when(told)) and not found.yearless]
    return min(known)[1] if known else None

"""The years of documents that tell none, from what others tell of the same engagement or of the same unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from servanda.keep.facts import Fact, unit_number
from servanda.keep.resolve import Resolved
from servanda.keep.when import anchored, when, within

HALF = 183  # days


def years(engagements: Iterable[Resolved]) -> dict[int, str]:
    """The year of documents that tell none, from an engagement that another document dates in full."""
    found: dict[int, str] = {}
    for engagement in engagements:
        dated = [(t.number, t.date[:4]) for t in engagement.tellings if t.date and _year_known(t.date)]
        for telling in engagement.tellings:
            others = {year for number, year in dated if number != telling.number}
            if len(others) == 1 and not _year_known(telling.era) and not _year_known(telling.date):
                found.setdefault(telling.number, min(others))
    return found


def years_of_units(found: Iterable[Fact]) -> dict[int, str]:
    """The year of documents that tell none, from the same unit's sending that others plan for a day near by."""
    plans: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in found:
        if fact.what and fact.kind and (fact.due or fact.era) and fact.by and (number := unit_number(fact.unit)):
            plans[fact.by[0].code or fact.by[0].name, fact.what, number].append(fact)
    years: dict[int, set[str]] = defaultdict(set)
    for told in plans.values():
        full = [f.due for f in told if f.due and _year_known(f.due)]
        for fact in (f for f in told if not _year_known(f.due or f.era)):
            years[fact.number].update(day[:4] for other in full if (day := _near(fact, other)))
    return {number: min(them) for number, them in years.items() if len(them) == 1}


def _near(fact: Fact, other: str) -> str | None:
    """When a plan falls due, or was told without a day, in the year of another telling's due date near by."""
    day = anchored(fact.due or fact.era, other)
    a, b = when(day), when(other)
    late = a is not None and b is not None and not fact.due and b.last < a.first
    return day if not late and within(day, other, HALF) else None


def _year_known(edtf: str | None) -> bool:
    found = when(edtf)
    return found is not None and not found.yearless

"""What the press says of a state's peacekeepers, beside the UN's table nearest in time.

A figure of strength is compared; a cumulative one, a movement, a plan and a unit that the tables do not tell from other
troops only stand beside. Nothing is ever added to anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from servanda.datafile import schema_file
from servanda.keep.when import apart, when
from servanda.records import OfficialFigure, month_named

Outcome = Literal["agrees", "differs", "beside", "no table of that date"]


class Kinds(BaseModel):
    """schema/official.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nearest: int
    close: int
    kinds: dict[str, list[str]]
    parts: list[str]


@dataclass(slots=True, frozen=True)
class Claim:
    """What a page says: so many (of them women) of a state in a mission, at a date (EDTF, or else that of the page)."""

    country: str
    mission: str | None
    what: str
    measure: str
    status: str
    count: int | None
    women: int | None
    date: str | None
    source: str
    start: int
    end: int
    quote: str
    asserted_by: str | None = None


@dataclass(slots=True, frozen=True)
class Reconciled:
    """A claim beside a table: `official` and `official_women` are the table's, `days` the time between."""

    claim: Claim
    outcome: Outcome
    as_of: str | None
    days: int | None
    official: int | None
    official_women: int | None
    difference: int | None
    women_difference: int | None
    reason: str


@cache
def kinds() -> Kinds:
    """The data file, checked. Raises BadData."""
    return schema_file("official.yaml", Kinds)


def reconcile(claims: Iterable[Claim], figures: Sequence[OfficialFigure]) -> list[Reconciled]:
    """Each claim with the table nearest to it, in the order given."""
    tables: dict[str, list[OfficialFigure]] = {}
    for figure in figures:
        tables.setdefault(figure.as_of, []).append(figure)
    return [_reconciled(claim, tables) for claim in claims]


def _reconciled(claim: Claim, tables: dict[str, list[OfficialFigure]]) -> Reconciled:
    near = nearest(claim.date, tables)
    if near is None:
        return Reconciled(claim, "no table of that date", None, None, None, None, None, None, _why_none(claim, tables))
    as_of, days = near
    rows = [row for row in tables[as_of] if row.country == claim.country]
    if claim.mission and rows and all(row.mission is None for row in rows):
        return _beside(claim, as_of, days, None, None, "that table gives no mission")
    total, women = _sums(claim, rows)
    why = _only_beside(claim)
    if why:
        return _beside(claim, as_of, days, total, women, why)
    return _compared(claim, as_of, days, total, women)


def nearest(edtf: str | None, tables: Iterable[str]) -> tuple[str, int] | None:
    """The table's date nearest to a date and the days between, None where none is near or the date has no year."""
    asked = when(edtf)
    if asked is None or asked.yearless:
        return None
    gaps = [(apart(asked, found), as_of) for as_of in tables if (found := when(as_of))]
    days, as_of = min(gaps, default=(kinds().nearest + 1, ""))
    return (as_of, days) if days <= kinds().nearest else None


def _why_none(claim: Claim, tables: dict[str, list[OfficialFigure]]) -> str:
    asked = when(claim.date)
    if asked is None or asked.yearless:
        return "the claim has no date"
    return f"{len(tables)} tables are kept" + (f", from {min(tables)} to {max(tables)}" if tables else "")


def _sums(claim: Claim, rows: Iterable[OfficialFigure]) -> tuple[int, int]:
    wanted = kinds().kinds.get(claim.what, [])
    rows = [r for r in rows if claim.mission in (None, r.mission) and (not wanted or r.personnel_type in wanted)]
    return sum(r.total for r in rows), sum(r.female for r in rows)


def _only_beside(claim: Claim) -> str | None:
    """Why a claim cannot be compared with a strength; None where it can."""
    if claim.measure != "strength":
        return f"the claim is {'a total since a start' if claim.measure == 'cumulative' else 'a movement'}, no strength"
    if claim.status != "deployed":
        return f"the claim is of people {claim.status}, not there"
    if claim.what in kinds().parts:
        return "the tables do not tell this unit from other troops"
    if claim.what not in kinds().kinds:
        return "the tables do not count this"
    return "the claim has no number" if claim.count is None and claim.women is None else None


def _beside(claim: Claim, as_of: str, days: int, total: int | None, women: int | None, why: str) -> Reconciled:
    return Reconciled(claim, "beside", as_of, days, total, women, None, None, why)


def _compared(claim: Claim, as_of: str, days: int, total: int, women: int) -> Reconciled:
    off = None if claim.count is None else claim.count - total
    women_off = None if claim.women is None else claim.women - women
    outcome: Outcome = "differs" if off or women_off else "agrees"
    reason = _possible(claim, days) if outcome == "differs" else ""
    return Reconciled(claim, outcome, as_of, days, total, women, off, women_off, reason)


def _possible(claim: Claim, days: int) -> str:
    if days == 0:
        return "of the same date: another way of counting, or an error"
    apart_by = f"{days} days apart"
    if claim.mission is None and claim.what != "troops":
        return f"{apart_by}; the claim names no mission"
    return f"{apart_by}: " + (
        "people may have rotated between" if days <= kinds().close else "strength may have changed"
    )


@dataclass(slots=True, frozen=True)
class Point:
    """How many of a state were in a mission at a date, by the UN's table (`by` "UN") or as a page has it ("press").

    Points of one `measure` are set in a row; points of different measures never, and none is added to another. `kinds`
    are the table's figures by type of personnel, `claim` the page's own words.
    """

    date: str | None
    by: Literal["UN", "press"]
    mission: str | None
    measure: str
    status: str
    count: int | None
    women: int | None
    kinds: dict[str, int]
    claim: Claim | None = None


def series(
    claims: Iterable[Claim], figures: Iterable[OfficialFigure], *, country: str, mission: str | None = None
) -> list[Point]:
    """A state's peacekeepers over time, in one mission or (None) as told over all: tables and claims by date.

    A table that gives no missions says nothing of one; a claim that names none is of all.
    """
    tables: dict[str, list[OfficialFigure]] = {}
    for figure in figures:
        if figure.country == country and (mission is None or figure.mission == mission):
            tables.setdefault(figure.as_of, []).append(figure)
    points = [_counted(as_of, mission, rows) for as_of, rows in tables.items()]
    points += [Point(c.date, "press", c.mission, c.measure, c.status, c.count, c.women, {}, c)
               for c in claims if c.country == country and c.mission == mission]  # fmt: skip
    return sorted(points, key=lambda point: (point.date is None, _first_day(point.date), point.by))


def _counted(as_of: str, mission: str | None, rows: Sequence[OfficialFigure]) -> Point:
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row.personnel_type] = kinds.get(row.personnel_type, 0) + row.total
    total, women = sum(row.total for row in rows), sum(row.female for row in rows)
    return Point(as_of, "UN", mission, "strength", "deployed", total, women, kinds)


def _first_day(edtf: str | None) -> str:
    found = when(edtf)
    return found.first.isoformat() if found else ""


@dataclass(slots=True, frozen=True)
class Misnamed:
    """A file whose name says another month (`2020-06`) than the table in it, which `others` hold, too."""

    name: str
    says: str
    as_of: str
    others: tuple[str, ...]


def misnamed(files: Mapping[str, Sequence[str]]) -> list[Misnamed]:
    """The files among these, named by the date of their table, whose name says another month than is printed."""
    found = []
    for as_of, names in files.items():
        for name in names:
            says = month_named(name)
            if says and says != as_of[:7]:
                found.append(Misnamed(name, says, as_of, tuple(it for it in names if it != name)))
    return found


def without_table(as_of: str, kept: Iterable[str]) -> str | None:
    """Why there are no figures of a date: which tables are kept, and the nearest; None where one is of that date."""
    dates = sorted(kept)
    asked = when(as_of)
    if as_of in dates or asked is None:
        return None if as_of in dates else f"{as_of} is no date"
    if not dates:
        return f"no table of {as_of}: no tables are kept; servanda import-un FILE keeps one"
    gaps = [(apart(asked, found), date) for date in dates if (found := when(date))]
    days, near = min(gaps)
    kept_told = f"{len(dates)} tables are kept, from {dates[0]} to {dates[-1]}"
    return f"no table of {as_of}: {kept_told}; the nearest is of {near}, {days} days away"

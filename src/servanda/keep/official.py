"""What the press says of a state's peacekeepers, beside the UN's table nearest in time.

A figure of strength is compared; a cumulative one, a movement, a plan and a unit that the tables do not tell from other
troops only stand beside. Nothing is ever added to anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from servanda.errors import BadData
from servanda.keep.when import apart, when
from servanda.records import OfficialFigure

FILE = Path(__file__).parents[1] / "schema" / "official.yaml"
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
    try:
        return Kinds.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise BadData(f"{FILE.name}: {' '.join(str(error).split())}") from error


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

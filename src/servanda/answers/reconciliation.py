"""What the press says of a state's peacekeepers beside the UN's table nearest in time."""

from __future__ import annotations

from dataclasses import asdict

from servanda.answers.facts import contributions
from servanda.answers.pages import Row
from servanda.keep.official import Claim, Point, Reconciled, reconcile, series
from servanda.keep.when import anchored
from servanda.store import Register, official


def reconciled(register: Register, country: str) -> list[Row]:
    """Each press figure of a state (ISO 3166): `what, mission, measure, status, count, women, date, asserted_by,
    outcome, as_of, official, official_women, reason, evidence`. Figures are compared, never added up."""
    claims = _claims(register, country)
    return [_row(it) for it in reconcile(claims, official(register))] if claims else []


def over_time(register: Register, country: str, mission: str | None = None) -> list[Row]:
    """A state's peacekeepers by date, in a mission (acronym) or over all: `date, by (UN, press), mission, measure,
    status, count, women, kinds {type of personnel: total}, evidence`. Nothing is added to anything."""
    return [_point(it) for it in series(_claims(register, country), official(register), country=country,
                                        mission=mission)]  # fmt: skip


def _claims(register: Register, country: str) -> list[Claim]:
    told = contributions(register, state=country, limit=None).rows
    return [_claim(row, country) for row in told if row["count"] is not None or row["women"] is not None]


def _point(it: Point) -> Row:
    values = asdict(it)
    claim = values.pop("claim")
    cited = {key: claim[key] for key in ("source", "start", "end", "quote")} if claim else None
    return {**values, "evidence": [cited] if cited else []}


def _claim(row: Row, country: str) -> Claim:
    at, mission = row["evidence"][0], row["mission"] or {}
    date = anchored(row["date"], row["published"]) or row["published"]
    return Claim(country, mission.get("code") or mission.get("name"), row["what"], row["measure"], row["status"],
                 row["count"], row["women"], date, at["source"], at["start"], at["end"], at["quote"],
                 row["asserted_by"])  # fmt: skip


def _row(it: Reconciled) -> Row:
    values = asdict(it)
    claim = values.pop("claim")
    evidence = [{key: claim.pop(key) for key in ("source", "start", "end", "quote")}]
    return {**claim, **values, "evidence": evidence}

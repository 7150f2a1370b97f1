"""Missions and meeting places on a map. What a page places only in a country is that country's, not a point in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sqlalchemy import func, select

from servanda.answers import actors
from servanda.answers.asking import L, Listing, Question, asking
from servanda.answers.pages import LooksAt
from servanda.desk.geography import Place, locate, seats, twofold
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.listings import listing, rows_of, summed
from servanda.desk.pictures.marks import Mark, Row, Words, quotes
from servanda.desk.rendering import actor_url
from servanda.store import Register
from servanda.store.derived import entry_links

DRAWN = 200  # places on the map, those of most engagements
NAMED = 100  # places that no map knows, in the table


@dataclass(slots=True)
class Met:
    """Engagements at a place: how many, the newest first of a few of them, and the place's name in the register."""

    count: int = 0
    ids: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Placed:
    """Engagements by where they were; missions, with their claims; names of places that no map knows."""

    looked_at: LooksAt
    towns: list[tuple[Place, Met]] = field(default_factory=list)
    states: list[tuple[Place, Met]] = field(default_factory=list)
    missions: list[tuple[Row, list[Row]]] = field(default_factory=list)
    unknown: list[tuple[str, Met]] = field(default_factory=list)
    nowhere: int = 0
    undrawn: int = 0
    unnamed: int = 0


def placed(register: Register, asked: Filters) -> Placed:
    """Where the engagements that a reader asked for took place, and the missions that documents speak of."""
    missions = [row for row in actors(register, kind="mission", limit=None).rows if row["code"] in seats()]
    with asking(register) as question:
        found = Placed(question.looked_at)
        known, unknown = _grouped(found, question, asked)
        drawn = sorted(known.items(), key=lambda it: (-it[1].count, it[0].id))
        others = sorted(unknown.items(), key=lambda it: (-it[1].count, it[0]))
        found.undrawn = sum(met.count for _, met in drawn[DRAWN:])
        found.unnamed = sum(met.count for _, met in others)
        drawn, found.unknown = drawn[:DRAWN], others[:NAMED]
        _quoted(question, [met for _, met in [*drawn, *found.unknown]])
        found.towns = [it for it in drawn if it[0].at]
        found.states = [it for it in drawn if not it[0].at]
        found.missions = _claimed(question, missions, asked)
    return found


def _grouped(found: Placed, question: Question, asked: Filters) -> tuple[dict[Place, Met], dict[str, Met]]:
    chosen = listing(question, "engagement", asked)
    query = chosen.query(L.place, func.count(), func.max(L.first_day + " " + L.id)).group_by(L.place)
    known: dict[Place, Met] = defaultdict(Met)
    unknown: dict[str, Met] = defaultdict(Met)
    for name, count, newest in summed(question, query):
        if not name:
            found.nowhere += count
            continue
        newest = str(newest).split(" ")[-1]
        for written, number, id in _written(question, chosen, name) if name in twofold() else [(name, count, newest)]:
            place = locate(written)
            met = known[place] if place else unknown[written]
            met.count += number
            met.ids.append(id)
    return known, unknown


def _written(question: Question, chosen: Listing, name: str) -> Iterator[tuple[str, int, str]]:
    """A name that is a town's or another's by its accents, as pages write it: how often, and the newest with it."""
    query = chosen.query(L.id).where(L.place == name).order_by(L.first_day.desc())
    ids = [id for (id,) in summed(question, query)]
    rows = rows_of(question, "engagement", ids)
    told = [(rows[id]["place"], id) for id in ids if id in rows]
    newest = dict(reversed(told))
    for written, number in Counter(written for written, _ in told).items():
        yield written, number, newest[written]


def _quoted(question: Question, places: list[Met]) -> None:
    rows = rows_of(question, "engagement", (id for met in places for id in met.ids[:2]))
    for met in places:
        met.rows = [rows[id] for id in met.ids[:2] if id in rows]


def _claimed(question: Question, missions: list[Row], asked: Filters) -> list[tuple[Row, list[Row]]]:
    """Each mission with the newest press claim about it; with an actor asked for, only those of its claims."""
    link = entry_links.c
    query = select(link.value, func.max(link.first_day + " " + link.id)).where(
        link.sort == "contribution", link.facet == "mission", link.value.in_([row["id"] for row in missions])
    )
    if asked.actor:
        mine = entry_links.alias().c
        theirs = select(mine.id).where(mine.sort == "contribution", mine.facet == "actor",
                                       mine.value.in_(question.known_as(asked.actor)))  # fmt: skip
        query = query.where(link.id.in_(theirs))
    newest = {str(value): str(last).split(" ")[-1] for value, last in summed(question, query.group_by(link.value))}
    rows = rows_of(question, "contribution", newest.values())
    told = {mission: [rows[id]] for mission, id in newest.items() if id in rows}
    return [(row, told.get(row["id"], [])) for row in missions if row["id"] in told or not asked.actor]


def picture(found: Placed, asked: Filters, words: Words) -> Row:
    """What the browser draws: `towns`, `countries`, `missions` at degrees or in ISO numbers; what is missing."""
    return {"towns": [{**_met(place, met, asked, words), "at": place.at} for place, met in found.towns],
            "countries": [{**_met(place, met, asked, words), "country": place.numeric} for place, met in found.states],
            "missions": [_mission(row, claims, words) for row, claims in found.missions],
            "says": says(found, words)}  # fmt: skip


def _met(place: Place, met: Met, asked: Filters, words: Words) -> Mark:
    name = met.rows[0]["place"] if met.rows else place.name
    here = urlencode({**asked.given(), "place": name})
    return {"id": place.id, "title": place.called(words.language), "count": met.count,
            "note": engaged(place, met.count, words), "href": f"/engagements?{here}",
            **quotes([it for row in met.rows for it in row["evidence"][:2]])}  # fmt: skip


def engaged(place: Place, count: int, words: Words) -> str:
    """`3 engagements`; for a country that no town is told."""
    told = words.count("%(n)s engagement", "%(n)s engagements", count) % words.n(count)
    return told if place.at else told + ", " + words.say("no town told")


def _mission(row: Row, claims: list[Row], words: Words) -> Mark:
    seat, at = seats()[row["code"]]
    count = words.count("named in %(n)s document", "named in %(n)s documents", row["documents"]) % words.n(
        row["documents"]
    )
    return {"id": row["id"], "title": row["code"], "count": row["documents"], "at": at, "href": actor_url(row["id"]),
            "note": f"{row['name']} · {seat} · {count}",
            **quotes([it for claim in claims for it in claim["evidence"][:2]])}  # fmt: skip


def says(found: Placed, words: Words) -> str:
    """What is drawn and what is not, in a line."""
    drawn = sum(met.count for _, met in [*found.towns, *found.states])
    parts = [words.count("%(n)s engagement on the map", "%(n)s engagements on the map", drawn) % words.n(drawn)]
    if found.undrawn:
        parts.append(words.say("%(n)s in places of fewer engagements are left out") % words.n(found.undrawn))
    if found.unnamed:
        parts.append(words.say("%(n)s in places that this map does not know") % words.n(found.unnamed))
    if found.nowhere:
        parts.append(words.say("%(n)s with no place told") % words.n(found.nowhere))
    return "; ".join([*parts, words.looked_at(found.looked_at)]) + "."

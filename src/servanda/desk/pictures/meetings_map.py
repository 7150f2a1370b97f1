"""Missions and meeting places on a map. What a page places only in a country is that country's, not a point in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from servanda.answers import actors, contributions, engagements
from servanda.answers.pages import LooksAt
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.geography import Place, locate, seats
from servanda.desk.pictures.marks import Mark, Row, Words, quotes
from servanda.desk.rendering import actor_url
from servanda.store import Register


@dataclass(slots=True)
class Placed:
    """Engagements by where they were, missions with the claims about them, names of places that no map knows."""

    towns: list[tuple[Place, list[Row]]]
    states: list[tuple[Place, list[Row]]]
    missions: list[tuple[Row, list[Row]]]
    unknown: list[tuple[str, list[Row]]]
    nowhere: int
    looked_at: LooksAt


def placed(register: Register, asked: Filters) -> Placed:
    """Where the engagements that a reader asked for took place, and the missions that documents speak of."""
    page = engagements(register, actor=asked.actor, kind=asked.kind, status=asked.status, topic=asked.topic,
                       since=asked.since, until=asked.until, limit=None)  # fmt: skip
    known: dict[Place, list[Row]] = defaultdict(list)
    unknown: dict[str, list[Row]] = defaultdict(list)
    for row in page.rows:
        place = locate(row["place"])
        if place:
            known[place].append(row)
        elif row["place"]:
            unknown[row["place"]].append(row)
    most = sorted(known.items(), key=lambda it: (-len(it[1]), it[0].id))
    towns, states = [it for it in most if it[0].at], [it for it in most if not it[0].at]
    others = sorted(unknown.items(), key=lambda it: (-len(it[1]), it[0]))
    nowhere = sum(1 for row in page.rows if not row["place"])
    return Placed(towns, states, list(_missions(register, asked)), others, nowhere, page.looked_at)


def _missions(register: Register, asked: Filters) -> Iterator[tuple[Row, list[Row]]]:
    """Each mission named in the register, with the press claims about it."""
    claims: dict[str, list[Row]] = defaultdict(list)
    for row in contributions(register, actor=asked.actor, since=asked.since, until=asked.until, limit=None).rows:
        if row["mission"]:
            claims[row["mission"]["actor"]].append(row)
    for row in actors(register, kind="mission", limit=None).rows:
        if not asked.actor or row["id"] in claims:
            yield row, claims.get(row["id"], [])


def picture(found: Placed, asked: Filters, words: Words) -> Row:
    """What the browser draws: `towns`, `countries`, `missions` at degrees or in ISO numbers; what is missing."""
    return {"towns": [{**_met(place, rows, asked, words), "at": place.at} for place, rows in found.towns],
            "countries": [{**_met(place, rows, asked, words), "country": place.numeric}
                          for place, rows in found.states],
            "missions": [_mission(row, claims, words) for row, claims in found.missions if row["code"] in seats()],
            "says": says(found, words)}  # fmt: skip


def _met(place: Place, rows: list[Row], asked: Filters, words: Words) -> Mark:
    here = urlencode({**asked.given(), "place": rows[0]["place"]})
    return {"id": place.id, "title": place.name, "count": len(rows), "note": engaged(place, len(rows), words),
            "href": f"/engagements?{here}", **quotes([it for row in rows for it in row["evidence"][:1]])}  # fmt: skip


def engaged(place: Place, count: int, words: Words) -> str:
    """`3 engagements`; for a country that no town is told."""
    told = words.count("%(n)d engagement", "%(n)d engagements", count) % {"n": count}
    return told if place.at else told + ", " + words.say("no town told")


def _mission(row: Row, claims: list[Row], words: Words) -> Mark:
    seat, at = seats()[row["code"]]
    count = words.count("named in %(n)d document", "named in %(n)d documents", row["documents"]) % {
        "n": row["documents"]
    }
    return {"id": row["id"], "title": row["code"], "count": row["documents"], "at": at, "href": actor_url(row["id"]),
            "note": f"{row['name']} · {seat} · {count}",
            **quotes([it for claim in claims for it in claim["evidence"][:1]])}  # fmt: skip


def says(found: Placed, words: Words) -> str:
    """What is drawn and what is not, in a line."""
    drawn = sum(len(rows) for _, rows in [*found.towns, *found.states])
    parts = [words.count("%(n)d engagement on the map", "%(n)d engagements on the map", drawn) % {"n": drawn}]
    if found.unknown:
        count = sum(len(rows) for _, rows in found.unknown)
        parts.append(words.say("%(n)d in places that this map does not know") % {"n": count})
    if found.nowhere:
        parts.append(words.say("%(n)d with no place told") % {"n": found.nowhere})
    return "; ".join([*parts, words.looked_at(found.looked_at)]) + "."

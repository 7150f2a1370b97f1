"""Who met whom, around one actor: never more than can be told apart, and what was left out is said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlencode

from servanda.answers import actor as actor_row
from servanda.answers import actors, engagements
from servanda.answers.pages import LooksAt
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.marks import Mark, Row, Words, engagement_mark, quotes
from servanda.desk.rendering import actor_url
from servanda.store import Register

FEWEST, USUAL, MOST = 4, 16, 40  # neighbours drawn
CROWD = 6  # an engagement of more than so many participants ties each to the one in the middle only
TIES = 2  # ties among neighbours that are drawn, for each neighbour
Rows = dict[str, list[Row]]


@dataclass(slots=True)
class Neighbourhood:
    """An actor (None in an empty register), those it met with the engagements, and ties among those."""

    centre: Row | None
    near: list[tuple[Row, list[Row]]]
    ties: list[tuple[str, str, list[Row]]]
    left_out: int
    ties_left_out: int
    looked_at: LooksAt


def neighbourhood(register: Register, asked: Filters, most: int = USUAL) -> Neighbourhood:
    """Those who took part in most engagements with an actor, else with the one who took part in most of all."""
    name = asked.actor or _busiest(register)
    if name is None:
        return Neighbourhood(None, [], [], 0, 0, engagements(register, limit=1).looked_at)
    centre = actor_row(register, name)
    page = engagements(register, actor=centre["id"], kind=asked.kind, status=asked.status, topic=asked.topic,
                       since=asked.since, until=asked.until, limit=None)  # fmt: skip
    near, people = _near(page.rows, centre["id"])
    ranked = sorted(near, key=lambda id: (-len(near[id]), id))
    shown = ranked[: min(max(most, FEWEST), MOST)]
    ties = _ties(page.rows, set(shown))
    drawn = ties[: TIES * len(shown)]
    return Neighbourhood(centre, [(people[id], near[id]) for id in shown], drawn, len(ranked) - len(shown),
                         len(ties) - len(drawn), page.looked_at)  # fmt: skip


def _busiest(register: Register) -> str | None:
    rows = actors(register, limit=None).rows
    best = max(rows, key=lambda row: (row["counts"].get("engagements", 0), row["documents"]), default=None)
    return best["id"] if best else None


def _near(rows: list[Row], centre: str) -> tuple[Rows, dict[str, Row]]:
    near: Rows = defaultdict(list)
    people: dict[str, Row] = {}
    for row in rows:
        for who in row["participants"]:
            id = who.get("actor")
            if id and id != centre and row not in near[id][-1:]:
                near[id].append(row)
                people.setdefault(id, who)
    return {id: told for id, told in near.items() if told}, people


def _ties(rows: list[Row], shown: set[str]) -> list[tuple[str, str, list[Row]]]:
    tied: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        who = sorted({it["actor"] for it in row["participants"] if it.get("actor") in shown})
        if len(row["participants"]) <= CROWD:
            for pair in combinations(who, 2):
                tied[pair].append(row)
    return sorted(((a, b, told) for (a, b), told in tied.items()), key=lambda it: (-len(it[2]), it[0], it[1]))


def picture(found: Neighbourhood, asked: Filters, words: Words) -> Row:
    """What the browser draws: `centre, nodes, ties`, and what was left out, in words."""
    if found.centre is None:
        return {"centre": None, "nodes": [], "ties": [], "says": words.looked_at(found.looked_at)}
    centre = found.centre
    every = [row for _, rows in found.near for row in rows]
    middle = _node({"actor": centre["id"], "name": centre["name"]}, centre["kind"], every, asked, words)
    nodes = [_node(who, kind_of(who["actor"]), rows, asked, words) for who, rows in found.near]
    named = {it["id"]: it["title"] for it in [middle, *nodes]}
    ties = [_tie(centre["id"], who["actor"], rows, named, words) for who, rows in found.near]
    ties += [_tie(a, b, rows, named, words) for a, b, rows in found.ties]
    return {"centre": centre["id"], "nodes": [middle, *nodes], "ties": ties, "says": says(found, words)}


def kind_of(id: str) -> str:
    """The kind of an actor, as its id says."""
    return id.partition("-")[0]


def _node(who: Row, kind: str, rows: list[Row], asked: Filters, words: Words) -> Mark:
    count = len({row["id"] for row in rows})
    return {"id": who["actor"], "title": who["name"], "href": actor_url(who["actor"]), "kind": kind, "count": count,
            "note": together(count, words),
            "also": [{"href": around(who["actor"], asked), "title": words.say("Put in the middle")}],
            **quotes([it for row in rows for it in row["evidence"][:1]])}  # fmt: skip


def around(id: str, asked: Filters) -> str:
    """The same picture with another actor in the middle."""
    return f"/network?{urlencode({**asked.given(), 'actor': id})}"


def together(count: int, words: Words) -> str:
    """`3 engagements together`."""
    return words.count("%(n)d engagement together", "%(n)d engagements together", count) % {"n": count}


def _tie(a: str, b: str, rows: list[Row], named: dict[str, str], words: Words) -> Mark:
    both = urlencode({"actor": a, "with": b})
    return {"id": f"{a} {b}", "source": a, "target": b, "count": len(rows), "title": f"{named[a]} – {named[b]}",
            "note": together(len(rows), words), "href": f"/engagements?{both}",
            "also": [{"href": it["href"], "title": f"{it['title']}, {it['date']}"}
                     for it in (engagement_mark(row, words) for row in rows[:6])],
            **quotes([it for row in rows for it in row["evidence"][:1]])}  # fmt: skip


def says(found: Neighbourhood, words: Words) -> str:
    """What is drawn and what is not, in a line."""
    parts = [words.count("%(n)d neighbour drawn", "%(n)d neighbours drawn", len(found.near)) % {"n": len(found.near)}]
    if found.left_out:
        parts.append(words.say("%(n)d who met less often are left out") % {"n": found.left_out})
    if found.ties_left_out:
        parts.append(words.say("%(n)d weaker ties among neighbours are left out") % {"n": found.ties_left_out})
    return "; ".join([*parts, words.looked_at(found.looked_at)]) + "."

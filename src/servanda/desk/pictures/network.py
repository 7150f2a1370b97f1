"""Who met whom, around one actor: never more than can be told apart, and what was left out is said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from urllib.parse import urlencode

from sqlalchemy import func, select

from servanda.answers import actor as actor_row
from servanda.answers import busiest
from servanda.answers.asking import L, Listing, Question, asking
from servanda.answers.pages import LooksAt
from servanda.desk.languages import called
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.listings import listing, rows_of
from servanda.desk.pictures.marks import Mark, Row, Words, quotes
from servanda.desk.rendering import actor_url
from servanda.store import Register
from servanda.store.derived import actor_counts, actors, entry_links

FEWEST, USUAL, MOST = 4, 16, 40  # neighbours drawn
WINDOW = 4000  # engagements that are counted, the newest: of the one in the middle, and of all neighbours together
TIES = 2  # ties among neighbours that are drawn, for each neighbour


@dataclass(slots=True, frozen=True)
class Tie:
    """Two actors, in how many engagements both took part, and the newest of them."""

    one: str
    other: str
    count: int
    newest: str


@dataclass(slots=True)
class Neighbourhood:
    """An actor (None in an empty register), its ties to those it met most often, and theirs among each other.

    `names` and `kinds` are by actor, `rows` the newest engagement of each tie by id.
    """

    centre: Row | None
    looked_at: LooksAt
    ties: list[Tie] = field(default_factory=list)
    among: list[Tie] = field(default_factory=list)
    left_out: int = 0
    among_left_out: int = 0
    older: bool = False  # whether there are engagements of theirs, older ones, that are not counted
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)


def neighbourhood(register: Register, asked: Filters, most: int = USUAL) -> Neighbourhood:
    """Those who took part in most engagements with an actor, else with the one who took part in most of all."""
    most_met = [] if asked.actor else [it["id"] for it in busiest(register, 1)]
    with asking(register) as question:
        ids = question.known_as(asked.actor) if asked.actor else most_met
        found = Neighbourhood(_named(question, ids[0]) if ids else None, question.looked_at)
        if found.centre:
            _fill(found, question, Filters(**{**asked.given(), "actor": ids[0]}), most)
    if asked.actor and not found.centre:
        actor_row(register, asked.actor)  # raises NotFound with near matches
    return found


def _named(question: Question, id: str) -> Row | None:
    a = actors.c
    found = question.rows(select(a.id, a.name, a.kind).where(a.id == id))
    return {"id": id, "name": found[0].name, "kind": found[0].kind} if found else None


def _fill(found: Neighbourhood, question: Question, asked: Filters, most: int) -> None:
    centre = asked.actor or ""
    all_met = _met(question, listing(question, "engagement", asked), centre)
    found.ties = [Tie(centre, *row) for row in all_met[:most]]
    found.left_out = len(all_met) - len(found.ties)
    known = [tie.other for tie in found.ties]
    among = _among(question, known)
    found.among = among[: TIES * len(known)]
    found.among_left_out = len(among) - len(found.among)
    found.older = _reaches(question, [centre], WINDOW) or _reaches(question, known, WINDOW // max(1, len(known)))
    a = actors.c
    for id, name, kind in question.rows(select(a.id, a.name, a.kind).where(a.id.in_([centre, *known]))):
        found.names[id], found.kinds[id] = name, kind
    found.rows = rows_of(question, "engagement", (tie.newest for tie in [*found.ties, *found.among]))


def _reaches(question: Question, ids: list[str], most: int) -> bool:
    """Whether one of these actors took part in more engagements than so many."""
    c = actor_counts.c
    return bool(question.rows(select(c.actor).where(c.actor.in_(ids), c.sort == "engagement", c.count > most).limit(1)))


def _met(question: Question, chosen: Listing, centre: str) -> list[tuple[str, int, str]]:
    """`(actor, engagements together, the newest)`, the most first."""
    other = entry_links.alias()
    o = other.c
    latest = chosen.query(L.first_day, L.id).order_by(L.first_day.desc(), L.id.desc()).limit(WINDOW).subquery().c
    newest = func.max(latest.first_day + " " + latest.id)
    query = select(o.value, func.count(), newest).where(
        o.sort == "engagement", o.facet == "actor", o.id == latest.id, o.value != centre
    )
    rows = question.rows(query.group_by(o.value).order_by(func.count().desc(), o.value))
    return [(str(value), int(count), str(last).split(" ")[-1]) for value, count, last in rows]


def _among(question: Question, known: list[str]) -> list[Tie]:
    """Ties of these actors among each other in the newest engagements of each, the strongest first."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (day, id), them in _took_part(question, known).items():
        for pair in combinations(sorted(them), 2):
            together[pair].append(f"{day} {id}")
    ties = [Tie(a, b, len(held), max(held).split(" ")[-1]) for (a, b), held in together.items()]
    return sorted(ties, key=lambda tie: (-tie.count, tie.one, tie.other))


def _took_part(question: Question, known: list[str]) -> dict[tuple[str, str], set[str]]:
    """The newest engagements of each of these, by day and id, with those of them who took part."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for actor in known:
        own = Listing("engagement").linked("actor", [actor]).query(L.first_day, L.id)
        for day, id in question.rows(own.order_by(L.first_day.desc(), L.id.desc()).limit(WINDOW // len(known))):
            found[str(day), str(id)].add(actor)
    return found


def picture(found: Neighbourhood, asked: Filters, words: Words) -> Row:
    """What the browser draws: `centre, nodes, ties`, and what was left out, in words."""
    if found.centre is None:
        return {"centre": None, "nodes": [], "ties": [], "says": words.looked_at(found.looked_at)}
    id = found.centre["id"]
    middle = _node(found, id, sum(tie.count for tie in found.ties), found.ties, asked, words)
    nodes = [_node(found, tie.other, tie.count, [tie], asked, words) for tie in found.ties]
    ties = [_tie(found, tie, words) for tie in [*found.ties, *found.among]]
    return {"centre": id, "nodes": [middle, *nodes], "ties": ties, "says": says(found, words)}


def _node(found: Neighbourhood, id: str, count: int, ties: list[Tie], asked: Filters, words: Words) -> Mark:
    return {"id": id, "title": called(id, found.names.get(id, id), words.language), "href": actor_url(id),
            "kind": found.kinds.get(id, "person"), "count": count, "note": together(count, words),
            "also": [{"href": around(id, asked), "title": words.say("Put in the middle")}],
            **quotes([it for tie in ties for it in found.rows[tie.newest]["evidence"][:1]])}  # fmt: skip


def around(id: str, asked: Filters) -> str:
    """The same picture with another actor in the middle."""
    return f"/network?{urlencode({**asked.given(), 'actor': id})}"


def together(count: int, words: Words) -> str:
    """`3 engagements together`."""
    return words.count("%(n)s engagement together", "%(n)s engagements together", count) % words.n(count)


def both(tie: Tie) -> str:
    """The list of the engagements of both."""
    return f"/engagements?{urlencode({'actor': tie.one, 'with': tie.other})}"


def _tie(found: Neighbourhood, tie: Tie, words: Words) -> Mark:
    title = " – ".join(called(id, found.names.get(id, id), words.language) for id in (tie.one, tie.other))
    return {"id": f"{tie.one} {tie.other}", "source": tie.one, "target": tie.other, "count": tie.count, "title": title,
            "note": together(tie.count, words), "href": both(tie),
            "also": [{"href": both(tie), "title": words.say("All their engagements")}],
            **quotes(found.rows[tie.newest]["evidence"])}  # fmt: skip


def says(found: Neighbourhood, words: Words) -> str:
    """What is drawn and what is not, in a line."""
    count = len(found.ties)
    parts = [words.count("%(n)s neighbour drawn", "%(n)s neighbours drawn", count) % words.n(count)]
    if found.left_out:
        parts.append(words.say("%(n)s who met less often are left out") % words.n(found.left_out))
    if found.among_left_out:
        parts.append(words.say("%(n)s weaker ties among neighbours are left out") % words.n(found.among_left_out))
    if found.older:
        parts.append(words.say("counted in the newest %(n)s engagements") % words.n(WINDOW))
    return "; ".join([*parts, words.looked_at(found.looked_at)]) + "."

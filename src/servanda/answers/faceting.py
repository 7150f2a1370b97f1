"""What hits have in common: how many there are of each kind, topic, status, source and year, and who takes part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from servanda.answers.asking import L, Question
from servanda.answers.pages import Row
from servanda.store.derived import actors, entry_links, searchable

OFFERED = 20  # actors, and missions, that are counted for a reader, those of most hits first
NAMED = 100  # that are looked at for missions among them
FACETS = ("kind", "status", "source", "year", "topic", "actor", "mission")
S, A = searchable.c, actors.c
Counts = dict[str, dict[str, int]]


def counted(question: Question, hits: Sequence[Row]) -> tuple[Counts, dict[str, Row]]:
    """Counts by facet (`kind, topic, status, source, year, actor, mission`) and value, the most frequent first; and of
    each actor and mission among them, by its id: `kind, name, code`."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in hits:
        found["kind"][hit["sort"]] += 1
        for name, value in (("status", hit["status"]), ("source", hit["publisher"]), ("year", hit["year"])):
            if value:
                found[name][value] += 1
    linked = _linked(question, [hit["number"] for hit in hits if hit["sort"] != "actor"])
    linked["actor"].update(hit["id"] for hit in hits if hit["sort"] == "actor")
    names = _named(question, [id for id, _ in _most(linked["actor"])[:NAMED]])
    found["topic"] = linked["topic"]
    for facet in ("actor", "mission"):
        own = [id for id, it in names.items() if (it["kind"] == "mission") == (facet == "mission")]
        found[facet] = Counter({id: linked["actor"][id] for id in own[:OFFERED]})
    shown = {id: names[id] for facet in ("actor", "mission") for id in found[facet]}
    return {name: dict(_most(found[name])) for name in FACETS if name in found}, shown


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first, of equal ones the first by name: not as a database happened to find them."""
    return sorted(counts.items(), key=lambda it: (-it[1], it[0]))


def _linked(question: Question, numbers: Sequence[int]) -> dict[str, Counter[str]]:
    """How many of these have each topic and each actor."""
    mine = (L.sort == S.sort) & (L.id == S.id) & L.facet.in_(("actor", "topic"))
    query = select(L.facet, L.value, func.count()).select_from(searchable.join(entry_links, mine))
    query = query.where(question.among(S.number, numbers)).group_by(L.facet, L.value)
    found: dict[str, Counter[str]] = {"actor": Counter(), "topic": Counter()}
    for facet, value, count in question.rows(query) if numbers else ():
        found[facet][value] = int(count)
    return found


def _named(question: Question, ids: Sequence[str]) -> dict[str, Row]:
    """Kind, name and code of these actors, in this order."""
    query = select(A.id, A.kind, A.name, A.code).where(question.among(A.id, ids))
    known = {it.id: {"kind": it.kind, "name": it.name, "code": it.code} for it in question.rows(query)} if ids else {}
    return {id: known[id] for id in ids if id in known}

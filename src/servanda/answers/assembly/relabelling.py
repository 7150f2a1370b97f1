"""Entries whose actors go by other ids now: what they tell stands, and whom they name is told anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import select

from servanda.answers.assembly.entries import LINK, count, keys_of, told_in
from servanda.answers.assembly.told import SIDES, grafted_links, known_actors, links_of
from servanda.answers.assembly.work import Id, Work
from servanda.answers.pages import Row
from servanda.records import Filed
from servanda.store.bulk import chunks, delete_rows, insert_rows
from servanda.store.derived import entries, entry_links
from servanda.store.derived import mentions as mentioned

TOLD = ("act", "position", "contribution", "agreement", "engagement", "grafted")
UNDERTAKING, DOCUMENT = "undertaking", "document"
WHO = ("actor", "grafted", "by", "to", *SIDES)  # facets of links that lead to actors
E, L, M = entries.c, entry_links.c, mentioned.c
Link = tuple[str, str]  # facet, value


def relabel(work: Work, numbers: Collection[int]) -> None:
    """Name the actors in everything that these documents tell as they are known now."""
    held = {sort: {id for _, id in told_in(work, [sort], numbers)} for sort in (*TOLD, UNDERTAKING, DOCUMENT)}
    for sort, ids in held.items():
        keys = keys_of(work, sort, ids)
        work.acquaint({number for own in keys.values() for number, _ in own})
        for chunk in chunks(sorted(ids)):
            _relabel(work, sort, chunk, keys)


def _relabel(work: Work, sort: str, ids: Sequence[str], keys: Mapping[str, list[Id]]) -> None:
    query = select(E.id, E.row, E.grafted).where(E.sort == sort, E.id.in_(ids))
    links: dict[str, set[Link]] = {}
    for id, told, grafted in work.rows(query):
        row = orjson.loads(told)
        if sort == DOCUMENT:
            links[id] = _of_document(work, keys[id])
            continue
        links[id] = _of_undertaking(work, row, keys[id]) if sort == UNDERTAKING else _of_fact(work, row, keys[id])
        if grafted:
            links[id] = grafted_links(row)
        if (named := orjson.dumps(row).decode()) != told:
            work.connection.execute(entries.update().where(E.sort == sort, E.id == id).values(row=named))
    _lead(work, sort, links)


def _of_fact(work: Work, row: Row, told: Iterable[Id]) -> set[Link]:
    numbers = sorted({number for number, _ in told}, reverse=True)
    known_actors(row, {key: actor for number in numbers for key, actor in work.actors(number).items()})
    return {(facet, value) for facet, value in links_of(row) if facet in WHO}


def _of_document(work: Work, told: Iterable[Id]) -> set[Link]:
    """Whom a document names, but in passages of other articles: those have no names in the table."""
    numbers = sorted({number for number, _ in told})
    own = work.rows(select(M.document, M.key).where(M.document.in_(numbers), M.names != "[]"))
    return {("actor", work.actors(row.document)[row.key]) for row in own}


def _of_undertaking(work: Work, row: Row, told: Iterable[Id]) -> set[Link]:
    sources = dict.fromkeys(it["source"] for it in (row["made"], *row["told_again"]))
    documents = {document.source: document for document in work.documents({number for number, _ in told})}
    known = [documents[source] for source in sources if source in documents]
    for side in ("by", "to"):
        row[f"{side}_actors"] = [{"actor": _called(work, it["name"], known), "name": it["name"]}
                                 for it in row[f"{side}_actors"]]  # fmt: skip
    sides = {(side, it["actor"]) for side in ("by", "to") for it in row[f"{side}_actors"] if it["actor"]}
    return sides | {("actor", actor) for _, actor in sides}


def _called(work: Work, name: str, documents: Iterable[Filed]) -> str | None:
    """The actor who has this name where an undertaking is told, the first document first."""
    for document in documents:
        for record in document.records.values():
            if record.kind == "actor" and name == (record.value("name") or record.words):
                return work.actors(document.number).get(record.key)
    return None


def _lead(work: Work, sort: str, links: Mapping[str, set[Link]]) -> None:
    """Write the links to actors anew where they are others; what each takes part in is counted along."""
    held: dict[str, dict[Link, Any]] = {}
    for row in work.rows(select(entry_links).where(L.sort == sort, L.id.in_(list(links)))):
        held.setdefault(row.id, {})[row.facet, row.value] = row
    counted: Counter[tuple[str, str]] = Counter()
    gone: list[tuple[str, ...]] = []
    come: list[tuple[Any, ...]] = []
    for id, now in links.items():
        before = {link for link in held[id] if link[0] in WHO}
        like = held[id]["all", ""]._asdict()
        gone += [(sort, id, *link) for link in sorted(before - now)]
        come += [tuple((like | {"facet": facet, "value": value})[name] for name in LINK)
                 for facet, value in sorted(now - before)]  # fmt: skip
        counted.subtract((value, sort) for facet, value in before - now if facet == "actor")
        counted.update((value, sort) for facet, value in now - before if facet == "actor")
    delete_rows(work.connection, entry_links, ("sort", "id", "facet", "value"), gone)
    insert_rows(work.connection, entry_links, LINK, come)
    count(work, counted)

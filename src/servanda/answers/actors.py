"""Actors over all documents: persons, states, organisations, missions."""

from __future__ import annotations

from collections import defaultdict

from servanda.answers.pages import Page, Row, paged
from servanda.answers.view import View, actor_id, view
from servanda.keep.assemble import cite
from servanda.store import Register
from servanda.store.sheets import name_key


def actors(
    register: Register, *, kind: str | None = None, starting: str | None = None, cursor: str | None = None,
    limit: int | None = 50,
) -> Page:  # fmt: skip
    """Actors by name: `id, kind, name, code, codes, names, documents` (how many), `counts` of each kind of fact.

    `starting`: how one of its names begins, accents or not.
    """
    known = view(register)
    rows = [row for row in known.actors.values() if kind in (None, row["kind"])]
    if starting:
        key = name_key(starting)
        rows = [r for r in rows if any(name_key(name).startswith(key) for name in r["names"])]
    return paged(rows, lambda r: (name_key(r["name"]), r["id"]), cursor, limit, known.looked_at, descending=False)


def actor(register: Register, name: str) -> Row:
    """One actor by id, code, or name: a listing's properties, `posts [{post, former, first, last, evidence}]` by first
    sighting, and `others`: ids of further actors of the same name. Raises NotFound with near matches."""
    known = view(register)
    found = sorted(known.known_as(name), key=lambda id: (id != name, -known.actors[id]["documents"], id))
    if not found:
        raise known.missing("actor", name, [n for row in known.actors.values() for n in (row["id"], *row["names"])])
    return {**known.actors[found[0]], "posts": _posts(known, found[0]), "others": found[1:]}


def _posts(known: View, id: str) -> list[Row]:
    told: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for document in known.documents:
        for record in document.records.values():
            if record.kind == "actor" and not record.passage and actor_id(record) == id:
                for s in record.statements:
                    if s.property in ("post", "former_post") and s.value:
                        evidence = {**cite(document, s), "published": document.published}
                        told[s.value, s.property == "former_post"].append(evidence)
    rows = [_post(post, former, evidence) for (post, former), evidence in told.items()]
    return sorted(rows, key=lambda row: (row["first"] or "", row["post"]))


def _post(post: str, former: bool, evidence: list[Row]) -> Row:
    seen = sorted(it["published"] for it in evidence if it["published"])
    return {"post": post, "former": former, "first": seen[0] if seen else None, "last": seen[-1] if seen else None,
            "evidence": evidence}  # fmt: skip

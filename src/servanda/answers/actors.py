"""Actors over all documents: persons, states, organisations, missions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import case, func, select, tuple_

from servanda.answers.asking import COUNTED, Question, asking
from servanda.answers.pages import Page, Row, cursor_of, key_of, size
from servanda.store import Register, filed
from servanda.store.derived import actor_counts, actor_names, posts
from servanda.store.derived import actors as table
from servanda.store.sheets import name_key
from servanda.store.tables import documents

AFTER = "\U0010ffff"
SHOWN = 3  # documents that show a post, the first and the last among them
PLURAL = {"story": "stories"}
A, N, P = table.c, actor_names.c, posts.c


def actors(
    register: Register, *, kind: str | None = None, starting: str | None = None, cursor: str | None = None,
    limit: int | None = 50,
) -> Page:  # fmt: skip
    """Actors by name: `id, kind, name, code, codes, names, documents` (how many), `counts` of each kind of fact.

    `starting`: how one of its names begins, accents or not.
    """
    count = size(limit)
    with asking(register) as question:
        query = select(A.bare, A.id, A.kind, A.name, A.code)
        if kind is not None:
            query = query.where(A.kind == kind)
        if starting:
            begun = name_key(starting)
            named = select(N.actor).where(N.bare >= begun, N.bare < begun + AFTER)
            query = query.where(A.id.in_(named))
        inner = query.limit(COUNTED + 1).subquery()
        total = int(question.rows(select(func.count()).select_from(inner))[0][0])
        if cursor is not None:
            query = query.where(tuple_(A.bare, A.id) > tuple_(*key_of(cursor, [str, str])))
        query = query.order_by(A.bare, A.id)
        found = question.rows(query if count is None else query.limit(count + 1))
        shown = found if count is None else found[:count]
        more = len(found) > len(shown)
        return Page(described(question, shown), cursor_of(shown[-1][:2]) if more else None,
                    min(total, COUNTED) if count else len(found), question.looked_at,
                    more_than=bool(count) and total > COUNTED)  # fmt: skip


def described(question: Question, found: Sequence[Any]) -> list[Row]:
    """Actors, given as (bare, id, kind, name, code), with all names and counts."""
    ids = [row.id for row in found]
    names: dict[str, list[str]] = {id: [] for id in ids}
    for actor, name in question.rows(
        select(N.actor, N.name).where(N.actor.in_(ids)).order_by(N.first.desc(), N.told.desc(), N.name)
    ):
        names[actor].append(name)
    counts: dict[str, dict[str, int]] = {id: {} for id in ids}
    c = actor_counts.c
    for actor, sort, count in question.rows(select(c.actor, c.sort, c.count).where(c.actor.in_(ids))):
        counts[actor][PLURAL.get(sort, sort + "s")] = int(count)
    return [{"id": r.id, "kind": r.kind, "name": r.name, "code": r.code, "codes": [r.code] if r.code else [],
             "names": names[r.id], "documents": counts[r.id].pop("documents", 0), "counts": counts[r.id]}
            for r in found]  # fmt: skip


def actor(register: Register, name: str) -> Row:
    """One actor by id, code, or name: a listing's properties, `posts [{post, former, first, last, documents,
    evidence}]` by first sighting, and `others`: ids of further actors of the same name. Raises NotFound with near
    matches."""
    with asking(register) as question:
        found = question.known_as(name)
        if not found:
            raise question.missing("actor", name, _near(question, name))
        rows = question.rows(select(A.bare, A.id, A.kind, A.name, A.code).where(A.id == found[0]))
        return {**described(question, rows)[0], "posts": _posts(question, found[0]), "others": found[1:]}


def busiest(register: Register, limit: int, kind: str | None = None) -> list[Row]:
    """Those who took part in most engagements, of one kind or any: `id, kind, name, code, engagements` (how many)."""
    c = actor_counts.c
    query = select(A.id, A.kind, A.name, A.code, c.count.label("engagements")).join(actor_counts, c.actor == A.id)
    query = query.where(c.sort == "engagement", *([A.kind == kind] if kind else []))
    with asking(register) as question:
        found = question.rows(query.order_by(c.count.desc(), A.id).limit(limit))
        return [dict(row._mapping) for row in found]


def strangers(register: Register, names: Iterable[str]) -> dict[str, list[str]]:
    """The names among these that nobody in the register has, each with those that come near."""
    with asking(register) as question:
        unknown = [name for name in names if not question.known_as(name)]
        return {name: list(question.missing("actor", name, _near(question, name)).near) for name in unknown}


def _near(question: Question, name: str) -> list[str]:
    """Names that share a beginning with one of the words."""
    words = [word for word in name_key(name).split() if len(word) > 1][:4]
    begun = [*words, name_key(name)[:3]]
    found = [question.rows(select(N.name).where(N.bare >= b, N.bare < b + AFTER).distinct().limit(500)) for b in begun]
    ids = question.rows(select(A.id).where(A.id >= name[:8], A.id < name[:8] + AFTER).limit(100))
    return [row[0] for rows in (*found, ids) for row in rows]


def _posts(question: Question, id: str) -> list[Row]:
    own = P.actor == id
    dated = func.min(case((P.day > "", P.day)))
    grouped = select(P.bare, P.former, dated, func.max(P.day), func.count()).where(own).group_by(P.bare, P.former)
    rows = [_post(question, id, *row) for row in question.rows(grouped)]
    return sorted(rows, key=lambda row: (row["first"] or "", row["post"]))


def _post(question: Question, id: str, bare: str, former: bool, first: str | None, last: str, count: int) -> Row:
    told = select(P.post, P.words, P.start, P.end, P.document, P.day).where(P.actor == id, P.bare == bare)
    told = told.where(P.former == former)
    earliest = question.rows(told.order_by(P.day, P.document, P.start).limit(SHOWN - 1))
    latest = question.rows(told.order_by(P.day.desc(), P.document.desc(), P.start.desc()).limit(1))
    shown = list({(r.document, r.start): r for r in (*earliest, *latest)}.values())
    about = {d.number: d for d in filed(question.register, status=None, numbers=[r.document for r in shown])}
    evidence = [{"source": about[r.document].source, "start": r.start, "end": r.end, "quote": r.words,
                 "published": about[r.document].published} for r in shown]  # fmt: skip
    return {"post": earliest[0].post, "former": bool(former), "first": first, "last": last or None,
            "documents": int(count), "evidence": evidence}  # fmt: skip


__all__ = ["actor", "actors", "described", "documents"]

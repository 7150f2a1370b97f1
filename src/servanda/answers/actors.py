"""Actors over all documents: persons, states, organisations, missions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, case, func, or_, select, tuple_

from servanda.answers.asking import COUNTED, Question, asking
from servanda.answers.pages import Page, Row, cursor_of, key_of, size
from servanda.errors import BadQuestion
from servanda.store import Register, filed
from servanda.store.derived import actor_counts, actor_names, posts
from servanda.store.derived import actors as table
from servanda.store.sheets import name_key
from servanda.store.tables import documents

DOCUMENT = "document"
AFTER = "\U0010ffff"
Order = Literal["documents", "name"]
ORDERS: tuple[Order, ...] = get_args(Order)
SHOWN = 3  # documents that show a post, the first and the last among them
PLURAL = {"story": "stories"}
A, C, N, P = table.c, actor_counts.c, actor_names.c, posts.c


def actors(
    register: Register, *, kind: str | None = None, starting: str | None = None, order: Order = "documents",
    cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """Actors: `id, kind, name, code, codes, names, documents` (how many), `counts` of each kind of fact.

    `starting`: how one of its names begins, accents or not. `order`: those of most documents first, or by name.
    """
    if order not in ORDERS:
        raise BadQuestion(f"order {order!r} is none of {', '.join(ORDERS)}")
    count = size(limit)
    with asking(register) as question:
        some = question.rows(select(A.id).where(*_chosen(A.kind, kind, starting)).limit(COUNTED + 1))
        total = len(some)
        if order == "name":
            query = _by_name(_chosen(A.kind, kind, starting), cursor)
        elif total <= COUNTED:  # few are looked up; `+ ""`: not by this column's index
            query = _by_documents([C.sort + "" == DOCUMENT, question.among(C.actor, [row.id for row in some])], cursor)
        else:  # of many, the counts are gone through in their order
            query = _by_documents([C.sort == DOCUMENT, *_chosen(A.kind + "", kind, starting)], cursor)
        found = question.rows(query if count is None else query.limit(count + 1))
        shown = found if count is None else found[:count]
        more = len(found) > len(shown)
        return Page(described(question, shown), cursor_of(shown[-1][:2]) if more else None,
                    min(total, COUNTED) if count else len(found), question.looked_at,
                    more_than=bool(count) and total > COUNTED)  # fmt: skip


def _chosen(of: ColumnElement[str], kind: str | None, starting: str | None) -> Iterator[ColumnElement[bool]]:
    if kind is not None:
        yield of == kind
    if starting:
        begun = name_key(starting)
        yield A.id.in_(select(N.actor).where(N.bare >= begun, N.bare < begun + AFTER))


def _by_name(chosen: Iterable[ColumnElement[bool]], cursor: str | None) -> Any:
    query = select(A.bare, A.id, A.kind, A.name, A.code).where(*chosen).order_by(A.bare, A.id)
    return query if cursor is None else query.where(tuple_(A.bare, A.id) > tuple_(*key_of(cursor, [str, str])))


def _by_documents(chosen: Iterable[ColumnElement[bool]], cursor: str | None) -> Any:
    query = select(C.count, A.id, A.kind, A.name, A.code).join_from(actor_counts, table, A.id == C.actor)
    query = query.where(*chosen).order_by(C.count.desc(), C.actor)
    if cursor is None:
        return query
    count, id = key_of(cursor, [int, str])
    return query.where(C.count <= count, or_(C.count < count, C.actor > id))


def described(question: Question, found: Sequence[Any]) -> list[Row]:
    """Actors, given as (…, id, kind, name, code), with all names and counts."""
    ids = [row.id for row in found]
    names: dict[str, list[str]] = {id: [] for id in ids}
    for actor, name in question.rows(
        select(N.actor, N.name).where(N.actor.in_(ids)).order_by(N.first.desc(), N.told.desc(), N.name)
    ):
        names[actor].append(name)
    counts: dict[str, dict[str, int]] = {id: {} for id in ids}
    for actor, sort, count in question.rows(select(C.actor, C.sort, C.count).where(C.actor.in_(ids))):
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
    query = select(A.id, A.kind, A.name, A.code, C.count.label("engagements")).join(actor_counts, C.actor == A.id)
    query = query.where(C.sort == "engagement", *([A.kind == kind] if kind else []))
    with asking(register) as question:
        found = question.rows(query.order_by(C.count.desc(), C.actor).limit(limit))
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

"""Pairs that may be one: tellings of two engagements, and people, too alike to leave and too unlike to unite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, select

from servanda.answers.asking import Question
from servanda.keep.judged import PAIRS, in_force
from servanda.keep.match import weights
from servanda.keep.offices import rules
from servanda.store import decided
from servanda.store.bulk import chunks
from servanda.store.derived import edges, entry_keys, mentions

MOST, LOOKED = 300, 1200  # pairs of a sort that are told, and that are looked at for them
SORTS = ("engagement", "person")
Id = tuple[int, str]
E, K, M = edges.c, entry_keys.c, mentions.c


class Pair(NamedTuple):
    """Two records, how alike they are, and the two things that they tell: engagements or actors, by id."""

    first: Id
    second: Id
    score: float
    between: frozenset[str]


def doubtful(question: Question, sort: str, *, likest: bool = True) -> list[Pair]:
    """The likest pair (else any) of every two engagements, or people (`person`), that may be one; no more than 300.

    What people decided of a pair, or of two people, is left out.
    """
    of = _engagement if sort == "engagement" else _actor
    one, other = of(E.document, E.item), of(E.other_document, E.other_item)
    columns = (E.document, E.item, E.other_document, E.other_item, E.score, one.label("one"), other.label("other"))
    query: Select[Any] = select(*columns).where(E.sort == sort, _near(sort), one != other)
    query = query.order_by(E.score.desc(), E.document, E.item) if likest else query
    said = [(a, b) for made in in_force(decided(question.register)) if made.judgement.kind in PAIRS
            for a, b in made.pairs()]  # fmt: skip
    apart = {frozenset(pair) for pair in said}
    parted = _between(question, said) if sort == "person" else set()
    found: dict[frozenset[str], Pair] = {}
    for row in question.connection.execute(query.limit(LOOKED + len(said))):
        between = frozenset((row.one, row.other))
        if frozenset((row.item, row.other_item)) not in apart and between not in parted:
            first, second = (row.document, row.item), (row.other_document, row.other_item)
            found.setdefault(between, Pair(first, second, row.score, between))
    return list(found.values())[:MOST]


def waiting(question: Question) -> int:
    """How many pairs people are asked of."""
    return question.kept("waiting", lambda: sum(len(doubtful(question, sort, likest=False)) for sort in SORTS))


def _near(sort: str) -> ColumnElement[bool]:
    if sort == "person":
        return E.score >= rules().review
    return (E.score >= weights().review) & (E.score < weights().least) & (E.document < E.other_document)


def _engagement(document: Any, item: Any) -> ScalarSelect[str]:
    """Looked up, not joined: without statistics SQLite joins the two sides to each other first."""
    own = select(K.id).where(K.key == item, K.sort == "engagement", K.document == document)
    return own.limit(1).scalar_subquery()


def _actor(document: Any, item: Any) -> ScalarSelect[str]:
    return select(M.actor).where(M.key == item, M.document == document).limit(1).scalar_subquery()


def _between(question: Question, said: Sequence[tuple[str, str]]) -> set[frozenset[str]]:
    """The actors of which people decided: by their mentions."""
    actor: dict[str, str] = {}
    for chunk in chunks(sorted({key for pair in said for key in pair})):
        rows = question.rows(select(M.key, M.actor).where(M.key.in_(chunk)))
        actor |= {row.key: row.actor for row in rows}
    return {frozenset((actor[a], actor[b])) for a, b in said if a in actor and b in actor}

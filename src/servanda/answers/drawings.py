"""Why two people are one or are not: the ways in which documents draw them, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from servanda.answers.actors import actor
from servanda.answers.asking import Question, asking
from servanda.answers.assembly.sketching import COLUMNS, Row
from servanda.answers.pages import Row as Shown
from servanda.errors import NotFound
from servanda.keep.joining import compared, usual
from servanda.keep.likeness import Likeness, sole
from servanda.keep.offices import rules
from servanda.keep.sketches import Sketch
from servanda.store import Register
from servanda.store.derived import mentions, sketched, sketches

BEST = 4  # ways of drawing somebody that are shown, the best known first
PERSON = "person-"
S = sketches.c


class Beside(NamedTuple):
    """Two ways of drawing people; `likeness` None where their names say nothing; `one`: they stand as one actor."""

    first: Sketch
    second: Sketch
    likeness: Likeness | None
    one: bool


def beside(register: Register, first: str, second: str) -> list[Beside]:
    """The best known ways of drawing two people (names or ids; one of them twice: what made it one), in pairs. Empty
    where nobody is called so."""
    with asking(register) as question:
        left, right = _drawn(question, first), _drawn(question, second)
        pairs = {frozenset((a.id, b.id)): (a, b) for a, b in product(left, right) if a.id != b.id}
        alone = {block: _sole(question, block) for block in {a.block for a, b in pairs.values() if a.block == b.block}}
    return [_compared(a, b, a.block == b.block and alone[a.block]) for a, b in pairs.values()]


def two_people(register: Register, first: str, second: str) -> tuple[list[Shown], Likeness | None]:
    """Of whom the mentions of these two keys are, each as `answers.actor` has him, with `states` (ISO); and how alike
    the two mentions are. Raises NotFound where no person is mentioned so."""
    with asking(register) as question:
        rows = [_mentioned(question, key) for key in (first, second)]
        alone = rows[0].block == rows[1].block and _sole(question, rows[0].block)
        beside = _compared(rows[0], rows[1], alone)
    told = zip(rows, (beside.first, beside.second), strict=True)
    return [actor(register, row.actor) | {"states": sorted(sketch.states)} for row, sketch in told], beside.likeness


def _mentioned(question: Question, key: str) -> Row:
    m, d = mentions.c, sketched.c
    own = select(d.sketch).join(mentions, (m.document == d.document) & (m.key == d.key)).where(m.key == key)
    found = question.rows(select(*(S[name] for name in COLUMNS)).where(S.sketch.in_(own)).limit(1))
    if not found or not found[0].actor.startswith(PERSON):
        raise NotFound(f"{key}: no person is mentioned so; servanda review --about people --json has the keys")
    return Row(*found[0])


def _compared(a: Row, b: Row, alone: bool) -> Beside:
    one, other = a.load(), b.load()
    often = a.block != b.block and usual(one, other)
    return Beside(one, other, compared(one, other, one=alone, usual=often), a.actor == b.actor)


def _drawn(question: Question, name: str) -> list[Row]:
    ids = [id for id in question.known_as(name) if id.startswith(PERSON)]
    return [row for id in ids for row in _best(question, S.actor == id, BEST)]


def _sole(question: Question, block: int) -> bool:
    return sole([row.load() for row in _best(question, S.block == block, rules().anchors)])


def _best(question: Question, which: ColumnElement[bool], most: int) -> Sequence[Row]:
    query = select(*(S[name] for name in COLUMNS)).where(which).order_by(S.rank, S.document, S.key)
    return [Row(*row) for row in question.rows(query.limit(most))]

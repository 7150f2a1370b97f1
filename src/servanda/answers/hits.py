"""What a search finds: all that has the words and what else was asked for, or the last kept where that is too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, case, exists, func, select

from servanda.answers.asking import L, Question
from servanda.answers.assembly import RANGE
from servanda.answers.finding import having, holds, last_with, place_of
from servanda.answers.pages import Row
from servanda.store.derived import actor_counts, entry_links, searchable

FOUND, NARROWED = 40, 200  # of each kind, the last kept, that are looked at; of one kind, or narrowed further
LED = 1000  # entries that a link leads to: where no more, all are looked at, not the last that have the words
BEST_KNOWN = 500  # actors, those that most documents name, that are looked at beside the last kept
LONGEST_NAME = 200  # characters
S, C = searchable.c, actor_counts.c
COLUMNS = (S.number, S.sort, S.id, S.day, S.year, S.status, S.publisher, S.words, S.document)
NAMES = tuple(column.name for column in COLUMNS)


@dataclass(slots=True)
class Asked:
    """What is looked for, as it was `said` and in folded words, among which kinds, and what narrows it.

    `links`: (facet, values) as in `entry_links`, any of the values; all of these must hold. `named`: the actors of
    just this name.
    """

    said: str
    words: list[str]
    kinds: Sequence[str]
    links: list[tuple[str, Collection[str]]] = field(default_factory=list)
    status: str | None = None
    source: str | None = None
    since: str | None = None
    until: str | None = None
    named: list[str] = field(default_factory=list)

    @property
    def narrowed(self) -> bool:
        """Whether by more than the kind."""
        return any((self.links, self.status, self.source, self.since, self.until))

    @property
    def most(self) -> int:
        """How many of each kind are looked at."""
        return NARROWED if self.narrowed or len(self.kinds) == 1 else FOUND


def found(question: Question, asked: Asked) -> tuple[list[Row], bool]:
    """What has the words and what else is asked for, in no order; whether that is all of it."""
    led = _led(question, asked)
    if led is not None:
        return _narrowed(question, asked, led), True
    numbers = last_with(question, asked.words, asked.kinds, asked.most)
    counts = Counter(number // RANGE for number in numbers)
    if "actor" in asked.kinds and not asked.narrowed:
        numbers += _actors(question, asked, counts[place_of("actor")] == asked.most)
    return _narrowed(question, asked, numbers), all(count < asked.most for count in counts.values())


def _led(question: Question, asked: Asked) -> list[int] | None:
    """The numbers of all that has the words, where one of the links leads to few enough to go through; else None."""
    linked = [(_count(question, asked, *link), link) for link in asked.links]
    count, (facet, values) = min(linked, key=lambda it: it[0], default=(LED + 1, ("", ())))
    if count > LED:
        return None
    mine = (L.sort == S.sort) & (L.id == S.id)
    columns = (S.number, S.sort, S.words)
    to = select(*columns).select_from(entry_links.join(searchable, mine)).where(*_of(asked, facet, values)).distinct()
    rows = list(question.rows(to))
    if facet == "actor" and "actor" in asked.kinds:
        rows += question.rows(select(*columns).where(S.sort == "actor", S.id.in_(sorted(values))))
    told = [it.number for it in rows if it.sort != "document" and holds(it.words, asked.words)]
    return [*told, *having(question, asked.words, "document", [it.number for it in rows if it.sort == "document"])]


def _count(question: Question, asked: Asked, facet: str, values: Collection[str]) -> int:
    own = select(L.id).where(*_of(asked, facet, values)).limit(LED + 1).subquery()
    return int(question.rows(select(func.count()).select_from(own))[0][0])


def _of(asked: Asked, facet: str, values: Collection[str]) -> list[ColumnElement[bool]]:
    return [L.facet == facet, L.value.in_(sorted(values)), L.sort.in_(asked.kinds)]


def _actors(question: Question, asked: Asked, many: bool) -> list[int]:
    """The numbers of the actors of just this name and, where `many` have the words, of the best known of them."""
    named = select(S.number).where(S.sort == "actor", S.id.in_(asked.named))
    numbers = [it.number for it in question.rows(named)] if asked.named else []
    if many:
        best = question.kept("best known", lambda: _best_known(question))
        numbers += [number for number, words in best if holds(words, asked.words)]
    return numbers


def _best_known(question: Question) -> list[tuple[int, str]]:
    """The numbers and the words of the actors that most documents name."""
    told = select(C.actor).where(C.sort == "document").order_by(C.count.desc(), C.actor).limit(BEST_KNOWN)
    best = question.rows(select(S.number, S.words).where(S.sort == "actor", S.id.in_(told)))
    return [(it.number, it.words) for it in best]


def _narrowed(question: Question, asked: Asked, numbers: Collection[int]) -> list[Row]:
    """Of these, what has the status, the publisher, the day and every link asked for."""
    where = [S.status == asked.status] if asked.status else []
    where += [S.publisher == asked.source] if asked.source else []
    where += [S.day >= asked.since] if asked.since else []
    where += [S.day > "", S.day <= asked.until] if asked.until else []
    where += [_has(*link) for link in asked.links]
    query = select(*COLUMNS).where(question.among(S.number, set(numbers)), *where)
    return [dict(zip(NAMES, row, strict=True)) for row in question.rows(query)] if numbers else []


def _has(facet: str, values: Collection[str]) -> ColumnElement[bool]:
    linked = exists().where(L.sort == S.sort, L.id == S.id, L.facet == facet, L.value.in_(sorted(values)))
    return case((S.sort == "actor", S.id.in_(sorted(values))), else_=linked)

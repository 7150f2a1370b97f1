"""Who stands on a side: a state with those who speak for it, told by the state that their offices and names speak of.

A post speaks of the first state it names (`Đại sứ Pháp tại Việt Nam` is of France); a post that goes on in a body's
name is of that body's state. Bodies of no state and of no international body are at home; people only by their names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Text, TextClause, bindparam, func, or_, select, text

from servanda.answers.asking import E, L, Listing, Question
from servanda.answers.naming import OWN, only_paired, own_names, states_of_bodies
from servanda.folding import bare, fold
from servanda.store.derived import actor_names, actors, mentions, posts
from servanda.store.tables import records, statements

WORD = re.compile(r"[^\W_]+")
STEP = 400  # ids asked for at a time
FEW = 2000  # documents: of more, only the newest are asked who is of a state
NEWEST, MEMBERS = 150, 60  # documents, and the bodies and people that they tell of most
POSTS, TOGETHER = 16, 100  # of one person that are looked at; people asked for in one query
BODY, PERSON = "organisation-", "person-"
LONGEST = 8  # words of a name
REMEMBERED, STATES = 50_000, 100  # words of posts and bodies and people whose state is kept; states whose side is
NEXT = 3  # code points between a post and the body that it goes on in: `, `
OTHERWISE = (["mỹ", "thuật"], ["mỹ", "phẩm"], ["mỹ", "nghệ"], ["my", "thuat"])  # words that begin as a state is called
LETTERS = 3  # of a code that is a body's name: EU is also in the middle of words


@dataclass(slots=True)
class Names:
    """Names of actors, and how many words long those are that begin with a word, the longest first. Those of `beside`
    name one only before another: `Trung` is China in `Trung - Việt`, not in `Trung ương`."""

    actors: dict[str, str]
    beside: frozenset[str] = frozenset()
    lengths: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[str, set[int]] = defaultdict(set)
        for name in self.actors:
            words = WORD.findall(name)
            if words and len(words) <= LONGEST and " ".join(words) == name:
                found[words[0]].add(len(words))
        self.lengths = {word: sorted(own, reverse=True) for word, own in found.items()}

    def first(self, words: list[str]) -> str | None:
        """What is named first, as whole words; the longest of those that begin together."""
        for at in range(len(words)):
            length = self._named(words, at)
            if not length:
                continue
            name = " ".join(words[at : at + length])
            if (name in self.beside and not self._named(words, at + length)) or words[at : at + 2] in OTHERWISE:
                continue
            return self.actors[name]
        return None

    def _named(self, words: list[str], at: int) -> int:
        """How many words from a place on are a name; 0 where none is."""
        lengths = self.lengths.get(words[at], ()) if at < len(words) else ()
        return next((n for n in lengths if " ".join(words[at : at + n]) in self.actors), 0)


@dataclass(slots=True)
class Known:
    """The states and international bodies of a register by their names, without accents and (`written`) with them, in
    lower case; names of states too short to be known without (`short`); the state whose people are known by their names
    (`own`). A body that the lexicon knows as a state's counts as that state. What was found is kept: whom words name
    (`named`), who is on a state's side (`sides`), of whom most posts of a person are (`held`)."""

    states: dict[str, str]
    plain: tuple[Names, Names]
    written: tuple[Names, Names]
    bodies: frozenset[str]
    short: dict[str, str] = field(default_factory=dict)
    own: str | None = None
    named: dict[str, str | None] = field(default_factory=dict)
    sides: dict[str, frozenset[str]] = field(default_factory=dict)
    held: dict[str, str | None] = field(default_factory=dict)

    def of(self, words: str) -> str | None:
        """The state, else the international body, that is named first in these words. Only words without any accent
        are compared without: `thứ nhất` is not of Japan (`Nhật`)."""
        if len(self.named) >= REMEMBERED:
            self.named = {}  # not emptied: another thread may be reading it
        named = self.named
        if words not in named:
            whole = fold(words)
            states, bodies = self.plain if whole == bare(whole) else self.written
            found = WORD.findall(whole)
            named[words] = states.first(found) or bodies.first(found)
        return named[words]


def known(question: Question) -> Known:
    """What a register knows of states and bodies, kept until it changes."""
    return question.kept("sides", lambda: _known(question))


def _known(question: Question) -> Known:
    a, n = actors.c, actor_names.c
    coded = select(a.id, a.kind, a.code).where(a.code > "").subquery().c  # few: no other index finds them sooner
    found = question.rows(select(n.bare, n.name, n.actor, coded.kind, coded.code).where(n.actor == coded.id))
    states = {row.bare: row.actor for row in found if row.kind == "state" and len(row.bare) > 2}
    named = {row.bare: row.actor for row in found if row.kind == "organisation" and len(row.bare) >= LETTERS}
    spelled = {fold(it.name): it.actor for it in found if it.kind == "state" and _tells(fold(it.name), it.bare)}
    beside = frozenset(fold(it) for it in only_paired())
    plain, written = Names(states, frozenset(map(bare, beside))), Names(spelled, beside)
    alone = Known(states, (plain, Names({})), (written, Names({})), frozenset())
    short = {bare(name): id for name, id in spelled.items() if bare(name) not in states}
    own, at = states_of_bodies(), {it.code: it.actor for it in found if it.kind == "state"}
    sent = {it.actor: at[own[it.code]] for it in found if it.kind == "organisation" and own.get(it.code) in at}
    bodies = {name: sent.get(id, id) for name, id in named.items() if alone.of(name) is None}
    full = Names({fold(it.name): bodies[it.bare] for it in found if it.bare in bodies})
    return Known(
        states, (alone.plain[0], Names(bodies)), (written, full), frozenset(bodies.values()) - {*at.values()}, short,
        at.get(OWN),
    )  # fmt: skip


def _tells(written: str, plain: str) -> bool:
    """Whether a name is long enough to be one wherever it stands; a short one is only with its accents: `Mỹ`."""
    return len(plain) > 2 or written != plain


@dataclass(slots=True)
class Sides:
    """Whose office is of which state or international body, in one question."""

    question: Question
    known: Known = field(init=False)

    def __post_init__(self) -> None:
        self.known = known(self.question)

    def of(self, words: str) -> str | None:
        """The state, else the international body, that is named first in these words."""
        return self.known.of(words)

    def side(self, id: str) -> set[str]:
        """An actor and, where it is a state, the bodies and people that are of it: of a large register, those whom the
        newest documents that name it tell of most."""
        if not id.startswith("state-"):
            return {id}
        if len(self.known.sides) >= STATES:
            self.known.sides = {}
        sides = self.known.sides
        if id not in sides:
            sides[id] = frozenset(self._side(id))
        return set(sides[id])

    def _side(self, id: str) -> set[str]:
        if self.question.looked_at[0] > FEW:
            return self._lately(id)
        names = [name for name, state in (self.known.states | self.known.short).items() if state == id]
        own = {it for it, state in self._bodies(names).items() if state == id}
        told = self._posts(names)
        for actor in self._beside(own):
            told[actor][id] += 1
        return {id, *own, *(actor for actor, states in told.items() if _most(states) == id)}

    def _lately(self, id: str) -> set[str]:
        m, p, numbers = mentions.c, posts.c, self._newest(id)
        named = Counter(row[0] for row in self.question.rows(select(m.actor).where(m.document.in_(numbers))))
        own = {it for it, words in self._called(named).items() if self.of(words) == id}
        told = self._told(self.question.rows(select(p.actor, p.post).where(p.document.in_(numbers))))
        for actor in self._beside(own, numbers):
            told[actor][id] += 1
        of_it = own | {actor for actor, states in told.items() if _most(states) == id}
        return {id, *sorted(of_it, key=lambda it: (-named[it], it))[:MEMBERS]}

    def _newest(self, id: str) -> list[int]:
        """The newest documents that name an actor."""
        named = Listing("document").linked("actor", [id]).equal(status="current").query(E.document)
        return [row[0] for row in self.question.rows(named.order_by(L.first_day.desc(), L.id.desc()).limit(NEWEST))]

    def _bodies(self, names: Collection[str]) -> dict[str, str | None]:
        a = actors.c
        named = or_(*(a.bare.contains(name, autoescape=True) for name in names))
        found = self.question.rows(select(a.id, a.name).where(a.kind == "organisation", named)) if names else []
        return {row.id: self.of(row.name) for row in found}

    def _posts(self, names: Collection[str]) -> dict[str, Counter[str]]:
        p = posts.c
        if not names:
            return defaultdict(Counter)
        named = or_(*(p.bare.contains(name, autoescape=True) for name in names))
        actors_of = select(p.actor).where(named).distinct()
        return self._told(self.question.rows(select(p.actor, p.post).where(p.actor.in_(actors_of))))

    def _told(self, rows: Iterable[Any]) -> dict[str, Counter[str]]:
        told: dict[str, Counter[str]] = defaultdict(Counter)
        for actor, post in rows:
            state = self.of(post)
            if state is not None:
                told[actor][state] += 1
        return told

    def _beside(self, bodies: Collection[str], within: Collection[int] | None = None) -> list[str]:
        """People whose post goes on in the name of one of these bodies, in these documents or in any."""
        m, r, s, p = mentions.c, records.c, statements.c, posts.c
        start = func.coalesce(s.start, r.start)  # a statement on its record's own words leaves its span empty
        own = (r.document == m.document) & (r.place == m.place)
        said = (s.document == m.document) & (s.record == m.place) & (s.property == "mention")
        after = (p.document == m.document) & start.between(p.end, p.end + NEXT)
        joined = mentions.join(records, own).join(statements, said).join(posts, after)
        query = select(p.actor).select_from(joined)
        query = query if within is None else query.where(m.document.in_(within))
        chosen, found = sorted(bodies), set[str]()
        for at in range(0, len(chosen), STEP):
            rows = self.question.rows(query.where(m.actor.in_(chosen[at : at + STEP])).distinct())
            found.update(row[0] for row in rows)
        return sorted(found)

    def at_home(self, ids: Collection[str], home: str) -> set[str]:
        """Of these, those of the state `home`, bodies of no other state or body, and people of none who are called as
        its people are."""
        held = self._held([id for id in ids if id.startswith(PERSON)])
        called = self._called([id for id in ids if held.get(id) is None])
        return {id for id in ids if self._is_home(id, home, held.get(id), called.get(id, ""))}

    def _held(self, people: Collection[str]) -> dict[str, str | None]:
        """Of which state or body most posts of each are; kept until the register changes."""
        if len(self.known.held) >= REMEMBERED:
            self.known.held = {}
        held = self.known.held
        fresh = sorted(set(people) - held.keys())
        told = self._told(self._offices(fresh))
        held |= {id: _most(told[id]) for id in fresh}
        return {id: held[id] for id in people}

    def _called(self, ids: Iterable[str]) -> dict[str, str]:
        """The names of those of these that are bodies or people."""
        named, a = [id for id in ids if id.startswith((BODY, PERSON))], actors.c
        found = self.question.rows(select(a.id, a.name).where(self.question.among(a.id, named))) if named else []
        return {row.id: row.name for row in found}

    def _offices(self, people: Sequence[str]) -> Iterator[Any]:
        """Posts of these, as (actor, post), no more than POSTS of one."""
        if self.question.connection.dialect.name == "postgresql":
            yield from self.question.connection.execute(POSTS_OF, {"most": POSTS, "ids": people})
            return
        for some in (people[at : at + TOGETHER] for at in range(0, len(people), TOGETHER)):
            given = {"most": POSTS} | {f"a{n}": id for n, id in enumerate(some)}
            yield from self.question.connection.execute(_posts_of(len(some)), given)

    def _is_home(self, id: str, home: str, held: str | None, called: str) -> bool:
        kind = id.partition("-")[0]
        if kind in ("state", "mission"):
            return id == home
        if kind == "organisation":
            return self.of(called) in (None, home) and id not in self.known.bodies
        return held == home or (held is None and home == self.known.own and own_names().hold(called))


def _most(states: Counter[str]) -> str | None:
    """That of most posts; of as many the first by name, in whatever order they were found."""
    return min(states, key=lambda id: (-states[id], id), default=None)


FIRST = "ORDER BY bare, former, day, document, start LIMIT :most"
POSTS_OF = text(
    "SELECT p.actor, p.post FROM unnest(:ids) AS a (id)"
    f" CROSS JOIN LATERAL (SELECT actor, post FROM posts WHERE actor = a.id {FIRST}) AS p"
).bindparams(bindparam("ids", type_=ARRAY(Text())))  # a question in a hundred parts takes PostgreSQL long to plan


@cache
def _posts_of(count: int) -> TextClause:
    part = "SELECT * FROM (SELECT actor, post FROM posts WHERE actor = :a{n} {first}) AS p{n}"
    return text(" UNION ALL ".join(part.format(n=n, first=FIRST) for n in range(count)))

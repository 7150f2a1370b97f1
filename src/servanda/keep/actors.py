"""Which mentions over documents are one actor: by names in any script and order, offices, states and company.

States, missions and bodies with a code are known by it. People are never one on a name alone: a feature table, with
weights as data (schema/actors.yaml), says what else speaks for it, and explains itself. Nothing is edited: an actor is
the set of its mentions, made again whenever it is asked for, and a person's judgement (same, not_same) goes first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from servanda.keep.mentions import Held, Id, Likeness, Mention, Sketch, by_name, likeness, mentions, sketches, sole
from servanda.keep.offices import Office, office, rules
from servanda.keep.posts import Holder, Holding, Tenure, chosen, earliest, latest
from servanda.keep.when import when
from servanda.records import Filed, Judgement


@dataclass(slots=True)
class Actor:
    """One person, body, mission or state: its mentions, and what brought those of a person together."""

    id: str
    kind: str
    mentions: list[Mention]
    likenesses: list[Likeness] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Every name, the one most documents use in full first."""
        full = Counter(m.who.name for m in self.mentions)
        every = Counter(name for m in self.mentions for name in m.who.names)
        return sorted(every, key=lambda name: (-full[name], -every[name], name))

    @property
    def name(self) -> str:
        """The name that most documents use in full."""
        return self.names[0] if self.names else ""

    @property
    def code(self) -> str | None:
        """ISO 3166 of a state, acronym of a mission or body."""
        return next((m.who.code for m in self.mentions if m.who.code), None)

    @property
    def state(self) -> str | None:
        """The state (ISO) that a person's offices are of, where enough of them tell it; a state's own code."""
        if self.kind != "person":
            return self.code if self.kind == "state" else None
        offices = [h.office for m in self.mentions for h in m.held if not h.office.rank and not h.former]
        told = Counter(office.state for office in offices if office.state)
        return told.most_common(1)[0][0] if told and told.total() >= rules().told * len(offices) else None

    @property
    def documents(self) -> list[str]:
        """The sources that name it, in their order."""
        return list(dict.fromkeys(m.source for m in self.mentions))

    def tenures(self) -> list[Tenure]:
        """Offices and ranks from first to last sighting, the latest first; those told as past apart."""
        own = self.state
        told: dict[tuple[str, str | None, bool], list[Held]] = defaultdict(list)
        for mention in self.mentions:
            press = None if self.name.isascii() else mention.press
            for held in mention.held:
                of = held.office.state or (own or press if held.office.of_state else None)
                told[held.office.title, of, held.former].append(held)
        found = [_tenure(helds, state, former) for (_, state, former), helds in told.items()]
        return sorted(found, key=lambda tenure: _last_day(tenure.last), reverse=True)


def _tenure(helds: Sequence[Held], state: str | None, former: bool) -> Tenure:
    words = Counter(held.words for held in helds).most_common(1)[0][0]
    eras = [held.era for held in helds]
    seen = [(held.era, held.passage) for held in helds]
    return Tenure(words, helds[0].office, state, earliest(eras), latest(eras), seen, former)


def _last_day(edtf: str | None) -> str:
    found = when(edtf)
    return found.last.isoformat() if found and not found.yearless else ""


@dataclass(slots=True)
class Identities:
    """All actors; pairs of people too alike to leave and too unlike to join; over how many documents."""

    actors: list[Actor]
    doubtful: list[Likeness]
    documents: int
    newest: str | None

    def of(self) -> dict[Id, Actor]:
        """Each mention's actor, by document number and record key."""
        return {mention.id: actor for actor in self.actors for mention in actor.mentions}


def identify(documents: Iterable[Filed], judgements: Iterable[Judgement] = ()) -> Identities:
    """Gather the mentions of these documents into actors, in the order of their first mention."""
    found: list[Mention] = []
    published: list[str | None] = []
    for document in documents:
        found += mentions([document])
        published.append(document.published)
    said = _Said(judgements)
    people = [m for m in found if m.who.kind == "person"]
    others = _others([m for m in found if m.who.kind != "person"], said)
    resolved, doubtful = _People(sketches(people, said.keys), said).resolved()
    actors = sorted([*others, *resolved], key=lambda actor: actor.mentions[0].number)
    return Identities(actors, doubtful, len(published), latest(published))


class _Said:
    """What people decided of pairs of records of actors, by key."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        stand = [j for j in judgements if j.kind in ("same", "not_same") and j.object and not j.undone_at]
        self.decided = {frozenset((j.subject, j.object or "")): j.kind for j in stand}
        self.keys = frozenset(key for pair in self.decided for key in pair)

    def pairs(self, kind: str) -> Iterator[tuple[str, ...]]:
        return (tuple(pair) for pair, decision in self.decided.items() if decision == kind and len(pair) == 2)


def _others(found: Iterable[Mention], said: _Said) -> list[Actor]:
    """States, missions and bodies: by code, else a body by its name and state, unless many states have one so named."""
    states: dict[str, set[str]] = defaultdict(set)
    named = [(mention, _body(mention)) for mention in found]
    for _, body in named:
        states[body.title].update(body.states[:1])
    groups: dict[object, list[Mention]] = defaultdict(list)
    for mention, body in named:
        common = not body.states and len(states[body.title]) > 1
        own = common or mention.key in said.keys
        key = (mention.who.kind, mention.who.code) if mention.who.code else mention.id if own else body
        groups[key].append(mention)
    actors = [Actor(ms[0].key, ms[0].who.kind, ms) for ms in groups.values()]
    return _joined(actors, said)


def _body(mention: Mention) -> Office:
    return office(mention.who.name, mention.who.named)


def _joined(actors: list[Actor], said: _Said) -> list[Actor]:
    for a, b in said.pairs("same"):
        holders = [actor for actor in actors if any(m.key in (a, b) for m in actor.mentions)]
        for other in holders[1:]:
            holders[0].mentions += other.mentions
            actors.remove(other)
    return actors


class _People:
    """Sketches of people being joined: best first, never across what excludes it."""

    def __init__(self, people: list[Sketch], said: _Said) -> None:
        self.people = {sketch.id: sketch for sketch in people}
        self.said = said
        self.of = {id: [id] for id in self.people}
        self.made: dict[tuple[Id, Id], Likeness] = {}
        self.keys = {m.key: sketch.id for sketch in people for m in sketch.mentions if m.key in said.keys}
        self.apart = {frozenset((self.keys[a], self.keys[b])) for a, b in said.pairs("not_same")
                      if a in self.keys and b in self.keys}  # fmt: skip

    def resolved(self) -> tuple[list[Actor], list[Likeness]]:
        for a, b in self.said.pairs("same"):
            if a in self.keys and b in self.keys:
                self._join(self.keys[a], self.keys[b])
        self.made = {(found.first, found.second): found for found in self._compared()}
        used = []
        for found in sorted(self.made.values(), key=lambda it: (self._bare(it), -it.score)):
            if found.score >= rules().least and self._fit(found.first, found.second):
                self._join(found.first, found.second)
                used.append(found)
        doubtful = [it for it in self.made.values() if it.score >= rules().review and self._doubtful(it)]
        return self._actors(used), doubtful

    def _compared(self) -> Iterator[Likeness]:
        done: set[tuple[Id, Id]] = set()
        names = by_name(self.people.values())
        told = {key: sum(len(sketch.mentions) for sketch in known) for key, known in names.items()}
        for known, one in [*((known, sole(known)) for known in names.values()), *self._keyed(names)]:
            for a, b in _pairs(known):
                pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
                if pair not in done:
                    done.add(pair)
                    usual = min(told[a.words], told[b.words]) >= rules().usual
                    if found := likeness(self.people[pair[0]], self.people[pair[1]], sole=one, usual=usual):
                        yield found

    def _keyed(self, names: Mapping[str, list[Sketch]]) -> Iterator[tuple[list[Sketch], bool]]:
        """The best known sketch of each name under each office that one person holds, and under parts of long names."""
        keyed: dict[str, list[Sketch]] = defaultdict(list)
        for known in names.values():
            held = ((sketch, o) for sketch in reversed(known) for o in sketch.offices if o.one_holder and o.state)
            offices = {f"{o.title}@{o.state}": sketch for sketch, o in held}
            for key, sketch in offices.items():
                keyed[key].append(sketch)
            for key in _parts(known[0]):
                keyed[key].append(known[0])
        yield from ((some, False) for some in keyed.values() if 1 < len(some) <= rules().common)

    def _bare(self, found: Likeness) -> bool:
        return self.people[found.first].bare or self.people[found.second].bare

    def _fit(self, a: Id, b: Id) -> bool:
        """Nothing excludes that two clusters are one: no other main state, no judgement; a bare name joins once."""
        left, right = self.of[a], self.of[b]
        if left is right or any(self.people[id].bare and len(self.of[id]) > 1 for id in (a, b)):
            return False
        first, second = self._state(left), self._state(right)
        if first and second and first != second:
            return False
        return not any(x in pair and y in pair for pair in self.apart for x in left for y in right if x != y)

    def _state(self, members: Sequence[Id]) -> str | None:
        told: Counter[str] = Counter()
        for id in members:
            for state in self.people[id].states:
                told[state] += len(self.people[id].mentions)
        return told.most_common(1)[0][0] if told else None

    def _join(self, a: Id, b: Id) -> None:
        if self.of[a] is not self.of[b]:
            small, large = sorted((self.of[a], self.of[b]), key=len)
            large += small
            for id in small:
                self.of[id] = large

    def _doubtful(self, found: Likeness) -> bool:
        apart = frozenset((found.first, found.second)) in self.apart
        return not apart and self.of[found.first] is not self.of[found.second]

    def _actors(self, used: Iterable[Likeness]) -> list[Actor]:
        why: dict[int, list[Likeness]] = defaultdict(list)
        for found in used:
            why[id(self.of[found.first])].append(found)
        clusters = {id(members): members for members in self.of.values()}
        made = []
        for place, members in clusters.items():
            told = sorted((m for one in members for m in self.people[one].mentions), key=lambda m: m.id)
            made.append(Actor(told[0].key, "person", told, why[place]))
        return made


def _pairs(known: Sequence[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    anchors = known[: rules().anchors]
    yield from combinations(anchors, 2)
    yield from ((anchor, other) for other in known[rules().anchors :] for anchor in anchors)


def _parts(sketch: Sketch) -> Iterator[str]:
    """Two words of a longer name, by which a shorter form of it is found; and the whole of a name of two."""
    words = sketch.plain.split()
    if len(words) == 2:
        yield "+".join(sorted(words))
    elif len(words) > 2:
        yield from {"+".join(sorted(pair)) for pair in ((words[0], words[-1]), words[:2], words[-2:])}


def holders(found: Identities, post: str, *, state: str | None = None, on: str | None = None) -> Holding:
    """Who was seen in an office at a date (EDTF): `Bộ trưởng Ngoại giao`, `VN`, `2017-06`.

    The state may stand in the words of the post; without a date everyone ever seen in it. Never a guess: no holders
    means not known.
    """
    names = {name: a.code for a in found.actors if a.kind == "state" and a.code for name in a.names}
    asked = office(post, names)
    wanted = state or asked.state
    seen = []
    for actor in (a for a in found.actors if a.kind == "person"):
        for tenure in actor.tenures():
            if tenure.office.title == asked.title and wanted in (None, tenure.state) and not tenure.former:
                days = tenure.days_from(on) if on else 0
                if days is not None:
                    seen.append(Holder(actor.id, actor.name, tenure, days))
    held, others = chosen(seen, asked.one_holder)
    return Holding(Office(asked.title, (wanted,) if wanted else ()), on, held, others, found.documents, found.newest)

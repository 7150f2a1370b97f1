"""Actors as documents name them, made ready for comparison: name, offices with their words, company, time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from servanda.folding import fold
from servanda.keep.names import Who, person, plain, transcribed
from servanda.keep.offices import Office, office, rules
from servanda.keep.telling import Passage, actors, era, passage
from servanda.keep.when import apart, when
from servanda.records import Filed, Record

Id = tuple[int, str]
LONG = 3  # words of a name
KEPT = 400  # of the company of a sketch


@dataclass(slots=True, frozen=True)
class Held:
    """An office as one document words it, at the time of the document (EDTF)."""

    office: Office
    words: str
    passage: Passage
    era: str | None
    former: bool


@dataclass(slots=True)
class Mention:
    """One actor of one document. `company`: who else is named there; `home`: the states (ISO) named there;
    `press`: the state (ISO) for whose readers it is written, by its language.
    """

    number: int
    key: str
    source: str
    who: Who
    era: str | None
    held: list[Held]
    company: frozenset[str]
    home: frozenset[str]
    press: str | None = None

    @property
    def id(self) -> Id:
        """Known among all documents: copies of one text share keys."""
        return self.number, self.key


def mentions(documents: Iterable[Filed]) -> list[Mention]:
    """Every actor of these documents, in their order; grafted passages left out."""
    return [mention for document in documents for mention in _of(document)]


def _of(document: Filed) -> list[Mention]:
    known, time = actors(document), era(document)
    states = {name: w.code for w in known.values() if w.kind == "state" and w.code for name in w.names}
    home = frozenset(states.values())
    company = frozenset(w.code or plain(w.name) for w in known.values() if w.kind != "state")
    own = ((r, known[place]) for place, r in document.records.items() if place in known and not r.passage)
    press = None if document.machine_translated else rules().home.get(document.language)
    return [Mention(document.number, record.key, document.source, who, time, _held(document, record, states, time),
                    company, home, press) for record, who in own]  # fmt: skip


def _held(document: Filed, record: Record, states: dict[str, str], time: str | None) -> list[Held]:
    posts = (s for s in record.statements if s.property in ("post", "former_post") and s.value)
    return [
        Held(office(s.value or "", states), s.value or "", passage(document, s), time, s.property == "former_post")
        for s in posts
    ]


@dataclass(slots=True)
class Sketch:
    """A person as one or more documents draw them alike: one spelling, the same offices."""

    mentions: list[Mention]
    name: str
    plain: str
    offices: frozenset[Office]
    ranks: frozenset[str]
    company: set[str] = field(default_factory=set)
    home: set[str] = field(default_factory=set)

    @property
    def words(self) -> str:
        """The words of its name, in no order."""
        return " ".join(sorted(self.plain.split()))

    @property
    def aliases(self) -> set[str]:
        """Its full name, plain, and other names that are no part of it."""
        full = set(self.plain.split())
        others = {plain(name) for name in self.mentions[0].who.names if " " in name}
        return {self.plain, *(other for other in others if not set(other.split()) <= full)}

    @property
    def bare(self) -> bool:
        """A name of one word, which is no name across documents."""
        return " " not in self.name

    @property
    def states(self) -> frozenset[str]:
        """The states (ISO) whose offices are told."""
        return frozenset(o.state for o in self.offices if o.state)

    @property
    def solid(self) -> bool:
        """An office is told that says who this is."""
        return any(not office.anyones for office in self.offices)

    @property
    def id(self) -> Id:
        """Its first mention's."""
        return self.mentions[0].id

    def add(self, mention: Mention) -> None:
        """Take in one more mention drawn alike."""
        self.mentions.append(mention)
        if len(self.company) < KEPT:
            self.company |= mention.company
        self.home |= mention.home


def sketches(people: Iterable[Mention], alone: Collection[str] = ()) -> list[Sketch]:
    """Mentions of people drawn alike, gathered; those whose keys are in `alone` stay by themselves."""
    found: dict[object, Sketch] = {}
    for mention in people:
        sketch = _drawn(mention)
        bound = sketch.solid and not sketch.bare and mention.key not in alone
        signature: object = (sketch.name, sketch.offices) if bound else mention.id
        found.setdefault(signature, sketch).add(mention)
    return list(found.values())


def _drawn(mention: Mention) -> Sketch:
    told = [held.office for held in mention.held]
    offices = frozenset(office for office in told if not office.rank)
    name = " ".join(fold(mention.who.name).split())
    return Sketch([], name, plain(mention.who.name), offices, frozenset(o.title for o in told if o.rank))


@dataclass(slots=True, frozen=True)
class Likeness:
    """Two sketches beside each other: every feature with its value, and the weighted sum."""

    first: Id
    second: Id
    score: float
    features: dict[str, float]

    def table(self) -> list[tuple[str, float, float]]:
        """Feature, value, what it adds to the sum."""
        weights = rules().weights
        return [(name, value, round(value * weights[name], 3)) for name, value in self.features.items()]


def likeness(a: Sketch, b: Sketch, *, sole: bool = False, usual: bool = False) -> Likeness | None:
    """The features of two sketches of people and their sum; None where their names say nothing.

    `sole`: all that is told of this name fits one person; `usual`: both spellings are told often.
    """
    name = _name(a, b)
    if not name["name"]:
        return None
    together = float(bool({m.number for m in a.mentions} & {m.number for m in b.mentions}))
    features = name | _office(a, b) | _company(a, b) | {"sole": float(sole), "together": together}
    features["both_usual"] = float(usual and name["name"] < 1.0)
    weights = rules().weights
    score = sum(value * weights[name] for name, value in features.items())
    return Likeness(a.id, b.id, round(score, 3), {name: value for name, value in features.items() if value})


def _name(a: Sketch, b: Sketch) -> dict[str, float]:
    """How far the names go; Hùng and Hưng are two, Hung may be either."""
    foreign = a.name.isascii() and b.name.isascii()
    far = max(person(x, y, foreign=foreign) for x in a.aliases for y in b.aliases)
    if not far and a.mentions[0].who.transcribed != b.mentions[0].who.transcribed:
        far = transcribed(a.plain, b.plain)
    marked = sorted(a.plain.split()) == sorted(b.plain.split()) and _marked(a) and _marked(b)
    differ = marked and sorted(a.name.split()) != sorted(b.name.split())
    long = min(len(a.plain.split()), len(b.plain.split())) >= LONG and far >= 0.9
    return {"name": far, "long": float(long), "accents": float(differ)}


def _marked(sketch: Sketch) -> bool:
    return sketch.name != sketch.plain and not sketch.name.isascii()


def _office(a: Sketch, b: Sketch) -> dict[str, float]:
    shared = [_shared(x, y) for x in a.offices for y in b.offices]
    state = bool(a.states & b.states)
    exclusive = any(x.excludes(y) for x in a.offices for y in b.offices) and not any(shared)
    return {
        "office": float("office" in shared),
        "loose": float("loose" in shared and "office" not in shared),
        "state": float(state),
        "otherstate": float(bool(a.states and b.states and not state)),
        "home": float(not state and bool((a.states and a.states & b.home) or (b.states and b.states & a.home))),
        "rank": float(bool(a.ranks & b.ranks)),
        "otheroffice": float(exclusive and _one_time(a, b)),
    }


def _shared(x: Office, y: Office) -> str | None:
    if x.title != y.title or (x.state and y.state and x.state != y.state):
        return None
    return "loose" if x.title in rules().posts.anyones and not (x.states and y.states) else "office"


def _one_time(a: Sketch, b: Sketch) -> bool:
    first, second = when(a.mentions[0].era), when(b.mentions[0].era)
    return first is None or second is None or apart(first, second) <= rules().apart


def _company(a: Sketch, b: Sketch) -> dict[str, float]:
    own = {*a.mentions[0].who.forms, *b.mentions[0].who.forms, a.plain, b.plain}
    few, many = sorted((a.company, b.company), key=len)
    shared = sum(1 for other in few if other in many and other not in own)
    return {"company": min(1.0, shared / rules().company)}


def sole(known: Iterable[Sketch]) -> bool:
    """Whether those of one name who hold offices are of one state and mostly of one office."""
    solid = [sketch for sketch in known if sketch.solid]
    states = {state for sketch in solid for state in sketch.states}
    told: Counter[str] = Counter()
    for sketch in solid:
        told.update({office.title: len(sketch.mentions) for office in sketch.offices})
    total = sum(len(sketch.mentions) for sketch in solid)
    return len(states) <= 1 and bool(told) and 2 * max(told.values()) >= total > 1


def by_name(people: Iterable[Sketch]) -> dict[str, list[Sketch]]:
    """Sketches under the words of their full names, in any order; the best known first."""
    found: dict[str, list[Sketch]] = defaultdict(list)
    for sketch in people:
        found[sketch.words].append(sketch)
    for known in found.values():
        known.sort(key=lambda sketch: (not sketch.solid, -len(sketch.mentions)))
    return found

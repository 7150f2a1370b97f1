"""What people should look at first: everything that may be wrong, by expected harm (schema/review.yaml).

Harm is how likely something is wrong × what a wrong one costs. An entry says what it is about, on which records, and
why it is asked; what a person then sees is made from those records when it is shown (`seen`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, get_args

from pydantic import BaseModel, ConfigDict

from servanda import types
from servanda.datafile import schema_file
from servanda.errors import Refused
from servanda.keep.conflicts import Conflict
from servanda.keep.follow import Undertaking, Weighed
from servanda.keep.judged import PAIRS, Decision, Judged, Standing, in_force, standing
from servanda.keep.match import weights
from servanda.keep.offices import rules as people
from servanda.keep.promises import rules as follow
from servanda.keep.telling import Passage
from servanda.keep.when import when
from servanda.records import Filed, Judgement, Record

FACTS = ("engagement", "act", "contribution", "agreement", "position", "plan")
Place = tuple[str, int, int]


class Promised(Protocol):
    """What a question on an undertaking needs to know of it."""

    @property
    def id(self) -> str: ...
    @property
    def grade(self) -> str: ...


class Rules(BaseModel):
    """schema/review.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    costs: dict[str, dict[str, float]]
    doubts: dict[str, float]
    standings: dict[Standing, float]
    settled: dict[str, list[Standing]]
    nearly: float
    least: float
    fields: dict[str, dict[str, str]]
    needed: dict[str, list[str]]


@dataclass(slots=True, frozen=True)
class Entry:
    """One question for a person. `about` and `id`, its `address`, are the same as long as the question is.

    `about`: undertaking, outcome, merge (of engagements), people (two who may be one), judgement, or a kind of fact.
    `keys`: the records it is about, by key; `beside`: those set beside them (the other of a pair, the fact that may be
    an outcome). `why`: the doubts, as (name, value). `proposed`: the status that an outcome would have; `judgement`:
    the number of the decision at issue; `between`: the engagements or people (ids) that a pair is of.
    """

    id: str
    about: str
    likelihood: float
    cost: float
    keys: tuple[str, ...]
    why: tuple[tuple[str, str], ...]
    beside: tuple[str, ...] = ()
    proposed: str | None = None
    judgement: int | None = None
    between: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """`act:94a48b21fa4918d0`, `merge:94a48b21fa4918d0+da9561053932c24f`, `judgement:12`."""
        return f"{self.about}:{self.id}"

    @property
    def harm(self) -> float:
        """How likely it is wrong × what that costs, from 0 to 10."""
        return round(self.likelihood * self.cost, 3)


@cache
def rules() -> Rules:
    """The data file, checked. Raises BadData."""
    return schema_file("review.yaml", Rules)


def cost(about: str, *kinds: str | None) -> float:
    """What a wrong one costs: the dearest of what is known of it, else what such a thing costs."""
    table = rules().costs.get(about, {})
    return max((table[kind] for kind in kinds if kind in table), default=table.get("else", 0.0))


def likelihood(*doubts: float) -> float:
    """That at least one of these doubts is right."""
    sure = 1.0
    for doubt in doubts:
        sure *= 1.0 - doubt
    return round(1.0 - sure, 4)


def harm(record: Record) -> float:
    """What a fact is likely to do if it is wrong, as far as its first statement and its passage tell."""
    confidence = record.statements[0].confidence if record.statements else 0.5
    sure = (1.0 - rules().doubts["quarantined"] if record.passage else 1.0) * confidence
    return (1.0 - sure) * cost(record.kind)


def doubts(document: Filed, record: Record, disputed: frozenset[Place] = frozenset()) -> dict[str, tuple[float, str]]:
    """What speaks against a fact: a likelihood and a word on each doubt."""
    known = rules().doubts
    first = record.statements[0] if record.statements else None
    confidence = max((s.confidence for s in record.statements), default=0.5)
    found = {"confidence": (round(1.0 - confidence, 4), f"{confidence:.2f}")}
    actors = [document.records[s.about] for s in record.statements if s.about in document.records]
    held = {
        "quarantined": bool(record.passage),
        "disputed": (document.source, record.start, record.end) in disputed,
        "machine_translated": document.machine_translated,
        "inferred": any(actor.value("inferred") for actor in actors),
        "reported": bool(first and first.asserted_by),
    }
    said = {"reported": (first and first.asserted_by) or ""}
    return found | {name: (known[name], said.get(name, "")) for name, holds in held.items() if holds}


def facts(
    document: Filed,
    *,
    disputed: frozenset[Place] = frozenset(),
    undertaken: Mapping[Place, Promised] | None = None,
    engagements: Mapping[str, str] | None = None,
) -> Iterator[Entry]:
    """A question for each fact of a document, whatever was decided before.

    `disputed`: places of words that conflicts cite. `undertaken`: undertakings by the places of the words that make
    them. `engagements`: from the key of a telling to its engagement's id, where several are one.
    """
    for record in document.records.values():
        if record.kind in FACTS:
            place = (document.source, record.start, record.end)
            promise = (undertaken or {}).get(place)
            against = doubts(document, record, disputed)
            about = "undertaking" if promise else record.kind
            price = cost(about, promise.grade) if promise else cost(about, *_kinds(record))
            id = promise.id if promise else (engagements or {}).get(record.key, record.key)
            why = tuple((name, said) for name, (_, said) in against.items())
            yield Entry(id, about, likelihood(*(it for it, _ in against.values())), price, (record.key,), why)


def _kinds(record: Record) -> list[str | None]:
    return [record.value(name) for name in ("kind", "type", "status", "measure", "what")]


def pair(about: str, first: str, second: str, score: float, between: Iterable[str]) -> Entry:
    """The question whether two are one: tellings (`merge`) or mentions of `people`, by key, too alike to leave and too
    unlike to unite."""
    least, review = _bounds(about)
    near = rules().nearly * min(1.0, max(0.1, (score - review) / (least - review)))
    why = (("alike", f"{score:.2f} of {least}"),)
    price = cost(about)
    return Entry(pair_id(first, second), about, round(near, 4), price, (first,), why, (second,),
                 between=tuple(sorted(between)))  # fmt: skip


def _bounds(about: str) -> tuple[float, float]:
    known = weights() if about == "merge" else people()
    return known.least, known.review


def pair_id(first: str, second: str) -> str:
    """The id of the question whether two records are one, whichever is named first."""
    return "+".join(sorted((first, second)))


def outcomes(weighed: Iterable[tuple[Undertaking, Weighed, str]]) -> Iterator[Entry]:
    """A question for each fact nearly enough to be an undertaking's outcome: (undertaking, fact, the fact's key)."""
    for undertaking, it, key in weighed:
        share = it.score / it.least if it.least else 0.0
        if not follow().review <= share < 1.0 or undertaking.status == "kept":
            continue
        near = rules().nearly * (share - follow().review) / (1.0 - follow().review)
        why = (("nearly", f"{it.score:.2f} of {it.least}"),)
        price = cost("outcome", undertaking.grade)
        id = f"{undertaking.id}~{key}"
        yield Entry(id, "outcome", round(max(near, 0.05), 4), price, (undertaking.id,), why, (key,), "kept")


def unsettled(judgements: Iterable[Judgement], documents: Sequence[Filed]) -> Iterator[Entry]:
    """A question for each decision on something since read otherwise, lost or gone.

    `documents`: the current ones of the sources that the decisions name, as they are read (before `Judged`).
    """
    by_source: dict[str, list[Filed]] = defaultdict(list)
    for document in documents:
        by_source[document.source].append(document)
    for made in in_force(judgements):
        own = [d for source in dict.fromkeys(it["source"] for it in made.told) for d in by_source[source]]
        found = _unsettled(made, standing(made, own))
        if found is not None:
            yield found


def _unsettled(made: Decision, stand: Mapping[str, Standing]) -> Entry | None:
    j, known = made.judgement, rules().standings
    if j.kind == "created":  # no reading is expected to find it: only its text may go
        stand = {key: it for key, it in stand.items() if it == "gone"}
    settled = (*rules().settled.get(j.kind, ()), *made.accepted)
    odd = {key: it for key, it in stand.items() if it in known and it not in settled}
    if not odd:
        return None
    why = tuple((it, key) for key, it in odd.items())
    worst = max(known[it] for it in odd.values())
    keys = tuple(dict.fromkeys(it["key"] for it in made.told))
    return Entry(str(j.id), "judgement", worst, cost("judgement", j.kind), keys, why, judgement=j.id)


def queue(entries: Iterable[Entry], judged: Judged) -> list[Entry]:
    """Questions still open, each once, by expected harm: what people settled is left out.

    Entries of one id and about are one question on all their records, as sure as the surest of them; a pair is one
    whichever of the two was named first.
    """
    decided, every = _Decided(judged.decisions), list(entries)
    between = decided.between(every)
    found: dict[tuple[str, str], Entry] = {}
    for entry in every:
        if decided.settles(entry) or between.settles(entry):
            continue
        before = found.get((entry.about, entry.id))
        found[entry.about, entry.id] = entry if before is None else _both(before, entry)
    asked = [entry for entry in found.values() if entry.likelihood >= rules().least]
    return sorted(asked, key=lambda it: (-it.harm, it.about, it.id))


def _both(a: Entry, b: Entry) -> Entry:
    surest, other = (a, b) if a.likelihood <= b.likelihood else (b, a)
    keys = tuple(dict.fromkeys((*a.keys, *(it for it in b.keys if it not in a.beside))))
    beside = tuple(dict.fromkeys((*a.beside, *(it for it in b.beside if it not in keys))))
    return Entry(a.id, a.about, surest.likelihood, max(a.cost, b.cost), keys, surest.why, beside,
                 surest.proposed or other.proposed)  # fmt: skip


class _Decided:
    """Which questions decisions in force have settled."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.records: set[str] = set()
        self.pairs: set[str] = set()
        self.said: dict[str, str] = {}
        self.statuses: set[str] = set()
        for made in decisions:
            j = made.judgement
            if j.kind in ("confirmed", "rejected", "created", "corrected"):
                self.records |= made.keys
            elif j.kind in PAIRS:
                self.pairs |= {pair_id(a, b) for a, b in made.pairs()}
                self.said |= {pair_id(a, b): j.kind for a, b in made.pairs()}
            elif j.kind == "status":
                self.statuses.add(j.subject)
            elif j.kind == "not_outcome":
                self.pairs.add(f"{j.subject}~{j.object}")

    def between(self, entries: Iterable[Entry]) -> _Between:
        """The engagements and people that a decision on one of these pairs has settled."""
        said = [(it.between, self.said[it.id]) for it in entries if it.between and it.id in self.said]
        return _Between(said)

    def settles(self, entry: Entry) -> bool:
        if entry.about == "judgement":
            return False
        if entry.about == "outcome":
            return entry.keys[0] in self.statuses | self.records or entry.id in self.pairs
        if entry.about in ("merge", "people"):
            return entry.id in self.pairs
        return set(entry.keys) <= self.records


class _Between:
    """Of engagements and people that several pairs are of: which are one, and which are two, by decisions on a pair."""

    def __init__(self, said: Iterable[tuple[tuple[str, ...], str]]) -> None:
        self.one: dict[str, str] = {}
        told = list(said)
        for between, kind in told:
            if kind == "same":
                first, *others = (self._of(id) for id in between)
                self.one |= dict.fromkeys(others, first)
        self.apart = {self._pair(between) for between, kind in told if kind == "not_same"}

    def _of(self, id: str) -> str:
        while id in self.one and self.one[id] != id:
            id = self.one[id]
        return id

    def _pair(self, between: Iterable[str]) -> frozenset[str]:
        return frozenset(map(self._of, between))

    def settles(self, entry: Entry) -> bool:
        """It is of two that are one by now, or were said to be two people."""
        pair = self._pair(entry.between)
        return len(pair) == 1 or (entry.about == "people" and pair in self.apart)


def disputed(conflicts: Iterable[Conflict]) -> frozenset[Place]:
    """The places of the words that conflicts cite."""
    return frozenset(_place(value.passage) for conflict in conflicts for value in conflict.values)


def undertaken(undertakings: Iterable[Undertaking]) -> dict[Place, Promised]:
    """Undertakings by the places of all words that make or tell them."""
    return {_place(passage): u for u in undertakings for passage in (u.made, *u.told_again)}


def _place(passage: Passage) -> Place:
    return passage.source, passage.start, passage.end


def checked(kind: str, name: str, value: str | None) -> str | None:
    """A value that a person gives to a property of a record of this kind, in its one form. Raises Refused."""
    shape = rules().fields.get(kind, {}).get(name)
    if shape is None:
        allowed = ", ".join(rules().fields.get(kind, {}))
        raise Refused(f"{name}: no property of {kind} that can be corrected" + (f": {allowed}" if allowed else ""))
    told = " ".join((value or "").split()) or None
    if told is None:
        if name in rules().needed.get(kind, ()):
            raise Refused(f"{name}: {kind} without {name} is none; reject it instead")
        return None
    return _shaped(name, shape, told)


def _shaped(name: str, shape: str, told: str) -> str:
    if shape == "edtf" and (when(told) is None or len(told) > 32):
        raise Refused(f"{name}: {told} is no date; give YYYY-MM-DD, YYYY-MM, YYYY, XXXX-MM-DD or FIRST/LAST")
    if shape == "number" and not re.fullmatch(r"\d{1,7}", told):
        raise Refused(f"{name}: {told} is no number of people")
    if (choices := allowed(shape)) and told not in choices:
        raise Refused(f"{name}: {told} is none of {', '.join(choices)}")
    if len(told) > 500:
        raise Refused(f"{name}: longer than 500 characters")
    return told


def allowed(shape: str) -> tuple[str, ...]:
    """The values that a shape of `fields` admits; none where any will do."""
    found: Any = getattr(types, shape, None) if shape[:1].isupper() else None
    return tuple(get_args(found)) if found is not None else ()

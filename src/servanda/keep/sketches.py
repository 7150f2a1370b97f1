"""People and bodies as documents draw them, each way once: what is compared to know who is who.

A sketch is bounded: what stands around somebody is taken of the first few documents that draw him so, and how often he
is told counts only by its binary digits. So what is told a thousandth time changes nothing that was compared before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from servanda.folding import fold
from servanda.keep.mentions import Id, Mention
from servanda.keep.names import plain
from servanda.keep.offices import Office, office

SAMPLE = 12  # mentions of which the company is taken
KEPT = 400  # of the company
ALONE = -100  # the rank of a mention that people decided about
Signature = tuple[str, ...]


@dataclass(slots=True)
class Sketch:
    """A person, or a body without a code, as one or more documents draw it alike: one spelling, the same offices.

    `id` is its first mention's; `offices` of a body are itself and whose it is; `numbers` are the documents of the
    first `SAMPLE` mentions, of which `company` and `home` (ISO) are; `alone`: people decided about its one mention.
    """

    id: Id
    kind: str
    called: str
    aliases: frozenset[str]
    forms: frozenset[str]
    transcribed: bool
    offices: frozenset[Office]
    ranks: frozenset[str]
    era: str | None
    company: set[str] = field(default_factory=set)
    home: set[str] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)
    count: int = 0
    alone: bool = False

    @property
    def name(self) -> str:
        """Its full name, folded."""
        return " ".join(fold(self.called).split())

    @property
    def plain(self) -> str:
        """Its full name in plain words."""
        return plain(self.called)

    @property
    def words(self) -> str:
        """Under what it is found: the words of a person's name, in no order; a body's name without its state."""
        return " ".join(sorted(self.plain.split())) if self.kind == "person" else self.body.title

    @property
    def body(self) -> Office:
        """A body, without its state's name, and whose it is."""
        return next(iter(self.offices))

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
    def known(self) -> int:
        """How well known, the best first: what is told often with an office."""
        return -self.count.bit_length() if self.solid else 0

    @property
    def rank(self) -> int:
        """The same, but what people decided about goes before all."""
        return ALONE if self.alone else self.known

    @property
    def weight(self) -> int:
        """How often it is told, to the power of two below."""
        return 1 << (self.count.bit_length() - 1) if self.solid else 1

    @property
    def order(self) -> tuple[int, Id]:
        """The best known first."""
        return self.rank, self.id

    @property
    def signature(self) -> Signature:
        """What those drawn alike share; a mention that tells too little stays by itself."""
        if self.alone or (self.kind == "person" and (self.bare or not self.solid)):
            return "mention", f"#{self.id[0]}", self.id[1]
        told = sorted(" ".join((o.title, *o.states)) for o in self.offices)
        return (self.kind if self.kind == "person" else "body", self.name if self.kind == "person" else "", *told)

    def add(self, other: Sketch) -> None:
        """Take in a later mention drawn alike."""
        self.count += other.count
        if len(self.numbers) < SAMPLE:
            self.numbers += other.numbers
            self.home |= other.home
            if len(self.company) < KEPT:
                self.company |= other.company

    def dump(self) -> bytes:
        """All but `id`, `count` and `alone`, as JSON."""
        offices = sorted([o.title, *o.states] for o in self.offices)
        return orjson.dumps(
            {"kind": self.kind, "called": self.called, "aliases": sorted(self.aliases), "forms": sorted(self.forms),
             "transcribed": self.transcribed, "offices": offices, "ranks": sorted(self.ranks), "era": self.era,
             "company": sorted(self.company), "home": sorted(self.home), "numbers": [f"#{n}" for n in self.numbers]}
        )  # fmt: skip


def loaded(dumped: bytes | str, id: Id, count: int, *, alone: bool = False) -> Sketch:
    """A sketch from its JSON."""
    it: dict[str, Any] = orjson.loads(dumped)
    offices = frozenset(Office(title, tuple(states)) for title, *states in it["offices"])
    return Sketch(id, it["kind"], it["called"], frozenset(it["aliases"]), frozenset(it["forms"]), it["transcribed"],
                  offices, frozenset(it["ranks"]), it["era"], set(it["company"]), set(it["home"]),
                  [int(n[1:]) for n in it["numbers"]], count, alone)  # fmt: skip


def drawn(mention: Mention, *, alone: bool = False) -> Sketch:
    """One mention of a person, or of a body without a code."""
    who, person = mention.who, mention.who.kind == "person"
    told = [held.office for held in mention.held]
    offices = (o for o in told if not o.rank) if person else [office(who.name, who.named)]
    ranks = (o.title for o in told if o.rank) if person else ()
    return Sketch(mention.id, who.kind, who.name, _aliases(who.names), who.forms, who.transcribed, frozenset(offices),
                  frozenset(ranks), mention.era, set(mention.company) if person else set(), set(mention.home),
                  [mention.number], 1, alone)  # fmt: skip


def _aliases(names: Sequence[str]) -> frozenset[str]:
    """The full name, plain, and other names that are no part of it."""
    full = plain(names[0]) if names else ""
    words = set(full.split())
    others = {plain(name) for name in names if " " in name}
    return frozenset({full, *(other for other in others if not set(other.split()) <= words)})


def gathered(sketches: Iterable[Sketch]) -> list[Sketch]:
    """Those drawn alike put together; given in the order of their mentions, which they are given back in too."""
    found: dict[Signature, Sketch] = {}
    for sketch in sketches:
        if (first := found.setdefault(sketch.signature, sketch)) is not sketch:
            first.add(sketch)
    return list(found.values())

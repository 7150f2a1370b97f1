"""Compare: one reading against its gold. Facts are paired one to one, likest first; the rest is missed or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from servanda.evaluate import alike
from servanda.evaluate.gold import GoldAct, GoldActor, GoldFact, GoldItem, GoldPost, GoldReading
from servanda.types import Act, Actor, Post, Reading, Span

G = TypeVar("G", bound=GoldItem)
R = TypeVar("R")
ACTORS = {"persons": {"person"}, "states": {"state"}, "organisations": {"organisation", "mission"}}


@dataclass(slots=True)
class Count:
    """How many facts the gold has, how many were read, how many of them are the same."""

    right: int = 0
    gold: int = 0
    read: int = 0

    def add(self, right: int, gold: int, read: int) -> None:
        self.right, self.gold, self.read = self.right + right, self.gold + gold, self.read + read


@dataclass(slots=True)
class Comparison:
    """The counts by facet, every error in words, and for each fact with a confidence whether it was right."""

    counts: dict[str, Count] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    verdicts: list[tuple[str, float, bool]] = field(default_factory=list)

    def count(self, facet: str) -> Count:
        return self.counts.setdefault(facet, Count())


def compare(text: str, gold: GoldReading, reading: Reading) -> Comparison:
    """One reading against its gold, facet by facet."""
    found, who = Comparison(), alike.Names()
    _noise(found, text, gold, reading)
    for facet, kinds in ACTORS.items():
        golds = [a for a in gold.actors if a.kind in kinds]
        reads = [a for a in reading.actors if a.kind in kinds]
        for one, other in _tally(found, facet, golds, reads, alike.actor, _named):
            who.pair(other.id, one.id)
            if facet == "persons":
                _tally(found, "posts", one.posts, other.posts, alike.post, partial(_post, one.names[0]))
    _posts_of_missed(found, gold, who)
    shown = partial(_quoted, text)
    _tally(found, "dates", gold.dates, reading.dates, partial(alike.date, text), shown, retold=True)
    _tally(found, "engagements", gold.engagements, reading.engagements, partial(alike.engagement, text, who), shown)
    acts = _tally(found, "acts", gold.acts, reading.acts, partial(alike.act, text, who), shown)
    _addressees(found, who, acts)
    _tally(found, "contributions", gold.contributions, reading.contributions, partial(alike.contribution, who), shown)
    _tally(found, "agreements", gold.agreements, reading.agreements, partial(alike.agreement, text, who), shown)
    return found


def _tally(
    found: Comparison,
    facet: str,
    golds: Sequence[G],
    reads: Sequence[R],
    likeness: Callable[[G, R], float],
    show: Callable[[Any], str],
    retold: bool = False,
) -> list[tuple[G, R]]:
    """Pair the facts of a facet and count them; where `retold`, one that only repeats a gold fact does not count."""
    pairs = _pair(golds, reads, likeness)
    hit_golds, hit_reads = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [g for i, g in enumerate(golds) if i not in hit_golds and not g.optional]
    alone = [r for j, r in enumerate(reads) if j not in hit_reads]
    again = [r for r in alone if retold and any(likeness(g, r) for g in golds)]
    wrong = [r for r in alone if not any(r is other for other in again)]
    found.count(facet).add(len(pairs), len(pairs) + len(missed), len(pairs) + len(wrong))
    found.errors += [f"{facet} missed: {show(g)}" for g in missed] + [f"{facet} wrong: {show(r)}" for r in wrong]
    for facts, right in (([reads[j] for _, j in pairs], True), (again, True), (wrong, False)):
        found.verdicts += [(facet, fact.confidence, right) for fact in facts if hasattr(fact, "confidence")]
    return [(golds[i], reads[j]) for i, j in pairs]


def _pair(golds: Sequence[G], reads: Sequence[R], likeness: Callable[[G, R], float]) -> list[tuple[int, int]]:
    """One to one, likest first; of equals the earlier."""
    scores = [(likeness(g, r), i, j) for i, g in enumerate(golds) for j, r in enumerate(reads)]
    golds_left, reads_left, pairs = set(range(len(golds))), set(range(len(reads))), []
    for score, i, j in sorted(scores, key=lambda s: -s[0]):
        if score > 0 and i in golds_left and j in reads_left:
            golds_left.remove(i)
            reads_left.remove(j)
            pairs.append((i, j))
    return pairs


def _noise(found: Comparison, text: str, gold: GoldReading, reading: Reading) -> None:
    """Noise is counted in characters, spaces aside; optional noise is neither right nor wrong."""
    marked = _inked(text, ((n.start, n.end) for n in reading.noise))
    asked, forgiven = set[int](), set[int]()
    taken: dict[tuple[str, str | None], set[Span]] = {}
    for noise in sorted(gold.noise, key=lambda n: n.optional):
        copies = taken.setdefault((noise.quote, noise.quote_end), set())
        spans = noise.spans(text)
        best = max([s for s in spans if s not in copies] or spans, key=lambda s: len(marked.intersection(range(*s))))
        copies.add(best)
        (forgiven if noise.optional else asked).update(_inked(text, [best]))
    marked -= forgiven - asked
    found.count("noise").add(len(asked & marked), len(asked), len(marked))
    found.errors += [f"noise missed: {text[slice(*s)][:90]!r}" for s in _runs(asked - marked)]
    found.errors += [f"noise wrong: {text[slice(*s)][:90]!r}" for s in _runs(marked - asked)]


def _inked(text: str, spans: Iterable[Span]) -> set[int]:
    return {i for span in spans for i in range(*span) if not text[i].isspace()}


def _runs(places: set[int]) -> list[Span]:
    """Places as spans; a gap of a space or two does not part them."""
    runs: list[Span] = []
    for i in sorted(places):
        if runs and i - runs[-1][1] <= 2:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _posts_of_missed(found: Comparison, gold: GoldReading, who: alike.Names) -> None:
    for person in gold.actors:
        if person.kind == "person" and not person.optional and not who.known(person.id):
            found.count("posts").add(0, sum(not p.optional for p in person.posts), 0)


def _addressees(found: Comparison, who: alike.Names, acts: list[tuple[GoldAct, Act]]) -> None:
    for gold, read in acts:
        right = alike.addressee(who, gold, read)
        found.count("addressees").add(right, 1, 1)
        if not right:
            found.errors.append(f"addressees wrong: {gold.addressee} not {read.addressee}: {gold.quote[:80]!r}")


def _named(actor: GoldActor | Actor) -> str:
    return actor.names[0]


def _post(person: str, post: GoldPost | Post) -> str:
    return f"{person}: {post.text}"


def _quoted(text: str, fact: Any) -> str:
    """A fact on one line: its values, then its words."""
    words = fact.quote if isinstance(fact, GoldFact) else text[fact.start : fact.end]
    values = [_value(getattr(fact, name, None)) for name in SHOWN]
    return f"{' '.join(v for v in values if v)} {words[:90]!r}"


SHOWN = ("edtf", "type", "kind", "what", "count", "date", "status", "measure", "speaker", "addressee", "contributor",
         "mission", "participants", "parties")  # fmt: skip


def _value(value: Any) -> str:
    return "+".join(value) if isinstance(value, list | tuple) else "" if value is None else str(value)

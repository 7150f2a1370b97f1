"""Explain: which rule made which fact and on what words, and which rules nearly fired and why they did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from servanda.read.page import Refusal
from servanda.types import (
    Act,
    Agreement,
    Contribution,
    DateExpression,
    Engagement,
    Noise,
    Plan,
    Position,
    Reading,
)

Fact: TypeAlias = Noise | DateExpression | Engagement | Act | Position | Plan | Contribution | Agreement


@dataclass(frozen=True, slots=True)
class Explanation:
    """One fact, or one that was not made: what it says, the rule, the words it stands on, and for a refusal why."""

    what: str
    rule: str
    start: int
    end: int
    words: str
    confidence: float | None = None
    why: str = ""


def facts(reading: Reading) -> Iterator[Fact]:
    """Everything that a rule made, those of grafted passages last."""
    yield from reading.noise
    yield from reading.dates
    yield from reading.engagements
    yield from reading.acts
    yield from reading.positions
    yield from reading.plans
    yield from reading.contributions
    yield from reading.agreements
    for passage in reading.quarantined:
        yield from facts(passage)


def made(text: str, reading: Reading) -> list[Explanation]:
    """The facts of a reading in the order of the text, each with its rule and its words."""
    found = [_made(text, reading, fact) for fact in facts(reading)]
    return sorted(found, key=lambda e: (e.start, e.end))


def nearly(text: str, refusals: Iterable[Refusal]) -> list[Explanation]:
    """The rules that nearly fired, once each for the same words and reason, in the order of the text."""
    once = {(r.start, r.end, r.rule, r.why): r for r in refusals}
    return [Explanation("", r.rule, r.start, r.end, text[r.start : r.end], why=r.why) for _, r in sorted(once.items())]


def _made(text: str, reading: Reading, fact: Fact) -> Explanation:
    names = {a.id: a.names[0] for r in (reading, *reading.quarantined) for a in r.actors}
    confidence = None if isinstance(fact, Noise) else fact.confidence
    words = text[fact.start : fact.end]
    return Explanation(say(fact, names), fact.rule, fact.start, fact.end, words, confidence, _reason(fact))


def _reason(fact: Fact) -> str:
    return fact.reason if isinstance(fact, Noise | DateExpression) else ""


def say(fact: Fact, names: dict[str, str]) -> str:
    """A fact on one line, its actors by name."""

    def of(actor: str | None) -> str:
        return names.get(actor, actor) if actor else ""

    parts: list[str | None]
    match fact:
        case Noise():
            parts = ["noise", fact.kind]
        case DateExpression():
            parts = ["date", fact.edtf]
        case Engagement():
            sides = " + ".join(of(p) for p in fact.participants)
            parts = ["engagement", fact.kind, fact.form, fact.status, fact.date, fact.place, f"({sides})"]
        case Act():
            parts = ["act", fact.type, fact.mode, of(fact.speaker), f"→ {of(fact.addressee) or 'nobody named'}"]
            parts += [f"due {fact.due}" if fact.due else None]
        case Position():
            parts = ["position", of(fact.speaker)]
        case Plan():
            parts = ["plan", of(fact.by) or "of nobody named", f"due {fact.due}" if fact.due else None]
        case Contribution():
            parts = ["contribution", fact.what, str(fact.count or ""), fact.unit, fact.status, fact.measure, fact.date]
            parts += [of(fact.contributor), f"→ {of(fact.mission) or 'no mission named'}"]
        case Agreement():
            parts = ["agreement", fact.kind, fact.status, fact.date, f"({' + '.join(of(p) for p in fact.parties)})"]
        case _:
            assert_never(fact)
    return " ".join(part for part in parts if part)

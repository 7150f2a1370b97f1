"""Alike: how near a fact that was read comes to one of the gold, from 0.0 (another fact) upwards.

The measures forgive what competent readers differ in (a meeting called a conference, a date told less exactly, a quote
cut shorter) and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, Protocol

from servanda.evaluate.gold import (
    GoldAct,
    GoldActor,
    GoldAgreement,
    GoldContribution,
    GoldDate,
    GoldEngagement,
    GoldFact,
    GoldPost,
)
from servanda.folding import bare
from servanda.types import Act, Actor, Agreement, Contribution, DateExpression, Engagement, Post, Span

WORD = re.compile(r"[^\W_]+")
SWAPPED = (
    {"meeting", "conference"},
    {"treaty", "pact", "framework"},
    {"plan", "programme"},
    {"signed", "adopted", "in_force"},
    {"planned", "proposed"},
)
LONG = 600  # code points: a longer span must not swallow the text to overlap with everything on it


class Spanned(Protocol):
    """Anything with a place in the text."""

    start: int
    end: int


class Names:
    """Which gold actor each actor of the reading turned out to be."""

    def __init__(self) -> None:
        self._gold: dict[str, str] = {}

    def pair(self, read: str, gold: str) -> None:
        self._gold[read] = gold

    def known(self, gold: str) -> bool:
        """Was this gold actor found?"""
        return gold in self._gold.values()

    def of(self, ids: Iterable[str | None]) -> set[str]:
        """Gold ids; an actor that the gold has not keeps a name of its own, equal to none."""
        return {self._gold.get(i, f"?{i}") for i in ids if i is not None}


@lru_cache(maxsize=100_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text without case, diacritics and punctuation."""
    return tuple(WORD.findall(bare(text)))


def word_f1(one: str, other: str) -> float:
    """F1 of the words that two phrases share."""
    a, b = Counter(words(one)), Counter(words(other))
    if not a or not b:
        return 0.0
    return 2 * (a & b).total() / (a.total() + b.total())


def overlap(one: Span, other: Span) -> float:
    """What two spans share, as a part of the shorter; nothing where one is both long and four times the other."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    short, long = sorted((one[1] - one[0], other[1] - other[0]))
    return shared / max(1, short) if shared > 0 and long <= max(LONG, 4 * short) else 0.0


def place(text: str, gold: GoldFact, read: Spanned) -> float:
    """The best overlap with any place that the gold's quote may mean."""
    return max((overlap(span, (read.start, read.end)) for span in gold.spans(text)), default=0.0)


def same_value(one: str, other: str) -> bool:
    """Equal, or a pair that competent readers swap."""
    return one == other or any(one in group and other in group for group in SWAPPED)


def same_date(one: str | None, other: str | None) -> bool:
    """Equal, or one is the other told less exactly: 2017-07 and 2017-07-14."""
    return one == other or bool(one and other and (one.startswith(other) or other.startswith(one)))


def actor(gold: GoldActor, read: Actor) -> float:
    """1.0 for the same person, state, organisation or mission."""
    if gold.kind != read.kind and {gold.kind, read.kind} != {"organisation", "mission"}:
        return 0.0
    if gold.code and read.code:
        if gold.code.upper() == read.code.upper():
            return 1.0
        if gold.kind == "state":
            return 0.0
    return float(_same_names(gold.kind, gold.names, read.names))


def _same_names(kind: str, golds: Iterable[str], reads: Iterable[str]) -> bool:
    ours, theirs = {words(name) for name in golds}, {words(name) for name in reads}
    if ours & theirs:
        return True
    pairs = [(a, b) for a in ours for b in theirs]
    if kind == "person":
        return any(_same_person(set(a), set(b)) for a, b in pairs)
    return kind != "state" and any(word_f1(" ".join(a), " ".join(b)) >= 0.8 for a, b in pairs)


def _same_person(one: set[str], other: set[str]) -> bool:
    return one == other or (len(one & other) >= 2 and (one <= other or other <= one))


def post(gold: GoldPost, read: Post) -> float:
    """How many words of the post are right, if most are."""
    likeness = word_f1(gold.text, read.text)
    return likeness if likeness >= 0.6 else 0.0


def date(text: str, gold: GoldDate, read: DateExpression) -> float:
    """Overlap of the words, for an accepted value."""
    return place(text, gold, read) if read.edtf in {gold.edtf, *gold.edtf_ok} else 0.0


def engagement(text: str, who: Names, gold: GoldEngagement, read: Engagement) -> float:
    """0.45 for who, 0.2 for when, 0.15 for the kind, 0.1 for the status, 0.1 for the place in the text; from 0.6."""
    sides = who.of(read.participants)
    people = max(_dice(set(accepted), sides) for accepted in (gold.participants, *gold.participants_ok))
    total = (
        0.45 * people
        + 0.2 * same_date(gold.date, read.date)
        + 0.15 * same_value(gold.kind, read.kind)
        + 0.1 * (gold.status == read.status)
        + 0.1 * (place(text, gold, read) > 0)
    )
    return total if people >= 0.5 and total >= 0.6 else 0.0


def act(text: str, who: Names, gold: GoldAct, read: Act) -> float:
    """Overlap of the words, from a half, for the type and an accepted speaker."""
    if gold.type != read.type or not who.of([read.speaker]) & {gold.speaker, *gold.speakers_ok}:
        return 0.0
    near = place(text, gold, read)
    return near if near >= 0.5 else 0.0


def addressee(who: Names, gold: GoldAct, read: Act) -> bool:
    """Is the act addressed to someone accepted (or to nobody, where that is)?"""
    accepted = {gold.addressee, *gold.addressees_ok}
    return None in accepted if read.addressee is None else bool(who.of([read.addressee]) & accepted)


def contribution(who: Names, gold: GoldContribution, read: Contribution) -> float:
    """1.0 where contributor, mission, kind, counts, status and measure are all right."""
    missions = {gold.mission} - {None}
    right = (
        who.of([read.mission]) == missions
        and (gold.what, gold.count, gold.status) == (read.what, read.count, read.status)
        and gold.measure in (None, read.measure)
        and gold.women in (None, read.women)
        and who.of([read.contributor]) == {gold.contributor}
    )
    return float(right)


def agreement(text: str, who: Names, gold: GoldAgreement, read: Agreement) -> float:
    """Parties (from a half of all named) plus overlap of the words, for kind and status."""
    if not (same_value(gold.kind, read.kind) and same_value(gold.status, read.status)):
        return 0.0
    sides, near = who.of(read.parties), place(text, gold, read)
    parties = max(_jaccard(set(accepted), sides) for accepted in (gold.parties, *gold.parties_ok))
    return parties + near if parties >= 0.5 and near > 0 else 0.0


def _dice(one: Collection[Any], other: set[str]) -> float:
    return 2 * len(set(one) & other) / (len(one) + len(other)) if one or other else 0.0


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0

"""The clauses of a sentence about peace operations: the cues and units on it, cut where a new tense begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TypeVar

from servanda.folding import fold
from servanda.lexicon import Hit, Lexicon
from servanda.read.page import Mention, Page, Sentence
from servanda.types import DateExpression
from servanda.vocabulary import ContributionRule, ContributionWords

VERBS = frozenset({"send", "go", "serve", "there", "returned", "decision", "pledge", "continue", "keep", "withdraw"})
WOMEN = 12  # code points between `trong đó có` and the women it counts
Standing = TypeVar("Standing", Mention, DateExpression)
SPLITS = frozenset({"past", "plan", "ready", "pledge", "continue", "fresh", "there", "part"})


@dataclass(slots=True)
class Cue:
    """A word of contributions in the text, typed."""

    start: int
    end: int
    entry: ContributionWords

    @property
    def role(self) -> str:
        return self.entry.role


@dataclass(slots=True)
class Clause:
    """A stretch of a sentence with one tense, and what stands on it; `before` are the sentence's cues up to its end."""

    start: int
    end: int
    sentence: Sentence
    cues: list[Cue] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    dates: list[DateExpression] = field(default_factory=list)
    before: list[Cue] = field(default_factory=list)

    def of(self, *roles: str) -> list[Cue]:
        """Its cues of the given roles, in order."""
        return [cue for cue in self.cues if cue.role in roles]


@dataclass(slots=True)
class Vocabulary:
    """The contribution words of a language: a lexicon of the cues, small words by role, patterns by role, the rules."""

    cues: Lexicon
    tokens: dict[str, tuple[str, ...]]
    patterns: dict[str, re.Pattern[str]]
    rules: tuple[ContributionRule, ...]


@cache
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The words and rules of a lexicon, compiled once."""
    entries = lexicon.entries("contributions", ContributionWords)
    cues = tuple(entry.model_copy(update={"words": (*entry.words, *entry.cues)}) for entry in entries)
    return Vocabulary(
        Lexicon(lexicon.language, {"cues": cues}),
        {entry.role: tuple(fold(token) for token in entry.tokens) for entry in entries if entry.tokens},
        {entry.role: re.compile(entry.pattern) for entry in entries if entry.pattern},
        lexicon.entries("contribution_rules", ContributionRule),
    )


def ends_with(page: Page, at: int, role: str, floor: int = 0) -> bool:
    """Whether a small word of a role stands right before an offset."""
    before = page.folded[max(floor, at - 24) : at].rstrip(' (:"')
    words = vocabulary(page.lexicon).tokens[role]
    return before.endswith(words) and any(f" {before}".endswith(f" {word}") for word in words)


def joins(page: Page, gap: str) -> bool:
    """Whether what stands between two words only joins them: a comma, or `và`."""
    return gap == ", " or gap.strip() in vocabulary(page.lexicon).tokens["and"]


def cues_in(page: Page, start: int, end: int) -> list[Cue]:
    """The cues of a stretch, in order; of overlapping ones the longest, and all that share its span."""
    lexicon = vocabulary(page.lexicon).cues
    hits = lexicon.scan(page.text[start:end], page.folded[start:end]).get("cues", [])
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end or (hit.start, hit.end) == (kept[-1].start, kept[-1].end):
            kept.append(hit)
    return [Cue(h.start + start, h.end + start, h.entry) for h in kept if isinstance(h.entry, ContributionWords)]


def clauses(page: Page, sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence that name a unit; one without joins the clause before it, or the next."""
    cues = cues_in(page, sentence.start, sentence.end)
    mentions = _standing(page.mentions, sentence)
    cues = [cue for cue in cues if not _inside_name(cue, mentions)]
    dates = _standing(page.dates, sentence)
    edges = [sentence.start, *_edges(page, cues), sentence.end]
    stretches = [(a, b) for a, b in pairwise(edges) if a < b]
    return [
        Clause(
            start,
            end,
            sentence,
            [c for c in cues if start <= c.start < end],
            [m for m in mentions if start <= m.start < end],
            [d for d in dates if start <= d.start < end],
            [c for c in cues if c.start < end],
        )
        for start, end in _joined(stretches, cues)
    ]


def _standing(found: list[Standing], sentence: Sentence) -> list[Standing]:
    """Those that start in a sentence, of a list in order of start."""
    low = bisect_left(found, sentence.start, key=lambda item: item.start)
    return found[low : bisect_left(found, sentence.end, lo=low, key=lambda item: item.start)]


def _inside_name(cue: Cue, mentions: list[Mention]) -> bool:
    """`Lê Hồng Quân`, `Phái bộ Huấn luyện`: a word of a name is no cue."""
    if cue.role not in ("unit", "course", "plan"):
        return False
    names = [
        m.name for m in mentions if m.name and (m.kind == "person" or (m.kind == "mission" and cue.role == "course"))
    ]
    return any(start <= cue.start and cue.end <= end for start, end in names)


def _edges(page: Page, cues: list[Cue]) -> list[int]:
    """Where a comma, a semicolon or `và` is followed by a cue that carries a tense."""
    found: list[int] = []
    women = [cue for cue in cues if cue.role == "women"]
    for cue in cues:
        before = page.folded[max(0, cue.start - 8) : cue.start].rstrip()
        if cue.role == "part" and any(0 <= w.start - cue.end <= WOMEN for w in women):
            continue
        if cue.role in SPLITS and (before.endswith((",", ";")) or ends_with(page, cue.start, "and")):
            found.append(cue.start)
    return sorted(set(found))


def _joined(stretches: list[tuple[int, int]], cues: list[Cue]) -> list[tuple[int, int]]:
    """Stretches that name a unit and what becomes of it; those that lack one of the two join their neighbours."""
    joined: list[tuple[int, int]] = []
    waiting: int | None = None
    for start, end in stretches:
        begin = start if waiting is None else waiting
        roles = {cue.role for cue in cues if begin <= cue.start < end}
        if "unit" in roles and roles & VERBS:
            joined.append((begin, end))
            waiting = None
        elif joined and waiting is None and "unit" not in roles:
            joined[-1] = (joined[-1][0], end)
        else:
            waiting = begin
    if waiting is not None:
        joined.append((waiting, stretches[-1][1]))
    return joined

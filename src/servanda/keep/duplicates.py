"""Story groups: copies and rewrites of one source text. Two reports of one event are not one story.

Texts that share a run of words are candidates; whether one was made from the other is decided by how much of both is
shared and by their headlines. Every figure is data (schema/stories.yaml) and every decision returns what it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, product

import numpy as np
from pydantic import BaseModel, ConfigDict

from servanda.datafile import schema_file
from servanda.folding import bare
from servanda.keep.shingles import held, once, runs, words
from servanda.keep.when import when
from servanda.tokens import Numbers

LOOKED_AT = 64  # pairs across two groups that are to be joined
WORD = re.compile(r"\w+")


class Bounds(BaseModel):
    """schema/stories.yaml: shares between 0 and 1, lengths in words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run: int
    sample: int
    keys: int
    runs: int
    part: float
    shingle: int
    shorter: float
    both: float
    brief: int
    both_brief: float
    headline: float
    any_headline: float
    worth: float
    group: float


@dataclass(slots=True)
class Text:
    """A text to be compared: where it stands, its headline and its words; `credited` where it names another source."""

    source: str
    text: str
    published: str | None = None
    credited: bool = False


@dataclass(slots=True, frozen=True)
class Likeness:
    """How alike two texts are: the share of the shorter, of both, and of the headlines' words; one story or not."""

    first: str
    second: str
    shorter: float
    both: float
    headline: float
    same: bool
    why: str


@dataclass(slots=True, frozen=True)
class Story:
    """Texts of one source: the one taken for the original and why, and the others."""

    original: str
    why: str
    copies: tuple[str, ...]

    @property
    def sources(self) -> list[str]:
        """All of them, the original first."""
        return [self.original, *self.copies]


@cache
def bounds() -> Bounds:
    """The data file, checked. Raises BadData."""
    return schema_file("stories.yaml", Bounds)


def stories(texts: Iterable[Text]) -> list[Story]:
    """Groups of two and more, in the order of their first text."""
    known = {text.source: text for text in texts}
    sources = list(known)
    pairs = [(sources[a], sources[b], shared) for a, b, shared in candidates(it.text for it in known.values())]
    groups = _Groups(_sketches({source: known[source].text for pair in pairs for source in pair[:2]}))
    for a, b, shared in pairs:
        groups.bring_together(a, b, shared)
    order = {source: place for place, source in enumerate(known)}
    found = [sorted(members, key=order.__getitem__) for members in groups.found()]
    return [_story([known[it] for it in members]) for members in sorted(found, key=lambda them: order[them[0]])]


def copied(texts: Iterable[Text], pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those pairs of these texts (by source) of which one was made from the other; each text taken apart once."""
    of = {text.source: text.text for text in texts}
    groups, own = _Groups(_sketches(of)), dict(zip(of, keys(of.values()), strict=True))
    parts = ((a, b, held(own[a], own[b]) / max(1, min(len(own[a]), len(own[b])))) for a, b in pairs)
    return {(a, b) for a, b, part in parts if part >= bounds().part and groups.are_copies(a, b, part)}


class _Groups:
    """Texts of one source, gathered pair by pair: who is like one and unlike the others stays out."""

    def __init__(self, sketches: dict[str, _Sketch]) -> None:
        self.sketches = sketches
        self.of: dict[str, list[str]] = {}

    def bring_together(self, a: str, b: str, shared: float) -> None:
        """Join the groups of two texts that share this part of their runs of words, where they are one story."""
        left, right = self.of.get(a, [a]), self.of.get(b, [b])
        if left is right or not self.are_copies(a, b, shared):
            return
        pairs = list(islice(product(left, right), LOOKED_AT))
        if sum(self._like(x, y).both for x, y in pairs) >= bounds().group * len(pairs):
            joined = left + right
            self.of |= dict.fromkeys(joined, joined)

    def are_copies(self, a: str, b: str, shared: float) -> bool:
        """Whether one of two texts that share this part of their runs was made from the other."""
        return self._may_be(a, b, shared) and self._like(a, b).same

    def found(self) -> list[list[str]]:
        """The groups of two and more."""
        return list({id(group): group for group in self.of.values()}.values())

    def _may_be(self, a: str, b: str, shared: float) -> bool:
        """Under two headlines only a copy that is nearly whole is one: not worth taking apart otherwise."""
        bound = bounds()
        return shared >= bound.worth or _headlines(self.sketches[a], self.sketches[b]) >= bound.headline

    def _like(self, a: str, b: str) -> Likeness:
        return _likeness(a, self.sketches[a], b, self.sketches[b])


class _Sketch:
    """A text as it is compared: its shingles and, from when they are first asked for, the words of its headline."""

    def __init__(self, text: str, words: Numbers) -> None:
        self.text = text
        self.length = len(words)
        self.shingles = np.sort(runs(words, bounds().shingle))

    @cached_property
    def headline(self) -> frozenset[str]:
        """The words of the first line, without accents."""
        return frozenset(WORD.findall(bare(self.text.lstrip().split("\n", 1)[0][:300])))


def _sketches(texts: Mapping[str, str]) -> dict[str, _Sketch]:
    return {at: _Sketch(text, own) for (at, text), own in zip(texts.items(), words(texts.values()), strict=True)}


def keys(texts: Iterable[str]) -> list[Numbers]:
    """What each text shares with its copies: the runs of words that begin at words of a certain number, as numbers.

    Each below 2⁶³, once and sorted, the same in every process and release of Python. A text of fewer words than a run
    has none.
    """
    return [once(_marked(own)) for own in words(texts)]


def _marked(words: Numbers) -> Numbers:
    """Of all runs one in so many, by their own number, and of a short text, one in fewer."""
    bound = bounds()
    one_in = min(bound.sample, 1 << (len(words) // bound.keys).bit_length())
    every = runs(words, bound.run)
    return every.compress(every & np.uint64(one_in - 1) == 0) >> np.uint64(1)


def candidates(texts: Iterable[str]) -> list[tuple[int, int, float]]:
    """Pairs (by place) that share enough runs of words, and the part of the fewer runs they share, the largest first.

    Each text is set beside the last two before it that have a run: copies follow one another so, and no formula that
    stands in a thousand texts makes a million pairs.
    """
    bound, own = bounds(), [_marked(of) for of in words(texts)]
    if not own:
        return []
    bits = np.uint64(len(own).bit_length())
    texts_of = np.repeat(np.arange(len(own), dtype=np.uint64), [len(it) for it in own])
    held = once(np.concatenate(own) << bits | texts_of)  # a run in its upper bits, who has it in its lower ones
    run, text = held >> bits, (held & np.uint64((1 << int(bits)) - 1)).astype(np.intp)
    beside = [(run[:-back] == run[back:]).nonzero()[0] for back in (1, 2)]
    met = np.concatenate([text[at] * len(own) + text[at + back] for back, at in enumerate(beside, 1)])
    pairs, shared = np.unique(met, return_counts=True)
    first, second = np.divmod(pairs, len(own))
    sizes = np.bincount(text, minlength=len(own))
    part = shared / np.minimum(sizes[first], sizes[second])
    enough = ((shared >= bound.runs) & (part >= bound.part)).nonzero()[0]
    found = enough[np.argsort(-part[enough], kind="stable")]
    return list(zip(first[found].tolist(), second[found].tolist(), part[found].tolist(), strict=True))


def likeness(a: Text, b: Text) -> Likeness:
    """Whether two texts are one story, and the shares that say so."""
    first, second = (_Sketch(it, own) for it, own in zip((a.text, b.text), words([a.text, b.text]), strict=True))
    return _likeness(a.source, first, b.source, second)


def _likeness(a: str, first: _Sketch, b: str, second: _Sketch) -> Likeness:
    bound = bounds()
    short, long = sorted((first, second), key=lambda sketch: sketch.length)
    of_short, of_long = held(short.shingles, long.shingles), held(long.shingles, short.shingles)
    shorter, total = of_short / max(1, len(short.shingles)), len(short.shingles) + len(long.shingles)
    both = (of_short + of_long) / max(1, total)
    headline = _headlines(first, second)
    needed = bound.both_brief if short.length < bound.brief else bound.both
    made = shorter >= bound.shorter and both >= needed and headline >= bound.headline
    why = f"{shorter:.0%} of the shorter and {both:.0%} of both shared, headlines {headline:.0%}"
    return Likeness(a, b, shorter, both, headline, made or both >= bound.any_headline, why)


def _headlines(first: _Sketch, second: _Sketch) -> float:
    """The part of the shorter headline's words that stand in the other."""
    fewest = min(len(first.headline), len(second.headline))
    return len(first.headline & second.headline) / fewest if fewest else 0.0


def _story(members: list[Text]) -> Story:
    first, why = original(members)
    return Story(first.source, why, tuple(m.source for m in members if m is not first))


def original(members: Sequence[Text]) -> tuple[Text, str]:
    """The text the others are taken to come from: the earliest, else one that credits nobody, else the fullest."""
    days = {m.source: day for m in members if (day := when(m.published)) and day.days == 1 and not day.yearless}
    if len(days) == len(members) and len({day.first for day in days.values()}) > 1:
        return min(members, key=lambda m: (days[m.source].first, -len(m.text))), "the earliest"
    own = [m for m in members if not m.credited]
    if own and len(own) < len(members):
        return max(own, key=lambda m: len(m.text)), "it credits no other source"
    return max(members, key=lambda m: len(m.text)), "the fullest"

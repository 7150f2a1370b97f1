"""Story groups: copies and rewrites of one source text. Two reports of one event are not one story.

Texts that share a run of words are candidates; whether one was made from the other is decided by how much of both is
shared and by their headlines. Every figure is data (schema/stories.yaml) and every decision returns what it rests on.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import combinations, compress
from pathlib import Path
from zlib import crc32

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from servanda.errors import BadData
from servanda.folding import bare, fold
from servanda.keep.when import when

FILE = Path(__file__).parents[1] / "schema" / "stories.yaml"
WORD = re.compile(r"\w+")


class Bounds(BaseModel):
    """schema/stories.yaml: shares between 0 and 1, lengths in words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run: int
    sample: int
    runs: int
    part: float
    common: int
    shingle: int
    shorter: float
    both: float
    brief: int
    both_brief: float
    headline: float
    any_headline: float


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
    try:
        return Bounds.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise BadData(f"{FILE.name}: {' '.join(str(error).split())}") from error


def stories(texts: Iterable[Text]) -> list[Story]:
    """Groups of two and more, in the order of their first text."""
    known = {text.source: text for text in texts}
    sketches = {source: _Sketch(text.text) for source, text in known.items()}
    group = {source: source for source in known}
    for a, b in candidates(sketches):
        if _find(group, a) != _find(group, b) and _likeness(a, sketches[a], b, sketches[b]).same:
            group[_find(group, b)] = _find(group, a)
    together: dict[str, list[Text]] = defaultdict(list)
    for source, text in known.items():
        together[_find(group, source)].append(text)
    return [_story(members) for members in together.values() if len(members) > 1]


class _Sketch:
    """A text and, from when it is first compared, its shingles and the words of its headline."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def shingles(self) -> list[int]:
        """Every run of three words as a number."""
        return _runs(WORD.findall(fold(self.text)), bounds().shingle)

    @property
    def length(self) -> int:
        """In words."""
        return len(self.shingles) + bounds().shingle - 1

    @cached_property
    def unique(self) -> frozenset[int]:
        """The shingles, each once."""
        return frozenset(self.shingles)

    @cached_property
    def headline(self) -> frozenset[str]:
        """The words of the first line, without accents."""
        return frozenset(WORD.findall(bare(self.text.lstrip().split("\n", 1)[0][:300])))


def keys(text: str) -> frozenset[int]:
    """What a text shares with its copies: the runs of words that begin at words of a certain hash, as numbers.

    The same in every process and release of Python. A text of fewer words than a run has none.
    """
    bound, words = bounds(), WORD.findall(fold(text))
    starts = compress(range(len(words) - bound.run + 1), map(_marked, words))
    return frozenset(crc32(" ".join(words[start : start + bound.run]).encode()) for start in starts)


@lru_cache(maxsize=1 << 17)
def _marked(word: str) -> bool:
    """Whether runs that begin with this word are looked at."""
    return _number(word) % bounds().sample == 0


@lru_cache(maxsize=1 << 17)
def _number(word: str) -> int:
    return crc32(word.encode())


def candidates(sketches: Mapping[str, _Sketch]) -> list[tuple[str, str]]:
    """Pairs that share enough runs of words, those that share most first."""
    bound = bounds()
    holders: dict[int, list[str]] = defaultdict(list)
    held: dict[str, int] = {}
    for source, sketch in sketches.items():
        found = keys(sketch.text)
        held[source] = len(found)
        for key in found:
            holders[key].append(source)
    shared: Counter[tuple[str, str]] = Counter()
    for sources in holders.values():
        if 1 < len(sources) <= bound.common:
            shared.update(combinations(sources, 2))
    enough = ((a, b) for (a, b), runs in shared.items() if runs >= max(bound.runs, bound.part * min(held[a], held[b])))
    return sorted(enough, key=lambda pair: -shared[pair])


def likeness(a: Text, b: Text) -> Likeness:
    """Whether two texts are one story, and the shares that say so."""
    return _likeness(a.source, _Sketch(a.text), b.source, _Sketch(b.text))


def _likeness(a: str, first: _Sketch, b: str, second: _Sketch) -> Likeness:
    bound = bounds()
    short, long = sorted((first, second), key=lambda sketch: sketch.length)
    of_short, of_long = _held(short, long), _held(long, short)
    shorter, total = of_short / max(1, len(short.shingles)), len(short.shingles) + len(long.shingles)
    both = (of_short + of_long) / max(1, total)
    fewest = min(len(first.headline), len(second.headline))
    headline = len(first.headline & second.headline) / fewest if fewest else 0.0
    needed = bound.both_brief if short.length < bound.brief else bound.both
    made = shorter >= bound.shorter and both >= needed and headline >= bound.headline
    why = f"{shorter:.0%} of the shorter and {both:.0%} of both shared, headlines {headline:.0%}"
    return Likeness(a, b, shorter, both, headline, made or both >= bound.any_headline, why)


def _held(some: _Sketch, other: _Sketch) -> int:
    shared = some.unique & other.unique
    return sum(map(shared.__contains__, some.shingles))


def _runs(words: Sequence[str], size: int) -> list[int]:
    """Every run of so many words as a number, the same in every process."""
    hashed = list(map(_number, words))
    runs = [0] * max(0, len(words) - size + 1)
    for place in range(size):
        runs = [(run * 1000003 + word) & 0xFFFFFFFFFFFF for run, word in zip(runs, hashed[place:], strict=False)]
    return runs


def _find(group: dict[str, str], source: str) -> str:
    while group[source] != source:
        group[source] = group[group[source]]
        source = group[source]
    return source


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

"""The page under reading: one document's text with what each stage found on it so far.

Stages are functions that take a Page and return what they found; `pipeline.read` puts it on the page. A stage uses
only what earlier stages left: clean, segment, find, dates, link, code.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from typing import TypeVar

from servanda.folding import fold
from servanda.lexicon import Hit, Lexicon, longest
from servanda.tokens import Tokens
from servanda.types import Actor, DateExpression, Document, Noise, Span

_START = attrgetter("start")
LETTER = re.compile(r"[^\W\d_]")
ENGLISH = re.compile(r"\b(?:the|of|and|with|for|that)\b")  # one word in seven of English, hardly one of bare Vietnamese
MARKED = re.compile("[À-ÖØ-öø-\u024f\u1e00-\u1eff]")


@dataclass(slots=True)
class Sentence:
    """A sentence or headline of the article. `quotes` are the spans of quoted speech that touch it.

    `turn` is "question" or "answer" in an interview, else None.
    """

    start: int
    end: int
    paragraph: int
    headline: bool = False
    quotes: tuple[Span, ...] = ()
    turn: str | None = None


@dataclass(slots=True)
class Mention:
    """A noun phrase that names actors. `start`..`end` spans the whole phrase with its titles; `name` the naming words.

    `kind`: person, state, organisation, mission, or `sides` (hai bên, hai nước: `actors` then holds both).
    `actors` is filled by link. `inside` is true where the phrase is part of a larger one (the state in a post).
    """

    start: int
    end: int
    kind: str
    name: Span | None = None
    actors: tuple[str, ...] = ()
    code: str | None = None
    posts: tuple[Span, ...] = ()
    inside: bool = False
    former: bool = False


@dataclass(slots=True)
class Refusal:
    """A rule that nearly fired on a span, and why it did not: kept only when someone asks for explanations."""

    rule: str
    start: int
    end: int
    why: str


@dataclass(slots=True)
class Page:
    """One document under reading; all offsets are into `text`.

    `grafted` is true where only a passage from another article is under reading, whose sides may be told elsewhere.
    """

    document: Document
    lexicon: Lexicon
    text: str
    folded: str
    hits: dict[str, list[Hit]]
    title: Span | None = None
    published: str | None = None
    grafted: bool = False
    noise: list[Noise] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    dates: list[DateExpression] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    refusals: list[Refusal] | None = None
    memo: dict[str, object] = field(default_factory=dict, repr=False)
    found: dict[str, list[Hit]] = field(default_factory=dict, repr=False)
    broken: dict[Span, list[Span]] = field(default_factory=dict, repr=False)
    _tokens: Tokens | None = field(default=None, repr=False)

    @property
    def tokens(self) -> Tokens:
        """Every word of the page, cut once."""
        if self._tokens is None:
            self._tokens = Tokens(self.text, self.folded)
        return self._tokens

    def refuse(self, rule: str, start: int, end: int, why: str) -> None:
        """Note that a rule did not fire here; costs nothing unless explanations were asked for."""
        if self.refusals is not None:
            self.refusals.append(Refusal(rule, start, end, why))

    def longest(self, file: str) -> list[Hit]:
        """The hits of one data file that do not overlap, leftmost and longest first; worked out once."""
        kept = self.found.get(file)
        if kept is None:
            kept = self.found[file] = list(longest(self.hits.get(file, ())))
        return kept

    def within(self, file: str, start: int, end: int) -> list[Hit]:
        """Those of `longest` that start inside a stretch of the text."""
        return between(self.longest(file), start, end)


Standing = TypeVar("Standing", Hit, Mention, DateExpression)


def between(found: list[Standing], start: int, end: int) -> list[Standing]:
    """Those of a list in order of start that start in a stretch of the text."""
    low = bisect_left(found, start, key=_START)
    return found[low : bisect_left(found, end, lo=low, key=_START)]


def open_page(document: Document, lexicon: Lexicon) -> Page:
    """A page with its folded text and every word of the lexicon on it."""
    text, folded = document.text, fold(document.text)
    hits = lexicon.scan(text, folded, without_accents=_lacks_accents(text))
    return Page(document, lexicon, text, folded, hits)


def _lacks_accents(text: str) -> bool:
    """Fewer than one letter in fifty has a mark, of which Vietnamese has one in four; nor is the page in English."""
    sample = text[:4000]
    marked = sum(1 for _ in islice(MARKED.finditer(sample), len(sample) // 50 + 1))
    if marked * 50 >= len(sample):
        return False
    letters = len(LETTER.findall(sample))
    return letters >= 80 and marked * 50 < letters and len(ENGLISH.findall(sample)) * 150 < letters

"""The words that bear on a cue, compiled once a lexicon: one pattern an effect, over folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from servanda.folding import BASES, TONE_PLACES
from servanda.lexicon import Lexicon
from servanda.read.page import Page
from servanda.vocabulary import EngagementContext

NEVER = re.compile(r"(?!)")
SAMPLE = 4000  # code points that show whether a page is written with accents


@dataclass(slots=True)
class Context:
    """What an effect (`planned`, `with`, `stop`) is told by in this language, with or without its accents."""

    bare: bool = False
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def __getitem__(self, effect: str) -> re.Pattern[str]:
        return self.patterns.get(effect, NEVER)

    def tells(self, effect: str, words: str) -> bool:
        """Whether these folded words tell the effect."""
        return self.patterns.get(effect, NEVER).search(words) is not None


def context_of(page: Page) -> Context:
    """The context words of the page's language, as the page writes them; compiled once."""
    return _context(page.lexicon, _unaccented(page.folded[:SAMPLE]))


@cache
def _context(lexicon: Lexicon, bare: bool) -> Context:
    sources: dict[str, list[str]] = {}
    for entry in lexicon.entries("engagement_context", EngagementContext):
        sources.setdefault(entry.effect, []).append(entry.pattern)
    return Context(bare, {effect: compiled("|".join(found), bare) for effect, found in sources.items()})


def _unaccented(words: str) -> bool:
    """Whether hardly a letter needs more than one byte: of Vietnamese with its accents every fourth does."""
    more = len(words.encode("utf-8", "surrogatepass")) - len(words)
    return len(words) >= 80 and more * 25 < len(words)


@cache
def compiled(source: str, bare: bool = False) -> re.Pattern[str]:
    """A pattern of a data file, compiled once; its tone marks are placed as in folded text, or all left out."""
    for old, new in TONE_PLACES:
        source = source.replace(old, new)
    return re.compile(source.translate(BASES) if bare else source)

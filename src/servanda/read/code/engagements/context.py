"""The words that bear on a cue, compiled once a lexicon: one pattern an effect, over folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from servanda.folding import TONE_PLACES
from servanda.lexicon import Lexicon
from servanda.vocabulary import EngagementContext

NEVER = re.compile(r"(?!)")
_known: WeakKeyDictionary[Lexicon, Context]


@dataclass(slots=True)
class Context:
    """What an effect (`planned`, `with`, `stop`) is told by in this language."""

    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def __getitem__(self, effect: str) -> re.Pattern[str]:
        return self.patterns.get(effect, NEVER)

    def tells(self, effect: str, words: str) -> bool:
        """Whether these folded words tell the effect."""
        return self.patterns.get(effect, NEVER).search(words) is not None


_known = WeakKeyDictionary()


def context_of(lexicon: Lexicon) -> Context:
    """The context words of a lexicon, compiled once."""
    context = _known.get(lexicon)
    if context is None:
        sources: dict[str, list[str]] = {}
        for entry in lexicon.entries("engagement_context", EngagementContext):
            sources.setdefault(entry.effect, []).append(entry.pattern)
        context = _known[lexicon] = Context({effect: compiled("|".join(found)) for effect, found in sources.items()})
    return context


_compiled: dict[str, re.Pattern[str]] = {}


def compiled(source: str) -> re.Pattern[str]:
    """A pattern of a data file, compiled once; its tone marks are placed as in folded text."""
    pattern = _compiled.get(source)
    if pattern is None:
        pattern = _compiled[source] = re.compile(place_tones(source))
    return pattern

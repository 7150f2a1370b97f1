"""Rewrites planted among articles: copies in which a fifth of the sentences is another's, and pairs judged exactly."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
WORD = re.compile(r"\w+")
CHANGED, EVERY, FEWEST = 0.2, 20, 5  # part of the sentences; every so many-th article; sentences of an article
ALIKE, SHINGLE = 0.3, 3  # share of the shorter's three-word shingles from which on a pair is rightly found


def planted(articles: Sequence[str], seed: int = 7) -> dict[int, str]:
    """Of every twentieth article a rewrite in which a fifth of the sentences stand in other articles."""
    chance = random.Random(seed)
    cut = {at: [s for s in SENTENCE.split(articles[at]) if s] for at in range(0, len(articles), EVERY)}
    others = [sentence for sentences in cut.values() for sentence in sentences if len(sentence) > 40]
    return {at: _rewritten(sentences, others, chance) for at, sentences in cut.items() if len(sentences) >= FEWEST}


def _rewritten(sentences: list[str], others: list[str], chance: random.Random) -> str:
    changed = list(sentences)
    for place in chance.sample(range(len(changed)), max(1, round(CHANGED * len(changed)))):
        changed[place] = chance.choice(others)
    return "\n".join(changed)


def alike(first: str, second: str) -> bool:
    """Whether three of ten different shingles of the shorter text stand in the other, every one counted."""
    one, other = _shingles(first), _shingles(second)
    return len(one & other) >= ALIKE * min(len(one), len(other))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}

"""Passages that two texts share word for word, however they are spaced, capitalised or accented."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.folding import bare

WORD = re.compile(r"\w+")
RUN = 6  # words that two texts hardly share by chance


@dataclass(slots=True, frozen=True)
class Shared:
    """The same words in both texts: offsets in code points, ends exclusive."""

    start: int
    end: int
    other_start: int
    other_end: int


def shared(text: str, other: str) -> list[Shared]:
    """The longest common runs of at least RUN words, in the order of the first text; each word in one run at most."""
    spans, words = _words(text)
    other_spans, other_words = _words(other)
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(other_words) - RUN + 1):
        places.setdefault(tuple(other_words[at : at + RUN]), []).append(at)
    found, at, free = [], 0, [True] * len(other_words)
    while at <= len(words) - RUN:
        there, length = _longest(words, at, other_words, places.get(tuple(words[at : at + RUN]), []), free)
        if not length:
            at += 1
            continue
        free[there : there + length] = [False] * length
        found.append(Shared(spans[at][0], spans[at + length - 1][1], other_spans[there][0],
                            other_spans[there + length - 1][1]))  # fmt: skip
        at += length
    return found


def _words(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    folded = bare(text)
    spans = [found.span() for found in WORD.finditer(folded)]
    return spans, [folded[start:end] for start, end in spans]


def _longest(words: list[str], at: int, other: list[str], places: list[int], free: list[bool]) -> tuple[int, int]:
    """Where the longest run from `at` stands in the other text, and how many words it has."""
    best = (0, 0)
    for there in places[:20]:
        length = 0
        while (at + length < len(words) and there + length < len(other) and free[there + length]
               and words[at + length] == other[there + length]):  # fmt: skip
            length += 1
        if length >= RUN and length > best[1]:
            best = (there, length)
    return best

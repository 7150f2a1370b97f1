"""Plain words set beside each other: what is proper to a name, and runs of words by which likenesses are found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from servanda.keep.match import weights


def runs(words: Sequence[str], length: int) -> list[str]:
    """So many words in a row; all of them where they are fewer."""
    return [" ".join(words[n : n + length]) for n in range(max(1, len(words) - length + 1))] if words else []


def own_words(name: str) -> list[str]:
    """The words of a plain name that are proper to it: not those of every conference."""
    return [word for word in name.split() if word not in common()]


@cache
def common() -> frozenset[str]:
    """Words that the names of all occasions share."""
    return frozenset(weights().common)

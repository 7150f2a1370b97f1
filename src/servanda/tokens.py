"""The words of a text as columns: where each starts and ends, and a number that stands for its letters.

The number of a word is a polynomial of its code points modulo 2**64, taken from one running sum over the text: the
numbers of all words cost a few operations on whole columns. Different words share a number as good as never; `Weighed`
finds the weights of many numbers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Codes: TypeAlias = NDArray[np.uint32]
Numbers: TypeAlias = NDArray[np.uint64]
Offsets: TypeAlias = NDArray[np.int64]

MARKS = '"?:;()'
BASE = 0x9E3779B97F4A7C11  # 1 modulo 16: what is in the four highest bits of a letter stays there in its word
BESIDE = np.uint64(0xD6E8FEB86659FD93)  # odd, else of no meaning
CHOICES = (np.uint64(0xA24BAED4963EE407), np.uint64(0x9FB21C651E98DF25))
EMPTY = 4  # slots for each number that is kept
SAMPLE, ASCII = 3000, 0x7F
FIGURE_ZERO, FIGURE_NINE = np.uint32(ord("0")), np.uint32(ord("9"))

_EACH = np.arange(0x110000, dtype=np.uint32)
_EACH[0xD800:0xE000] = 0  # halves of pairs are no letters
IS_CAPITAL, IS_LETTER = np.char.isupper(_EACH.view("U1")), np.char.isalpha(_EACH.view("U1"))
IS_WORD, IS_MARK = np.char.isalnum(_EACH.view("U1")), np.isin(_EACH, [*map(ord, MARKS)])
IS_WORD[ord("_")] = True


def codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


class Tokens:
    """The words of a text, and the marks among them that part clauses, in order.

    `starts` and `ends` are offsets in code points; `mark` tells where a mark stands, `capital` where the text itself,
    before it was folded, has a capital.
    """

    def __init__(self, text: str, folded: str) -> None:
        self._codes = codes(folded)
        word = np.zeros(len(folded) + 2, np.bool_)
        IS_WORD.take(self._codes, out=word[1:-1])
        mark, turns = IS_MARK.take(self._codes), word[1:] != word[:-1]
        self.starts: Offsets = np.flatnonzero(turns[:-1] & word[1:-1] | mark)
        self.ends: Offsets = np.flatnonzero(turns[1:] & word[1:-1] | mark) + 1
        self.mark = mark.take(self.starts)
        self.capital = IS_CAPITAL.take(codes(text).take(self.starts))

    @cached_property
    def accented(self) -> bool:
        """At least one letter in twelve has a mark or is none of ASCII's; judged by the beginning of the text."""
        sample = self._codes[:SAMPLE]
        letter = IS_LETTER.take(sample)
        marked = 12 * np.count_nonzero(letter & (sample > ASCII))
        return bool(marked >= len(sample) or marked >= np.count_nonzero(letter) > 0)

    @property
    def figures(self) -> Offsets:
        """Where a word begins with a figure."""
        first = self._codes.take(self.starts)
        return self.starts[(first >= FIGURE_ZERO) & (first <= FIGURE_NINE)]

    @cached_property
    def numbers(self) -> Numbers:
        """A number for each word, the same for the same letters."""
        return numbered(self._codes, self.starts, self.ends)

    @cached_property
    def rounded(self) -> Numbers:
        """As `numbers`, but with every figure a zero."""
        figures = np.flatnonzero((self._codes > FIGURE_ZERO) & (self._codes <= FIGURE_NINE))
        words = self.starts.searchsorted(figures, "right") - 1
        rising, falling = _powers(len(self._codes).bit_length())
        more = (self._codes.take(figures) - FIGURE_ZERO) * rising.take(figures) * falling.take(self.starts.take(words))
        found = self.numbers.copy()
        np.subtract.at(found, words, more)
        return found


def numbered(of: Codes | Numbers, starts: Offsets, ends: Offsets) -> Numbers:
    """A number for each of these stretches of letters, the same wherever it stands."""
    rising, falling = _powers(len(of).bit_length())
    sums = np.zeros(len(of) + 1, np.uint64)
    np.cumsum(of * rising[: len(of)], out=sums[1:])
    return (sums.take(ends) - sums.take(starts)) * falling.take(starts)


@cache
def _powers(bits: int) -> tuple[Numbers, Numbers]:
    """The powers of the base and of its inverse, one for every offset of a text of less than 2**bits code points."""
    bases = np.full((2, 1 << bits), [[BASE], [pow(BASE, -1, 1 << 64)]], np.uint64)
    bases[:, 0] = 1
    rising, falling = np.multiply.accumulate(bases, axis=1)
    return rising, falling


def numbers(words: Sequence[str]) -> Numbers:
    """The numbers of single words, as those of a text have them."""
    ends = np.cumsum([len(word) for word in words])
    return numbered(codes("".join(words)), np.concatenate([[0], ends[:-1]]), ends)


def beside(one: Numbers, two: Numbers) -> Numbers:
    """The numbers of pairs of words, or of a pair and a word."""
    return one * BESIDE + two


def again(of: Numbers) -> NDArray[np.bool_]:
    """Which of these numbers stand more than once."""
    order = of.argsort()
    same = np.zeros(len(of) + 1, np.bool_)
    np.equal(of[order[1:]], of[order[:-1]], out=same[1:-1])
    found = np.empty(len(of), np.bool_)
    found[order] = same[1:] | same[:-1]
    return found


def summed(of: NDArray[Any]) -> NDArray[Any]:
    """Running sums from 0 on: what a stretch sums up to is the difference of two of them."""
    sums = np.zeros(len(of) + 1, np.float64 if of.dtype == np.float64 else np.int64)
    of.cumsum(out=sums[1:])
    return sums


class Weighed:
    """The weights of numbers, each in one of two slots that the number itself tells."""

    def __init__(self, known: Numbers, weights: NDArray[np.float64]) -> None:
        """`known` holds no number twice."""
        bits = max(1, (EMPTY * len(known)).bit_length())
        self._shift, held = np.uint64(64 - bits), np.full(1 << bits, -1)
        moving, choice = np.arange(len(known)), np.zeros(len(known), np.int64)
        while len(moving):
            slots = np.choose(choice[moving], [self._slots(known[moving], by) for by in CHOICES])
            before, held[slots] = held[slots], moving
            moving = np.unique(np.concatenate([before[before >= 0], moving[held[slots] != moving]]))
            choice[moving] ^= 1
        self._held, self._weights = np.zeros(len(held), np.uint64), np.zeros(len(held))
        self._held[held >= 0], self._weights[held >= 0] = known[held[held >= 0]], weights[held[held >= 0]]

    def of(self, asked: Numbers) -> NDArray[np.float64]:
        """The weight of each number, 0 where none is known."""
        one, two = (self._slots(asked, by) for by in CHOICES)
        found: NDArray[np.float64] = self._weights.take(one) * (self._held.take(one) == asked)
        found += self._weights.take(two) * (self._held.take(two) == asked)
        return found

    def _slots(self, of: Numbers, by: np.uint64) -> Offsets:
        return (of * by >> self._shift).view(np.int64)

"""Words and runs of words as numbers, whole texts at once: equal where the words are, in every process and release.

A word is a run of letters and digits. Neither case nor the place of its tone mark counts (`Hoà`, `hòa`), nor whether
its letters are composed. Numbers have 64 bits, of which all are as good as random.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np

from servanda.tokens import BESIDE, Numbers, numbered

PIECE = 1 << 15  # units of UTF-16 taken at once: what a processor's caches hold
UNITS = 1 << 16
TONES = "\u0300\u0301\u0309\u0303\u0323"
TONE_BIT = 60  # of the four highest, which `numbered` moves by no place in a word
WORD = re.compile(r"\w")
SPACE = " ".encode("utf-16-le")


def words(texts: Iterable[str]) -> Iterator[Numbers]:
    """One number for each word of each text, in their order."""
    batch: list[bytes] = []
    size = 0
    for text in texts:
        encoded = unicodedata.normalize("NFC", text).encode("utf-16-le", "surrogatepass")
        if batch and size + len(encoded) > 2 * PIECE:
            yield from _words(batch)
            batch, size = [], 0
        batch.append(encoded)
        size += len(encoded) + len(SPACE)
    if batch:
        yield from _words(batch)


def runs(of: Numbers, length: int) -> Numbers:
    """A number for each run of so many of these words, in their order."""
    count = max(0, of.size - length + 1)
    found = of[:count].copy()
    for further in range(1, length):
        found *= BESIDE
        found += of[further : further + count]
    return found


def once(numbers: Numbers) -> Numbers:
    """These numbers sorted, each once."""
    found = np.sort(numbers)
    return found.compress(np.diff(found, prepend=~found[:1]) != 0)


def held(some: Numbers, other: Numbers) -> int:
    """How many of some sorted numbers stand among others, sorted too."""
    if not other.size:
        return 0
    places = other.searchsorted(some)
    np.minimum(places, other.size - 1, out=places)
    return int(np.count_nonzero(other.take(places) == some))


def _words(batch: Sequence[bytes]) -> list[Numbers]:
    """The same of a few texts, as UTF-16."""
    letters = _letters().take(np.frombuffer(SPACE + SPACE.join([*batch, b""]), "<u2"))
    inside = letters != 0
    turns = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    starts = turns[::2]
    found = _mixed(numbered(letters, starts, turns[1::2]))
    ends = np.cumsum([len(text) // 2 + 1 for text in batch[:-1]], dtype=np.intp)
    return np.split(found, starts.searchsorted(ends + 1))


def _mixed(numbers: Numbers) -> Numbers:
    """These numbers with every bit depending on all of theirs."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers ^= numbers >> np.uint64(shift)
        numbers *= np.uint64(factor)
    numbers ^= numbers >> np.uint64(31)
    return numbers


@cache
def _letters() -> Numbers:
    """A number for each unit of UTF-16: nothing between words; a letter's tone stands in the four highest bits."""
    folded = [_letter(chr(code)) for code in range(UNITS)]
    letters, tones = (np.array(column, np.uint64) for column in zip(*folded, strict=True))
    found = (_mixed(letters.copy()) >> np.uint64(64 - TONE_BIT)) | np.uint64(1)
    found += tones << np.uint64(TONE_BIT)
    found[letters == 0] = 0
    return found


def _letter(character: str) -> tuple[int, int]:
    """A letter's code without case and tone, and its tone; (0, 0) for what stands between words."""
    if "\ud800" <= character <= "\udfff":
        return ord(character), 0
    if not WORD.match(character):
        return 0, 0
    low = character.lower()
    if len(low) > 1 or not unicodedata.decomposition(low):
        return ord(low[0]), 0
    parts = unicodedata.normalize("NFD", low)
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    return ord(letter[0]), sum(TONES.index(part) + 1 for part in parts if part in TONES) % 16

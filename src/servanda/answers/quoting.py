"""Where words stand in whole texts, accents or not: as they were asked for one after the other, else close together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from servanda.folding import bare

if TYPE_CHECKING:
    from servanda.tokens import Codes

AROUND = 80  # code points shown before and after a hit
TRIED = 40  # places of one word that are compared
LATIN = 0x2100  # no letter beyond has two cases or an accent that anyone leaves out


def letters(text: str) -> str:
    """`folding.bare` of a whole text, letter by letter and therefore many times faster; as long as `text`."""
    from servanda.tokens import codes  # by numpy, which loads slowly: most questions search nothing

    return str(_bases().take(codes(text)).tobytes(), "utf-32-le", "replace")


@cache
def _bases() -> Codes:
    import numpy as np

    found = np.arange(0x110000, dtype="<u4")
    found[:LATIN] = [ord(bare(chr(code))) for code in range(LATIN)]
    found[0xD800:0xE000] = 0xFFFD
    return found


def place(text: str, words: Sequence[str]) -> tuple[int, int]:
    """Start and end (code points) of what of a text to show: where the words stand together, else most of them."""
    told = letters(text)
    at = next(_places(told, " ".join(words)), None)
    at = _closest(told, words) if at is None else at
    return max(0, at - AROUND), min(len(text), at + AROUND)


def _places(told: str, begun: str) -> Iterator[int]:
    """Where words begin so."""
    at = told.find(begun)
    while at >= 0:
        if not (at and told[at - 1].isalnum()):
            yield at
        at = told.find(begun, at + 1)


def _closest(told: str, words: Sequence[str]) -> int:
    """Where the longest word stands that has most of the others around it."""
    longest = max(words, key=len)
    others = [f" {word}" for word in words if word != longest]
    near = [
        (sum(it in told[max(0, at - AROUND) : at + AROUND] for it in others), -at)
        for at in islice(_places(told, longest), TRIED)
    ]
    return -max(near, default=(0, 0))[1]

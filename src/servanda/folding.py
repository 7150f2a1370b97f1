"""Folding: text made comparable without moving an offset. What comes out is as long as what went in."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

TONE_PLACES = [
    (a, b)
    for olds, news in (("oà oá oả oã oạ", "òa óa ỏa õa ọa"), ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
                       ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"))
    for a, b in zip(olds.split(), news.split(), strict=True)
]  # fmt: skip
MARKS = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "“": '"', "”": '"', "’": "'", "‘": "'", "\u00a0": " "})
MARKS |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # half a surrogate pair is no letter, and cannot be encoded


SHORT = 64  # code points: names and words, met again and again


def fold(text: str) -> str:
    """Lower case, one placement of tone marks, plain dashes, quotes and spaces; offset for offset."""
    return _fold_word(text) if len(text) <= SHORT else _fold(text)


def _fold(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return place_tones(low.translate(MARKS))


def place_tones(text: str) -> str:
    """`hoà` as `hòa`, in lower case: one placement of tone marks, also for the patterns of data files."""
    for old, new in TONE_PLACES:
        text = text.replace(old, new)
    return text


_fold_word = lru_cache(maxsize=1 << 15)(_fold)


def bare(text: str) -> str:
    """`fold` without any diacritics, as long as `text`: for pages written without accents."""
    return fold(text).translate(BASES)


class _Bases(dict[int, str]):
    """Each letter without its marks, worked out when first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = self[code] = "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
        return base


BASES = _Bases()

"""Folding: text made comparable without moving an offset. What comes out is as long as what went in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONE_PLACES = [
    (a, b)
    for olds, news in (("oà oá oả oã oạ", "òa óa ỏa õa ọa"), ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
                       ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"))
    for a, b in zip(olds.split(), news.split(), strict=True)
]  # fmt: skip
TONED = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")
PLACED = dict(TONE_PLACES)
MARKS = [
    ("–", "-"), ("—", "-"), ("‑", "-"), ("−", "-"), ("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'"), ("\u00a0", " "),
]  # fmt: skip
HALF_PAIR = re.compile(r"[\ud800-\udfff]")
SHORT = 64  # code points: names and words, met again and again


def fold(text: str) -> str:
    """Lower case, one placement of tone marks, plain dashes, quotes and spaces; offset for offset."""
    return _fold_word(text) if len(text) <= SHORT else _fold(text)


def _fold(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for old, new in MARKS:
        low = low.replace(old, new)
    return place_tones(low if _encodes(low) else HALF_PAIR.sub("\ufffd", low))


def _encodes(text: str) -> bool:
    """Whether no half of a surrogate pair is in the text."""
    try:
        text.encode("utf-16-le")  # the fastest
    except UnicodeEncodeError:
        return False
    return True


def place_tones(text: str) -> str:
    """`hoà` as `hòa`, in lower case: one placement of tone marks, also for the patterns of data files."""
    return TONED.sub(lambda match: PLACED[match.group()], text)


_fold_word = lru_cache(maxsize=1 << 15)(_fold)


def bare(text: str) -> str:
    """`fold` without any diacritics, as long as `text`: for pages written without accents."""
    return _bare_word(text) if len(text) <= SHORT else _bare(text)


def _bare(text: str) -> str:
    return fold(text).translate(BASES)


_bare_word = lru_cache(maxsize=1 << 15)(_bare)


class _Bases(dict[int, str]):
    """Each letter without its marks, worked out when first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = self[code] = "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
        return base


BASES = _Bases()

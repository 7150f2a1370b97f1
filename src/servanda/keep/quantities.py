"""Numbers as texts tell them: how many, of what, more or less, and since when; which words are such is data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from servanda.datafile import language_files, schema_file
from servanda.folding import fold
from servanda.keep.languages import together

DIGITS = r"(?<![\w.,/\-])(?:\d{1,3}(?:[.,]\d{3})+|\d{1,6})(?![\w/]|[.,\-]\d)"
WORD = re.compile(r"[^\W\d_]+|\d+|[.,;:()\"\n!?]")


class Words(BaseModel):
    """lang/<xx>/keeping/amounts.yaml: words as written, in lower case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    more: list[str]
    less: list[str]
    about: list[str]
    numerals: dict[str, int]
    times: dict[str, int]
    since: list[str]
    anyones: frozenset[str]


class Rules(Words):
    """schema/conflicts.yaml, and the words of all languages."""

    head: int
    alike: float
    close: float
    units: frozenset[str]
    near: int
    before: int
    apart: int
    shared: int
    share: float
    sentence: int


@dataclass(slots=True, frozen=True)
class Quantity:
    """A number in a text: `value`, `bound` (more, less, about), `head` (what it counts, in lower case words).

    `since` where it tells how long something has been; `start`..`end` are code points, from the bound to the head.
    """

    value: int
    bound: str | None
    head: tuple[str, ...]
    since: bool
    start: int
    end: int


@cache
def rules() -> Rules:
    """The data files, checked. Raises BadData."""
    words = together(language_files("amounts.yaml", Words).values())
    return schema_file("conflicts.yaml", Rules, **dict(words))


@cache
def _pattern() -> re.Pattern[str]:
    r = rules()
    bounds = "|".join(map(re.escape, (*r.more, *r.less, *r.about)))
    times = "|".join(map(re.escape, r.times))
    numerals = "|".join(map(re.escape, r.numerals))
    since = "|".join(map(re.escape, r.since))
    number = rf"(?P<digits>{DIGITS})|(?<!\w)(?P<word>{numerals})(?=\s+(?:{times})(?!\w))"
    return re.compile(rf"(?:(?<!\w)(?P<since>{since})\s+)?(?:(?<!\w)(?P<bound>{bounds})\s+)?(?:{number})")


def quantities(text: str) -> Iterator[Quantity]:
    """Every number of a text that counts something, in its order."""
    folded = fold(text)
    for found in _pattern().finditer(folded):
        head, end = _head(folded, found.end())
        if head:
            value = _value(found["digits"], found["word"])
            yield Quantity(value, _bound(found["bound"]), head, bool(found["since"]), found.start(), end)


def _head(text: str, at: int) -> tuple[tuple[str, ...], int]:
    words: list[str] = []
    end = at
    for word in WORD.finditer(text, at, at + 60):
        if not word.group()[0].isalpha() or len(words) == rules().head:
            break
        words.append(word.group())
        end = word.end()
    return tuple(words), end


def _value(digits: str | None, word: str | None) -> int:
    return int(re.sub(r"\D", "", digits)) if digits else rules().numerals[word or ""]


def _bound(word: str | None) -> str | None:
    r = rules()
    return next((name for name in ("more", "less", "about") if word in getattr(r, name)), None)

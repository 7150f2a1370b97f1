"""Numbers as texts tell them: how many, of what, more or less, and since when; which words are such is data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from servanda.datafile import language_files, schema_file
from servanda.folding import fold
from servanda.keep.languages import Plain, together
from servanda.keep.names import plain

DIGITS = r"(?<![\w.,/\-])(?:\d{1,3}(?:[.,]\d{3})+|\d{1,6})(?![\w/]|[.,\-]\d)"
DECIMAL = r"(?<![\w.,/\-])\d{1,4}[.,]\d{1,2}"
WORD = re.compile(r"[^\W\d_]+|\d+|[.,;:()\"\n!?]")


Folded = Annotated[str, AfterValidator(fold)]


class Words(BaseModel):
    """lang/<xx>/keeping/amounts.yaml: words as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    more: list[Folded]
    less: list[Folded]
    about: list[Folded]
    numerals: dict[Folded, int]
    times: dict[Folded, int]
    since: list[Folded]
    anyones: frozenset[Folded]
    scales: dict[Folded, int]
    measures: dict[Folded, str]
    alone: dict[Folded, Folded]
    like: dict[Folded, list[Folded]]
    growing: frozenset[Folded]
    members: frozenset[Folded]
    lasting: list[Folded]
    rows: list[Folded]
    ranking: dict[Folded, int]
    whole: frozenset[Folded]
    batches: list[Folded]
    clock: list[Folded]
    hours: list[Folded]
    minutes: list[Folded]
    closing: list[Folded]
    zones: list[Folded]
    naming: frozenset[Plain]
    small: frozenset[Folded]


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
    fewest: int
    mostly: float
    wholly: float
    words: int
    partly: float
    nearly: float
    few: int
    season: int
    compatible: float
    rounded: float
    beside: int

    @cached_property
    def plain_small(self) -> frozenset[str]:
        """The words that say nothing, without accents."""
        return frozenset(map(plain, self.small))

    @cached_property
    def one_name(self) -> dict[str, str]:
        """What is counted under several words, by each of them."""
        return {word: name for name, words in self.like.items() for word in words}


@dataclass(slots=True, frozen=True)
class Quantity:
    """A number in a text: `value`, `bound` (more, less, about), `head` (what it counts, in lower case words).

    `since` where it tells how long something has been, `lasting` where how long it takes; `row` the words before a
    number that says which one of a row something is (`khóa thứ 5`); `start`..`end` are code points, from the bound to
    the head.
    """

    value: float
    bound: str | None
    head: tuple[str, ...]
    since: bool
    start: int
    end: int
    lasting: bool = False
    row: str = ""


@cache
def rules() -> Rules:
    """The data files, checked. Raises BadData."""
    words = together(language_files("amounts.yaml", Words).values())
    return schema_file("conflicts.yaml", Rules, **dict(words))


@cache
def _pattern() -> re.Pattern[str]:
    r = rules()
    bounds, since, lasting = (_any(words) for words in ((*r.more, *r.less, *r.about), r.since, r.lasting))
    before = rf"(?:(?<!\w)(?:(?P<since>{since})|(?P<lasting>{lasting}))\s+)?"
    return re.compile(rf"{before}(?:(?<!\w)(?P<bound>{bounds})\s+)?(?:{_number().pattern})")


@cache
def _number() -> re.Pattern[str]:
    r = rules()
    measured = rf"(?=\s*(?:{_any((*r.scales, *r.measures))})(?!\w))"
    return re.compile(rf"(?P<decimal>{DECIMAL}){measured}|(?P<digits>{DIGITS})|"
                      rf"(?<!\w)(?P<word>{_any(r.numerals)})(?=\s+(?:{_any(r.times)})(?!\w))")  # fmt: skip


@cache
def _beginning() -> re.Pattern[str]:
    """What every number begins with, without looking behind it: found fast."""
    r = rules()
    return re.compile(rf"\d|(?:{_any(r.numerals)})(?=\s+(?:{_any(r.times)})(?!\w))")


@cache
def _longest() -> int:
    """Code points of the longest words before a number."""
    r = rules()
    return max(map(len, (*r.more, *r.less, *r.about, *r.since, *r.lasting)))


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


@cache
def _row_pattern() -> re.Pattern[str]:
    r = rules()
    named = "|".join(map(re.escape, r.ranking))
    rows = "|".join(map(re.escape, r.rows))
    row = rf"(?P<row>(?:{rows})(?:\s+[^\W\d_]+){{0,4}}?)(?:\s+lần)?"
    return re.compile(rf"(?<!\w){row}\s+thứ\s+(?:(?P<digits>\d{{1,3}})|(?P<word>{named}))(?!\w)")


def quantities(text: str) -> Iterator[Quantity]:
    """Every number of a text that counts something, in its order."""
    folded = fold(text)
    for found in _numbers(folded):
        head, end = _head(folded, found.end())
        if head:
            value = _value(found["digits"], found["word"], found["decimal"])
            since, lasting = bool(found["since"]), bool(found["lasting"])
            yield Quantity(value, _bound(found["bound"]), head, since, found.start(), end, lasting)


def _numbers(folded: str) -> Iterator[re.Match[str]]:
    """All that the pattern finds, tried only around what begins a number: most letters begin none."""
    begins, number, pattern, at, last = _beginning(), _number(), _pattern(), 0, 0
    while begun := begins.search(folded, at):
        place = begun.start()
        if number.match(folded, place) is None:
            at = place + 1
        elif found := pattern.search(folded, _back(folded, place, last)):
            yield found
            at = last = found.end()


def _back(folded: str, place: int, last: int) -> int:
    """Where two such words before a number may begin, after the end of what was found last."""
    for _ in range(2):
        while place > last and folded[place - 1].isspace():
            place -= 1
        place = max(last, place - _longest())
    return place


def rows(text: str) -> Iterator[Quantity]:
    """Every number of a text that says which one of a row something is."""
    for found in _row_pattern().finditer(fold(text)):
        value = int(found["digits"] or rules().ranking[found["word"]])
        row = " ".join(found["row"].split())
        yield Quantity(value, None, tuple(row.split()), False, found.start(), found.end(), row=row)


def _head(text: str, at: int) -> tuple[tuple[str, ...], int]:
    words: list[str] = []
    end = at
    for word in WORD.finditer(text, at, at + 60):
        if not word.group()[0].isalpha() or len(words) == rules().head:
            break
        words.append(word.group())
        end = word.end()
    return tuple(words), end


def _value(digits: str | None, word: str | None, decimal: str | None) -> float:
    if decimal:
        return float(decimal.replace(",", "."))
    return int(re.sub(r"\D", "", digits)) if digits else rules().numerals[word or ""]


def _bound(word: str | None) -> str | None:
    r = rules()
    return next((name for name in ("more", "less", "about") if word in getattr(r, name)), None)

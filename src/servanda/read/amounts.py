"""Amounts: whole numbers in figures (1.200; 20.600; 7,7 tỷ) and in words (mười hai, một trăm), with their spans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from servanda.folding import fold
from servanda.lexicon import Lexicon
from servanda.read.page import Page
from servanda.vocabulary import NumberWord

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]")
RANGE = re.compile(r"\s?-\s?(\d+(?:[.,]\d+)*)(?![\d/.-])")
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+$")


@dataclass(slots=True)
class Amount:
    """A number told in `start`..`end`. `value` is None for a range, whose ends are `low` and `high`."""

    start: int
    end: int
    value: int | None
    low: int
    high: int
    approx: bool = False


@dataclass(slots=True)
class _Words:
    digits: dict[str, int]
    scales: dict[str, int]
    glue: frozenset[str]
    approx: frozenset[str]


@cache
def _words(lexicon: Lexicon) -> _Words:
    entries = lexicon.entries("numbers", NumberWord)

    def values(role: str) -> dict[str, int]:
        return {fold(token): entry.value for entry in entries if entry.role == role for token in entry.tokens}

    return _Words(values("digit"), values("scale"), frozenset(values("glue")), frozenset(values("approx")))


def amounts(page: Page, start: int, end: int) -> list[Amount]:
    """Every number between two offsets, in order. A word that may be another (`năm`, a year) is still listed."""
    words, folded = _words(page.lexicon), page.folded
    found: list[Amount] = []
    tokens = list(TOKEN.finditer(folded, start, end))
    at = 0
    while at < len(tokens):
        first = tokens[at].group()
        if first not in words.digits and not first[0].isdigit():
            at += 1
            continue
        amount, after = _amount(tokens, at, words, folded)
        if amount:
            amount.approx = at > 0 and tokens[at - 1].group() in words.approx
            found.append(amount)
        at = max(after, at + 1)
    return found


def _amount(tokens: list[re.Match[str]], at: int, words: _Words, folded: str) -> tuple[Amount | None, int]:
    first = tokens[at]
    if first.group()[0].isdigit():
        return _figures(tokens, at, words, folded)
    total, part, place = 0, -1, at
    while place < len(tokens) and (place == at or _joined(tokens[place - 1], tokens[place], folded)):
        word = tokens[place].group()
        if word in words.digits and (part < 0 or part % 10 == 0):
            part = max(part, 0) + words.digits[word]
        elif word in words.scales and part > 0:
            total, part = _scaled(total, part, words.scales[word])
        elif word not in words.glue or place == at:
            break
        place += 1
    value = total + max(part, 0)
    if place == at or value == 0:
        return None, at
    return Amount(first.start(), tokens[place - 1].end(), value, value, value), place


def _scaled(total: int, part: int, scale: int) -> tuple[int, int]:
    """Tens and hundreds grow the part being told; thousands and more close it."""
    if scale < 100:
        return total, (part - part % 10 if part > 9 else 0) + (part % 10) * scale
    if scale == 100:
        return total, part * scale
    return total + part * scale, 0


def _joined(before: re.Match[str], after: re.Match[str], folded: str) -> bool:
    return folded[before.end() : after.start()] == " "


def _figures(tokens: list[re.Match[str]], at: int, words: _Words, folded: str) -> tuple[Amount | None, int]:
    first = tokens[at]
    low, end, after = _value(first.group()), first.end(), at + 1
    if low is None:
        return None, after
    high = low
    if match := RANGE.match(folded, end):
        other = _value(match.group(1))
        if other is not None and other > low:
            high, end = other, match.end()
            while after < len(tokens) and tokens[after].start() < end:
                after += 1
    if after < len(tokens) and tokens[after].group() in words.scales and folded[end : tokens[after].start()] == " ":
        scale = words.scales[tokens[after].group()]
        low, high, end, after = low * scale, high * scale, tokens[after].end(), after + 1
    whole = int(low) if low == high and low == int(low) else None
    return Amount(first.start(), end, whole, int(low), int(high)), after


def _value(figures: str) -> float | None:
    """`1.200` is 1200, `7,7` is 7.7; a number of eighteen figures or more is none."""
    plain = figures.replace(".", "") if THOUSANDS.match(figures) else figures.replace(",", ".")
    if plain.count(".") > 1 or len(plain) > 18:
        return None
    return float(plain)

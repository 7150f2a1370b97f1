"""Captions: a logistic model over the words of a unit and its place, trained by tools/train_captions.py.

Its weights are data of the language (`lang/<xx>/captions.json`): feature -> weight, read once. Prediction is a sum.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from itertools import islice, pairwise, repeat
from math import exp
from pathlib import Path

from servanda.lexicon import HERE
from servanda.read.clean.units import Unit
from servanda.read.page import Page

WORD = re.compile(r"\w+|[\"?:;()]")
LONGEST = 420
NAME = "C"  # stands for a word with a capital; the words themselves are folded
FOREIGN = re.compile(r"[^\x00-\x7f\W\d_]")


@cache
def weights(language: str, root: Path = HERE) -> dict[str, float]:
    """The trained weights of a language; none where it has no model."""
    path = root / "lang" / language / "captions.json"
    if not path.is_file():
        return {}
    loaded: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _accented(folded: str) -> bool:
    """At least one letter in twelve has a mark or is none of ASCII's: the model knows no other text."""
    sample = folded[:3000]
    marked = sum(1 for _ in islice(FOREIGN.finditer(sample), len(sample) // 12 + 1))
    return 12 * marked >= len(sample) or 12 * marked >= sum(map(str.isalpha, sample)) > 0


def _without_digits(folded: str) -> str:
    """Every digit as 0."""
    for digit in "123456789":
        folded = folded.replace(digit, "0")
    return folded


def _pairs(words: list[str]) -> list[str]:
    return [f"{word} {after}" for word, after in pairwise(words)]


class Sight:
    """What the model sees of a page's units: their words, names as names only, and the pairs that stand again."""

    def __init__(self, page: Page, units: list[Unit]) -> None:
        self.page, self.units = page, units
        self.model = weights(page.lexicon.language) if _accented(page.folded) else {}
        found = list(WORD.finditer(_without_digits(page.folded))) if self.model else []
        self.words = list(map(re.Match.group, found))
        self.starts = list(map(re.Match.start, found))
        self.seen = [
            NAME if page.text[start].isupper() else word for start, word in zip(self.starts, self.words, strict=True)
        ]
        self.pairs = _pairs(self.words)
        self.again = {pair for pair, count in Counter(self.pairs).items() if count > 1}

    def probability(self, index: int) -> float:
        """How likely a unit is a caption, from 0 to 1; 0 where it is too long or too short, or no model is there."""
        unit, model = self.units[index], self.model
        if not model or not 8 <= unit.words_end - unit.start <= LONGEST:
            return 0.0
        total = model.get("", 0.0) + sum(map(model.get, self.features(index), repeat(0.0)))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def features(self, index: int) -> list[str]:
        """The words of a unit without its names, its shape, its neighbours; never its credit or its full stop."""
        unit, text = self.units[index], self.page.text
        first, last = self._within(unit.start, unit.words_end)
        low = self.words[first:last]
        seen = ["^", *low[:2], *self.seen[first + 2 : last], "$"]
        found = [pair for pair, word in zip(_pairs(seen), seen[1:], strict=True) if word != NAME]
        found += [word for word in seen[1:-1] if word != NAME]
        capitals = seen.count(NAME)
        size = max(1, len(low))
        commas = min(text.count(",", unit.start, unit.words_end), 3)
        found += f"#words {min(size // 4, 12)}", f"#capitals {8 * capitals // size}", f"#commas {commas}"
        told = sum(map(self.again.__contains__, self.pairs[first : max(first, last - 1)]))
        found.append(f"#again {5 * told // max(1, size - 1)} {min(size // 8, 4)}")
        found.append(f"#place {'f' if unit.first else ''}{'l' if unit.last else ''}")
        self._beside(found, "#next", index + 1, low[:2])
        self._beside(found, "#previous", index - 1, low[:2])
        return found

    def _within(self, start: int, end: int) -> tuple[int, int]:
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def _beside(self, found: list[str], name: str, index: int, opening: list[str]) -> None:
        """How the unit beside starts, and whether with the same two words."""
        if 0 <= index < len(self.units):
            at = bisect_left(self.starts, self.units[index].start)
            other = self.words[at : at + 2]
            if other == opening:
                found.append(f"{name} starts so")
            found.append(f"{name} {other[0] if other else ''}")

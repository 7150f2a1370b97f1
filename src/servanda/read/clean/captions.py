"""Captions: a logistic model over the words of a unit and its place, trained by tools/train_captions.py.

Its weights are data of the language (`lang/<xx>/captions.json`): feature -> weight, read once. Prediction is a sum.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from itertools import pairwise
from math import exp
from pathlib import Path

from servanda.lexicon import HERE
from servanda.read.clean.units import Unit
from servanda.read.page import Page

WORD = re.compile(r"\w+|[\"?:;()]")
LONGEST = 420
DIGITS = str.maketrans("123456789", "000000000")


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
    letters = sum(map(str.isalpha, sample))
    return 12 * sum(1 for c in sample if c > "\x7f" and c.isalpha()) >= letters > 0


class Sight:
    """What the model sees of a page's units: their words and how often each pair of words stands on the page."""

    def __init__(self, page: Page, units: list[Unit]) -> None:
        self.page, self.units = page, units
        self.model = weights(page.lexicon.language) if _accented(page.folded) else {}
        found = list(WORD.finditer(page.folded.translate(DIGITS))) if self.model else []
        self.words = [match.group() for match in found]
        self.starts = [match.start() for match in found]
        self.pairs = Counter(pairwise(self.words))

    def probability(self, index: int) -> float:
        """How likely a unit is a caption, from 0 to 1; 0 where it is too long or too short, or no model is there."""
        unit, model = self.units[index], self.model
        if not model or not 8 <= unit.words_end - unit.start <= LONGEST:
            return 0.0
        total = model.get("", 0.0) + sum(model[feature] for feature in self.features(index) if feature in model)
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def features(self, index: int) -> list[str]:
        """The words of a unit without its names, its shape, its neighbours; never its credit or its full stop."""
        unit, text = self.units[index], self.page.text
        first, last = self._within(unit.start, unit.words_end)
        low = self.words[first:last]
        found: list[str] = []
        before, capitals = "^", 0
        for position, word in enumerate(low):
            if position > 1 and text[self.starts[first + position]].isupper():
                capitals += 1
                before = "C"
                continue
            found += word, before + " " + word
            before = word
        size = max(1, len(low))
        commas = min(text.count(",", unit.start, unit.words_end), 3)
        found += f"{before} $", f"#words {min(size // 4, 12)}", f"#capitals {8 * capitals // size}", f"#commas {commas}"
        told = sum([self.pairs[pair] > 1 for pair in pairwise(low)])
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

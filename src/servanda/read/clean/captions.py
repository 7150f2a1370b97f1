"""Captions: a logistic model over the words of a unit and its place, trained by tools/train_captions.py.

Its weights are data of the language (`lang/<xx>/captions.json`): feature -> weight, read once. Prediction is a sum.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import exp
from pathlib import Path

from servanda.lexicon import HERE, Lexicon
from servanda.read.clean.units import Unit
from servanda.read.page import Page

WORD = re.compile(r"\w+|[“”\"?:;()]")
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


class Sight:
    """What the model sees of a page's units: their words and how often each pair of words stands on the page."""

    def __init__(self, page: Page, units: list[Unit]) -> None:
        self.page, self.units = page, units
        self.model = weights(page.lexicon.language)
        self.pairs = Counter(pairwise(WORD.findall(page.folded))) if self.model else Counter()

    def probability(self, index: int) -> float:
        """How likely a unit is a caption, from 0 to 1; 0 where it is too long or too short, or no model is there."""
        unit, model = self.units[index], self.model
        if not model or not 8 <= unit.words_end - unit.start <= LONGEST:
            return 0.0
        get = model.get
        total = sum([get(feature, 0.0) for feature in self.features(index)], get("", 0.0))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def features(self, index: int) -> Iterator[str]:
        """The words of a unit without its names, its shape, its neighbours; never its credit or its full stop."""
        unit = self.units[index]
        text = self.page.text[unit.start : unit.words_end].rstrip(" .")
        shown = WORD.findall(text)
        low = [word.lower().translate(DIGITS) for word in shown]
        before, capitals = "^", 0
        for position, word in enumerate(low):
            if position > 1 and shown[position][0].isupper():
                capitals += 1
                before = "C"
                continue
            yield word
            yield f"{before} {word}"
            before = word
        yield f"{before} $"
        yield f"#words {min(len(low) // 4, 12)}"
        yield f"#capitals {int(8 * capitals / max(1, len(low)))}"
        yield f"#commas {min(text.count(','), 3)}"
        yield from self._place(index, low)
        yield from self._again(unit)

    def _place(self, index: int, low: list[str]) -> Iterator[str]:
        unit, page = self.units[index], self.page
        yield f"#place {'f' if unit.first else ''}{'l' if unit.last else ''}"
        opening = " ".join(low[:2])
        for name, near in (("next", index + 1), ("previous", index - 1)):
            if 0 <= near < len(self.units):
                other = page.folded[self.units[near].start : self.units[near].start + 60]
                if other.startswith(opening):
                    yield f"#{name} starts so"
                yield f"#{name} {other.split(' ', 1)[0]}"

    def _again(self, unit: Unit) -> Iterator[str]:
        """How much of the unit is said elsewhere on the page too."""
        pairs = list(pairwise(WORD.findall(self.page.folded, unit.start, unit.words_end)))
        if pairs:
            told = sum(self.pairs[pair] > 1 for pair in pairs) / len(pairs)
            yield f"#again {int(5 * told)} {min(len(pairs) // 8, 4)}"

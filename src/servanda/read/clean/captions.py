"""Captions: a logistic model over the words of a unit and its place, trained by tools/train_captions.py.

Its weights are data of the language (`lang/<xx>/captions.json`): feature -> weight, read once. Prediction is a sum.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise, repeat
from math import exp
from pathlib import Path

from servanda.lexicon import HERE
from servanda.read.clean.units import Unit
from servanda.read.page import Page

LONGEST = 420
NAME = "C"  # stands for a word with a capital; the words themselves are folded
OPENS, CLOSES = "^", "$"
FOREIGN = re.compile(r"[^\x00-\x7f\W\d_]")
ZEROS = str.maketrans("123456789", "000000000")


@dataclass(slots=True)
class Model:
    """The trained weights: of single words, of words side by side, and of what else is seen of a unit by its name."""

    words: dict[str, float]
    pairs: dict[tuple[str, str], float]
    shape: dict[str, float]
    bias: float


@cache
def weights(language: str, root: Path = HERE) -> Model | None:
    """The trained weights of a language; None where it has no model."""
    path = root / "lang" / language / "captions.json"
    if not path.is_file():
        return None
    told: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    model = Model({}, {}, {}, told.pop("", 0.0))
    for name, weight in told.items():
        one, _, two = name.partition(" ")
        if one.startswith("#"):
            model.shape[name] = weight
        elif two:
            model.pairs[one, two] = weight
        else:
            model.words[name] = weight
    return model


def _accented(folded: str) -> bool:
    """At least one letter in twelve has a mark or is none of ASCII's: the model knows no other text."""
    sample = folded[:3000]
    marked = sum(1 for _ in islice(FOREIGN.finditer(sample), len(sample) // 12 + 1))
    return 12 * marked >= len(sample) or 12 * marked >= sum(map(str.isalpha, sample)) > 0


class Sight:
    """What the model sees of a page's units: their words, names as names only, and the pairs that stand again.

    Each word and pair of the page is weighed once; a unit sums up its own.
    """

    def __init__(self, page: Page, units: list[Unit]) -> None:
        self.page, self.units = page, units
        accented = _accented(page.folded)
        self.model = weights(page.lexicon.language) if accented else None
        self.starts, words = page.words if accented else ([], [])
        self.words = [word if word.isalpha() else word.translate(ZEROS) for word in words]
        self.seen = [
            NAME if page.text[start].isupper() else word for start, word in zip(self.starts, self.words, strict=True)
        ]
        pairs = list(pairwise(self.words))
        self.again = list(map((1).__lt__, map(Counter(pairs).__getitem__, pairs)))
        if self.model:
            self.of_words = list(map(self.model.words.get, self.seen, repeat(0.0)))
            self.of_pairs = list(map(self.model.pairs.get, pairwise(self.seen), repeat(0.0)))

    def probability(self, index: int) -> float:
        """How likely a unit is a caption, from 0 to 1; 0 where it is too long or too short, or no model is there."""
        unit, model = self.units[index], self.model
        if not model or not 8 <= unit.words_end - unit.start <= LONGEST:
            return 0.0
        total = model.bias + self._of_words(index, model) + sum(map(model.shape.get, self.shape(index), repeat(0.0)))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def features(self, index: int) -> list[str]:
        """The words of a unit without its names, its shape, its neighbours; never its credit or its full stop."""
        first, last = self._within(index)
        inner = min(first + 2, last)
        seen = [OPENS, *self.words[first:inner], *self.seen[inner:last], CLOSES]
        pairs = [f"{word} {after}" for word, after in pairwise(seen) if after != NAME]
        return [*pairs, *(word for word in seen[1:-1] if word != NAME), *self.shape(index)]

    def _of_words(self, index: int, model: Model) -> float:
        """The weight of a unit's words and pairs: its first two words count as such even where they are names."""
        first, last = self._within(index)
        inner = min(first + 2, last)
        edge = [OPENS, *self.words[first:inner], self.seen[inner] if inner < last else CLOSES]
        total = sum(self.of_words[inner:last]) + sum(self.of_pairs[inner : last - 1])
        for word, after in pairwise(edge):
            total += model.words.get(word, 0.0) + model.pairs.get((word, after), 0.0)
        return total + (model.pairs.get((self.seen[last - 1], CLOSES), 0.0) if inner < last else 0.0)

    def shape(self, index: int) -> list[str]:
        """What is seen of a unit beside its words: its size, names, commas, place and neighbours."""
        unit, text = self.units[index], self.page.text
        first, last = self._within(index)
        size = max(1, last - first)
        capitals = self.seen[first + 2 : last].count(NAME)
        commas = min(text.count(",", unit.start, unit.words_end), 3)
        found = [f"#words {min(size // 4, 12)}", f"#capitals {8 * capitals // size}", f"#commas {commas}"]
        told = sum(self.again[first : max(first, last - 1)])
        found.append(f"#again {5 * told // max(1, size - 1)} {min(size // 8, 4)}")
        found.append(f"#place {'f' if unit.first else ''}{'l' if unit.last else ''}")
        opening = self.words[first : min(first + 2, last)]
        self._beside(found, "#next", index + 1, opening)
        self._beside(found, "#previous", index - 1, opening)
        return found

    def _within(self, index: int) -> tuple[int, int]:
        unit = self.units[index]
        return bisect_left(self.starts, unit.start), bisect_left(self.starts, unit.words_end)

    def _beside(self, found: list[str], name: str, index: int, opening: list[str]) -> None:
        """How the unit beside starts, and whether with the same two words."""
        if 0 <= index < len(self.units):
            at = bisect_left(self.starts, self.units[index].start)
            other = self.words[at : at + 2]
            if other == opening:
                found.append(f"{name} starts so")
            found.append(f"{name} {other[0] if other else ''}")

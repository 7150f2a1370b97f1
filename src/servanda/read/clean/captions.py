"""Captions: a logistic model over the words of a unit and its place, trained by tools/train_captions.py.

Its weights are data of the language (`lang/<xx>/captions.json`): feature -> weight, read once. Prediction is a sum.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, repeat
from math import exp
from pathlib import Path

import numpy as np

from servanda.lexicon import HERE
from servanda.read.clean.units import Unit
from servanda.read.page import Page
from servanda.tokens import Weighed, again, beside, numbers, summed
from servanda.types import Span

LONGEST = 420
NAME = "C"  # stands for a word with a capital; the words themselves are folded
NAME_NUMBER = numbers([NAME])
OPENS, CLOSES = "^", "$"
ZEROS = str.maketrans("123456789", "000000000")


@dataclass(slots=True)
class Model:
    """The trained weights: of words and of words side by side, by name and by number, and of a unit's shape by name."""

    words: dict[str, float]
    pairs: dict[tuple[str, str], float]
    shape: dict[str, float]
    bias: float
    weighed: Weighed


@cache
def weights(language: str, root: Path = HERE) -> Model | None:
    """The trained weights of a language; None where it has no model."""
    path = root / "lang" / language / "captions.json"
    if not path.is_file():
        return None
    told: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    bias = told.pop("", 0.0)
    shape = {name: told.pop(name) for name in [*told] if name.startswith("#")}
    words = {name: weight for name, weight in told.items() if " " not in name}
    pairs = {(one, two): told[f"{one} {two}"] for one, two in (name.split(" ") for name in told if " " in name)}
    known = [numbers([*words]), beside(numbers([one for one, _ in pairs]), numbers([two for _, two in pairs]))]
    weighed = Weighed(np.concatenate(known), np.array([*words.values(), *pairs.values()]))
    return Model(words, pairs, shape, bias, weighed)


class Sight:
    """What the model sees of a page's units: their words, names as names only, and the pairs that stand again.

    Each word and pair of the page is weighed once, all together; a unit sums up its own.
    """

    def __init__(self, page: Page, units: list[Unit]) -> None:
        self.page, self.units, tokens = page, units, page.tokens
        self.model = weights(page.lexicon.language) if tokens.accented else None
        self.starts: list[int] = tokens.starts.tolist() if tokens.accented else []
        self.ends: list[int] = tokens.ends.tolist()
        self.capital, words = tokens.capital, tokens.rounded
        self.names = summed(tokens.capital)
        self.again = summed(again(beside(words[:-1], words[1:])))
        self._openings: dict[Span, list[str]] = {}
        if self.model:
            seen = np.where(tokens.capital, NAME_NUMBER, words)
            weighed = self.model.weighed.of(np.concatenate([seen, beside(seen[:-1], seen[1:])]))
            self.of_words, self.of_pairs = summed(weighed[: len(seen)]), summed(weighed[len(seen) :])

    def probability(self, index: int) -> float:
        """How likely a unit is a caption, from 0 to 1; 0 where it is too long or too short, or no model is there."""
        unit, model = self.units[index], self.model
        if not model or not 8 <= unit.words_end - unit.start <= LONGEST:
            return 0.0
        first, last = self._within(unit)
        total = model.bias + self._of_words(first, last, model)
        total += sum(map(model.shape.get, self._shape(index, first, last), repeat(0.0)))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def features(self, index: int) -> list[str]:
        """The words of a unit without its names, its shape, its neighbours; never its credit or its full stop."""
        first, last = self._within(self.units[index])
        inner = min(first + 2, last)
        seen = [OPENS, *self._opening(first, inner), *map(self._seen, range(inner, last)), CLOSES]
        pairs = [f"{word} {after}" for word, after in pairwise(seen) if after != NAME]
        return [*pairs, *(word for word in seen[1:-1] if word != NAME), *self._shape(index, first, last)]

    def _of_words(self, first: int, last: int, model: Model) -> float:
        """The weight of words and pairs: the first two words count as such even where they are names."""
        inner = min(first + 2, last)
        edge = (OPENS, *self._opening(first, inner), self._seen(inner) if inner < last else CLOSES)
        total = sum(model.words.get(word, 0.0) + model.pairs.get((word, after), 0.0) for word, after in pairwise(edge))
        if inner == last:
            return total
        total += self.of_words[last] - self.of_words[inner] + self.of_pairs[last - 1] - self.of_pairs[inner]
        return total + model.pairs.get((self._seen(last - 1), CLOSES), 0.0)

    def _shape(self, index: int, first: int, last: int) -> list[str]:
        """What is seen of a unit beside its words: its size, names, commas, place and neighbours."""
        unit, inner = self.units[index], min(first + 2, last)
        size = max(1, last - first)
        capitals = self.names[last] - self.names[inner]
        commas = min(self.page.text.count(",", unit.start, unit.words_end), 3)
        told = self.again[last - 1] - self.again[first] if inner > first + 1 else 0
        return [
            f"#words {min(size // 4, 12)}",
            f"#capitals {int(8 * capitals // size)}",
            f"#commas {commas}",
            f"#again {int(5 * told // max(1, size - 1))} {min(size // 8, 4)}",
            f"#place {'f' if unit.first else ''}{'l' if unit.last else ''}",
            *self._beside("#next", index + 1, self._opening(first, inner)),
            *self._beside("#previous", index - 1, self._opening(first, inner)),
        ]

    def _within(self, unit: Unit) -> tuple[int, int]:
        first = bisect_left(self.starts, unit.start)
        return first, bisect_left(self.starts, unit.words_end, first)

    def _beside(self, name: str, index: int, opening: list[str]) -> list[str]:
        """How the unit beside starts, and whether with the same two words."""
        if not 0 <= index < len(self.units):
            return []
        at = bisect_left(self.starts, self.units[index].start)
        other = self._opening(at, min(at + 2, len(self.starts)))
        starts = f"{name} {other[0] if other else ''}"
        return [f"{name} starts so", starts] if other == opening else [starts]

    def _opening(self, first: int, last: int) -> list[str]:
        """The words of a stretch, every figure a zero; cut once."""
        found = self._openings.get((first, last))
        if found is None:
            folded = self.page.folded
            words = (folded[self.starts[at] : self.ends[at]] for at in range(first, last))
            found = [word if word.isalpha() else word.translate(ZEROS) for word in words]
            self._openings[first, last] = found
        return found

    def _seen(self, at: int) -> str:
        return NAME if self.capital[at] else self._opening(at, at + 1)[0]

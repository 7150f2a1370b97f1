"""Captions: a logistic model over the words of a unit and its place, trained by tools/train_captions.py.

Its weights are data of the language (`lang/<xx>/captions.json`): feature -> weight, read once. Prediction is a sum.
`Sight.features` says what is weighed, name by name; the units of a page are weighed all at once, by number: a name is
one word, or two parts side by side as a pair of words is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from servanda.read.clean.units import Unit
from servanda.read.likelihood import logistic, weights
from servanda.read.page import Page
from servanda.tokens import Numbers, Offsets, Weighed, again, beside, numbers, summed

LONGEST = 420
NAME = "C"  # stands for a word with a capital; the words themselves are folded
OPENS, CLOSES = "^", "$"
ZEROS = str.maketrans("123456789", "000000000")
SIZES, SIZE_OF, NAMED, COMMAS = 12, 4, 8, 3
AGAIN, AGAIN_OF, LONG = 5, 8, 4
NAME_NUMBER, OPENS_NUMBER, CLOSES_NUMBER, SO = (numbers([part]) for part in (NAME, OPENS, CLOSES, "starts so"))
NOTHING, NOBODY = numbers([""]), numbers(["#"])


def _told(name: str, values: Iterable[object]) -> Numbers:
    """The numbers of what is told of a unit, by value."""
    return beside(numbers([name]), numbers([str(value) for value in values]))


OF_SIZE, OF_NAMES, OF_COMMAS = (
    _told(name, range(most + 1)) for name, most in (("#words", SIZES), ("#capitals", NAMED), ("#commas", COMMAS))
)
OF_AGAIN = _told("#again", (f"{told} {size}" for told in range(AGAIN + 1) for size in range(LONG + 1)))
OF_PLACE = _told("#place", ("", "f", "l", "fl"))
NEXT, PREVIOUS = numbers(["#next"]), numbers(["#previous"])


@dataclass(slots=True)
class Model:
    """The trained weights, by name and by number; the bias weighs always."""

    weights: dict[str, float]
    weighed: Weighed
    bias: float


@cache
def model_of(language: str) -> Model | None:
    """The model of a language; None where it has none."""
    told = {name: weight for name, weight in weights(language, "captions").items() if name}
    bias = weights(language, "captions").get("", 0.0)
    return Model(told, Weighed(_numbers([*told]), np.array([*told.values()], np.float64)), bias) if told else None


def _numbers(names: Sequence[str]) -> Numbers:
    """The numbers of features."""
    parts = [name.partition(" ") for name in names]
    one, two = numbers([part[0] for part in parts]), numbers([part[2] for part in parts])
    return np.where([part[1] == " " for part in parts], beside(one, two), one)


class Sight:
    """What the model sees of a page's units: their words, names as names only, and the pairs that stand again."""

    def __init__(self, page: Page, units: list[Unit]) -> None:
        self.page, self.units, self.tokens = page, units, page.tokens
        self.model = model_of(page.lexicon.language) if self.tokens.accented else None
        self.starts = [unit.start for unit in units]
        self.words = np.concatenate([self.tokens.rounded, NOTHING, NOTHING])
        self.names = summed(self.tokens.capital)
        self.again = summed(again(beside(self.words[:-1], self.words[1:])))
        self.totals = self._weigh(self.model) if self.model and units else []

    def probability(self, index: int) -> float:
        """How likely a unit is a caption, from 0 to 1; 0 where it is too long or too short, or no model is there."""
        unit, model = self.units[index], self.model
        if not model or not 8 <= unit.words_end - unit.start <= LONGEST:
            return 0.0
        if self._as_cut(index):
            return logistic(self.totals[index])
        return logistic(model.bias + sum([model.weights.get(name, 0.0) for name in self.features(index)]))

    def _as_cut(self, index: int) -> bool:
        """Whether a unit and those beside it start where they did when all were weighed."""
        for near in range(max(0, index - 1), min(index + 2, len(self.units))):
            if self.units[near].start != self.starts[near]:
                return False
        return True

    def features(self, index: int) -> list[str]:
        """The words of a unit without its names, its shape, its neighbours; never its credit or its full stop.

        Its first two words count as such even where they are names.
        """
        first, last = self._within(index)
        words, inner = self._words(first, last), min(first + 2, last)
        capital = self.tokens.capital[inner:last].tolist()
        seen = [NAME if name else word for name, word in zip(capital, words[2:], strict=True)]
        seen = [OPENS, *words[:2], *seen, CLOSES]
        pairs = [f"{word} {after}" for word, after in pairwise(seen) if after != NAME]
        return [*pairs, *(word for word in seen[1:-1] if word != NAME), *self._shape(index, words[:2])]

    def _shape(self, index: int, opening: list[str]) -> list[str]:
        """What is seen of a unit beside its words: its size, names, commas, place and neighbours."""
        unit, (first, last) = self.units[index], self._within(index)
        size = max(1, last - first)
        capitals = int(self.names[last] - self.names[min(first + 2, last)])
        told = int(self.again[last - 1] - self.again[first]) if size > 1 else 0
        return [
            f"#words {min(size // SIZE_OF, SIZES)}",
            f"#capitals {NAMED * capitals // size}",
            f"#commas {self._commas(unit)}",
            f"#again {AGAIN * told // max(1, size - 1)} {min(size // AGAIN_OF, LONG)}",
            f"#place {'f' if unit.first else ''}{'l' if unit.last else ''}",
            *self._beside("#next", index + 1, opening),
            *self._beside("#previous", index - 1, opening),
        ]

    def _within(self, index: int) -> tuple[int, int]:
        unit = self.units[index]
        first, last = self.tokens.starts.searchsorted((unit.start, unit.words_end)).tolist()
        return first, last

    def _words(self, first: int, last: int) -> list[str]:
        """The words of a stretch, every figure a zero."""
        spans = zip(self.tokens.starts[first:last].tolist(), self.tokens.ends[first:last].tolist(), strict=True)
        return [self.page.folded[start:end].translate(ZEROS) for start, end in spans]

    def _commas(self, unit: Unit) -> int:
        return min(self.page.text.count(",", unit.start, unit.words_end), COMMAS)

    def _beside(self, name: str, index: int, opening: list[str]) -> list[str]:
        """How the unit beside starts, and whether with the same two words."""
        if not 0 <= index < len(self.units):
            return []
        at = self._within(index)[0]
        other = self._words(at, at + 2)
        starts = f"{name} {other[0] if other else ''}"
        return [f"{name} starts so", starts] if other == opening else [starts]

    def _weigh(self, model: Model) -> list[float]:
        """What the features of each unit, as it was cut, weigh together; every word and pair is weighed once."""
        starts, ends = np.array([(unit.start, unit.words_end) for unit in self.units]).T
        first, last = self.tokens.starts.searchsorted(starts), self.tokens.starts.searchsorted(ends)
        seen = self._seen(first, last)
        rows = [*self._edges(seen, first, last), *self._shapes(first, last), *self._neighbours(first, last)]
        found = model.weighed.of(np.concatenate([seen, beside(seen[:-1], seen[1:]), *rows]))
        words, pairs = summed(found[: len(seen)]), summed(found[len(seen) : 2 * len(seen) - 1])
        totals = found[2 * len(seen) - 1 :].reshape(len(rows), -1).sum(axis=0) + model.bias
        totals += words[last] - words[first] + pairs[np.maximum(last - 1, first)] - pairs[first]
        weights: list[float] = totals.tolist()
        return weights

    def _seen(self, first: Offsets, last: Offsets) -> Numbers:
        """The words of the page, names as names only but for the first two words of each unit."""
        names = np.zeros(len(self.words), np.bool_)
        names[:-2] = self.tokens.capital
        names[first], names[first + (last > first + 1)] = False, False
        return np.where(names, NAME_NUMBER, self.words)

    def _edges(self, seen: Numbers, first: Offsets, last: Offsets) -> Iterator[Numbers]:
        """The pairs that open and close each unit."""
        some = last > first
        yield beside(OPENS_NUMBER, np.where(some, seen.take(first), CLOSES_NUMBER))
        yield np.where(some, beside(seen.take(last - 1), CLOSES_NUMBER), NOTHING)

    def _shapes(self, first: Offsets, last: Offsets) -> Iterator[Numbers]:
        """What `_shape` tells of each unit itself."""
        size = np.maximum(1, last - first)
        capitals = self.names[last] - self.names[np.minimum(first + 2, last)]
        told = self.again[np.maximum(last - 1, first)] - self.again[first]
        part, long = AGAIN * told // np.maximum(1, size - 1), np.minimum(size // AGAIN_OF, LONG)
        yield OF_SIZE.take(np.minimum(size // SIZE_OF, SIZES))
        yield OF_NAMES.take(NAMED * capitals // size)
        yield OF_COMMAS.take([self._commas(unit) for unit in self.units])
        yield OF_AGAIN.take((LONG + 1) * part + long)
        yield OF_PLACE.take([unit.first + 2 * unit.last for unit in self.units])

    def _neighbours(self, first: Offsets, last: Offsets) -> Iterator[Numbers]:
        """What `_beside` tells of the units after and before each."""
        one, two = self.words.take(first), self.words.take(first + 1)
        own, second = np.where(last > first, one, NOTHING), np.where(last > first + 1, two, NOTHING)
        after = np.concatenate([one[1:], NOBODY]), np.concatenate([two[1:], NOBODY])
        before = np.concatenate([NOBODY, one[:-1]]), np.concatenate([NOBODY, two[:-1]])
        for name, other in ((NEXT, after), (PREVIOUS, before)):
            so = (own == other[0]) & (second == other[1])
            yield np.where(so, beside(name, SO), NOTHING)
            yield beside(name, other[0])

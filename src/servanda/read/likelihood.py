"""How likely a fact is right: a logistic regression of the language over what its page shows of it.

Weights are data (`lang/<xx>/NAME.json`: feature -> weight, the bias under the empty name), trained by `tools/` from
documents with gold readings. Where a language has none, nothing is dropped and nothing is sure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from math import exp

from servanda.lexicon import HERE


@cache
def weights(language: str, name: str) -> dict[str, float]:
    """The trained weights of this name; none where the language has no such model."""
    path = HERE / "lang" / language / f"{name}.json"
    if not path.is_file():
        return {}
    known: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return known


def likelihood(seen: Iterable[str], model: dict[str, float], unknown: float) -> float:
    """How likely what shows these features is right, between 0 and 1; `unknown` without a model."""
    if not model:
        return unknown
    return round(logistic(sum([model.get(name, 0.0) for name in ["", *seen]])), 3)


def logistic(total: float) -> float:
    """A sum of weights as a likelihood."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

"""The logistic regression behind the confidence of a fact, and its figures on documents held out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp
from typing import TypeAlias

LEAST, SMALLEST, ROUNDS, RATE = 4, 0.02, 1500, 0.5
Example: TypeAlias = tuple[tuple[str, ...], bool]  # what the model sees of a fact, and whether it is right


def train(examples: Sequence[Example], shrink: float) -> dict[str, float]:
    """Weights of a logistic regression by gradient descent; the bias stands under the empty name."""
    counts = Counter(name for seen, _ in examples for name in set(seen))
    names = ["", *sorted(name for name, count in counts.items() if count >= LEAST)]
    index = {name: at for at, name in enumerate(names)}
    data = [([0, *(index[n] for n in seen if n in index)], float(right)) for seen, right in examples]
    weight = [0.0] * len(names)
    for _ in range(ROUNDS):
        slope = [shrink * w for w in weight]
        slope[0] = 0.0
        for seen, right in data:
            error = 1 / (1 + exp(-sum([weight[i] for i in seen]))) - right
            for i in seen:
                slope[i] += error / len(data)
        weight = [w - RATE * s for w, s in zip(weight, slope, strict=True)]
    return {n: round(w, 3) for n, w in zip(names, weight, strict=True) if abs(w) >= SMALLEST or not n}


def figures(scored: Sequence[tuple[float, bool]], gold: int, least: float) -> str:
    """Precision, recall and F1 of those at least so sure."""
    kept = [right for sure, right in scored if sure >= least]
    precision, recall = sum(kept) / max(1, len(kept)), sum(kept) / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  read {len(kept)}"

"""Figures: precision, recall and F1 by facet over all documents, and the reliability table of confidence."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from servanda.evaluate.compare import Comparison, Count

FACETS = (
    "noise", "persons", "states", "organisations", "posts",
    "dates", "engagements", "acts", "contributions", "agreements",
)  # fmt: skip
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
RESAMPLES = 200


class Figure(NamedTuple):
    """Precision, recall and F1 of one facet, with how many facts the gold has and how many were read."""

    precision: float
    recall: float
    f1: float
    gold: int
    read: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a set of documents; `overall` is the mean F1 of the ten facets, `spread` its 95 % of resamples."""

    documents: int
    facets: dict[str, Figure]
    overall: float
    spread: tuple[float, float]


class Bin(NamedTuple):
    """The facts whose confidence lies in [low, high): their share of all facts, and how many of them are right."""

    low: float
    high: float
    facts: int
    share: float
    right: float


def summarise(comparisons: Sequence[Comparison]) -> Figures:
    """The figures over all documents: facts are counted together, not documents averaged."""
    facets, draw = _facets(comparisons), random.Random(7)
    again = sorted(
        _overall(_facets(draw.choices(comparisons, k=len(comparisons)))) for _ in range(RESAMPLES if comparisons else 0)
    )
    spread = (again[RESAMPLES // 40], again[-RESAMPLES // 40 - 1]) if again else (0.0, 0.0)
    return Figures(len(comparisons), facets, _overall(facets), spread)


def _facets(comparisons: Sequence[Comparison]) -> dict[str, Figure]:
    totals: dict[str, Count] = {}
    for comparison in comparisons:
        for facet, count in comparison.counts.items():
            totals.setdefault(facet, Count()).add(count.right, count.gold, count.read)
    return {facet: _figure(totals[facet]) for facet in (*FACETS, "addressees") if facet in totals}


def _figure(count: Count) -> Figure:
    precision = count.right / count.read if count.read else float(count.gold == 0)
    recall = count.right / count.gold if count.gold else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Figure(precision, recall, f1, count.gold, count.read)


def _overall(facets: dict[str, Figure]) -> float:
    return sum(facets[facet].f1 for facet in FACETS if facet in facets) / len(FACETS)


def reliability(comparisons: Sequence[Comparison]) -> list[Bin]:
    """For each bin of confidence, which share of the facts lies in it and which share of those is right."""
    verdicts = [(confidence, right) for c in comparisons for _, confidence, right in c.verdicts]
    bins = []
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        inside = [right for confidence, right in verdicts if low <= confidence < high]
        if inside:
            bins.append(Bin(low, min(high, 1.0), len(inside), len(inside) / len(verdicts), sum(inside) / len(inside)))
    return bins

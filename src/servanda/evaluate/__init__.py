"""Evaluate: readings against gold readings, fact by fact, and whether confidence means what it says."""

from servanda.evaluate.compare import Comparison, compare
from servanda.evaluate.figures import FACETS, Bin, Figure, Figures, reliability, summarise
from servanda.evaluate.folder import compare_folder, digest
from servanda.evaluate.gold import GoldReading, load_gold

__all__ = [
    "FACETS", "Bin", "Comparison", "Figure", "Figures", "GoldReading", "compare", "compare_folder", "digest",
    "load_gold", "reliability", "summarise",
]  # fmt: skip

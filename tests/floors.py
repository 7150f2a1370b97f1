"""The pinned figures on gold readings. As a script (`make floors`) it raises them to what is measured now.

    python tests/floors.py GOLD [--force]

A figure is never lowered without --force; the digest says on which data the figures were measured.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from servanda.evaluate import compare_folder, digest, reliability, summarise

FILE = Path(__file__).with_suffix(".json")
GOLD = Path(__file__).parents[2] / "shared" / "gold" / "dev"
SURE = 0.9  # confidence from which a fact counts as sure


def measured(folder: Path) -> dict[str, float]:
    """F1 by facet, their mean, and for sure facts their share of all and how many are right, rounded down to 0.001."""
    comparisons = [comparison for _, comparison in compare_folder(folder)]
    figures = summarise(comparisons)
    found = {facet: figure.f1 for facet, figure in figures.facets.items()} | {"overall": figures.overall}
    sure = [b for b in reliability(comparisons) if b.low >= SURE]
    found["sure"] = sum(b.share for b in sure)
    found["sure and right"] = sum(b.right * b.facts for b in sure) / max(1, sum(b.facts for b in sure))
    return {name: int(value * 1000 + 1e-6) / 1000 for name, value in found.items()}


def pinned() -> dict[str, Any]:
    """What is pinned: the digest of the data and the figures."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def pin(folder: Path, force: bool) -> None:
    """Write the figures measured now: the higher of old and new, or with `force` the new."""
    old, new, data = pinned(), measured(folder), digest(folder)
    if old["digest"] not in (data, "") and not force:
        sys.exit(f"{folder} is not the data that the floors were measured on: FORCE=1 pins them anew")
    kept = {name: value if force else max(value, old["figures"].get(name, 0.0)) for name, value in new.items()}
    FILE.write_text(json.dumps({"digest": data, "figures": kept}, indent=1) + "\n", encoding="utf-8")
    for name, value in kept.items():
        was = old["figures"].get(name, 0.0)
        print(f"{name:15}{was:7.3f} -> {value:.3f}" + (f" (measured {new[name]:.3f})" if new[name] < value else ""))


if __name__ == "__main__":
    pin(Path(next((a for a in sys.argv[1:] if not a.startswith("-")), GOLD)), "--force" in sys.argv)

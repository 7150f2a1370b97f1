"""Adding one document to a large register in a file, against adding it to a small one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from growth import Figures, compared

from rows import HOME, Row, files

REACH = "≤ 1.5"
KEPT = Path(os.environ.get("BENCH_GROWN", HOME / "run" / "grown"))
SIZES = (10_000, 200_000)


def measure(smoke: bool) -> Row:
    """Of the same documents added to both in turns, on SQLite."""
    return row("sqlite", smoke)


def row(kind: str, smoke: bool) -> Row:
    """The medians' ratio on a kind of database. Grown registers are kept in BENCH_GROWN, else in run/grown."""
    what = f"adding one document at {SIZES[1]:,} documents against at {SIZES[0]:,}, {kind}"
    if smoke:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            figures = compared(files(), (120, 240), base=6, added=2, keep=Path(folder), kind=kind)
    else:
        figures = compared(files(), SIZES, base=1000, added=40, keep=KEPT, kind=kind)
    return Row(what, figures.ratio(), "×", REACH, "", _note(figures))


def _note(figures: Figures) -> str:
    told = ", ".join(_told(size, parts) for size, parts in figures.by_size.items())
    grown = sum(figures.grown.values())
    said = [told, f"of processor time {figures.ratio('cpu'):.2f} ×"]
    said.append(f"registers grown in {grown / 60:.0f} min and kept" if grown else "registers were there")
    said += [f"grown by another state of the rules, {', '.join(sorted(figures.older))}"] if figures.older else []
    return "; ".join(said)


def _told(size: int, parts: dict[str, float]) -> str:
    at = {name: seconds * 1000 for name, seconds in parts.items()}
    return (
        f"{at['all']:.0f} ms at {size:,} (processor {at['cpu']:.0f}; reading {at['read']:.0f}, filing {at['file']:.0f})"
    )

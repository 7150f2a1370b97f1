"""Reading on two processes against one: the same documents through the same streaming, from file to JSON."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

from rows import Row, articles, write
from servanda.engine.reading import readings
from servanda.intake import Intake
from servanda.lexicon import load

WHAT, REACH = "two processes against one", "≥ 1.9"
DOCUMENTS, PAIRS = 1500, 4


def measure(smoke: bool) -> Row:
    """The shortest run of one against the shortest of two, which take turns; what others do weighs on two the more."""
    load("vi")
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "articles.jsonl.gz", articles(80 if smoke else DOCUMENTS))
        pairs = [(_run(path, 1), _run(path, 2)) for _ in range(1 if smoke else PAIRS)]
    one, two = (min(runs) for runs in zip(*pairs, strict=True))
    ratios = ", ".join(f"{alone[0] / both[0]:.2f}" for alone, both in pairs)
    note = (
        f"shortest {one[0]:.1f} s and {two[0]:.1f} s of {len(pairs)} pairs ({ratios}); processor time "
        f"{one[1]:.1f} s with one, {two[1]:.1f} s with two, {two[2]:.1%} of it in the process that hands out; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    return Row(WHAT, one[0] / two[0], "×", REACH, "", note)


def _run(path: Path, workers: int) -> tuple[float, float, float]:
    """Seconds by the clock, of processor time in all, and the share of it that the first process took."""
    before, start = _spent(), time.perf_counter()
    for _ in readings(Intake([str(path)]), workers):
        pass
    took = time.perf_counter() - start
    own, others = (after - was for after, was in zip(_spent(), before, strict=True))
    return took, own + others, own / (own + others)


def _spent() -> tuple[float, float]:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own, others = (one.ru_utime + one.ru_stime for one in used)
    return own, others

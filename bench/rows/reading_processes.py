"""Reading on two processes against one: the same documents through the same streaming, from file to JSON."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from rows import Row, articles, write
from servanda import Document, read
from servanda.engine.reading import readings
from servanda.intake import Intake

WHAT, REACH = "two processes against one", "≥ 1.9"
DOCUMENTS, TURNS = 4000, 3


class Run(NamedTuple):
    """Seconds by the clock, of processor time in all, and the share of it that the first process took."""

    took: float
    used: float
    first: float


def measure(smoke: bool) -> Row:
    """The shortest run of one against the shortest of two, which take turns; what others do weighs on two the more.

    The note also says what two plain processes reach that read half of the documents each and know nothing of one
    another: what the machine gives.
    """
    read(Document("", "the lexicon is loaded once"))
    with tempfile.TemporaryDirectory() as folder:
        texts = articles(80 if smoke else DOCUMENTS)
        whole = write(Path(folder) / "articles.jsonl.gz", texts)
        halves = [write(Path(folder) / f"{half}.jsonl.gz", texts[half::2]) for half in (0, 1)]
        turns = [
            (_run(lambda: _read(whole, 1)), _run(lambda: _read(whole, 2)), _run(lambda: _apart(halves)))
            for _ in range(1 if smoke else TURNS)
        ]
    one, two, apart = (min(runs) for runs in zip(*turns, strict=True))
    ratios = ", ".join(f"{alone.took / both.took:.2f}" for alone, both, _ in turns)
    note = (
        f"{len(texts)} documents: shortest {one.took:.1f} s and {two.took:.1f} s of {len(turns)} turns ({ratios}); "
        f"processor time {one.used:.1f} s with one, {two.used:.1f} s with two, {two.first:.1%} of it in the process "
        f"that hands out; two that read half each, by themselves, {one.took / apart.took:.2f} ×; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    return Row(WHAT, one.took / two.took, "×", REACH, "", note)


def _read(path: Path, workers: int) -> None:
    for _ in readings(Intake([str(path)]), workers):
        pass


def _apart(paths: list[Path]) -> None:
    """Each file read by a process of its own."""
    processes = [get_context("fork").Process(target=_read, args=(path, 1)) for path in paths]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def _run(work: Callable[[], None]) -> Run:
    before, start = _spent(), time.perf_counter()
    work()
    took = time.perf_counter() - start
    own, others = (after - was for after, was in zip(_spent(), before, strict=True))
    return Run(took, own + others, own / (own + others))


def _spent() -> tuple[float, float]:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own, others = (one.ru_utime + one.ru_stime for one in used)
    return own, others

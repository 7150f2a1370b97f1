"""One full reading against one pass over the words of the same text, every span listed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import islice

from rows import HOME, Row, articles, best, files, is_compiled, texts
from servanda import Document, read

WORD = re.compile(r"\w+")
DOCUMENTS, OF_EACH, ROUNDS = 300, 40, 6


def measure(smoke: bool) -> Row:
    """Passes a reading over a sample of all files by their size; the note says those of each file."""
    read(Document("", "the lexicon is loaded once"))
    count, rounds = (6, 2) if smoke else (OF_EACH, ROUNDS)
    each = {path.name.split(".")[0]: list(islice(texts(path), count)) for path in files()}
    of_each = ", ".join(f"{name} {_times(over, rounds)[2]:.1f}" for name, over in each.items())
    over = articles(6 if smoke else DOCUMENTS)
    reading, passing, ratio = _times(over, rounds)
    size = sum(len(text.encode()) for text in over)
    note = (
        f"{len(over)} documents of {size / len(over) / 1000:.1f} kB: {len(over) / reading:.0f} documents/s, "
        f"{size / reading / 3000:.0f} times 3 kB/s; a pass does {size / passing / 1e6:.0f} MB/s; by file: {of_each}; "
        f"the reader is {f'compiled; in pure Python {_pure(smoke):.1f}' if is_compiled() else 'pure Python'}"
    )
    return Row("full reading against one pass over its words", ratio, "passes", "≤ 20", "9", note)


def passes(smoke: bool) -> float:
    """The figure of the row alone."""
    read(Document("", "the lexicon is loaded once"))
    return _times(articles(6 if smoke else DOCUMENTS), 2 if smoke else ROUNDS)[2]


def _pure(smoke: bool) -> float:
    """The same of the sources, by a process of its own."""
    there = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HOME / "src"), str(HOME / "bench")])}
    asked = [sys.executable, "-c", f"from rows.reading_passes import passes; print(passes({smoke}))"]
    return float(subprocess.run(asked, env=there, capture_output=True, text=True, check=True).stdout)


def _times(over: list[str], rounds: int) -> tuple[float, float, float]:
    """Seconds of reading and of passing, each the sum of the shortest times of each document, and their ratio.

    They take turns, round by round, so that a machine that slows down or speeds up does so for both.
    """
    turns = [(best(_read, over, 1), best(_pass, over, 1)) for _ in range(rounds)]
    reading, passing = (sum(map(min, zip(*times, strict=True))) for times in zip(*turns, strict=True))
    return reading, passing, reading / passing


def _read(text: str) -> object:
    return read(Document(text, "bench"))


def _pass(text: str) -> object:
    return [match.span() for match in WORD.finditer(text)]

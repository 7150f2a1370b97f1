"""The speed of reading: documents a second in one process, and how many passes over the words one reading costs.

    python bench/reading.py [FILE.txt | FILE.jsonl[.gz] ...] [--articles 300] [--rounds 3]

A pass is `re.finditer(r"\\w+")` over the same texts, every span listed. Both are the best of the rounds, in process
time, which a busy machine disturbs less than the clock does. Without files the project's own samples are read:
they are shorter than press articles.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import re
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from servanda import Document, read

SAMPLES = Path(__file__).parents[1] / "samples"
WORD = re.compile(r"\w+")


def texts(path: Path) -> Iterator[str]:
    """The texts of a file, or the one that it is."""
    if path.suffix == ".txt":
        yield path.read_text(encoding="utf-8")
        return
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from (str(json.loads(line)["text"]) for line in lines)


def seconds(work: Callable[[str], object], over: list[str], rounds: int) -> float:
    """The process time of one round, the best of several."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for text in over:
            work(text)
        best = min(best, time.process_time() - start)
    return best


def machine() -> str:
    """Processor, cores, load and Python."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{(names or [platform.processor()])[0]}, {os.cpu_count()} cores{load}, Python {platform.python_version()}"


def main() -> None:
    """Measure and print."""
    cli = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    cli.add_argument("files", nargs="*", type=Path)
    cli.add_argument("--articles", type=int, default=300)
    cli.add_argument("--rounds", type=int, default=3)
    given = cli.parse_args()
    files = given.files or sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".jsonl"))
    over = list(islice((text for path in files for text in texts(path)), given.articles))
    read(Document("", "the lexicon is loaded once"))
    reading = seconds(lambda text: read(Document(text, "bench")), over, given.rounds)
    passing = seconds(lambda text: [match.span() for match in WORD.finditer(text)], over, given.rounds)
    size = sum(map(len, over))
    encoded, many = sum(len(text.encode()) for text in over), len(over)
    print(f"{many} documents of {encoded / many / 1000:.2f} kB, {size / many / 1000:.2f} thousand characters")
    print(f"reading   {many / reading:8.0f} documents/s  {size / reading / 1e6:8.2f} million characters/s")
    print(f"          {encoded / reading / 3000:8.0f} times 3 kB/s")
    print(f"one pass  {many / passing:8.0f} documents/s  {size / passing / 1e6:8.2f} million characters/s")
    print(f"a reading costs {reading / passing:.1f} passes")
    print(machine())


if __name__ == "__main__":
    main()

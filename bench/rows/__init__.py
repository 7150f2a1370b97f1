"""What the rows of the table share: what a row says, the articles measured on, and how time is taken.

A row is a module of this package with a function `measure(smoke: bool) -> Row`; `bench/table.py` finds and runs it.
With `smoke` it must take a few seconds and work without the corpora: its figure then only shows that it runs.
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

HOME = Path(__file__).parents[2]
PEERS = HOME / "bench" / "peers"
SAMPLES = HOME / "samples"
CORPORA = tuple(
    HOME.parent / "shared" / "corpus" / f"{name}.jsonl.gz"
    for name in ("baomoi_2017", "vietnews_diplomacy", "diplomacy_vi")
)
T = TypeVar("T")


class Row(NamedTuple):
    """One line of the table. `reach` and `aim` are such as "≥ 1.9" or "≤ 20"; `value` is None where `note` says why."""

    what: str
    value: float | None
    unit: str
    reach: str = ""
    aim: str = ""
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the figure is as good as it must be; None where nothing was measured or nothing must be reached."""
        sign, _, bound = self.reach.partition(" ")
        if self.value is None or not bound:
            return None
        return self.value >= float(bound) if sign == "≥" else self.value <= float(bound)


def is_compiled() -> bool:
    """Whether the reader that runs here is compiled."""
    return not str(importlib.import_module("servanda.read.page").__file__).endswith(".py")


def texts(path: Path) -> Iterator[str]:
    """The texts of a .jsonl[.gz], or the one that a .txt is."""
    if path.suffix == ".txt":
        yield path.read_text(encoding="utf-8")
        return
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from (str(json.loads(line)["text"]) for line in lines)


def files() -> list[Path]:
    """What is measured on: the files that BENCH_FILES names, else the corpora where they are, else the samples."""
    told = [Path(name) for name in os.environ.get("BENCH_FILES", "").split()]
    samples = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".txt", ".jsonl") and path.stem != "README")
    return told or [path for path in CORPORA if path.is_file()] or samples


def articles(count: int) -> list[str]:
    """So many different articles, of each file by its size; the samples again and again where there are too few."""
    given = files()
    size = sum(path.stat().st_size for path in given)
    shares = [-(-count * path.stat().st_size // size) for path in given]
    found = [text for path, share in zip(given, shares, strict=True) for text in islice(texts(path), share)]
    few = (text for path, share in zip(given, shares, strict=True) for text in islice(texts(path), share, None))
    found += islice(few, max(0, count - len(found)))
    return list(islice(cycle(found), count))


def best(work: Callable[[T], object], over: Sequence[T], rounds: int) -> list[float]:
    """The shortest process time that each item took, in seconds: a busy machine rarely disturbs all rounds."""
    shortest = [float("inf")] * len(over)
    for _ in range(rounds):
        for at, item in enumerate(over):
            start = time.process_time()
            work(item)
            shortest[at] = min(shortest[at], time.process_time() - start)
    return shortest


def peer(script: str, package: str, over: Sequence[str], *, offline: bool = False) -> dict[str, Any] | str:
    """What a script of bench/peers prints of these texts, run by uv with a package of its own; else why it cannot be.

    The package never enters this project's environment. `offline` takes it only from what uv has already.
    """
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        return "there is no uv beside this Python"
    alone = [
        str(uv),
        "run",
        "--no-project",
        "--quiet",
        *(["--offline"] if offline else []),
        "--with",
        package,
        "python",
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(list(over), file)
        file.flush()
        told = subprocess.run([*alone, str(PEERS / script), file.name], capture_output=True, text=True, check=False)
    if told.returncode:
        return " ".join((told.stderr.strip().splitlines() or ["it says nothing"])[-1].split())[:200]
    found: dict[str, Any] = json.loads(told.stdout.strip().splitlines()[-1])
    return found


def write(path: Path, documents: Iterable[str]) -> Path:
    """Articles as a file for `servanda read`, one JSON object a line, none of them twice the same."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as lines:
        for number, text in enumerate(documents):
            lines.write(json.dumps({"text": f"{text}\n{number}", "url": f"https://bench.example/{number}"}) + "\n")
    return path

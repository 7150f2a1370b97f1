"""Where the time of a reading goes, stage by stage, in passes over the words: the table of docs/performance.md.

python bench/stages.py [--articles 40] [--rounds 8]

A pass is `re.finditer(r"\\w+")` over the same texts, every span listed. Times are the shortest process times of each
document, so that other work on the machine disturbs them little; a stage's time includes what it is the first to need.
"""

from __future__ import annotations

import argparse
import importlib
import re
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import islice
from typing import Any

import orjson
from rows import best, files, texts

from servanda import Document, read
from servanda.lexicon import Lexicon

WORD = re.compile(r"\w+")
STAGES = {
    "servanda.read.page": ("fold",),
    "servanda.pipeline": (
        "open_page", "clean", "segment", "find_mentions", "find_dates", "link", "code_engagements", "code_acts",
        "code_positions", "code_contributions", "code_agreements", "code_plans", "attribute", "translated",
    ),
    "servanda.read.clean": ("read_header",),
    "servanda.read.clean.body": ("read_tail", "units_of", "_standfirst", "_captions"),
    "servanda.read.find": ("find_bodies", "find_persons", "find_states"),
}  # fmt: skip
WITHIN = ("servanda.read.page", "servanda.read.clean", "servanda.read.clean.body", "servanda.read.find")
Times = dict[str, float]


def main() -> None:
    """Measure and print."""
    cli = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    cli.add_argument("--articles", type=int, default=40, help="of each file")
    cli.add_argument("--rounds", type=int, default=8)
    given = cli.parse_args()
    read(Document("", "the lexicon is loaded once"))
    over = {path.name.split(".")[0]: list(islice(texts(path), given.articles)) for path in files()}
    passes = {name: sum(best(_pass, found, given.rounds)) for name, found in over.items()}
    whole = {name: sum(best(_reading, found, given.rounds)) for name, found in over.items()}
    spent = _watched()
    stages = {name: _stages(found, given.rounds, spent) for name, found in over.items()}
    print("| stage | " + " | ".join(over) + " |\n|---|" + "---:|" * len(over))
    for stage in max(stages.values(), key=len):
        cells = (f"{stages[name].get(stage, 0.0) / passes[name]:.2f}" for name in over)
        print(f"| {stage} | " + " | ".join(cells) + " |")
    print("| **a reading** | " + " | ".join(f"**{whole[name] / passes[name]:.1f}**" for name in over) + " |")
    print("| documents/s | " + " | ".join(f"{len(over[name]) / whole[name]:.0f}" for name in over) + " |")


def _reading(text: str) -> object:
    return read(Document(text, "bench"))


def _pass(text: str) -> object:
    return [match.span() for match in WORD.finditer(text)]


def _watched() -> Times:
    """Put a clock around every stage; what it shows of the reading under way."""
    spent: Times = defaultdict(float)
    for module, names in STAGES.items():
        home: Any = importlib.import_module(module)
        for name in names:
            label = ("… " if module in WITHIN else "") + name.strip("_")
            setattr(home, name, _timed(getattr(home, name), label, spent))
    Lexicon.scan = _timed(Lexicon.scan, "… scan", spent)  # type: ignore[method-assign]
    return spent


def _timed(work: Callable[..., Any], label: str, spent: Times) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return work(*args, **named)
        finally:
            spent[label] += time.process_time() - start

    return timed


def _stages(over: list[str], rounds: int, spent: Times) -> Times:
    """The sums of the shortest times of each document."""
    total: Times = defaultdict(float)
    for text in over:
        shortest: Times = {}
        for _ in range(rounds):
            spent.clear()
            reading = _reading(text)
            start = time.process_time()
            orjson.dumps(reading)
            spent["JSON"] = time.process_time() - start
            shortest = {stage: min(took, shortest.get(stage, took)) for stage, took in spent.items()}
        for stage, took in shortest.items():
            total[stage] += took
    return total


if __name__ == "__main__":
    main()

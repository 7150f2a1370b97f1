"""Train how sure an act is, from documents with gold readings.

    python tools/train_acts.py GOLD_DIR [--out src/servanda/lang/vi/acts.json] [--folds 10]

GOLD_DIR holds NAME.txt and NAME.json. Every act that the rules tell is right or wrong by the gold; the model is a
logistic regression over what `sureness.features` sees of it. Only weights are written: feature -> weight. Before that,
documents are held out in folds, and the figures of both ways printed: the rules alone, and the rules with those acts
left out that the model doubts. A run over the same documents gives the same file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unittest import mock

from regression import Example, figures, train

import servanda.pipeline as pipeline
from servanda.evaluate.compare import compare
from servanda.evaluate.gold import load_gold
from servanda.lexicon import load
from servanda.read.code import acts as coded
from servanda.read.code.sureness import sureness
from servanda.read.code.walk import grammar
from servanda.read.page import open_page
from servanda.types import Document

SHRINK = 0.07


@dataclass(frozen=True, slots=True)
class Read:
    """A document's acts as the rules tell them, each with whether it is right; and how many the gold asks for."""

    name: str
    acts: tuple[Example, ...]
    gold: int


def read(path: Path) -> Read:
    """One document read without the model, against its gold."""
    text = path.read_text(encoding="utf-8")
    page = open_page(Document(text, str(path)), load("vi"))
    with mock.patch.object(coded, "weights", lambda language: {}):
        reading = pipeline._read(page)
    for number, act in enumerate(reading.acts):
        act.confidence = float(number)
    comparison = compare(text, load_gold(path.with_suffix(".json"), text), reading)
    right = {int(number): ok for facet, number, ok in comparison.verdicts if facet == "acts"}
    seen = grammar(page).seen
    acts = tuple((tuple(seen[a.rule, a.speaker, a.start]), right[i]) for i, a in enumerate(reading.acts))
    return Read(path.stem, acts, comparison.counts["acts"].gold)


def held_out(documents: Sequence[Read], folds: int) -> list[tuple[float, bool]]:
    """For every act its confidence by a model that has not seen its document, and whether it is right."""
    found = []
    fold = {d.name: int(sha256(d.name.encode()).hexdigest(), 16) % folds for d in documents}
    for number in range(folds):
        model = train([act for d in documents if fold[d.name] != number for act in d.acts], SHRINK)
        held = [act for d in documents if fold[d.name] == number for act in d.acts]
        found += [(sureness(list(seen), model), right) for seen, right in held]
    return found


def main() -> None:
    """Read the gold, print held-out figures, train on all of it and write the weights."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("gold", type=Path)
    cli.add_argument("--out", type=Path, default=Path("src/servanda/lang/vi/acts.json"))
    cli.add_argument("--folds", type=int, default=10)
    args = cli.parse_args()
    documents = [read(path) for path in sorted(args.gold.glob("*.txt"))]
    gold = sum(d.gold for d in documents)
    scored = held_out(documents, args.folds)
    print(f"rules alone        {figures(scored, gold, 0.0)}")
    for least in (0.2, 0.3, 0.4, 0.5, 0.6):
        print(f"held out, >= {least}   {figures(scored, gold, least)}")
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.85), (0.85, 0.9), (0.9, 0.95), (0.95, 1.01)):
        some = [right for sure, right in scored if low <= sure < high]
        print(f"marked {low:.2f} to {min(high, 1):.2f}: {len(some)}, right {sum(some) / max(1, len(some)):.3f}")
    weights = train([act for d in documents for act in d.acts], SHRINK)
    args.out.write_text(json.dumps(weights, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights -> {args.out}")


if __name__ == "__main__":
    main()

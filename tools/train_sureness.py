"""Train how sure an act or an engagement is, from documents with gold readings.

    python tools/train_sureness.py acts|engagements GOLD_DIR [--out src/servanda/lang/vi/acts.json] [--folds 10]

GOLD_DIR holds NAME.txt and NAME.json. Every fact that the rules tell is right or wrong by the gold; the model is a
logistic regression over what `sureness.features` sees of an act, or `sight.features` of an engagement. Only weights are
written: feature -> weight. Before that, documents are held out in folds and the figures of both ways printed: the rules
alone, and the rules with those facts left out that the model doubts. A run over the same documents gives the same file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from unittest import mock

from regression import Example, figures, train

import servanda.pipeline as pipeline
from servanda.evaluate.compare import compare
from servanda.evaluate.gold import load_gold
from servanda.lexicon import load
from servanda.read.code import acts, engagements
from servanda.read.code.walk import grammar
from servanda.read.likelihood import likelihood
from servanda.read.page import Page, open_page
from servanda.types import Document, Reading


@dataclass(frozen=True, slots=True)
class Facet:
    """What is trained: where its weights are asked for, what it sees of each fact, and which bands are printed."""

    name: str
    coded: ModuleType
    seen: Callable[[Page, Reading], list[list[str]]]
    shrink: float
    bands: tuple[float, ...]


def _of_acts(page: Page, reading: Reading) -> list[list[str]]:
    seen = grammar(page).seen
    return [seen[act.rule, act.speaker, act.start] for act in reading.acts]


def _of_engagements(page: Page, reading: Reading) -> list[list[str]]:
    seen = page.memo["engagement_features"]
    assert isinstance(seen, list) and len(seen) == len(reading.engagements)
    return seen


FACETS = {
    "acts": Facet("acts", acts, _of_acts, 0.07, (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)),
    "engagements": Facet("engagements", engagements, _of_engagements, 0.03, (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0)),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A document's facts as the rules tell them, each with whether it is right; and how many the gold asks for."""

    name: str
    facts: tuple[Example, ...]
    gold: int


def read(path: Path, facet: Facet) -> Read:
    """One document read without the model, against its gold."""
    text = path.read_text(encoding="utf-8")
    page = open_page(Document(text, str(path)), load("vi"))
    with mock.patch.object(facet.coded, "weights", lambda language, name: {}):
        reading = pipeline._read(page)
    for number, fact in enumerate(getattr(reading, facet.name)):
        fact.confidence = float(number)
    comparison = compare(text, load_gold(path.with_suffix(".json"), text), reading)
    right = {int(number): ok for name, number, ok in comparison.verdicts if name == facet.name}
    facts = tuple((tuple(names), right[number]) for number, names in enumerate(facet.seen(page, reading)))
    return Read(path.stem, facts, comparison.counts[facet.name].gold)


def held_out(documents: Sequence[Read], folds: int, shrink: float) -> list[tuple[float, bool]]:
    """For every fact its likelihood by a model that has not seen its document, and whether it is right."""
    found = []
    fold = {d.name: int(sha256(d.name.encode()).hexdigest(), 16) % folds for d in documents}
    for number in range(folds):
        model = train([fact for d in documents if fold[d.name] != number for fact in d.facts], shrink)
        held = [fact for d in documents if fold[d.name] == number for fact in d.facts]
        found += [(likelihood(seen, model, 0.0), right) for seen, right in held]
    return found


def tell(scored: Sequence[tuple[float, bool]], gold: int, bands: Sequence[float]) -> None:
    """Print the figures of documents held out."""
    print(f"rules alone        {figures(scored, gold, 0.0)}")
    for least in (0.2, 0.3, 0.4, 0.5, 0.6):
        print(f"held out, >= {least}   {figures(scored, gold, least)}")
    for low, high in pairwise(bands):
        some = [right for sure, right in scored if low <= sure < high or sure == high == 1]
        print(f"marked {low:.2f} to {high:.2f}: {len(some)}, right {sum(some) / max(1, len(some)):.3f}")


def main() -> None:
    """Read the gold, print held-out figures, train on all of it and write the weights."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("facet", choices=FACETS)
    cli.add_argument("gold", type=Path)
    cli.add_argument("--out", type=Path)
    cli.add_argument("--folds", type=int, default=10)
    args = cli.parse_args()
    facet = FACETS[args.facet]
    documents = [read(path, facet) for path in sorted(args.gold.glob("*.txt"))]
    tell(held_out(documents, args.folds, facet.shrink), sum(d.gold for d in documents), facet.bands)
    weights = train([fact for d in documents for fact in d.facts], facet.shrink)
    out = args.out or Path(f"src/servanda/lang/vi/{facet.name}.json")
    out.write_text(json.dumps(weights, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights -> {out}")


if __name__ == "__main__":
    main()

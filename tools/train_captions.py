"""Train the caption model of a language from articles whose captions give themselves away.

    python tools/train_captions.py CORPUS.jsonl[.gz] ... [--every 3] [--without FOLDER] [--out CAPTIONS.json]

Each line of a corpus is one JSON object with `text`. A unit of an article counts as a caption if a photo credit ends
it, or if it stands again in the list of captions below the article; the other units of the same article do not. The
model sees neither credit nor full stop, so what it learns holds for captions without a credit. Only weights are
written: feature -> weight. A run over the same lines gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path
from typing import IO

from servanda.lexicon import load
from servanda.read.clean.captions import LONGEST, Sight
from servanda.read.clean.credits import credits_of
from servanda.read.clean.header import read_header
from servanda.read.clean.layout import lines_of
from servanda.read.clean.tails import read_tail
from servanda.read.clean.units import Unit, units_of
from servanda.read.clean.words import words
from servanda.read.page import Page, open_page
from servanda.read.segment import grammar
from servanda.types import Document

DOUBT = 0.0
LEAST, SMALLEST, EPOCHS, RATE, SHRINK = 20, 0.08, 4, 0.15, 2e-6
Example = tuple[list[int], int]


def texts(path: Path, every: int) -> Iterator[str]:
    """Every n-th text of a corpus file."""
    opener = gzip.open if path.suffix == ".gz" else open
    stream: IO[str]
    with opener(path, "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream):
            if number % every == 0:
                yield str(json.loads(line)["text"])


def units(page: Page) -> list[tuple[list[str], int]]:
    """The units of a page with what the model sees of them and whether they are captions."""
    known, lines, sentences = words(page.lexicon), lines_of(page.text), grammar(page.lexicon)
    header = read_header(page, lines, known)
    tail = read_tail(page, header, lines, known, sentences)
    article = [i for i in range(header.body, len(lines)) if i not in tail.lines]
    found = whole(units_of(page, lines, article, credits_of(page, sentences.openings, known), sentences))
    examples, sight = [], Sight(page, found)
    for index, unit in enumerate(found):
        text = page.folded[unit.start : unit.words_end].rstrip(" .")
        if 8 <= len(text) <= LONGEST:
            examples.append((list(sight.features(index)), int(bool(unit.credit) or text in tail.captions)))
    return examples if any(label for _, label in examples) else []


def whole(found: list[Unit]) -> list[Unit]:
    """The units with what was cut off before an opening word joined again: most such cuts are inside sentences."""
    for unit, follows in pairwise(found):
        if unit.open:
            follows.start, follows.first = unit.start, unit.first
    return [unit for unit in found if not unit.open]


def gather(paths: list[Path], every: int, without: frozenset[str]) -> list[tuple[list[str], int]]:
    """The examples of whole corpora."""
    lexicon = load("vi")
    found = []
    for path in paths:
        for text in texts(path, every if "baomoi" in path.name else 1):
            if text.strip() not in without:
                found.extend(units(open_page(Document(text, "corpus"), lexicon)))
    return found


def train(examples: list[tuple[list[str], int]], seed: int = 7) -> dict[str, float]:
    """Weights of a logistic regression, by AdaGrad; the bias stands under the empty name."""
    counts = Counter(name for seen, _ in examples for name in set(seen))
    names = ["", *sorted(name for name, count in counts.items() if count >= LEAST)]
    index = {name: at for at, name in enumerate(names)}
    data: list[Example] = [([0, *(index[n] for n in seen if n in index)], label) for seen, label in examples]
    weight, squares = [0.0] * len(names), [1e-6] * len(names)
    draw = random.Random(seed)
    for _ in range(EPOCHS):
        draw.shuffle(data)
        for seen, label in data:
            total = sum([weight[i] for i in seen])
            error = 1 / (1 + exp(-max(-30.0, min(30.0, total)))) - label
            for i in seen:
                slope = error + SHRINK * weight[i]
                squares[i] += slope * slope
                weight[i] -= RATE * slope / sqrt(squares[i])
    return {n: round(w, 2) for n, w in zip(names, weight, strict=True) if abs(w) >= SMALLEST or not n}


def unlike(examples: list[tuple[list[str], int]], weights: dict[str, float]) -> list[tuple[list[str], int]]:
    """The examples without the sentences that a first model takes for captions: most are captions without a credit."""
    return [(seen, label) for seen, label in examples if label or sum(weights.get(n, 0.0) for n in ["", *seen]) < DOUBT]


def main() -> None:
    """Read corpora, train, write the weights and say how many of each."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("corpus", nargs="+", type=Path)
    cli.add_argument("--without", type=Path, help="a folder of .txt whose texts are left out: what is measured on")
    cli.add_argument("--every", type=int, default=3, help="of a large corpus, every n-th article")
    cli.add_argument("--out", type=Path, default=Path("src/servanda/lang/vi/captions.json"))
    args = cli.parse_args()
    held = args.without.glob("*.txt") if args.without else ()
    without = frozenset(path.read_text(encoding="utf-8").strip() for path in held)
    examples = gather(args.corpus, args.every, without)
    weights = train(unlike(examples, train(examples)))
    args.out.write_text(json.dumps(weights, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    print(
        f"{len(examples)} units, {sum(label for _, label in examples)} captions, {len(weights)} weights -> {args.out}"
    )


if __name__ == "__main__":
    main()

"""Precision and recall of clean on planted noise: real articles with spam, adverts and grafted paragraphs put in.

    python bench/planted_noise.py CORPUS.jsonl[.gz] [--articles 300] [--seed 11]

The corpus (one JSON object with `text` a line) is given at run time and nothing of it is kept. An article's sentences
are joined to paragraphs of two or three, as reposting sites print them; then a spam line (bench/planted/spam.txt) or an
advert (bench/planted/adverts.txt), or a paragraph of another article of the corpus is put in: at the end, before a spam
line at the end as in the wild, or between two paragraphs. Half of the articles get nothing. Counted in characters:
recall is the planted text that was marked at all; precision, of the text marked with a kind, what was planted as it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from servanda.lexicon import load
from servanda.read.clean import clean
from servanda.read.page import open_page
from servanda.types import Document, Span

HERE = Path(__file__).parent / "planted"
LEAST_PARAGRAPHS = 6


@dataclass(slots=True)
class Planted:
    """A page with what was put into it: kind, where, span."""

    text: str
    spans: list[tuple[str, str, Span]]


def articles(path: Path) -> Iterator[list[str]]:
    """Headline and paragraphs of each article that is long enough."""
    draw = random.Random(3)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            blocks = [block.split("\n") for block in re.split(r"\n\s*\n", json.loads(line)["text"].strip())]
            body = max(blocks, key=len)
            if body is blocks[0] or len(body) < 3 * LEAST_PARAGRAPHS:
                continue
            sentences = [s for s in body if len(s) > 40 and s.endswith((".", "”", '"'))]
            paragraphs = []
            while sentences:
                size = draw.choice((2, 3))
                paragraphs.append(" ".join(sentences[:size]))
                sentences = sentences[size:]
            if len(paragraphs) >= LEAST_PARAGRAPHS:
                yield [blocks[0][0], *paragraphs]


def plant(article: list[str], other: list[str], draw: random.Random) -> Planted:
    """An article with one thing put in, or as it was."""
    spam, adverts = ((HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("spam", "adverts"))
    parts = [("", "", part) for part in article]
    graft = draw.choice([p for p in other[1:] if len(p) > 120] or other[1:])
    within = draw.randrange(3, len(parts))
    what = draw.choice(
        ["none", "none", "none", "none", "spam", "advert", "advert within", "graft", "graft", "graft within"]
    )
    if what == "spam":
        parts.append(("spam", "at the end", draw.choice(spam)))
    elif what == "advert":
        parts.append(("advertisement", "at the end", draw.choice(adverts)))
    elif what == "advert within":
        parts.insert(within, ("advertisement", "within", draw.choice(adverts)))
    elif what == "graft":
        parts += [("foreign", "before spam", graft), ("spam", "at the end", draw.choice(spam[:5]))]
    elif what == "graft within":
        parts.insert(within, ("foreign", "within", graft))
    return _page(parts)


def _page(parts: list[tuple[str, str, str]]) -> Planted:
    planted, at = Planted("\n".join(part for _, _, part in parts), []), 0
    for kind, where, part in parts:
        if kind:
            planted.spans.append((kind, where, (at, at + len(part))))
        at += len(part) + 1
    return planted


def count(pages: list[Planted]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Recall counts by kind and place [marked, planted], precision counts by kind [right, marked]."""
    lexicon = load("vi")
    recall: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    precision: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for planted in pages:
        noise = clean(open_page(Document(planted.text, "planted"), lexicon))
        for kind, where, (start, end) in planted.spans:
            cell = recall[f"{kind}, {where}"]
            cell[0] += sum(max(0, min(end, n.end) - max(start, n.start)) for n in noise)
            cell[1] += end - start
        for n in noise:
            right = [s for kind, _, s in planted.spans if kind == n.kind]
            precision[n.kind][0] += sum(max(0, min(e, n.end) - max(s, n.start)) for s, e in right)
            precision[n.kind][1] += n.end - n.start
    return recall, precision


def main() -> None:
    """Plant, clean and print the figures."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("corpus", type=Path)
    cli.add_argument("--articles", type=int, default=600)
    cli.add_argument("--seed", type=int, default=11)
    args = cli.parse_args()
    draw = random.Random(args.seed)
    found = list(articles(args.corpus))
    draw.shuffle(found)
    pages = [
        plant(a, b, draw)
        for a, b in zip(found[: args.articles], found[args.articles : 2 * args.articles], strict=False)
    ]
    recall, precision = count(pages)
    print(f"{len(pages)} articles, {sum(len(p.text) for p in pages)} characters, seed {args.seed}")
    for name, (marked, planted) in sorted(recall.items()):
        print(f"recall    {name:28}{marked / planted:7.3f}  of {planted}")
    for name, (right, marked) in sorted(precision.items()):
        print(f"precision {name:28}{right / marked:7.3f}  of {marked}")


if __name__ == "__main__":
    main()

"""How many of the engagements and promises that bundles expect stand on words which the reader takes anything from.

    python tools/reach.py BUNDLES GOLD

BUNDLES: folders, each with documents.jsonl and expected.json; GOLD: the folder of annotated pages. Printed apart for
the bundles' documents that are among the annotated pages too, and for the others, which say more of unseen pages.
An engagement is reached where one that is read, or a telling of it, overlaps its words; a promise where a request, a
pledge, a plan, or a planned engagement or contribution does.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from servanda import Document, read
from servanda.evaluate.alike import overlap
from servanda.types import Reading, Span

LEAST = 0.3  # of the shorter of two spans
AHEAD = ("planned", "proposed", "pledged", "ready")
PROMISES = ("AGREE", "REQUEST")


def expected(folder: Path) -> Iterator[tuple[str, str, str]]:
    """`engagement` or `promise`, the document and the words."""
    told = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for engagement in told["engagements"]:
        yield from (("engagement", document, words) for document, words in engagement.get("quotes", {}).items())
    yield from (("promise", it["promise"]["document"], it["promise"]["quote"]) for it in told["follow"])


def spans(reading: Reading, what: str) -> Iterator[Span]:
    """The words that tell an engagement, or make a promise."""
    met = [it for it in reading.engagements if what == "engagement" or it.status in AHEAD]
    yield from (span for it in met for span in ((it.start, it.end), *it.told))
    if what == "promise":
        said = [*(it for it in reading.acts if it.type in PROMISES), *reading.plans]
        said += [it for it in reading.contributions if it.status in AHEAD]
        yield from ((it.start, it.end) for it in said)


def main() -> None:
    """Print both shares, for known and for other documents."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    bundles, gold = Path(sys.argv[1]), Path(sys.argv[2])
    known = {path.read_text(encoding="utf-8").strip() for path in gold.glob("*.txt")}
    hit, count = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    for folder in sorted(path.parent for path in bundles.glob("*/expected.json")):
        lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()
        documents = {it["id"]: it for it in map(json.loads, lines)}
        readings = {id: read(Document(it["text"], id, published=it.get("published"))) for id, it in documents.items()}
        for what, id, words in expected(folder):
            at = documents[id]["text"].find(words)
            own = (what, documents[id]["text"].strip() in known)
            count[own] += 1
            hit[own] += any(overlap((at, at + len(words)), span) >= LEAST for span in spans(readings[id], what))
    for own in sorted(count):
        where = "of annotated pages" if own[1] else "of other pages"
        print(f"{own[0]:<12}{where:<20}{hit[own]:4} of {count[own]:4}  {hit[own] / count[own]:.3f}")


if __name__ == "__main__":
    main()

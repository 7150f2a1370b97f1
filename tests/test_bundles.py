"""Stories over several documents: which engagements are told together, and which only look alike."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from servanda import read
from servanda.keep.resolve import resolve
from servanda.keep.statements import records
from servanda.keep.telling import tellings
from servanda.records import Filed
from servanda.types import Document

GOLD = Path(__file__).parents[2] / "shared" / "gold"
BUNDLES = GOLD / "bundles_dev"
LEAST, CLEAN = 0.85, 0.9  # F1 over pairs of documents; bundles in which nothing is united wrongly
pytestmark = pytest.mark.skipif(not BUNDLES.is_dir(), reason=f"no bundles at {BUNDLES}")


def filed(number: int, line: str) -> Filed:
    told = json.loads(line)
    document = Document(told["text"], told["url"], published=told.get("published"))
    reading = read(document)
    published = document.published or reading.published
    held = Filed(document.source, document.id, None, None, None, published, "vi", False, "current", None, None, "", "",
                 "")  # fmt: skip
    held.number, held.records = number, dict(enumerate(records(reading, document.text)))
    return held


def test_tellings_of_one_engagement_come_together_and_others_stay_apart() -> None:
    sys.path.insert(0, str(GOLD))
    from score_bundles import Bundle, figure, key

    count: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    errors: list[str] = []
    for folder in sorted(BUNDLES.iterdir()):
        lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()
        found = resolve(tellings(filed(number, line) for number, line in enumerate(lines, 1))).engagements
        bundle = Bundle.__new__(Bundle)
        bundle.name, bundle.expected = folder.name, json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        bundle.texts = {key(told["url"]): told["text"] for told in map(json.loads, lines)}
        bundle.engagements = [
            {"evidence": [{"source": p.source, "start": p.start, "end": p.end} for p in e.passages()]} for e in found
        ]
        bundle.score_engagements(count, errors)
    assert figure("merge", count["merge"]) >= LEAST, errors
    assert figure("clean bundles", count["clean bundles"]) >= CLEAN, errors

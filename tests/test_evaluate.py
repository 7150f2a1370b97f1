"""Evaluate counts facts as the gold's own scorer does, and calls confidence right or wrong."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from servanda.errors import BadData
from servanda.evaluate import FACETS, GoldReading, compare, load_gold, reliability, summarise
from servanda.types import (
    Act,
    Actor,
    Agreement,
    Contribution,
    DateExpression,
    Engagement,
    Noise,
    Post,
    Reading,
)

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "dev"
TEXT = "Ngày 26/2, Bộ trưởng Lê Văn Mẫu gặp ông John Doe. Ông Mẫu cảm ơn Pháp. Ảnh: Bản tin Mẫu"
PERFECT = {
    "noise": [{"quote": "Ảnh: Bản tin Mẫu", "kind": "credit"}],
    "actors": [
        {"id": "a", "kind": "person", "names": ["Lê Văn Mẫu"], "posts": [{"text": "Bộ trưởng"}]},
        {"id": "b", "kind": "person", "names": ["John Doe"]},
        {"id": "c", "kind": "state", "names": ["Pháp"], "code": "FR"},
    ],
    "dates": [{"quote": "Ngày 26/2", "edtf": "XXXX-02-26"}],
    "engagements": [
        {"id": "e", "kind": "meeting", "date": "XXXX-02-26", "status": "held", "participants": ["a", "b"],
         "quote": "Bộ trưởng Lê Văn Mẫu gặp ông John Doe"}
    ],
    "acts": [{"type": "SUPPORT", "speaker": "a", "addressee": "c", "quote": "Ông Mẫu cảm ơn Pháp"}],
}  # fmt: skip


def as_reading(text: str, gold: GoldReading, source: str, draw: random.Random) -> Reading:
    """The gold as a reader would give it, with here and there a fact missed, moved or made wrong."""

    def kept(items):
        return [item for item in items if draw.random() < 0.9]

    def span(item):
        start, end = draw.choice(item.spans(text))
        return {"start": start, "end": min(len(text), end + draw.choice([0, 0, 0, 40])), "confidence": draw.random()}

    def of(actor):
        return actor if draw.random() < 0.9 else "x0"

    actors = [
        Actor(f"r{a.id}", a.kind, list(a.names[-1:]), a.code if draw.random() < 0.8 else None,
              [Post(p.text[: draw.choice([6, 99])], 0, 1) for p in kept(a.posts)])
        for a in kept(gold.actors)
    ]  # fmt: skip
    return Reading(
        source, "0", "vi",
        noise=[Noise(*draw.choice(n.spans(text)), n.kind) for n in kept(gold.noise)],
        actors=actors,
        dates=[
            DateExpression(edtf=d.edtf[: draw.choice([7, 99])], **span(d)) for d in [*gold.dates, *kept(gold.dates)]
        ],
        engagements=[
            Engagement(e.id, e.kind, e.date, None, e.status, [f"r{of(p)}" for p in e.participants], **span(e))
            for e in kept(gold.engagements)
        ],
        acts=[
            Act(a.type, f"r{of(a.speaker)}", a.addressee and f"r{of(a.addressee)}", **span(a)) for a in kept(gold.acts)
        ],
        contributions=[
            Contribution(f"r{of(c.contributor)}", c.mission and f"r{of(c.mission)}", c.what, c.count, c.women, None,
                         c.status, c.measure, None, **span(c))
            for c in kept(gold.contributions)
        ],
        agreements=[
            Agreement(a.kind, [f"r{of(p)}" for p in a.parties], None, a.status, a.name, **span(a))
            for a in kept(gold.agreements)
        ],
    )  # fmt: skip


@pytest.mark.skipif(not GOLD.is_dir(), reason=f"no gold readings at {GOLD}")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_agree_with_the_scorer_of_the_gold(tmp_path, seed):
    draw, comparisons, readings = random.Random(seed), [], tmp_path / "readings.jsonl"
    with readings.open("w", encoding="utf-8") as out:
        for path in sorted(GOLD.glob("*.json")):
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            gold = load_gold(path, text)
            reading = as_reading(text, gold, path.with_suffix(".txt").name, draw)
            comparisons.append(compare(text, gold, reading))
            out.write(json.dumps(asdict(reading), ensure_ascii=False) + "\n")
    scorer = [sys.executable, str(GOLD.parent / "score.py"), str(GOLD), str(readings), "--json"]
    theirs = json.loads(subprocess.run(scorer, capture_output=True, check=True, text=True).stdout)
    ours = summarise(comparisons)
    assert ours.overall == pytest.approx(theirs.pop("overall"), abs=5e-4)
    assert set(theirs) == {*FACETS, "addressees"}
    for facet, figure in theirs.items():
        mine = ours.facets[facet]
        assert [*mine[:3], mine.gold] == pytest.approx(list(figure.values()), abs=5e-4), facet


def reading_of_text(**changed) -> Reading:
    return Reading(
        "t", "0", "vi",
        noise=[Noise(TEXT.index("Ảnh"), len(TEXT), "credit")],
        actors=[
            Actor("p1", "person", ["Lê Văn Mẫu"], None, [Post("Bộ trưởng", 11, 20)], confidence=0.95),
            Actor("p2", "person", ["John Doe"], confidence=0.9),
            Actor("s1", "state", ["Pháp"], "FR", confidence=0.99),
        ],
        dates=[DateExpression(0, 9, "XXXX-02-26", confidence=0.99)],
        engagements=[Engagement("e1", "meeting", "XXXX-02-26", None, "held", ["p1", "p2"], 11, 48, confidence=0.8)],
        acts=[Act("SUPPORT", "p1", "s1", 50, 69, confidence=0.6)],
    )  # fmt: skip


def test_a_perfect_reading_scores_one_on_every_facet():
    found = summarise([compare(TEXT, GoldReading.model_validate(PERFECT), reading_of_text())])
    assert {figure.f1 for figure in found.facets.values()} == {1.0}


def test_a_wrong_speaker_is_both_missed_and_wrong_and_lowers_reliability():
    reading = reading_of_text()
    reading.acts[0].speaker = "p2"
    found = compare(TEXT, GoldReading.model_validate(PERFECT), reading)
    assert [error.split(":")[0] for error in found.errors] == ["acts missed", "acts wrong"]
    assert {b.low: b.right for b in reliability([found])}[0.6] == 0.0


def test_broken_gold_names_file_key_and_why(tmp_path):
    path = tmp_path / "page.json"
    path.write_text('{"acts": [{"type": "SMILE", "speaker": "a", "quote": "x"}]}')
    with pytest.raises(BadData, match=r"page\.json: acts\.0\.type: Input should be"):
        load_gold(path, "x")
    path.write_text('{"dates": [{"quote": "26/2", "edtf": "XXXX-02-26"}]}')
    with pytest.raises(BadData, match=r"page\.json: this quote does not stand in the text: '26/2'"):
        load_gold(path, "nothing")

"""How sure an engagement is: what a small model of the language sees of it.

Its weights are trained by `tools/train_sureness.py`; without them every engagement is as likely as not, and none is
dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from servanda.read.code.engagements.merge import Telling

UNKNOWN = 0.5


def features(tellings: list[Telling], hosted: Collection[int]) -> list[list[str]]:
    """What the model sees of each engagement of a page: names of what holds of it."""
    nations = max((t.nations for t in tellings), default=0)
    page = [f"page {min(len(tellings), 4)}", f"page nations {min(nations, 2)}"]
    return [
        [*_told(t), *_sides(t), *_stands(t), *page, *(["hosted"] if number in hosted else [])]
        for number, t in enumerate(tellings)
    ]


def _told(t: Telling) -> Iterator[str]:
    yield f"rule {t.rule}"
    yield f"{t.kind} {t.status}"
    yield f"{t.kind} {'dated' if t.date else 'undated'}"
    yield f"{t.kind} {'placed' if t.place else 'nowhere'}"
    yield f"told {min(len(t.told), 2)}"
    yield from t.marks
    if t.reference:
        yield f"{t.kind} reference"
    if t.occasion:
        yield f"occasion {'long' if len(t.occasion.split()) > 4 else 'short'}"


def _sides(t: Telling) -> Iterator[str]:
    persons, others = len(t.persons), len(t.participants) - len(t.persons)
    yield f"{t.kind} persons {min(persons, 3)}"
    yield f"{t.kind} others {min(others, 3)}"
    yield f"nations {min(t.nations, 2)}"


def _stands(t: Telling) -> Iterator[str]:
    if t.headline:
        yield "headline"
    yield "early" if t.sentence < 4 else "late"
    length = t.span[1] - t.span[0]
    yield f"span {'short' if length < 60 else 'middle' if length < 160 else 'long'}"

"""Captions: a logistic model over the words of a unit and its place, trained by tools/train_captions.py.

Its weights are data of the language (`lang/<xx>/captions.json`): feature -> weight, read once. Prediction is a sum.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from math import exp
from pathlib import Path

from servanda.lexicon import HERE, Lexicon
from servanda.read.clean.units import Unit
from servanda.read.page import Page

WORD = re.compile(r"\w+|[“”\"?:;()]")
LONGEST = 420
DIGITS = str.maketrans("123456789", "000000000")


@cache
def weights(language: str, root: Path = HERE) -> dict[str, float]:
    """The trained weights of a language; none where it has no model."""
    path = root / "lang" / language / "captions.json"
    if not path.is_file():
        return {}
    loaded: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def probability(page: Page, units: list[Unit], index: int) -> float:
    """How likely a unit is a caption, from 0 to 1; 0 where it is too long or too short, or no model is there."""
    unit, model = units[index], weights(page.lexicon.language)
    if not model or not 8 <= unit.words_end - unit.start <= LONGEST:
        return 0.0
    get = model.get
    total = sum([get(feature, 0.0) for feature in features(page, units, index)], get("", 0.0))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def features(page: Page, units: list[Unit], index: int) -> Iterator[str]:
    """What the model sees of a unit: its words without names, its shape, its neighbours; never its credit or full stop."""
    unit = units[index]
    text = page.text[unit.start : unit.words_end].rstrip(" .")
    shown = WORD.findall(text)
    low = [word.lower().translate(DIGITS) for word in shown]
    before = "^"
    capitals = 0
    for position, word in enumerate(low):
        if shown[position][0].isupper() and position > 1:
            capitals += 1
            before = "C"
            continue
        yield word
        yield f"{before} {word}"
        before = word
    yield f"{before} $"
    yield from _shape(len(low), capitals, text)
    yield from _place(page, units, index, low)


def _shape(count: int, capitals: int, text: str) -> Iterator[str]:
    yield f"#words {min(count // 4, 12)}"
    yield f"#capitals {int(8 * capitals / max(1, count))}"
    yield f"#commas {min(text.count(','), 3)}"


def _place(page: Page, units: list[Unit], index: int, low: list[str]) -> Iterator[str]:
    unit = units[index]
    yield f"#place {'f' if unit.first else ''}{'l' if unit.last else ''}"
    opening = low[:2]
    for name, near in (("next", index + 1), ("previous", index - 1)):
        if 0 <= near < len(units):
            other = page.folded[units[near].start : units[near].start + 60]
            if other.startswith(" ".join(opening)):
                yield f"#{name} starts so"
            yield f"#{name} {other.split(' ', 1)[0]}"

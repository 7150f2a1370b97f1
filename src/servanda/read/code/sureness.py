"""Sureness: how likely an act is to be read rightly, by a small model over what its clause shows.

The weights are trained from documents with gold readings by `tools/train_acts.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from math import exp
from pathlib import Path

from servanda.read.code.asserted import speaker_at
from servanda.read.code.clauses import Predicate
from servanda.read.code.talks import floor
from servanda.read.code.walk import grammar, role_of
from servanda.read.page import Page
from servanda.types import Act
from servanda.vocabulary import ActRule

ROOT = Path(__file__).parents[2]
UNKNOWN = 0.7  # of an act in a language without a model
SHORT, LONG = 40, 160  # code points of a clause


@cache
def weights(language: str, root: Path = ROOT) -> dict[str, float]:
    """The trained weights of a language; none where it has no model."""
    path = root / "lang" / language / "acts.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def sureness(seen: list[str], model: dict[str, float]) -> float:
    """How likely an act of which `seen` holds is to be right, between 0 and 1."""
    if not model:
        return UNKNOWN
    total = sum([model.get(name, 0.0) for name in ["", *seen]])
    return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 3)


def features(page: Page, predicate: Predicate, rule: ActRule, act: Act) -> list[str]:
    """What the model sees of an act: names of what holds of it."""
    return [
        *_rule(rule, predicate),
        *_subject(page, predicate),
        *_other_side(page, predicate, act),
        *_clause(page, act),
    ]


def _rule(rule: ActRule, predicate: Predicate) -> Iterator[str]:
    told = "told" if predicate.told else "guessed" if predicate.guessed else "carried"
    yield f"rule {rule.id}"
    yield f"type {rule.type}"
    yield f"{told}"
    yield f"{rule.type} {told}"
    yield from (f"past {role}" for role in predicate.roles)
    if not predicate.told:
        yield f"join {predicate.join}"


def _subject(page: Page, predicate: Predicate) -> Iterator[str]:
    yield f"left {predicate.left}"
    yield f"subject {predicate.subjects[0].kind if predicate.subjects else 'nobody'}"
    yield f"subjects {min(len(predicate.subjects), 3)}"
    if predicate.governor:
        yield "reported"
        yield f"reported by {predicate.reporter}"
    if speaker_at(page, predicate.start):
        yield "direct speech"


def _other_side(page: Page, predicate: Predicate, act: Act) -> Iterator[str]:
    partner = floor(page).partner(act.speaker, predicate.start)
    yield "partner" if partner else "no partner"
    told = "nobody" if act.addressee is None else "partner" if act.addressee == partner else "named"
    yield f"to {told}"
    yield f"{act.type} to {told}"
    yield f"talks {min(len(floor(page).talks), 3)}"


def _clause(page: Page, act: Act) -> Iterator[str]:
    length = act.end - act.start
    yield f"clause {'short' if length < SHORT else 'long' if length > LONG else 'middle'}"
    kinds = floor(page).kinds
    yield f"states {min(kinds['state'], 3)}"
    yield f"persons {min(kinds['person'], 3)}"
    opens = grammar(page).opens.get(act.end)
    yield f"then {role_of(opens) if opens else page.text[act.end : act.end + 1]}"
    yield "early" if act.start < len(page.text) / 4 else "late"

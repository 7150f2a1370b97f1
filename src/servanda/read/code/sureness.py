"""Sureness: how likely an act is to be read rightly, by a small model over what its clause shows.

Its weights are trained by `tools/train_sureness.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from servanda.read.code.asserted import speaker_at
from servanda.read.code.clauses import Predicate
from servanda.read.code.talks import floor
from servanda.read.code.walk import grammar, role_of
from servanda.read.page import Page
from servanda.types import Act
from servanda.vocabulary import ActRule

UNKNOWN = 0.7  # of an act in a language without a model
SHORT, LONG = 40, 160  # code points of a clause


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

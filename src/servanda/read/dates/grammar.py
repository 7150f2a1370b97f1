"""The grammar of date expressions of one language, compiled from its data file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from servanda.folding import fold, place_tones
from servanda.lexicon import Lexicon
from servanda.vocabulary import DateWords

NAMED = re.compile(r"\(\?P<\w+>")
PIECE = re.compile(r"\{([a-z_]+)\}")


@dataclass(slots=True)
class Rule:
    """An expression to be tried at a place: its entry and its pattern."""

    entry: DateWords
    pattern: re.Pattern[str]


@dataclass(slots=True)
class Grammar:
    """The compiled entries by role: patterns for numbers in order, for words by id, and sets of words beside a date."""

    numbers: list[Rule]
    any_number: re.Pattern[str]
    words: dict[str, Rule]
    event: re.Pattern[str]
    months: dict[str, int]
    strong: frozenset[str]
    weak: frozenset[str]
    second: frozenset[str]
    ahead: frozenset[str]
    barrier: frozenset[str]
    count: frozenset[str]
    unit: frozenset[str]
    month_lead: frozenset[str]
    ordinal: frozenset[str]
    counted: tuple[str, ...]


@cache
def grammar(lexicon: Lexicon) -> Grammar:
    """The grammar of a lexicon, compiled once."""
    entries = lexicon.entries("dates", DateWords)
    pieces = {entry.id: entry.pattern for entry in entries if entry.role == "piece"}

    def tokens(role: str) -> frozenset[str]:
        return frozenset(fold(token) for entry in entries if entry.role == role for token in entry.tokens)

    def rules(role: str) -> list[Rule]:
        return [Rule(entry, re.compile(_source(entry.pattern, pieces))) for entry in entries if entry.role == role]

    numbers = rules("number")
    return Grammar(
        numbers=numbers,
        any_number=re.compile("|".join(NAMED.sub("(?:", rule.pattern.pattern) for rule in numbers)),
        words={rule.entry.id: rule for rule in rules("word")},
        event=rules("event")[0].pattern,
        months={name: entry.shift for entry in entries if entry.role == "month" for name in entry.pattern.split("|")},
        strong=tokens("strong"),
        weak=tokens("weak"),
        second=tokens("second"),
        ahead=tokens("ahead"),
        barrier=tokens("barrier"),
        count=tokens("count"),
        unit=tokens("unit"),
        month_lead=tokens("month_lead"),
        ordinal=tokens("ordinal"),
        counted=tuple(f" {token}" for token in tokens("counted")),
    )


def _source(pattern: str, pieces: dict[str, str]) -> str:
    """A pattern with its pieces put in, its doubled braces made single and its tone marks where folding puts them."""
    before = ""
    while pattern != before:
        before, pattern = pattern, PIECE.sub(lambda match: pieces[match.group(1)], pattern)
    return place_tones(pattern).replace("{{", "{").replace("}}", "}")

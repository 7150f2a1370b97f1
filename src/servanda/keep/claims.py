"""What a document claims of subjects that others may tell otherwise: so those that may disagree find each other.

A claim is a value under a key: a name under an office of a state, a spelling under a state, figures under a unit, a day
under a deed known by a number in it. Documents are compared (`conflicts`) only where their claims of one key differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product

from servanda.keep import figures
from servanda.keep.conflicts import may_be_of_one_time, places_differ, ranked, spans_differ
from servanda.keep.counted import deeds, unit_keys
from servanda.keep.facts import Fact, unit_number
from servanda.keep.names import Who, plain
from servanda.keep.offices import office
from servanda.keep.quantities import rules
from servanda.keep.resolve import Resolved
from servanda.keep.spellings import held_by_few, misspelt, spelled_alike, spelled_in
from servanda.keep.telling import Telling, era
from servanda.keep.when import apart, when
from servanda.records import Filed

Claims = Mapping[str, frozenset[str]]  # values under each key


def claims(
    document: Filed, known: Mapping[int, Who], facts: Iterable[Fact], text: str, states: dict[str, str]
) -> Claims:
    """Everything that one document, `known` its actors, says of subjects that others may tell otherwise; `states`: the
    codes of states by their names as they are written."""
    found: dict[str, set[str]] = defaultdict(set)
    told = (_offices(known), _ranks(document, known), _states(document, text, states), _figures(facts))
    for key, value in chain(*told, deeds(document, text), figures.claimed(document, text)):
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _offices(known: Mapping[int, Who]) -> Iterator[tuple[str, str]]:
    for who in (w for w in known.values() if w.kind == "person" and w.name.isascii()):
        for told in (office(post, who.named) for post in who.posts):
            if key := held_by_few(told):
                yield f"#office {key[0]}|#{key[1]}", who.name


def _ranks(document: Filed, known: Mapping[int, Who]) -> Iterator[tuple[str, str]]:
    time = era(document)
    for who in (w for w in known.values() if w.kind == "person" and " " in plain(w.name)):
        yield from ((f"#rank {plain(who.name)}", f"{plain(post)}@{time}") for post in who.posts if ranked(post))


def _states(document: Filed, text: str, states: dict[str, str]) -> Iterator[tuple[str, str]]:
    for code, form in spelled_in(document, text, states):
        yield f"#state #{code}", form


def _figures(facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    for fact in facts:
        if fact.record == "contribution" and fact.what and fact.by and (fact.unit or fact.what in rules().units):
            by = f"#{fact.by[0].code}" if fact.by[0].code else fact.by[0].name
            yield f"#unit {by}|{fact.what}|{unit_number(fact.unit) or ''}", f"{fact.count}/{fact.women}/{fact.due}"
        yield from ((key, fact.passage.quote) for key in unit_keys(fact))


def differ(key: str, one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the values that two documents have under a key may contradict each other."""
    pairs = [(a, b) for a, b in product(one, other) if a != b]
    if key.startswith("#state "):
        return any(misspelt(a, b) for a, b in pairs)
    if key.startswith("#office "):
        return any(spelled_alike(a, b) for a, b in pairs)
    if key.startswith("#rank "):
        told = ((a.split("@"), b.split("@")) for a, b in pairs)
        return any(a[0] != b[0] and may_be_of_one_time(a[1], b[1]) for a, b in told)
    if key.startswith("#figure "):
        return any(figures.may_differ(a, b) for a, b in pairs)
    if key.startswith("#deed "):
        days = ((when(a), when(b)) for a, b in pairs)
        return any(a is not None and b is not None and apart(a, b) <= rules().apart for a, b in days)
    return bool(pairs)


def disputed(engagement: Resolved) -> set[tuple[int, int]]:
    """Pairs of documents that may tell one engagement otherwise: another day, another place, another name."""
    pairs = ((a, b) for a, b in combinations(engagement.tellings, 2) if a.number != b.number)
    return {(min(a.number, b.number), max(a.number, b.number)) for a, b in pairs if _otherwise(a, b)}


def _otherwise(a: Telling, b: Telling) -> bool:
    first, second = when(a.date), when(b.date)
    if first is not None and second is not None and (apart(first, second) > 0 or spans_differ(first, second)):
        return True
    return places_differ(a, b) or any(spelled_alike(x, y) for x, y in product(_people(a.who), _people(b.who)))


def _people(who: Sequence[Who]) -> list[str]:
    return [w.name for w in who if w.kind == "person" and w.name.isascii()]


__all__ = ["Claims", "claims", "differ", "disputed"]

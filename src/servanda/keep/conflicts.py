"""Where documents disagree: one subject, one property, two values, both kept, one preferred and why.

A plan beside a later fact is no conflict: only values that claim to be of the same state of affairs are set beside each
other, that is those held with those held, and what is to come with what is to come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.fuzz import ratio

from servanda.keep.names import Who, alike, plain
from servanda.keep.promises import Fact, same_unit, unit_number
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage, Telling, actors
from servanda.keep.when import apart, when
from servanda.records import Filed, Record, Statement

POST = 4  # words at the end of a post that two people of one name hardly share by chance
LETTER = 88.0  # likeness, of 100, of a name and its misprint
NEAR = 78.0  # likeness, of 100, of two spellings of one name
LONGEST = 31  # days that a date may leave open and still contradict another


@dataclass(slots=True, frozen=True)
class Value:
    """A value and the words that say it."""

    value: str
    passage: Passage


@dataclass(slots=True, frozen=True)
class Conflict:
    """One subject and property with its values; `preferred` is one of them, `why` says on what ground."""

    subject: str
    property: str
    values: tuple[Value, ...]
    preferred: str
    why: str


def conflicts(
    documents: Sequence[Filed],
    engagements: Iterable[Resolved],
    facts: Sequence[Fact],
    *,
    texts: Mapping[int, str] | None = None,
    ranks: Collection[str] = (),
) -> list[Conflict]:
    """Every disagreement of these documents, over engagements, names, posts and contributions.

    `texts` by number of document, where names that nobody knows are to be compared with known ones; `ranks`: words of
    which a person has one at a time, plain.
    """
    resolved = list(engagements)
    found = [c for e in resolved for c in (*_dates(e), *_places(e))]
    names = [*_names(documents, resolved), *_misprints(documents, texts or {}), *_doubles(documents)]
    return [*found, *names, *_ranks(documents, frozenset(ranks)), *_figures(facts)]


def _doubles(documents: Sequence[Filed]) -> Iterator[Conflict]:
    """Two people of one document who share a name's word and the end of a post: one, under two names, it may be."""
    for document in documents:
        known = actors(document)
        people = [(place, w) for place, w in known.items() if w.kind == "person" and w.name.isascii()]
        for (i, a), (j, b) in combinations(people, 2):
            if set(plain(a.name).split()) & set(plain(b.name).split()) and _same_post(a, b):
                records = (document.records[i], document.records[j])
                yield _conflict(a.name, "name", [v for record in records for v in _mentions(document, record)])


def _same_post(a: Who, b: Who) -> bool:
    ends = ({tuple(plain(post).split()[-POST:]) for post in who.posts} for who in (a, b))
    return any(len(end) == POST for end in set.intersection(*ends))


def _misprints(documents: Sequence[Filed], texts: Mapping[int, str]) -> Iterator[Conflict]:
    """Names of several words, known to no list, that are a letter away from a state's: `Nam Sundan`."""
    states: dict[str, list[Value]] = defaultdict(list)
    for document in documents:
        for record in document.records.values():
            if record.kind == "actor" and record.value("kind") == "state":
                for value in _mentions(document, record):
                    if len(value.value.split()) > 1:
                        states[value.value].append(value)
    known = {plain(name) for name in states}
    for name, values in states.items():
        wrong = [v for d in documents for v in _nearly(d, texts.get(d.number, ""), name) if plain(v.value) not in known]
        if wrong:
            yield _conflict(name, "spelling", [*values, *wrong])


def _nearly(document: Filed, text: str, name: str) -> Iterator[Value]:
    first, *rest = name.split()
    for found in re.finditer(rf"\b{re.escape(first)}" + r" [^\W\d_]\w+" * len(rest), text):
        words = found.group()
        if words != name and words[len(first) + 1].isupper() and ratio(plain(words), plain(name)) >= LETTER:
            yield Value(words, Passage(document.source, found.start(), found.end(), words))


def _dates(engagement: Resolved) -> Iterator[Conflict]:
    """Days that cannot be the same, told of what was held (or is planned) alike."""
    for held in (True, False):
        told = [t for t in engagement.tellings if (t.status == "held") == held and _exact(t.date)]
        if any(_differ(a.date, b.date) for a, b in combinations(told, 2)):
            yield _conflict(_title(engagement), "date", [Value(t.date or "", t.passages[0]) for t in told])


def _exact(edtf: str | None) -> bool:
    found = when(edtf)
    return found is not None and found.days <= LONGEST


def _differ(a: str | None, b: str | None) -> bool:
    first, second = when(a), when(b)
    return first is not None and second is not None and apart(first, second) > 0


def _places(engagement: Resolved) -> Iterator[Conflict]:
    """Places of the same rank whose names share no word."""
    told = [t for t in engagement.tellings if t.place]
    if any(_elsewhere(a, b) for a, b in combinations(told, 2)):
        yield _conflict(_title(engagement), "place", [Value(t.place or "", t.passages[0]) for t in told])


def _elsewhere(a: Telling, b: Telling) -> bool:
    if a.to or b.to or a.source == b.source:
        return bool(a.to and b.to and not a.to & b.to)
    return not set(plain(a.place or "").split()) & set(plain(b.place or "").split())


def _title(engagement: Resolved) -> str:
    first = engagement.first
    who = ", ".join(w.name for w in first.who[:3])
    return f"{first.kind}: {first.occasion or who}".strip()


def _names(documents: Sequence[Filed], engagements: Iterable[Resolved]) -> Iterator[Conflict]:
    """One person or state under names a few letters apart: matched by company, or by code."""
    spelled: dict[str, list[Value]] = defaultdict(list)
    for document in documents:
        known = actors(document)
        for place, who in known.items():
            if who.kind == "state" and who.code:
                spelled[who.code] += _mentions(document, document.records[place])
    for code, values in spelled.items():
        yield from _spellings(code, values)
    people = [(w, t.source) for e in engagements for t in e.tellings for w in t.who if w.kind == "person"]
    yield from _people(documents, people)


def _mentions(document: Filed, record: Record) -> list[Value]:
    return [Value(s.words, _passage(document, s)) for s in record.all("mention") if s.words[:1].isupper()]


def _passage(document: Filed, said: Statement) -> Passage:
    return Passage(document.source, said.start, said.end, said.words)


def _spellings(subject: str, values: list[Value]) -> Iterator[Conflict]:
    """Names of one thing that are not equal but nearly so."""
    first: dict[str, Value] = {}
    for value in values:
        first.setdefault(plain(value.value), value)
    near = {name for a, b in combinations(first, 2) if _misspelt(a, b) for name in (a, b)}
    if near:
        yield _conflict(subject, "spelling", [v for v in values if plain(v.value) in near])


def _misspelt(a: str, b: str) -> bool:
    one, other = a.replace(" ", ""), b.replace(" ", "")
    return one != other and len(a.split()) == len(b.split()) and abs(len(a) - len(b)) <= 3 and ratio(a, b) >= NEAR


def _people(documents: Sequence[Filed], people: Iterable[tuple[Who, str]]) -> Iterator[Conflict]:
    places = {(d.source, r.key): (d, r) for d in documents for r in d.records.values() if r.kind == "actor"}
    unique = {(w.key, source): w for w, source in people}
    done: set[frozenset[str]] = set()
    for (first, one), (second, other) in combinations(unique.items(), 2):
        a, b = plain(one.name), plain(other.name)
        if first[1] == second[1] or frozenset((a, b)) in done or not 0.8 <= alike(one, other) < 0.93:
            continue
        done.add(frozenset((a, b)))
        values = [v for key in (first, second) if (key[1], key[0]) in places
                  for v in _mentions(*places[key[1], key[0]])]  # fmt: skip
        if values:
            yield _conflict(one.name, "name", values)


def _ranks(documents: Sequence[Filed], ranks: frozenset[str]) -> Iterator[Conflict]:
    """Two posts of one person in one document that begin or end alike and yet exclude each other."""
    for document in documents:
        for record in document.records.values():
            if record.kind == "actor" and not record.passage and record.value("kind") == "person":
                yield from _posts(document, record, ranks)


def _posts(document: Filed, record: Record, ranks: frozenset[str]) -> Iterator[Conflict]:
    posts = {plain(s.value or ""): s for s in record.all("post")}
    for a, b in combinations(posts, 2):
        if {a, b} <= ranks or _exclude(a.split(), b.split()):
            values = [Value(posts[p].value or "", _passage(document, posts[p])) for p in (a, b)]
            yield _conflict(record.value("name") or record.words, "post", values)


def _exclude(a: list[str], b: list[str]) -> bool:
    """One is the other with a word before it: a deputy is not the head."""
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and long[1:] == short


def _figures(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Numbers and dates of one unit of one state, by documents that speak of the same state of affairs."""
    units: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.record == "contribution" and fact.what and fact.unit and fact.by:
            number = unit_number(fact.unit) or ""
            units[fact.by[0].code or fact.by[0].name, fact.what, number].append(fact)
    for (by, _, _), told in units.items():
        subject = f"{by}: {told[0].unit}"
        yield from _numbers(subject, told)
        yield from _plans(subject, told)


def _numbers(subject: str, told: list[Fact]) -> Iterator[Conflict]:
    for name in ("count", "women"):
        values = [Value(str(getattr(f, name)), f.passage) for f in told if getattr(f, name) is not None]
        if len({v.value for v in values}) > 1:
            yield _conflict(subject, name, values)


def _plans(subject: str, told: list[Fact]) -> Iterator[Conflict]:
    plans = [f for f in told if f.status in ("planned", "pledged", "ready") and f.due]
    if any(_differ(a.due, b.due) and same_unit(a, b) for a, b in combinations(plans, 2)):
        yield _conflict(subject, "planned for", [Value(f.due or "", f.passage) for f in plans])


def _conflict(subject: str, name: str, values: Sequence[Value]) -> Conflict:
    """The value told by most documents is preferred; among equals the last told, which may correct the others."""
    unique = list({(v.value, v.passage.source): v for v in values}.values())
    votes: dict[str, set[str]] = defaultdict(set)
    for value in unique:
        votes[value.value].add(value.passage.source)
    most = max(map(len, votes.values()))
    leading = [value for value, sources in votes.items() if len(sources) == most]
    total = len({v.passage.source for v in unique})
    why = f"told by {most} of {total} documents" if len(leading) == 1 else "the last told; as many tell the others"
    return Conflict(subject, name, tuple(unique), leading[-1], why)

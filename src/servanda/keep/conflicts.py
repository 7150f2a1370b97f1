"""Where documents disagree: one subject, one property, two values, both kept, one preferred and why.

A plan beside a later fact is no conflict: only values that claim to be of the same state of affairs are set beside each
other, that is those held with those held, and what is to come with what is to come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from rapidfuzz.fuzz import ratio

from servanda.keep.counted import Found, dated, of_units, within_texts
from servanda.keep.disagreement import Conflict, Origin, Value, side_by_side
from servanda.keep.duplicates import Text, likeness
from servanda.keep.facts import Fact, same_unit, unit_number
from servanda.keep.names import Who, alike, plain
from servanda.keep.quantities import quantities, rules
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage, Telling, actors
from servanda.keep.when import apart, when, within
from servanda.records import Filed, Record, Statement

POST = 4  # words at the end of a post that two people of one name hardly share by chance
LETTER = 88.0  # likeness, of 100, of a name and its misprint
NEAR = 78.0  # likeness, of 100, of two spellings of one name
LONGEST = 31  # days that a date may leave open and still contradict another


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
    resolved, words = list(engagements), texts or {}
    found = [told for e in resolved for told in (*_dates(e), *_places(e))]
    found += [*_names(documents, resolved), *_misprints(documents, words), *_doubles(documents)]
    found += [*_ranks(documents, frozenset(ranks)), *_figures(facts)]
    found += [*of_units(documents, facts, words), *within_texts(documents, words), *dated(documents, words)]
    origin, written = _origins(documents, words), {d.source: d.published for d in documents if d.published}
    return [side_by_side(subject, name, values, origin, written) for subject, name, values in found]


def _origins(documents: Sequence[Filed], texts: Mapping[int, str]) -> Origin:
    """From a source to the one whose text it copies: the same text, or a rewrite of it, compared when asked."""
    known = {d.source: d for d in documents}
    first = {d.id: d.source for d in reversed(documents)}

    @cache
    def alike(one: str, other: str) -> bool:
        a, b = (Text(source, texts.get(known[source].number, "")) for source in (one, other))
        return bool(a.text and b.text) and likeness(a, b).same

    seen: list[str] = []

    @cache
    def origin(source: str) -> str:
        if source not in known:
            return source
        own = first[known[source].id]
        found = next((other for other in seen if other != own and alike(other, own)), own)
        if found == own and own not in seen:
            seen.append(own)
        return found

    return origin


def _doubles(documents: Sequence[Filed]) -> Iterator[Found]:
    """Two people of one document who share a name's word and the end of a post: one, under two names, it may be."""
    for document in documents:
        known = actors(document)
        people = [(place, w) for place, w in known.items() if w.kind == "person" and w.name.isascii()]
        for (i, a), (j, b) in combinations(people, 2):
            if set(plain(a.name).split()) & set(plain(b.name).split()) and _same_post(a, b):
                records = (document.records[i], document.records[j])
                yield (a.name, "name", [v for record in records for v in _mentions(document, record)])


def _same_post(a: Who, b: Who) -> bool:
    ends = ({tuple(plain(post).split()[-POST:]) for post in who.posts} for who in (a, b))
    return any(len(end) == POST for end in set.intersection(*ends))


def _misprints(documents: Sequence[Filed], texts: Mapping[int, str]) -> Iterator[Found]:
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
            yield (name, "spelling", [*values, *wrong])


def _nearly(document: Filed, text: str, name: str) -> Iterator[Value]:
    first, *rest = name.split()
    for found in re.finditer(rf"\b{re.escape(first)}" + r" [^\W\d_]\w+" * len(rest), text):
        words = found.group()
        if words != name and words[len(first) + 1].isupper() and ratio(plain(words), plain(name)) >= LETTER:
            yield Value(words, Passage(document.source, found.start(), found.end(), words))


def _dates(engagement: Resolved) -> Iterator[Found]:
    """Days that cannot be the same, told of what was held (or is planned) alike; a day of a visit is no other day."""
    for held in (True, False):
        told = [t for t in engagement.tellings if (t.status == "held") == held and _exact(t.date)]
        spans = [t.date for t in told if (w := when(t.date)) and w.days > 1]
        told = [t for t in told if t.date in spans or not any(within(t.date, span, 1) for span in spans)]
        if not spans and engagement.first.kind == "visit":
            continue
        if any(_differ(a.date, b.date) for a, b in combinations(told, 2)):
            yield (_title(engagement), "date", [Value(t.date or "", t.passages[0]) for t in told])


def _exact(edtf: str | None) -> bool:
    found = when(edtf)
    return found is not None and found.days <= LONGEST


def _differ(a: str | None, b: str | None) -> bool:
    first, second = when(a), when(b)
    return first is not None and second is not None and apart(first, second) > 0


def _places(engagement: Resolved) -> Iterator[Found]:
    """Places of the same rank whose names share no word."""
    told = [t for t in engagement.tellings if t.place]
    if any(_elsewhere(a, b) for a, b in combinations(told, 2)):
        yield (_title(engagement), "place", [Value(t.place or "", t.passages[0]) for t in told])


def _elsewhere(a: Telling, b: Telling) -> bool:
    if a.to or b.to or a.source == b.source:
        return bool(a.to and b.to and not a.to & b.to)
    return not set(plain(a.place or "").split()) & set(plain(b.place or "").split())


def _title(engagement: Resolved) -> str:
    first = engagement.first
    who = ", ".join(w.name for w in first.who[:3])
    return f"{first.kind}: {first.occasion or who}".strip()


def _names(documents: Sequence[Filed], engagements: Iterable[Resolved]) -> Iterator[Found]:
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


def _spellings(subject: str, values: list[Value]) -> Iterator[Found]:
    """Names of one thing that are not equal but nearly so."""
    first: dict[str, Value] = {}
    for value in values:
        first.setdefault(plain(value.value), value)
    near = {name for a, b in combinations(first, 2) if _misspelt(a, b) for name in (a, b)}
    if near:
        yield (subject, "spelling", [v for v in values if plain(v.value) in near])


def _misspelt(a: str, b: str) -> bool:
    one, other = a.replace(" ", ""), b.replace(" ", "")
    return one != other and len(a.split()) == len(b.split()) and abs(len(a) - len(b)) <= 3 and ratio(a, b) >= NEAR


def _people(documents: Sequence[Filed], people: Iterable[tuple[Who, str]]) -> Iterator[Found]:
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
            yield (one.name, "name", values)


def _ranks(documents: Sequence[Filed], ranks: frozenset[str]) -> Iterator[Found]:
    """Two posts of one person in one document that begin or end alike and yet exclude each other."""
    for document in documents:
        for record in document.records.values():
            if record.kind == "actor" and not record.passage and record.value("kind") == "person":
                yield from _posts(document, record, ranks)


def _posts(document: Filed, record: Record, ranks: frozenset[str]) -> Iterator[Found]:
    posts = {plain(s.value or ""): s for s in record.all("post")}
    for a, b in combinations(posts, 2):
        if {a, b} <= ranks or _exclude(a.split(), b.split()):
            values = [Value(posts[p].value or "", _passage(document, posts[p])) for p in (a, b)]
            yield (record.value("name") or record.words, "post", values)


def _exclude(a: list[str], b: list[str]) -> bool:
    """One is the other with a word before it: a deputy is not the head."""
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and long[1:] == short


def _figures(facts: Sequence[Fact]) -> Iterator[Found]:
    """Numbers and dates of one unit of one state, by documents that speak of the same state of affairs."""
    units: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        unit = fact.unit or fact.what in rules().units
        if fact.record == "contribution" and fact.what and unit and fact.by:
            number = unit_number(fact.unit) or ""
            units[fact.by[0].code or fact.by[0].name, fact.what, number].append(fact)
    for (by, what, number), told in units.items():
        subject = f"{by}: {next((fact.unit for fact in told if fact.unit), what)}"
        yield from _numbers(subject, told, rules().alike if number else rules().close)
        yield from _plans(subject, [fact for fact in told if fact.unit])


def _numbers(subject: str, told: list[Fact], alike: float) -> Iterator[Found]:
    """Numbers that may be of one thing, with their more or less; `alike` times the smallest is too many."""
    for name in ("count", "women"):
        counted = [(f, n) for f in told if (n := getattr(f, name))]
        values = [Value(_bounded(f.passage.quote, n), f.passage) for f, n in counted]
        numbers = [n for _, n in counted]
        if len({v.value for v in values}) > 1 and max(numbers) <= alike * min(numbers):
            yield (subject, name, values)


def _bounded(words: str, number: int) -> str:
    """A number as its words have it, with what says that it is more or less."""
    found = (q for q in quantities(words) if q.value == number and q.bound)
    return next((" ".join(words[q.start : q.end].split()[:2]) for q in found), str(number))


def _plans(subject: str, told: list[Fact]) -> Iterator[Found]:
    plans = [f for f in told if f.status in ("planned", "pledged", "ready") and f.due]
    if any(_differ(a.due, b.due) and same_unit(a, b) for a, b in combinations(plans, 2)):
        yield (subject, "planned for", [Value(f.due or "", f.passage) for f in plans])

"""One person or state under names a few letters apart, in one document or over several."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz.fuzz import ratio

from servanda.keep.disagreement import Found, Value
from servanda.keep.names import Who, alike, plain
from servanda.keep.offices import office
from servanda.keep.offices import rules as offices
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage, actors
from servanda.records import Filed, Record, Statement

POST = 4  # words at the end of a post that two people of one name hardly share by chance
LETTER = 88.0  # likeness, of 100, of a name and its misprint
NEAR = 78.0  # likeness, of 100, of two spellings of one name
SPELT = (0.8, 0.93)  # likeness of two names that are spellings of one, and no forms of one
MANY = 40  # names under one office: more, and they are no spellings of one


def spellings(documents: Sequence[Filed], engagements: Iterable[Resolved], texts: Mapping[int, str]) -> Iterator[Found]:
    """Every such disagreement; `texts` by number of document, where names that nobody knows are compared too."""
    people = {document.source: actors(document) for document in documents}
    yield from _states(documents, people)
    yield from _people(documents, people, engagements)
    yield from _misprints(documents, texts)
    yield from _doubles(documents, people)


def _states(documents: Sequence[Filed], known: Mapping[str, Mapping[int, Who]]) -> Iterator[Found]:
    spelled: dict[str, list[Value]] = defaultdict(list)
    for document in documents:
        for place, who in known[document.source].items():
            if who.kind == "state" and who.code:
                spelled[who.code] += _mentions(document, document.records[place])
    for code, values in spelled.items():
        first = {plain(value.value): value for value in reversed(values)}
        near = {name for a, b in combinations(first, 2) if _misspelt(a, b) for name in (a, b)}
        if near:
            yield code, "spelling", [v for v in values if plain(v.value) in near]


def _misspelt(a: str, b: str) -> bool:
    one, other = a.replace(" ", ""), b.replace(" ", "")
    return one != other and len(a.split()) == len(b.split()) and abs(len(a) - len(b)) <= 3 and ratio(a, b) >= NEAR


def _people(
    documents: Sequence[Filed], known: Mapping[str, Mapping[int, Who]], engagements: Iterable[Resolved]
) -> Iterator[Found]:
    """People who take part in one engagement, or hold one post of a state, under two spellings of a name."""
    places = {(d.source, r.key): (d, r) for d in documents for r in d.records.values() if r.kind == "actor"}
    rooms = [*_together(engagements), *_in_office(known)]
    told = Counter(plain(who.name) for them in known.values() for who in them.values())
    done: set[frozenset[str]] = set()
    for one, other in (pair for them in rooms for pair in combinations(them, 2)):
        names = frozenset((plain(one.name), plain(other.name)))
        usual = min(told[name] for name in names) >= offices().usual
        if names in done or usual or one.source == other.source or not SPELT[0] <= alike(one, other) < SPELT[1]:
            continue
        done.add(names)
        values = [v for who in (one, other) if (who.source, who.key) in places
                  for v in _named(who, *places[who.source, who.key])]  # fmt: skip
        if len({v.value for v in values}) > 1:
            yield one.name, "name", values


def _together(engagements: Iterable[Resolved]) -> Iterator[list[Who]]:
    for engagement in engagements:
        people = {plain(w.name): w for t in engagement.tellings for w in t.who if w.kind == "person"}
        if len({t.source for t in engagement.tellings}) > 1:
            yield list(people.values())


def _in_office(known: Mapping[str, Mapping[int, Who]]) -> Iterator[list[Who]]:
    held: dict[tuple[str, str | None], dict[str, Who]] = defaultdict(dict)
    for who in (w for them in known.values() for w in them.values() if w.kind == "person"):
        for told in (office(post, who.named) for post in who.posts):
            if told.state and told.one_holder:
                held[told.title, told.state].setdefault(plain(who.name), who)
    yield from (list(them.values()) for them in held.values() if 1 < len(them) <= MANY)


def _named(who: Who, document: Filed, record: Record) -> list[Value]:
    return [Value(who.name, v.passage) for v in _mentions(document, record) if who.name in v.value]


def _misprints(documents: Sequence[Filed], texts: Mapping[int, str]) -> Iterator[Found]:
    """Names of several words, known to no list, that are a letter away from a state's: `Nam Sundan`."""
    states: dict[str, list[Value]] = defaultdict(list)
    for document in documents:
        for record in document.records.values():
            if record.kind == "actor" and record.value("kind") == "state":
                for value in _mentions(document, record):
                    if len(value.value.split()) > 1:
                        states[value.value].append(value)
    if not states:
        return
    wrong: dict[str, list[Value]] = defaultdict(list)
    for document in documents:
        for name, value in _nearly(document, texts.get(document.number, ""), states):
            wrong[name].append(value)
    yield from ((name, "spelling", [*states[name], *values]) for name, values in wrong.items())


def _nearly(document: Filed, text: str, names: Iterable[str]) -> Iterator[tuple[str, Value]]:
    """Words that begin as a state's name, go on in capitals, and are a letter away from it and from no other name."""
    by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name in names:
        by_start[name.split()[0], len(name.split())].append(name)
    known = {plain(name) for name in names}
    for length in {length for _, length in by_start}:
        firsts = "|".join(re.escape(first) for first, words in by_start if words == length)
        for found in re.finditer(rf"\b(?:{firsts})" + r" [^\W\d_]\w+" * (length - 1), text):
            words = found.group()
            first, second = words.split()[:2]
            near = (name for name in by_start[first, length] if ratio(plain(words), plain(name)) >= LETTER)
            if second[0].isupper() and plain(words) not in known and (name := next(near, None)):
                yield name, Value(words, Passage(document.source, found.start(), found.end(), words))


def _doubles(documents: Sequence[Filed], known: Mapping[str, Mapping[int, Who]]) -> Iterator[Found]:
    """Two people of one document who share a name's word and the end of a post: one, under two names, it may be."""
    for document in documents:
        people = [(p, w) for p, w in known[document.source].items() if w.kind == "person" and w.name.isascii()]
        for (i, a), (j, b) in combinations(people, 2):
            if set(plain(a.name).split()) & set(plain(b.name).split()) and _same_post(a, b):
                pairs = ((a, document.records[i]), (b, document.records[j]))
                yield a.name, "name", [v for who, record in pairs for v in _named(who, document, record)]


def _same_post(a: Who, b: Who) -> bool:
    ends = ({tuple(plain(post).split()[-POST:]) for post in who.posts} for who in (a, b))
    return any(len(end) == POST for end in set.intersection(*ends))


def _mentions(document: Filed, record: Record) -> list[Value]:
    return [Value(s.words, _passage(document, s)) for s in record.all("mention") if s.words[:1].isupper()]


def _passage(document: Filed, said: Statement) -> Passage:
    return Passage(document.source, said.start, said.end, said.words)

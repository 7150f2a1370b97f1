"""One person or state under names a few letters apart, in one document or over several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz.fuzz import ratio

from servanda.keep.disagreement import Found, Value
from servanda.keep.names import Who, person, plain
from servanda.keep.offices import Office, office
from servanda.keep.offices import rules as offices
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage, actors
from servanda.records import Filed, Record, Statement

FIRST = 3  # words by which a post is known
POST = 4  # words at the end of a post that two people of one name hardly share by chance
LETTER = 88.0  # likeness, of 100, of a name and its misprint
WORD = 70.0  # and of the one word of it that differs
NEAR = 78.0  # likeness, of 100, of two spellings of one name
SPELT = (0.8, 0.93)  # likeness of two names that are spellings of one, and no forms of one
SHOWN = 8  # documents that are shown for one spelling
LONGEST = 3  # words of a state's name whose misprints are looked for
MANY = 40  # names under one office: more, and they are no spellings of one


def spellings(
    documents: Sequence[Filed],
    engagements: Iterable[Resolved],
    texts: Mapping[int, str],
    known: Mapping[str, Mapping[int, Who]] | None = None,
) -> Iterator[Found]:
    """Every such disagreement; `texts` by number of document, where names that nobody knows are compared too; `known`:
    the actors of each source by their places, where they are at hand."""
    people = known or {document.source: actors(document) for document in documents}
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
        told = _tellers(values)
        near = {name for a, b in combinations(told, 2) for name in (a, b)
                if misspelt(a, b) and min(told[a], told[b]) < offices().usual}  # fmt: skip
        if near:
            yield code, "spelling", [v for v in values if plain(v.value) in near]


def _tellers(values: Iterable[Value]) -> dict[str, int]:
    """How many documents use each of these names, plain."""
    told: dict[str, set[str]] = defaultdict(set)
    for value in values:
        told[plain(value.value)].add(value.passage.source)
    return {name: len(sources) for name, sources in told.items()}


def misspelt(a: str, b: str) -> bool:
    """One word of the name is a letter or two away, and goes on in neither."""
    words = [(x, y) for x, y in zip(a.split(), b.split(), strict=False) if x != y]
    if len(a.split()) != len(b.split()) or len(words) != 1:
        return False
    ((x, y),) = words
    return ratio(a, b) >= NEAR and ratio(x, y) >= WORD and not (x.startswith(y) or y.startswith(x))


def spelled_in(document: Filed, text: str, states: dict[str, str]) -> Iterator[tuple[str, str]]:
    """How a document spells states: their codes and the words, plain; also words a letter away from one of `states`
    (see `long_names`)."""
    codes: dict[str, str] = {}
    for record in document.records.values():
        code = record.value("code") if record.kind == "actor" and record.value("kind") == "state" else None
        codes |= {value.value: code for value in _mentions(document, record)} if code else {}
    yield from ((code, plain(name)) for name, code in codes.items())
    own = {name: code for name, code in codes.items() if _long(name) and name not in states}
    for names in (states, own):
        yield from ((names[name], plain(value.value)) for name, value in _nearly(document, text, names))


def long_names(states: Mapping[str, str]) -> dict[str, str]:
    """Those of these names whose misprints are looked for, with their codes."""
    return {name: code for name, code in states.items() if _long(name)}


def _long(name: str) -> bool:
    words = name.split()
    return 1 < len(words) <= LONGEST and all(word[0].isupper() for word in words)


def spelled_alike(a: str, b: str) -> bool:
    """Two full names of people that may be spellings of one, and are no forms of one."""
    return SPELT[0] <= person(plain(a), plain(b), foreign=a.isascii() and b.isascii()) < SPELT[1]


def _people(
    documents: Sequence[Filed], known: Mapping[str, Mapping[int, Who]], engagements: Iterable[Resolved]
) -> Iterator[Found]:
    """People who take part in one engagement, or hold one post of a state, under two spellings of a name."""
    places = {(d.source, r.key): (d, r) for d in documents for r in d.records.values() if r.kind == "actor"}
    rooms = [*_together(engagements), *_in_office(known)]
    told: dict[str, list[Who]] = defaultdict(list)
    for who in (who for them in known.values() for who in them.values() if who.kind == "person"):
        told[plain(who.name)].append(who)
    done: set[frozenset[str]] = set()
    for one, other in (pair for them in rooms for pair in combinations(them, 2)):
        names = frozenset((plain(one.name), plain(other.name)))
        usual = min(len(told[name]) for name in names) >= offices().usual
        initials = any(len(word) == 1 for name in names for word in name.split())
        if names in done or usual or initials or one.source == other.source or not spelled_alike(one.name, other.name):
            continue
        done.add(names)
        values = [
            v for name in sorted(names) for who in told[name][:SHOWN] for v in _named(who, *places[who.source, who.key])
        ]
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
            if key := held_by_few(told):
                held[key].setdefault(plain(who.name), who)
    yield from (list(them.values()) for them in held.values() if 1 < len(them) <= MANY)


def held_by_few(told: Office) -> tuple[str, str | None] | None:
    """A post under which names that are alike are spellings of one: a state's own of one holder, with the state; else
    the first words of one that is told in several."""
    words = told.title.split()
    if told.state and told.one_holder:
        return told.title, told.state
    return (" ".join(words[:FIRST]), None) if len(words) >= FIRST and not told.rank else None


def _named(who: Who, document: Filed, record: Record) -> list[Value]:
    return [Value(who.name, v.passage) for v in _mentions(document, record) if who.name in v.value]


def _misprints(documents: Sequence[Filed], texts: Mapping[int, str]) -> Iterator[Found]:
    """Names of several words, known to no list, that are a letter away from a state's: `Nam Sundan`."""
    states: dict[str, list[Value]] = defaultdict(list)
    for document in documents:
        for record in document.records.values():
            if record.kind == "actor" and record.value("kind") == "state":
                for value in _mentions(document, record):
                    if _long(value.value):
                        states[value.value].append(value)
    if not states:
        return
    wrong: dict[str, list[Value]] = defaultdict(list)
    for document in documents:
        for name, value in _nearly(document, texts.get(document.number, ""), states):
            wrong[name].append(value)
    yield from ((name, "spelling", [*states[name], *values]) for name, values in wrong.items())


def _nearly(document: Filed, text: str, given: Iterable[str]) -> Iterator[tuple[str, Value]]:
    """Words that begin as a state's name, go on in capitals, and are a letter away from it and from no other name."""
    names = list(given)
    if not names:
        return
    by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name in names:
        by_start[name.split()[0], len(name.split())].append(name)
    known = {plain(name) for name in names}
    for length in {length for _, length in by_start}:
        firsts = "|".join(re.escape(first) for first, words in by_start if words == length)
        for found in re.finditer(rf"\b(?:{firsts})" + r" [^\W\d_]\w+" * (length - 1), text):
            words = found.group()
            near = (name for name in by_start[words.split()[0], length] if _misprint(words, name))
            if plain(words) not in known and (meant := next(near, None)):
                yield meant, Value(words, Passage(document.source, found.start(), found.end(), words))


def _misprint(words: str, name: str) -> bool:
    """A letter away, and every word begins as that of the name."""
    begin = all(a[0] == b[0] for a, b in zip(words.split(), name.split(), strict=True))
    return begin and ratio(plain(words), plain(name)) >= LETTER


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

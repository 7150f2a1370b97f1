"""Undertakings of many documents: each compared with what can bear on it, and with nothing else.

Promises told on the same words, in like words by one speaker, of one unit or of one engagement are put together at a
time, beside what other documents tell of the same two parties or of the same unit, which may answer them. A key that
too many share brings nobody together; beside it stands the same key with the months around a date, which few share.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from zlib import crc32

from rapidfuzz.fuzz import token_set_ratio
from sqlalchemy import select

from servanda.answers.assembly import blocks
from servanda.answers.assembly.entries import Entry, keys_of, replace_entries, told_in
from servanda.answers.assembly.promised import SORT, entries_of
from servanda.answers.assembly.work import Id, Work, digest
from servanda.keep.facts import Fact, facts
from servanda.keep.follow import ledger
from servanda.keep.names import Who
from servanda.keep.promises import OPEN
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage
from servanda.keep.when import when
from servanda.records import Filed
from servanda.store.bulk import chunks, delete_where, insert_rows
from servanda.store.derived import entry_keys, promised

PROMISE, ANSWER = "promise", "answer"
LIKE = 78  # likeness, of 100, of the words of two tellings of one promise
RUN, SAMPLE = 4, 3  # words in a row; of these runs, one in so many is looked at
FEW, MOST = 20, 16  # things under one key: promises told in like words, and answers
BESIDE = 8  # documents beside those of a promise that are looked at for answers
SIDES = 4  # keys of each side of a fact
BEFORE_ALL = "0001-01-01"  # a day on which nothing has passed: what is overdue is told when it is asked
CODED = ("act", "plan", "contribution", "agreement")
AT_A_TIME = 300  # rooms


@dataclass(slots=True)
class Told:
    """What one document tells: the words and places of its promises, and the keys that all of it is found by."""

    words: dict[Id, str] = field(default_factory=dict)
    spans: dict[Id, Passage] = field(default_factory=dict)
    promises: dict[Id, set[int]] = field(default_factory=dict)
    answers: dict[Id, set[int]] = field(default_factory=dict)


def told_by(work: Work, document: Filed) -> Told:
    """The promises and the possible answers of a document."""
    found = Told()
    for fact in facts([document]):
        id = (fact.number, fact.key)
        found.answers[id] = set(_parties(fact.by, fact.to, fact.what, fact.due or fact.era))
        if fact.kind:
            found.words[id], found.spans[id], found.promises[id] = fact.said, fact.passage, set(_speaking(fact))
    for it in work.tellings([document.number]):
        found.answers[it.id] = set(_parties(it.who[:1], it.who[1:], None, it.date or it.era))
        if it.status in OPEN:
            found.words[it.id], found.spans[it.id], found.promises[it.id] = it.said, it.passages[0], set()
    return found


def _names(who: Iterable[Who]) -> list[str]:
    keys = {key for w in who for key in ([f"#{w.code}"] if w.code else w.forms)}
    return sorted(keys | {f"#{state}" for w in who for state in w.states})[:SIDES]


def _parties(by: Collection[Who], to: Collection[Who], what: str | None, date: str | None) -> Iterator[int]:
    """The two parties of a fact, or a party and what it gives; each also with the months around its date."""
    pairs = {"+".join(sorted(pair)) for pair in product(_names(by), _names(to)) if len(set(pair)) == 2}
    pairs |= {f"{one}*{what}" for one in _names(by)} if what else set()
    yield from (digest(one, "at", month) for one in _names(by) for month in _months(date))
    for pair in pairs:
        yield digest(pair)
        yield from (digest(pair, month) for month in _months(date))


def _months(date: str | None) -> list[int]:
    found = when(date)
    if found is None or found.days > 31:
        return []
    first = found.first.year * 12 + found.first.month
    return [first - 1, first]


def _speaking(fact: Fact) -> Iterator[int]:
    """Who speaks, with runs of words; or with the unit that is sent."""
    words = fact.said.split()
    runs = [" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)]
    chosen = [run for run in runs if crc32(run.encode()) % SAMPLE == 0] or runs[:1]
    for name in _names(fact.by):
        yield from (digest(name, run) for run in chosen)
        if fact.what and fact.unit:
            yield digest(name, fact.what, fact.unit)


def undertakings(work: Work, numbers: Collection[int], changed: Collection[Id]) -> None:
    """Bring undertakings up to date around these documents, and around these tellings, whose engagement changed."""
    old = {id for _, id in told_in(work, [SORT], numbers)}
    dirty = {id for told in keys_of(work, SORT, old).values() for id in told} | set(changed)
    dirty |= note(work, numbers)
    gone, known = set(numbers), set(_promises(work, numbers))
    _settle(work, old, {id for id in dirty if id[0] not in gone or id in known})


def note(work: Work, numbers: Collection[int]) -> set[Id]:
    """Note what these documents promise and may answer; all promises on which that may bear."""
    own = set(numbers)
    beside = {b for _, b in blocks.alike(work, PROMISE, _promises(work, own), 0.0)}
    before = {sort: blocks.drop_keys(work, sort, own) for sort in (PROMISE, ANSWER)}
    blocks.drop_edges_of(work, PROMISE, own)
    told = _note(work, own)
    keyed = {id: keys for it in told for id, keys in it.promises.items()}
    again = blocks.compare(work, PROMISE, keyed, before[PROMISE], FEW, lambda pairs: _like(work, pairs))
    _note_overlaps(work, told)
    given = Counter(key for it in told for keys in it.answers.values() for key in keys)
    return beside | again | _askers(work, given, before[ANSWER]) | keyed.keys()


def _promises(work: Work, numbers: Collection[int]) -> list[Id]:
    p = promised.c
    return [(row.document, row.key) for chunk in chunks(sorted(numbers))
            for row in work.rows(select(p.document, p.key).where(p.document.in_(chunk)))]  # fmt: skip


def _note(work: Work, numbers: Collection[int]) -> list[Told]:
    delete_where(work.connection, promised, "document", sorted(numbers))
    told = [told_by(work, document) for document in work.documents(numbers)]
    rows = [(*id, words) for it in told for id, words in it.words.items()]
    insert_rows(work.connection, promised, ("document", "key", "words"), rows)
    blocks.keep_keys(work, PROMISE, {id: keys for it in told for id, keys in it.promises.items()})
    blocks.keep_keys(work, ANSWER, {id: keys for it in told for id, keys in it.answers.items()})
    return told


def _note_overlaps(work: Work, told: Iterable[Told]) -> None:
    """Promises on the same words of one document."""
    found = {}
    for it in told:
        for (a, x), (b, y) in combinations(sorted(it.spans.items()), 2):
            if x.start < y.end and y.start < x.end:
                found[a, b] = 1.0
    blocks.keep_edges(work, PROMISE, found)


def _like(work: Work, pairs: Collection[tuple[Id, Id]]) -> dict[tuple[Id, Id], float]:
    """Those of these pairs, of two documents, that are told in like words."""
    p, words = promised.c, dict[Id, str]()
    for chunk in chunks(sorted({number for pair in pairs for number, _ in pair})):
        rows = work.rows(select(p.document, p.key, p.words).where(p.document.in_(chunk)))
        words |= {(row.document, row.key): row.words for row in rows}
    scored = {(a, b): token_set_ratio(words[a], words[b]) for a, b in pairs if a[0] != b[0]}
    return {pair: score for pair, score in scored.items() if score >= LIKE}


def _askers(work: Work, new: Counter[int], old: Counter[int]) -> set[Id]:
    """Promises that share a key with what came or went, where not too many do, or did."""
    shared = blocks.sharing(work, ANSWER, new.keys() | old.keys(), MOST + max(new.values(), default=0))
    turned = blocks.crossed(shared, new, old, MOST)
    return {id for key, ids in shared.items() if len(ids) <= MOST or key in turned for id in ids}


def _settle(work: Work, old: set[str], dirty: Collection[Id]) -> None:
    """Put together anew the promises that these are linked to."""
    rooms = _rooms(work, dirty)
    inside = {id for room in rooms for id in room}
    gone = old | {id for told in _entries(work, inside).values() for id in told}
    replace_entries(
        work, SORT, gone, [entry for some in chunks(rooms, AT_A_TIME) for entry in _put_together(work, some)]
    )


def settle_all(work: Work, progress: Callable[[int, int], None]) -> None:
    """Put together every promise that is noted; nothing is put together yet."""
    rooms = _rooms(work, [(row.document, row.key) for row in work.rows(select(promised.c.document, promised.c.key))])
    for done, some in enumerate(chunks(rooms, AT_A_TIME)):
        replace_entries(work, SORT, (), _put_together(work, some))
        progress(done * AT_A_TIME + len(some), len(rooms))


def _rooms(work: Work, ids: Collection[Id]) -> list[list[Id]]:
    """What is put together at a time: promises linked by their words or by their engagement."""
    known = set(ids) & set(_promises(work, {number for number, _ in ids}))
    inside = blocks.linked(work, PROMISE, known, 0.0, lambda some: _of_one_engagement(work, some))
    pairs = [*blocks.alike(work, PROMISE, inside, 0.0), *_shared(_engagement_of(work, inside))]
    group = {id: id for id in inside}

    def find(id: Id) -> Id:
        while group[id] != id:
            group[id] = id = group[group[id]]
        return id

    for a, b in pairs:
        if a in group and b in group:
            first, second = sorted((find(a), find(b)))
            group[second] = first
    rooms: dict[Id, list[Id]] = defaultdict(list)
    for id in sorted(inside):
        rooms[find(id)].append(id)
    return list(rooms.values())


def _engagement_of(work: Work, ids: Iterable[Id]) -> dict[Id, str]:
    """The engagement of each of these that is a telling of one."""
    wanted, c, found = set(ids), entry_keys.c, dict[Id, str]()
    for chunk in chunks(sorted({number for number, _ in wanted})):
        rows = work.rows(select(c.document, c.key, c.id).where(c.sort == "engagement", c.document.in_(chunk)))
        found |= {(row.document, row.key): row.id for row in rows if (row.document, row.key) in wanted}
    return found


def _shared(held: dict[Id, str]) -> list[tuple[Id, Id]]:
    first: dict[str, Id] = {}
    return [(first.setdefault(engagement, id), id) for id, engagement in sorted(held.items())]


def _of_one_engagement(work: Work, ids: Collection[Id]) -> set[Id]:
    """Plans of the engagements that these are plans of."""
    told = keys_of(work, "engagement", set(_engagement_of(work, ids).values()))
    every = {id for own in told.values() for id in own}
    return every & set(_promises(work, {number for number, _ in every}))


def _entries(work: Work, ids: Collection[Id]) -> dict[Id, set[str]]:
    """The undertakings that are put together of these."""
    c, found = entry_keys.c, defaultdict[Id, set[str]](set)
    for chunk in chunks(sorted({number for number, _ in ids})):
        rows = work.rows(select(c.document, c.key, c.id).where(c.sort == SORT, c.document.in_(chunk)))
        for row in rows:
            if (row.document, row.key) in ids:
                found[row.document, row.key].add(row.id)
    return found


def _put_together(work: Work, rooms: Sequence[Sequence[Id]]) -> list[Entry]:
    """The undertakings of some rooms, each beside what may answer it."""
    keyed = blocks.keys_of_items(work, ANSWER, {id for room in rooms for id in room})
    shared = blocks.sharing(work, ANSWER, set().union(*keyed.values()) if keyed else (), MOST)
    beside = [_beside(room, keyed, shared) for room in rooms]
    work.documents({number for ids in (*rooms, *beside) for number, _ in ids})
    return [entry for room, others in zip(rooms, beside, strict=True) for entry in _room(work, set(room), others)]


def _beside(room: Sequence[Id], keyed: Mapping[Id, set[int]], shared: Mapping[int, list[Id]]) -> set[Id]:
    """What other documents tell of the same parties, of those that share most with these promises."""
    own, found = {number for number, _ in room}, Counter[Id]()
    for key in set().union(*(keyed[id] for id in room)):
        if len(shared.get(key, ())) <= MOST:
            found.update(id for id in shared.get(key, ()) if id[0] not in own)
    most: dict[int, int] = {}
    for (number, _), count in found.items():
        most[number] = max(count, most.get(number, 0))
    nearest = set(sorted(most, key=lambda number: (-most[number], number))[:BESIDE])
    return {id for id in found if id[0] in nearest}


def _room(work: Work, room: set[Id], beside: set[Id]) -> list[Entry]:
    looked_at = room | beside
    engagements = _engagements(work, room, beside)
    numbers = {number for number, _ in looked_at} | {t.number for e in engagements for t in e.tellings}
    documents = work.documents(numbers)
    pruned = [_pruned(document, looked_at) for document in documents]
    number = {document.source: document.number for document in documents}
    found = ledger(pruned, engagements, BEFORE_ALL)
    own = [u for u in found if (number[u.made.source], u.id) in room]
    return entries_of(work, work.judged.outcomes(own), documents)


def _pruned(document: Filed, kept: set[Id]) -> Filed:
    records = {place: r for place, r in document.records.items()
               if r.kind not in CODED or (document.number, r.key) in kept}  # fmt: skip
    return replace(document, records=records)


def _engagements(work: Work, room: set[Id], beside: set[Id]) -> list[Resolved]:
    """The engagements that are promised, whole; those told beside, as far as they are told there; visits of the pages
    that promise, by themselves."""
    held = _engagement_of(work, room | beside)
    whole = keys_of(work, "engagement", {held[id] for id in room if id in held})
    groups: dict[str, set[Id]] = {id: set(own) for id, own in whole.items()}
    for id in beside & held.keys():
        groups.setdefault(held[id], set()).add(id)
    taken = {id for own in groups.values() for id in own}
    told = {t.id: t for t in work.tellings({number for own in (taken, room) for number, _ in own})}
    visits = [t for t in told.values() if t.kind == "visit" and t.id not in taken and t.number in {n for n, _ in room}]
    found = [Resolved(id, [told[it] for it in told if it in own]) for id, own in groups.items()]
    found += [Resolved(t.key, [t]) for t in visits]
    order = {id: n for n, id in enumerate(told)}
    return sorted((e for e in found if e.tellings), key=lambda e: order[e.tellings[0].id])

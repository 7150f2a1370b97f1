"""Undertakings: promises told once however often, put together anew only around what changed.

Promises told on the same words, by one speaker in like words or of one unit, and plans of one engagement are put
together at a time (a room), with what `shelves` has of their outcome. A key that too many share brings nobody together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, combinations
from zlib import crc32

from sqlalchemy import select

from servanda.answers.assembly import blocks, shelves
from servanda.answers.assembly.engaged import Changed
from servanda.answers.assembly.entries import Entry, keys_of, replace_entries, told_in
from servanda.answers.assembly.promised import PROMISE, SORT, borne_on, put_together
from servanda.answers.assembly.work import Id, Work, digest
from servanda.keep.facts import Fact
from servanda.keep.promises import OPEN, course, keys, kindred
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage, Telling
from servanda.keep.years import years
from servanda.store.bulk import chunks, delete_where, insert_rows
from servanda.store.derived import entry_keys, promised

SAMPLE = 3  # of the keys of a promise one in so many is looked at, and that of its unit
FEW = 20  # promises under one key
AT_A_TIME = 300  # rooms


def undertakings(
    work: Work, numbers: Collection[int], changed: Changed, *, only: Collection[Id] | None = None,
    more: Collection[Id] = (),
) -> None:  # fmt: skip
    """Bring undertakings up to date around these documents, and around these tellings, whose engagement changed.

    `only`: what of these documents may answer a promise otherwise than before; `more`: facts of promises to be put
    together anew besides.
    """
    old = {id for _, id in told_in(work, [SORT], numbers)}
    told = {id for told in keys_of(work, SORT, old).values() for id in told}
    told |= note(work, numbers) | _dated_by(work, numbers, changed)
    told |= set(_promises(work, {number for number, _ in told if work.time(number).year is None}))
    put = shelves.put(work, numbers, only)
    dirty = told | put.moved | set(changed) | set(more)
    gone, known = set(numbers), set(_promises(work, numbers))
    inside = _settle(work, old, _rooms(work, {id for id in dirty if id[0] not in gone or id in known}))
    seen = [room for room in _rooms(work, put.seen - inside) if inside.isdisjoint(room)]
    for some in chunks(seen, AT_A_TIME):
        _settle(work, set(), borne_on(work, some, numbers, put.most))


def note(work: Work, numbers: Collection[int]) -> set[Id]:
    """Note what these documents promise, and what of it is told again elsewhere; all promises on which that bears."""
    own = set(numbers)
    beside = {b for _, b in blocks.alike(work, PROMISE, _promises(work, own), 0.0)}
    before = blocks.drop_keys(work, PROMISE, own)
    blocks.drop_edges_of(work, PROMISE, own)
    told, spans = _told(work, own)
    delete_where(work.connection, promised, "document", sorted(own))
    insert_rows(work.connection, promised, ("document", "key"), sorted(spans))
    keyed = {id: set(_speaking(fact)) for id, fact in told.items()}
    blocks.keep_keys(work, PROMISE, keyed)
    again = blocks.compare(work, PROMISE, keyed, before, FEW, lambda pairs: _kindred(work, pairs))
    _note_overlaps(work, spans | _told(work, {number for number, _ in again} - own)[1])
    return beside | again | spans.keys()


def _promises(work: Work, numbers: Collection[int]) -> list[Id]:
    p = promised.c
    return [(row.document, row.key) for chunk in chunks(sorted(numbers))
            for row in work.rows(select(p.document, p.key).where(p.document.in_(chunk)))]  # fmt: skip


def _told(work: Work, numbers: Collection[int]) -> tuple[dict[Id, Fact], dict[Id, Passage]]:
    """The facts by which these documents promise something; the words of these, and of the engagements they plan."""
    current = [document.number for document in work.documents(numbers)]
    told = {(f.number, f.key): f for number in current for f in work.facts(number) if f.kind}
    spans = {id: fact.passage for id, fact in told.items()}
    return told, spans | {t.id: t.passages[0] for t in work.tellings(current) if t.status in OPEN}


def _speaking(fact: Fact) -> Iterable[int]:
    """Who speaks, with runs of words; or with the unit that is sent; and the fact's own key, which copies share."""
    every = sorted(keys(fact))
    chosen = [key for key in every if crc32(key.partition("|")[2].encode()) % SAMPLE == 0] or every[:1]
    unit = [key for key in every if fact.what and key.partition("|")[2].startswith(f"{fact.what} ")]
    return (digest(key) for key in (*chosen, *unit, fact.key))


def _kindred(work: Work, pairs: Collection[tuple[Id, Id]]) -> dict[tuple[Id, Id], float]:
    """Those of these pairs that may tell one promise."""
    told = {(f.number, f.key): f for number in sorted({n for pair in pairs for n, _ in pair})
            for f in work.facts(number)}  # fmt: skip
    return {(a, b): 1.0 for a, b in pairs if a in told and b in told and kindred(told[a], told[b])}


def _note_overlaps(work: Work, spans: dict[Id, Passage]) -> None:
    """Promises on the same words of one document."""
    by_document: dict[int, list[tuple[Id, Passage]]] = defaultdict(list)
    for id, passage in sorted(spans.items()):
        by_document[id[0]].append((id, passage))
    found = {(a, b): 1.0 for told in by_document.values() for (a, x), (b, y) in combinations(told, 2)
             if x.start < y.end and y.start < x.end}  # fmt: skip
    known = blocks.alike(work, PROMISE, spans, 0.0)
    blocks.keep_edges(work, PROMISE, {pair: 1.0 for pair in found if pair not in known})


def _dated_by(work: Work, numbers: Collection[int], changed: Changed) -> set[Id]:
    """Promises of documents that a changed engagement dates otherwise than it did: in whose course they fall due, or in
    whose year."""
    told = {t.id: t for t in work.tellings({number for number, _ in {*changed, *chain(*changed.values())}})}
    now, turns = defaultdict[str, set[Id]](set), defaultdict[tuple[frozenset[Id], str], set[int]](set)
    for id, engagement in _engagement_of(work, changed).items():
        now[engagement].add(id)
        turns[changed[id], engagement].add(id[0])
    known = {id for id in told if id[0] not in set(numbers)}
    found: set[int] = set()
    for (was, engagement), own in turns.items():
        found |= own & _dated_otherwise(told, was, now[engagement]) if was and was <= known else own
    return set(_promises(work, found))


def _dated_otherwise(told: Mapping[Id, Telling], was: Collection[Id], now: Collection[Id]) -> set[int]:
    """The documents in which an engagement of the tellings `now` is of another time than one of those it `was` of."""
    before, after = (Resolved("", [t for id, t in told.items() if id in ids]) for ids in (was, now))
    of_year = [years([it]) for it in (before, after)]
    found = {number for number, _ in now if of_year[0].get(number) != of_year[1].get(number)}
    moved = course([before]) != course([after])
    return found | {id[0] for id in now if moved and told[id].kind == "visit"}


def _settle(work: Work, old: set[str], rooms: Sequence[list[Id]]) -> set[Id]:
    """Put the promises of these rooms together anew; all of these. What is `old` goes."""
    inside = {id for room in rooms for id in room}
    shelves.forget(work, inside)
    gone = old | _entries(work, inside)
    replace_entries(work, SORT, gone, _made(work, rooms))
    return inside


def settle_from(work: Work, numbers: Collection[int]) -> None:
    """Put together anew the promises whose rooms begin in these documents; what else these told before goes."""
    rooms, begun = [], set[Id]()
    for room in _rooms(work, _promises(work, numbers)):
        if room[0][0] in numbers:
            rooms.append(room)
        else:
            begun.update(room)
    inside = {id for room in rooms for id in room}
    shelves.forget(work, inside)
    left = {id for _, id in told_in(work, [SORT], numbers)} - _entries(work, begun)
    gone = left | _entries(work, inside)
    replace_entries(work, SORT, gone, _made(work, rooms))


def _made(work: Work, rooms: Sequence[list[Id]]) -> list[Entry]:
    """The undertakings of these rooms; what copies of one text tell in rooms of their own is one all the same."""
    made: dict[str, Entry] = {}
    for some in chunks(rooms, AT_A_TIME):
        for entry in put_together(work, some):
            first = made.setdefault(entry.id, entry)
            first.keys = [*first.keys, *entry.keys]
    return list(made.values())


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


def _entries(work: Work, ids: Collection[Id]) -> set[str]:
    """The undertakings known by one of these, rather than by another that stands on words which one of these tells."""
    c, found = entry_keys.c, set[str]()
    for chunk in chunks(sorted({number for number, _ in ids})):
        rows = work.rows(select(c.document, c.key).where(c.sort == SORT, c.document.in_(chunk), c.key == c.id))
        found |= {row.key for row in rows if (row.document, row.key) in ids}
    return found

"""Undertakings, with what documents show of their outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import orjson
from sqlalchemy import select

from servanda.answers.assembly import shelves
from servanda.answers.assembly.blocks import alike
from servanda.answers.assembly.entries import Entry, keys_of, told_in
from servanda.answers.assembly.indexed import Found
from servanda.answers.assembly.shelves import Shelf, Sought, crowded, looked_for, note
from servanda.answers.assembly.told import publisher
from servanda.answers.assembly.work import Id, Work, day_of
from servanda.answers.rows import ledger_row
from servanda.keep.answers import Beside
from servanda.keep.deeds import Deed
from servanda.keep.facts import Fact
from servanda.keep.follow import Undertaking, concluded, gathered
from servanda.keep.outcomes import bears, weigh
from servanda.keep.promises import Promise
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage
from servanda.keep.times import Span
from servanda.records import Filed
from servanda.store.bulk import chunks
from servanda.store.derived import entry_keys, promised

SORT, PROMISE = "undertaking", "promise"
FACTS = ("act", "plan", "contribution", "agreement", "engagement")
BEFORE_ALL = "0001-01-01"  # a day on which nothing has passed: what is overdue is told when it is asked


@dataclass(slots=True)
class _Looked:
    """The promises of some rooms; under which keys each looks, and what stands there beside those in `common`."""

    made: list[list[Promise]]
    wanted: dict[Id, dict[Sought, str]]
    common: set[str]
    found: dict[Sought, Shelf]

    def beside(self, made: Iterable[Promise]) -> list[Shelf]:
        """What stands under each key under which these look."""
        return [self.found[key] for p in made for key in self.wanted[id_of(p)] if key in self.found]

    def keys(self, made: Iterable[Promise]) -> set[str]:
        """Under which these look."""
        return {key for p in made for key in self.wanted[id_of(p)].values()}


def put_together(work: Work, rooms: Sequence[Collection[Id]]) -> list[Entry]:
    """The undertakings of some rooms, each with what is found of its outcome."""
    it = _looked(work, rooms)
    note(work, it.wanted)
    near = [{id for shelf in it.beside(own) for id in shelf.seen()} for own in it.made]
    work.documents({number for ids in near for number, _ in ids})
    work.acquaint(number for room in rooms for number, _ in room)
    return [
        entry
        for own, ids in zip(it.made, near, strict=True)
        for entry in _room(work, own, _answers(work, it, own, ids))
    ]


def borne_on(work: Work, rooms: Sequence[list[Id]], numbers: Collection[int], most: int) -> list[list[Id]]:
    """Of these rooms, those on whose outcome documents bear that came since they were put together; no key has more
    than `most` of what these tell. What came and says nothing of a promise leaves it as it was, unless it stands in the
    place of what did."""
    it = _looked(work, rooms, most)
    changed = [{id for shelf in it.beside(own) for id in _exchanged(shelf, numbers)} for own in it.made]
    work.documents({number for ids in changed for number, _ in ids})
    told = zip(rooms, it.made, changed, strict=True)
    return [room for room, own, ids in told if ids and _bear(own, ids, _answers(work, it, own, ids))]


def _exchanged(shelf: Shelf, numbers: Collection[int]) -> set[Id]:
    """What is seen there now and was not without these documents, or was and no longer is."""
    return set(shelf.seen()) ^ set(shelf.seen(but=numbers))


def _bear(made: Sequence[Promise], beside: Collection[Id], answers: Beside) -> bool:
    own = {number for number, _ in beside}
    return any(bears(it) for promise in made for it in weigh(promise, answers) if it.number in own)


def _looked(work: Work, rooms: Sequence[Collection[Id]], more: int = 0) -> _Looked:
    numbers = {number for room in rooms for number, _ in room}
    again = _told_again(work, {number for number in numbers if work.time(number).year is None})
    beside = {number for them in again.values() for number in them}
    engagements = engagements_of(work, numbers | beside)
    made = [_made(work, set(room), again, engagements) for room in rooms]
    wanted = {id_of(promise): looked_for(promise) for own in made for promise in own}
    every = {key: told for own in wanted.values() for key, told in own.items()}
    common = crowded(work, every)
    told = {every[key] for key in every if key[0] in common}
    return _Looked(made, wanted, told, shelves.beside(work, every, common, more))


def id_of(promise: Promise) -> Id:
    """By what a promise is known: the fact that makes it."""
    return promise.made.number, promise.made.key


def _made(work: Work, room: set[Id], again: Mapping[int, Collection[int]], engagements: Mapping[int, Sequence[Resolved]]
          ) -> list[Promise]:  # fmt: skip
    """The promises of a room, beside all that their documents tell of visits, dates and years."""
    own = {number for number, _ in room}
    numbers = sorted(own.union(*(again.get(number, ()) for number in own)))
    told = {e.id: e for number in numbers for e in engagements.get(number, ())}
    found = [replace(fact) if _undated(fact) else fact for number in numbers for fact in work.facts(number)]
    return gathered(
        found, list(told.values()), _times(work, {t.number for e in told.values() for t in e.tellings}), room
    )


def _undated(fact: Fact) -> bool:
    """A date may be found for what it promises."""
    return bool(fact.kind) and (not fact.due or "XXXX" in fact.due)


def _told_again(work: Work, numbers: Collection[int]) -> dict[int, set[int]]:
    """The documents in which promises of each of these may be told again: there the year may stand."""
    p, found = promised.c, dict[int, set[int]]()
    own = [(row.document, row.key) for chunk in chunks(sorted(numbers))
           for row in work.rows(select(p.document, p.key).where(p.document.in_(chunk)))]  # fmt: skip
    for one, other in alike(work, PROMISE, own, 0.0):
        found.setdefault(one[0], set()).add(other[0])
    return found


def _times(work: Work, numbers: Iterable[int]) -> dict[int, Span]:
    return {number: work.time(number) for number in numbers}


def _room(work: Work, made: Sequence[Promise], answers: Beside) -> list[Entry]:
    """Promises with their outcome, by what stands beside them."""
    found = concluded(made, answers, BEFORE_ALL)
    own = {fact.number for promise in made for fact in promise.facts}
    return entries_of(work, work.judged.outcomes(found), work.documents(own))


def _answers(work: Work, it: _Looked, made: Sequence[Promise], beside: Collection[Id]) -> Beside:
    """What stands beside promises; what else its documents, and theirs, tell says how it is meant."""
    filed = work.shelved_as(beside)
    own = {fact.number for promise in made for fact in promise.facts}
    own |= {t.number for p in made if p.engagement for t in p.engagement.tellings}
    coded = {told.item.number for told in filed if not isinstance(told.item, Deed)}
    times = _times(work, own.union(number for number, _ in beside))
    return Beside(filed, it.keys(made), it.common, times, map(work.meant, own | coded))


def engagements_of(work: Work, numbers: Collection[int]) -> dict[int, list[Resolved]]:
    """By document, the engagements that it tells, each whole."""
    ids = {id for _, id in told_in(work, ["engagement"], numbers)}
    held = keys_of(work, "engagement", ids)
    told = {t.id: t for t in work.tellings({number for own in held.values() for number, _ in own})}
    order = {id: n for n, id in enumerate(told)}
    standing = {id: own for id, every in held.items() if (own := [it for it in every if it in told])}
    found = [Resolved(id, [told[it] for it in sorted(own, key=order.__getitem__)]) for id, own in standing.items()]
    by_document: dict[int, list[Resolved]] = {}
    for e in sorted(found, key=lambda e: order[e.tellings[0].id]):
        for number in dict.fromkeys(t.number for t in e.tellings):
            by_document.setdefault(number, []).append(e)
    return by_document


def all_resolved(work: Work, numbers: Collection[int]) -> list[Resolved]:
    """The engagements that these documents tell, as they are put together."""
    told = {t.id: t for t in work.tellings(numbers)}
    held: dict[str, list[Id]] = {}
    c = entry_keys.c
    for chunk in chunks(sorted(numbers)):
        query = select(c.id, c.document, c.key).where(c.sort == "engagement", c.document.in_(chunk))
        for id, document, key in work.connection.execute(query):
            if (document, key) in told:
                held.setdefault(id, []).append((document, key))
    place = {id: n for n, id in enumerate(told)}
    found = [Resolved(id, [told[it] for it in sorted(ids, key=place.__getitem__)]) for id, ids in held.items()]
    return sorted(found, key=lambda e: place[e.tellings[0].id])


def entries_of(work: Work, found: Iterable[Undertaking], documents: Sequence[Filed]) -> list[Entry]:
    """Each undertaking as it is listed; each id once."""
    at = _Places(work, documents)
    unique = {u.id: u for u in found}
    return [_entry(work, u, at) for u in unique.values()]


class _Places:
    """Which records stand where in documents, and who they name."""

    def __init__(self, work: Work, documents: Sequence[Filed]) -> None:
        self.work = work
        self.documents = {d.source: d for d in documents}
        self.records: dict[tuple[str, int, int], list[Id]] = {}
        for d in documents:
            for r in d.records.values():
                if r.kind in FACTS:
                    for start, end in {(r.start, r.end), *((s.start, s.end) for s in r.all("told"))}:
                        self.records.setdefault((d.source, start, end), []).append((d.number, r.key))

    def keys(self, passages: Iterable[Passage]) -> list[Id]:
        return [id for p in passages for id in self.records.get((p.source, p.start, p.end), ())]

    def actor(self, name: str, passages: Iterable[Passage]) -> str | None:
        """The actor who has this name where the undertaking is told."""
        for source in dict.fromkeys(p.source for p in passages):
            document = self.documents[source]
            known = self.work.actors(document.number)
            for record in document.records.values():
                if record.kind == "actor" and name == (record.value("name") or record.words):
                    return known.get(record.key)
        return None


def _entry(work: Work, u: Undertaking, at: _Places) -> Entry:
    told = [u.made, *u.told_again]
    sides = {side: [{"actor": at.actor(name, told), "name": name} for name in names]
             for side, names in (("by", u.by), ("to", u.to))}  # fmt: skip
    row = {**ledger_row(u), "by_actors": sides["by"], "to_actors": sides["to"]}
    row["published"] = at.documents[u.made.source].published
    links = {(side, it["actor"]) for name, side in (("by", "by"), ("to", "to")) for it in sides[name] if it["actor"]}
    links |= {("actor", actor) for _, actor in links} | {("topic", topic) for topic in u.topics}
    first = at.documents[u.made.source]
    words = " ".join([*u.by, *u.to, u.what])
    found = Found(SORT, u.id, ", ".join(u.by) or u.kind, u.due or first.published, words, kind=u.kind, status=u.status,
                  publisher=publisher(first), document=first.number, start=u.made.start, end=u.made.end,
                  quote=u.what)  # fmt: skip
    return Entry(SORT, u.id, orjson.loads(orjson.dumps(row)), first.number, day_of(first), u.due, kind=u.kind,
                 status=u.status, grade=u.grade, about=u.engagement, links=links,
                 keys=[(first.number, u.id), *at.keys(told)], found=found)  # fmt: skip

"""Engagements: tellings of one brought together, anew only around what changed.

Tellings are joined best pair first, and whether two groups are joined depends on these two alone. So a group that is
left as it was is left by all that follows from it: tellings are resolved again together with the groups they are alike
to, and with those of every group that changed by that, until none does. The result is that of resolving all at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from servanda.answers.assembly import blocks
from servanda.answers.assembly.entries import Entry, keys_of, replace_entries, told_in
from servanda.answers.assembly.indexed import Found
from servanda.answers.assembly.told import known_actors, links_of, people_of, publisher
from servanda.answers.assembly.work import Id, Work, day_of, digest
from servanda.answers.gathered import engagement_row
from servanda.keep.match import match, weights
from servanda.keep.resolve import COMMON, Resolved, keys, resolve
from servanda.keep.telling import Telling, tellings
from servanda.store.bulk import chunks
from servanda.store.derived import edges, entry_keys
from servanda.store.sheets import name_key

SORT, GRAFTED = "engagement", "grafted"


def engagements(work: Work, numbers: Collection[int], *, whole: bool = False) -> None:
    """Bring engagements up to date around these documents (`whole`: all there are)."""
    old = {id for _, id in told_in(work, [SORT], numbers)}
    before = blocks.drop_keys(work, SORT, numbers)
    blocks.drop_edges_of(work, SORT, numbers)
    told = _by_id(work.tellings(numbers))
    keyed = {id: _keys(telling) for id, telling in told.items()}
    blocks.keep_keys(work, SORT, keyed)
    if whole:
        blocks.keep_edges(work, SORT, _scored(told, blocks.pairs_within(keyed, COMMON)))
    else:
        _compare(work, told, keyed, before)
    _Rooms(work, numbers, told.keys(), old).resolve()
    _grafted(work, numbers)


def _by_id(found: Iterable[Telling]) -> dict[Id, Telling]:
    return {telling.id: telling for telling in found}


def _keys(telling: Telling) -> set[int]:
    return {digest(key) for key in keys(telling)}


def _scored(told: Mapping[Id, Telling], pairs: Iterable[tuple[Id, Id]]) -> dict[tuple[Id, Id], float]:
    """Those of these pairs that a person, at least, should look at."""
    place = {id: n for n, id in enumerate(sorted(told, key=lambda id: id[0]))}  # stable: in a document, its own order
    ordered = (pair if place[pair[0]] < place[pair[1]] else pair[::-1] for pair in pairs)
    found = ((pair, match(told[pair[0]], told[pair[1]])) for pair in ordered)
    return {pair: it.score for pair, it in found if it is not None and it.score >= weights().review}


def _compare(work: Work, told: dict[Id, Telling], keyed: dict[Id, set[int]], before: Counter[int]) -> None:
    """Compare new tellings with those they share a key with; and others whose key became too common, or rare enough."""
    new = Counter(key for own in keyed.values() for key in own)
    shared = blocks.sharing(work, SORT, before.keys() | new.keys(), COMMON + max(new.values(), default=0))
    again = {id for key in blocks.crossed(shared, new, before, COMMON) for id in shared.get(key, ())} - told.keys()
    blocks.drop_edges(work, SORT, again)
    every = _those(work, {number for number, _ in again}) | told
    their = {id: _keys(every[id]) for id in again}
    more = set().union(*their.values()) - shared.keys()
    shared |= blocks.sharing(work, SORT, more, COMMON)
    pairs = {(id, other) for id, own in (keyed | their).items() for key in own
             if len(shared[key]) <= COMMON for other in shared[key] if other != id}  # fmt: skip
    pairs = {(b, a) if (b, a) in pairs and b < a else (a, b) for a, b in pairs}
    every |= _those(work, {other[0] for _, other in pairs})
    blocks.keep_edges(work, SORT, _scored(every, pairs))


def _those(work: Work, numbers: Iterable[int]) -> dict[Id, Telling]:
    return _by_id(work.tellings(numbers))


@dataclass
class _Rooms:
    """Tellings resolved together, with more of them until no group outside can have changed.

    `fresh`: tellings that are new or read anew; `old`: engagements that the changed documents told.
    """

    work: Work
    changed: Collection[int]
    fresh: Collection[Id]
    old: set[str]
    groups: dict[str, list[Id]] = field(default_factory=dict)  # as kept: by id, without what is gone
    holder: dict[Id, str] = field(default_factory=dict)  # the kept group of each telling

    def resolve(self) -> None:
        """Find the groups as they are now, and write those that are not as they were."""
        self._take(self.old)
        inside = set(self.fresh) | set(self.holder)
        self._take(self._beside(set(self.fresh)))
        while True:
            inside |= set(self.holder)
            found = self._resolved(inside)
            moved = [e for e in found if self._moved(e)]
            further = self._beside({t.id for e in moved for t in e.tellings}) - self.groups.keys()
            if not further:
                break
            self._take(further)
        self._write(moved)

    def _take(self, ids: Collection[str]) -> None:
        gone = set(self.changed)
        for id, told in keys_of(self.work, SORT, ids).items():
            self.groups[id] = [it for it in told if it[0] not in gone or it in self.fresh]
            self.holder.update((it, id) for it in self.groups[id])

    def _beside(self, ids: set[Id]) -> set[str]:
        """The kept groups of tellings alike to these, or that people said are the same."""
        others = {b for _, b in blocks.alike(self.work, SORT, ids, weights().least)}
        others |= self._said({key for _, key in ids})
        return self._holders(others - self.holder.keys())

    def _said(self, keys: set[str]) -> set[Id]:
        """The same tellings in copies of one text, and those that people said are of one engagement."""
        pairs = [{j.subject, j.object} for j in self.work.judged.pairs() if j.kind == "same"]
        wanted = keys | {key for pair in pairs if pair & keys for key in pair if key}
        c, found = entry_keys.c, set()
        for chunk in chunks(sorted(wanted)):
            query = select(c.document, c.key).where(c.sort == SORT, c.key.in_(chunk))
            found |= {(document, key) for document, key in self.work.connection.execute(query)}
        return found

    def _holders(self, ids: Iterable[Id]) -> set[str]:
        wanted, c, found = set(ids), entry_keys.c, set()
        for chunk in chunks(sorted({key for _, key in wanted})):
            query = select(c.id, c.document, c.key).where(c.sort == SORT, c.key.in_(chunk))
            found |= {id for id, number, key in self.work.connection.execute(query) if (number, key) in wanted}
        return found

    def _resolved(self, inside: set[Id]) -> list[Resolved]:
        told = [t for t in self.work.tellings({number for number, _ in inside}) if t.id in inside]
        known = {t.id for t in told}
        edges = blocks.alike(self.work, SORT, known, weights().review)
        pairs = [pair for pair in edges if pair[1] in known]
        return resolve(told, self.work.judged.pairs(), pairs=pairs).engagements

    def _moved(self, engagement: Resolved) -> bool:
        members = {t.id for t in engagement.tellings}
        before = self.groups.get(engagement.id)
        return before is None or set(before) != members or not members.isdisjoint(self.fresh) or self._lost(engagement)

    def _lost(self, engagement: Resolved) -> bool:
        """A changed document told it before, and does no more."""
        return engagement.id in self.old

    def _write(self, moved: list[Resolved]) -> None:
        kept = {e.id for e in moved}
        gone = {id for id in self.groups if id not in kept and self._is_gone(id, moved)}
        ids = {t.id: e.id for e in moved for t in e.tellings}
        wholes = self._parts_of(ids, moved)
        made = [_entry(self.work, e, ids, wholes) for e in moved]
        replace_entries(self.work, SORT, gone | kept, made)
        self._relink(ids)

    def _is_gone(self, id: str, moved: list[Resolved]) -> bool:
        taken = {t.id for e in moved for t in e.tellings}
        return not self.groups[id] or not taken.isdisjoint(self.groups[id])

    def _parts_of(self, ids: dict[Id, str], moved: list[Resolved]) -> dict[Id, str]:
        """The engagements of which others are part, by the telling of the whole."""
        wanted = {(t.number, t.whole) for e in moved for t in e.tellings if t.whole} - ids.keys()
        c, found = entry_keys.c, dict[Id, str]()
        for chunk in chunks(sorted({whole for _, whole in wanted if whole})):
            query = select(c.document, c.key, c.id).where(c.sort == SORT, c.key.in_(chunk))
            found |= {(number, key): id for number, key, id in self.work.connection.execute(query)}
        return found

    def _relink(self, ids: dict[Id, str]) -> None:
        """Write anew what is part of an engagement that has another id now."""
        told = self.work.tellings({number for number, _ in ids})
        parts = {t.id for t in told if t.whole and (t.number, t.whole) in ids and t.id not in ids}
        for id, own in keys_of(self.work, SORT, self._holders(parts)).items():
            every = [t for t in self.work.tellings({n for n, _ in own}) if t.id in set(own)]
            whole = Resolved(id, every)
            replace_entries(self.work, SORT, [id], [_entry(self.work, whole, {}, self._parts_of({}, [whole]))])


def _entry(work: Work, e: Resolved, ids: Mapping[Id, str], wholes: Mapping[Id, str], *, sort: str = SORT) -> Entry:
    about = {t.whole: whole for t in e.tellings if t.whole
             and (whole := ids.get((t.number, t.whole)) or wholes.get((t.number, t.whole)))}  # fmt: skip
    row = engagement_row(e, about)
    numbers = sorted({t.number for t in e.tellings}, reverse=True)
    known_actors(row, {key: actor for number in numbers for key, actor in work.actors(number).items()})
    (first,) = work.documents([e.tellings[0].number])
    words = [*people_of(row), row["occasion"] or "", row["place"] or "", *(it["quote"] for it in row["evidence"][:3])]
    cited = row["evidence"][0]
    found = Found(sort, e.id, row["occasion"] or ", ".join(people_of(row)) or row["kind"], row["date"], " ".join(words),
                  kind=row["kind"], status=row["status"], publisher=publisher(first), document=first.number,
                  start=cited["start"], end=cited["end"], quote=cited["quote"])  # fmt: skip
    grafted = sort == GRAFTED
    return Entry(sort, e.id, {**row, "quarantined": True} if grafted else row, first.number, day_of(first), row["date"],
                 kind=row["kind"], status=row["status"], place=name_key(row["place"]) if row["place"] else None,
                 about=row["part_of"] if row["part_of"] != e.id else None, grafted=grafted,
                 links=set() if grafted else links_of(row), keys=[t.id for t in e.tellings],
                 found=None if grafted else found)  # fmt: skip


def _grafted(work: Work, numbers: Collection[int]) -> None:
    """Engagements of grafted passages, each by itself: never mixed in with others."""
    old = {id for _, id in told_in(work, [GRAFTED], numbers)}
    every = tellings(work.documents(numbers), quarantined=True)
    own = {t.id for t in work.tellings(numbers)}
    told = {t.key: t for t in every if t.id not in own}
    made = [_entry(work, Resolved(key, [t]), {}, {}, sort=GRAFTED) for key, t in told.items()]
    replace_entries(work, GRAFTED, old, made)


def waiting(connection: Connection, most: int = 1000) -> int:
    """How many pairs of tellings are too alike to leave apart and too unlike to unite; counted up to `most`."""
    one, other = entry_keys.alias(), entry_keys.alias()
    e, a, b = edges.c, one.c, other.c
    joined = edges.join(one, (a.sort == SORT) & (a.key == e.item) & (a.document == e.document))
    joined = joined.join(other, (b.sort == SORT) & (b.key == e.other_item) & (b.document == e.other_document))
    apart = select(e.item).select_from(joined).where(e.sort == SORT, e.document < e.other_document, a.id != b.id)
    return int(connection.execute(select(func.count()).select_from(apart.limit(most).subquery())).scalar_one())

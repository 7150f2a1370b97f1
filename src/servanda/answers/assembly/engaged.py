"""Engagements: tellings of one brought together, anew only around what changed.

Tellings that are alike enough to bear on each other, each on the next, are resolved together: whatever else is told
does not bear on them, so that the result is that of resolving all at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from sqlalchemy import select

from servanda.answers.assembly import blocks
from servanda.answers.assembly.entries import Entry, keys_of, replace_entries, told_in
from servanda.answers.assembly.indexed import Found
from servanda.answers.assembly.told import grafted_links, known_actors, links_of, people_of, publisher
from servanda.answers.assembly.work import Id, Work, day_of, digest
from servanda.answers.rows import engagement_row
from servanda.keep.match import Match, far_apart, match, weights
from servanda.keep.resolve import COMMON, Resolved, keys, resolve
from servanda.keep.telling import Telling, tellings
from servanda.store.bulk import chunks
from servanda.store.derived import blocks as blocks_table
from servanda.store.derived import entry_keys
from servanda.store.sheets import name_key

SORT, GRAFTED = "engagement", "grafted"
Changed = Mapping[Id, frozenset[Id]]  # tellings of engagements that changed, with those of which each was one before


def engagements(work: Work, numbers: Collection[int]) -> Changed:
    """Bring engagements up to date around these documents; what changed."""
    affected = _bearing(work, numbers)
    before = blocks.drop_keys(work, SORT, numbers)
    blocks.drop_edges_of(work, SORT, numbers)
    told = _by_id(work.tellings(numbers))
    keyed = {id: _keys(telling) for id, telling in told.items()}
    blocks.keep_keys(work, SORT, keyed)
    compared: dict[tuple[Id, Id], Match] = {}
    affected |= blocks.compare(work, SORT, keyed, before, COMMON, partial(_scored, work, compared))
    changed = _resolve(work, {id for id in affected if id[0] in set(numbers)}, told, affected, compared)
    grafted(work, numbers)
    return changed


def reunited(work: Work, gone: Collection[Id], fresh: Mapping[Id, Telling], paired: Collection[Id]) -> Changed:
    """Bring engagements up to date where only these tellings went, came or tell otherwise, and people said of those
    `paired` that they are of one engagement, or no longer; what changed."""
    own = {*gone, *fresh}
    held = keys_of(work, SORT, _holders(work, own | set(paired)))
    affected = {id for told in held.values() for id in told} | set(paired)
    affected |= {b for _, b in blocks.alike(work, SORT, own, bounds())}
    before = blocks.drop_keys_of(work, SORT, own)
    blocks.drop_edges(work, SORT, own)
    keyed = {id: _keys(telling) for id, telling in fresh.items()}
    blocks.keep_keys(work, SORT, keyed)
    compared: dict[tuple[Id, Id], Match] = {}
    affected |= blocks.compare(work, SORT, keyed, before, COMMON, partial(_scored, work, compared))
    return _resolve(work, own, fresh, affected, compared)


def bounds() -> float:
    """The least likeness of two tellings by which they bear on each other."""
    return min(weights().review, weights().least - weights().margin)


def _bearing(work: Work, numbers: Collection[int]) -> set[Id]:
    """The tellings beside those that these documents told."""
    own = {id for told in keys_of(work, SORT, {it for _, it in told_in(work, [SORT], numbers)}).values() for id in told}
    return own | {b for _, b in blocks.alike(work, SORT, (id for id in own if id[0] in set(numbers)), bounds())}


def _by_id(found: Iterable[Telling]) -> dict[Id, Telling]:
    return {telling.id: telling for telling in found}


def _keys(telling: Telling) -> set[int]:
    return {digest(key) for key in keys(telling)}


def _scored(
    work: Work, compared: dict[tuple[Id, Id], Match], pairs: Collection[tuple[Id, Id]]
) -> dict[tuple[Id, Id], float]:
    """Those of these pairs that a person, at least, should look at; noted in `compared`."""
    told = _by_id(work.tellings({number for pair in pairs for number, _ in pair}))
    place = {id: n for n, id in enumerate(sorted(told, key=lambda id: id[0]))}  # stable: in a document, its own order
    standing = (pair for pair in pairs if pair[0] in told and pair[1] in told)  # others' turn to be put anew comes yet
    ordered = (pair if place[pair[0]] < place[pair[1]] else pair[::-1] for pair in standing)
    beside = ((told[a], told[b]) for a, b in ordered)
    likely = bounds() >= weights().review
    found = (match(a, b, likely=likely) for a, b in beside if not far_apart(a, b))
    compared |= {(it.first, it.second): it for it in found if it is not None and it.score >= bounds()}
    return {pair: it.score for pair, it in compared.items()}


def _resolve(
    work: Work,
    own: Collection[Id],
    fresh: Collection[Id],
    affected: set[Id],
    compared: Mapping[tuple[Id, Id], Match],
) -> Changed:
    """Resolve what changed with all that bears on it, and write the engagements that are not as they were; `own`: those
    in place of which there are only the `fresh` ones now."""
    left = affected - set(own)
    inside = blocks.linked(work, SORT, left | set(fresh), bounds(), lambda ids: _said(work, {key for _, key in ids}))
    told = [t for t in work.tellings({number for number, _ in inside}) if t.id in inside]
    edges = blocks.alike(work, SORT, inside, bounds())
    standing = {t.id for t in told}
    pairs = [pair for pair in edges if standing.issuperset(pair)]
    found = resolve(told, work.judged.pairs(), pairs=pairs, compared=compared).engagements
    held = keys_of(work, SORT, _holders(work, inside | affected | set(own)))
    before = {id: frozenset(own) for own in held.values() for id in own}
    return {id: before.get(id, frozenset()) for id in _write(work, set(fresh), found, held)}


def _said(work: Work, keys: set[str]) -> set[Id]:
    """The same tellings in copies of one text, and those that people said are of one engagement."""
    pairs = [{j.subject, j.object} for j in work.judged.pairs() if j.kind in ("same", "not_same")]
    wanted = keys | {key for pair in pairs if pair & keys for key in pair if key}
    c, found = blocks_table.c, set[Id]()
    for chunk in chunks(sorted(wanted)):
        query = select(c.sort, c.document, c.item).where(c.item.in_(chunk))  # without its sort, whose index is longer
        found |= {(document, key) for sort, document, key in work.connection.execute(query) if sort == SORT}
    return found


def _holders(work: Work, ids: Iterable[Id]) -> set[str]:
    """The engagements, as kept, of these tellings."""
    wanted, c, found = set(ids), entry_keys.c, set[str]()
    for chunk in chunks(sorted({key for _, key in wanted})):
        query = select(c.id, c.document, c.key).where(c.sort == SORT, c.key.in_(chunk))
        found |= {id for id, number, key in work.connection.execute(query) if (number, key) in wanted}
    return found


def _write(work: Work, fresh: set[Id], found: list[Resolved], held: Mapping[str, list[Id]]) -> set[Id]:
    same = {e.id for e in found if {t.id for t in e.tellings} == set(held.get(e.id, ())) and
            fresh.isdisjoint(t.id for t in e.tellings)}  # fmt: skip
    moved = [e for e in found if e.id not in same]
    ids = {t.id: e.id for e in moved for t in e.tellings}
    wholes = _wholes(work, moved, ids)
    work.acquaint(number for number, _ in ids)
    replace_entries(work, SORT, set(held) - same, [_entry(work, e, ids, wholes) for e in moved])
    _relink(work, ids)
    return set(ids) | {id for it in set(held) - same for id in held[it]}


def _wholes(work: Work, moved: Iterable[Resolved], ids: Mapping[Id, str]) -> dict[Id, str]:
    """The engagements of which others are part, by the telling of the whole."""
    wanted = {(t.number, t.whole) for e in moved for t in e.tellings if t.whole} - ids.keys()
    c, found = entry_keys.c, dict[Id, str]()
    for chunk in chunks(sorted({whole for _, whole in wanted if whole})):
        query = select(c.document, c.key, c.id).where(c.sort == SORT, c.key.in_(chunk))
        found |= {(number, key): id for number, key, id in work.connection.execute(query)}
    return found


def _relink(work: Work, ids: Mapping[Id, str]) -> None:
    """Write anew what is part of an engagement that has another id now."""
    told = work.tellings({number for number, _ in ids})
    parts = {t.id for t in told if t.whole and (t.number, t.whole) in ids and t.id not in ids}
    for id, own in keys_of(work, SORT, _holders(work, parts)).items():
        tellings_of = _by_id(work.tellings({n for n, _ in own}))
        whole = Resolved(id, [tellings_of[it] for it in sorted(own) if it in tellings_of])
        replace_entries(work, SORT, [id], [_entry(work, whole, {}, _wholes(work, [whole], {}))])


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
                 links=grafted_links(row) if grafted else links_of(row), keys=[t.id for t in e.tellings],
                 found=None if grafted else found)  # fmt: skip


def grafted(work: Work, numbers: Collection[int]) -> None:
    """Engagements of grafted passages, each by itself: never mixed in with others."""
    old = {id for _, id in told_in(work, [GRAFTED], numbers)}
    every = tellings(work.documents(numbers), quarantined=True)
    own = {t.id for t in work.tellings(numbers)}
    told = {t.key: t for t in every if t.id not in own}
    made = [_entry(work, Resolved(key, [t]), {}, {}, sort=GRAFTED) for key, t in told.items()]
    replace_entries(work, GRAFTED, old, made)

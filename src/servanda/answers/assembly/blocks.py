"""Keys by which things of different documents find each other, and the pairs that were found alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache

from sqlalchemy import TextClause, delete, select, text

from servanda.answers.assembly.work import Id, Work
from servanda.store.bulk import chunks, delete_rows, insert_rows
from servanda.store.derived import blocks, edges

ASKED = 60  # keys of one query
MANY = 5000  # things: for more, all pairs are read at once
Keys = Mapping[Id, Collection[int]]


def keep_keys(work: Work, sort: str, keys: Keys) -> None:
    """Note by which keys each of these is found."""
    rows = sorted((sort, key, *id) for id, own in keys.items() for key in set(own))
    insert_rows(work.connection, blocks, ("sort", "key", "document", "item"), rows)


def drop_keys(work: Work, sort: str, numbers: Iterable[int]) -> Counter[int]:
    """Forget all keys of a sort that these documents have; how often they had each."""
    c, found = blocks.c, Counter[int]()
    for chunk in chunks(sorted(numbers)):
        mine = (c.sort == sort) & c.document.in_(chunk)
        found.update(work.connection.execute(select(c.key).where(mine)).scalars())
        work.connection.execute(delete(blocks).where(mine))
    return found


def drop_keys_of(work: Work, sort: str, ids: Collection[Id]) -> Counter[int]:
    """Forget all keys of these; how often they had each."""
    held = keys_of_items(work, sort, ids)
    delete_rows(work.connection, blocks, ("sort", "document", "item"), [(sort, *id) for id in sorted(ids)])
    return Counter(key for own in held.values() for key in own)


def sharing(work: Work, sort: str, keys: Iterable[int], most: int) -> dict[int, list[Id]]:
    """Who has each key, of the first `most` + 1 that do: a longer list says that too many share it."""
    found: dict[int, list[Id]] = defaultdict(list)
    for chunk in chunks(sorted(set(keys)), ASKED):
        given = {f"k{n}": key for n, key in enumerate(chunk)} | {"sort": sort, "most": most + 1}
        for key, document, item in work.connection.execute(_holding(len(chunk)), given):
            found[key].append((document, item))
    return dict(found)


@cache
def _holding(count: int) -> TextClause:
    """So many rows, at most, of each of so many keys: each found by the index, and no further."""
    part = "SELECT * FROM (SELECT key, document, item FROM blocks WHERE sort = :sort AND key = :k{} LIMIT :most) AS h{}"
    return text(" UNION ALL ".join(part.format(n, n) for n in range(count)))


def crossed(shared: Mapping[int, Sequence[Id]], new: Counter[int], old: Counter[int], most: int) -> set[int]:
    """Keys that more than `most` have now and did not before, or the other way round.

    `shared` as of now, of which `new` came in and in whose place `old` went out.
    """
    now = {key: len(shared.get(key, ())) for key in new.keys() | old.keys()}
    return {key for key, count in now.items() if (count > most) != (count - new[key] + old[key] > most)}


def compare(
    work: Work, sort: str, keyed: Keys, before: Counter[int], most: int,
    score: Callable[[Collection[tuple[Id, Id]]], Mapping[tuple[Id, Id], float]], *, least: int = 1,
) -> set[Id]:  # fmt: skip
    """Score what is new beside what shares `least` keys with it that no more than `most` have, and note the pairs.

    `keyed`: what is new, its keys noted already; `before`: keys of what it replaces. Others whose key became too common
    by this, or no longer is, are compared again: those are given back, with all that they were beside.
    """
    new = Counter(key for own in keyed.values() for key in own)
    shared = sharing(work, sort, before.keys() | new.keys(), most + max(new.values(), default=0))
    again = {id for key in crossed(shared, new, before, most) for id in shared.get(key, ())} - keyed.keys()
    beside = {b for _, b in alike(work, sort, again, 0.0)} | again
    drop_edges(work, sort, again)
    their = keys_of_items(work, sort, again)
    shared |= sharing(work, sort, set().union(*their.values()) - shared.keys(), most)
    counted: dict[tuple[Id, Id], int] = {}
    for id, own in {**keyed, **their}.items():
        found = Counter(other for key in own if len(shared[key]) <= most for other in shared[key] if other != id)
        counted.update(((id, other) if id < other else (other, id), count) for other, count in found.items())
    keep_edges(work, sort, score([pair for pair, count in counted.items() if count >= least]))
    return beside


def keys_of_items(work: Work, sort: str, ids: Collection[Id]) -> dict[Id, set[int]]:
    """The keys by which each of these is found."""
    c, found = blocks.c, {id: set[int]() for id in ids}
    for chunk in chunks(sorted({number for number, _ in ids})):
        query = select(c.document, c.item, c.key).where(c.sort == sort, c.document.in_(chunk))
        for number, item, key in work.connection.execute(query):
            if (number, item) in found:
                found[number, item].add(key)
    return found


def linked(work: Work, sort: str, ids: Collection[Id], least: float = 0.0,
           more: Callable[[Collection[Id]], set[Id]] | None = None) -> set[Id]:  # fmt: skip
    """These, and all that they lead to, from pair to pair; `more` gives what some are linked to besides."""
    inside = fresh = set(ids)
    while fresh:
        beside = {b for _, b in alike(work, sort, fresh, least)} | (more(fresh) if more else set())
        fresh = beside - inside
        inside = inside | fresh
    return inside


def keep_edges(work: Work, sort: str, scores: Mapping[tuple[Id, Id], float]) -> None:
    """Note pairs with how alike they are; found from either side."""
    rows = sorted({(sort, *x, *y, score) for (a, b), score in scores.items() for x, y in ((a, b), (b, a))})
    columns = ("sort", "document", "item", "other_document", "other_item", "score")
    insert_rows(work.connection, edges, columns, rows)


def drop_edges(work: Work, sort: str, ids: Iterable[Id]) -> None:
    """Forget every pair that one of these is in."""
    rows = [(sort, *id) for id in sorted(ids)]
    delete_rows(work.connection, edges, ("sort", "document", "item"), rows)
    delete_rows(work.connection, edges, ("sort", "other_document", "other_item"), rows)


def drop_edges_of(work: Work, sort: str, numbers: Iterable[int]) -> None:
    """Forget every pair that something in one of these documents is in."""
    c = edges.c
    for chunk in chunks(sorted(numbers)):
        for column in (c.document, c.other_document):
            work.connection.execute(delete(edges).where(c.sort == sort, column.in_(chunk)))


def alike(work: Work, sort: str, ids: Iterable[Id], least: float) -> dict[tuple[Id, Id], float]:
    """The pairs that these are in, with at least this likeness: (one of these, the other)."""
    c, found, wanted = edges.c, {}, set(ids)
    if len(wanted) > MANY:
        query = select(c.document, c.item, c.other_document, c.other_item, c.score).where(
            c.sort == sort, c.score >= least
        )
        every = {((a, x), (b, y)): score for a, x, b, y, score in work.connection.execute(query)}
        return {pair: score for pair, score in every.items() if pair[0] in wanted}
    query = select(c.document, c.item, c.other_document, c.other_item, c.score).where(c.sort == sort, c.score >= least)
    for chunk in chunks(sorted({number for number, _ in wanted})):
        for a, x, b, y, score in work.connection.execute(query.where(c.document.in_(chunk))).all():
            if (a, x) in wanted:
                found[(a, x), (b, y)] = score
    return found

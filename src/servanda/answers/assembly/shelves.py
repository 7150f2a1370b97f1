"""Where promises look for their outcome: what may answer them stands under keys, by the day on which it came about.

A promise looks under each of its keys for what came about next, and for no more than `rules().nearest`. So it meets
the same answers in a register of any size as where everything is compared, and what is new bears only on promises
which it stands next to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from sqlalchemy import TextClause, text

from servanda.answers.assembly.work import Id, Work, digest
from servanda.keep.answers import COMMON, FEW, Keys, counts_of
from servanda.keep.outcomes import weigh
from servanda.keep.promises import Promise, rules
from servanda.keep.times import Span
from servanda.store.bulk import chunks, delete_rows, delete_where, insert_rows
from servanda.store.derived import shelved, sought

LIMITS = (FEW, COMMON)
ASKED = 25  # keys of one query
COLUMNS = ("key", "day", "document", "item")
Place = tuple[int, int, int, str]  # key, day, document, item
Sought = tuple[int, int, int]  # key, since when, and of how many alone it counts: 0 where of any


@dataclass(slots=True, frozen=True)
class Put:
    """On which promises a putting on the shelves bears: those `moved`, from which something went or whose keys became
    crowded, or no longer are; and those that have `seen` something come, of which no key has more than `most`."""

    moved: set[Id]
    seen: set[Id]
    most: int


def put(work: Work, numbers: Collection[int], only: Collection[Id] | None = None) -> Put:
    """Put what these documents tell on the shelves, in place of what they told; `only` these of it, where all else of
    them stands."""
    rare, new = _told(work, numbers, only)
    old = _take(work, numbers, only)
    crowded, turned = _crowded(work, Counter(key for key, *_ in old), rare, 0)
    moved = turned | _next_to(work, {(key, day, number) for key, day, number, _ in old if key not in crowded})
    insert_rows(work.connection, shelved, COLUMNS, sorted(new))
    come = Counter(key for key, *_ in new)
    crowded, turned = _crowded(work, come, rare, 1)
    seen = _next_to(work, {(key, day, number) for key, day, number, _ in new if key not in crowded})
    if old or only is not None:
        return Put(moved | turned | seen, set(), 0)
    return Put(turned, seen - turned, max(come.values(), default=0))


def place(work: Work, numbers: Collection[int]) -> None:
    """The same where nobody looks yet, as all is put together anew."""
    _take(work, numbers, None)
    insert_rows(work.connection, shelved, COLUMNS, sorted(_told(work, numbers, None)[1]))


def _told(work: Work, numbers: Collection[int], only: Collection[Id] | None) -> tuple[dict[int, int], set[Place]]:
    """What these documents tell, by key: of how many alone each counts (0 where of any), and what stands where."""
    told, made = work.shelved(numbers), dict[str, int]()
    for it in told:
        made |= {key: digest(key) for key in it.keys if key not in made}
    chosen = (it for it in told if only is None or it.id in only)
    new = {(made[key], _day(it.time), *it.id) for it in chosen for key in it.keys}
    return {made[key]: counts_of(key) for key in made}, new


def _take(work: Work, numbers: Collection[int], only: Collection[Id] | None) -> list[Place]:
    """Take from the shelves what these documents told, and drop what they looked for; where it stood."""
    c = shelved.c
    every = [row for chunk in chunks(sorted(numbers)) for row in work.rows(
        shelved.select().where(c.document.in_(chunk)))]  # fmt: skip
    old = [
        (row.key, row.day, row.document, row.item) for row in every if only is None or (row.document, row.item) in only
    ]
    delete_rows(work.connection, shelved, ("document", "item"), sorted({(number, item) for _, _, number, item in old}))
    delete_where(work.connection, sought, "document", sorted(numbers))
    return old


def _crowded(work: Work, changed: Counter[int], rare: Mapping[int, int], come: int) -> tuple[set[int], set[Id]]:
    """Of keys under which so many came (`come` 1) or went (0), as `rare` has them: those that too many share before and
    after, which nobody sees; and the promises under those that have become crowded, or no longer are."""
    most = max(LIMITS) + 1 + max(changed.values(), default=0)
    counts = _counts(work, [key for key in changed if rare.get(key, 1)], most)
    over, turned = set[int](), set[int]()
    for key, count in counts.items():
        limits = (rare[key],) if key in rare else LIMITS
        low, high = (0, changed[key]) if come else (-changed[key], 0)
        if any(limit + low < count <= limit + high for limit in limits):
            turned.add(key)
        elif count > max(limits) + high and key in rare:
            over.add(key)
    c = sought.c
    looking = (row for chunk in chunks(sorted(turned)) for row in work.rows(sought.select().where(c.key.in_(chunk))))
    return over, {(row.document, row.item) for row in looking}


def _day(time: Span) -> int:
    return time.first.toordinal() if time.first else 0


def looked_for(promise: Promise) -> dict[Sought, str]:
    """Under which keys a promise looks for its outcome, and what each is made of."""
    keys = Keys()
    weigh(promise, keys)
    return {(digest(key), _day(time), rare): key for key, time, rare in keys.sought}


def note(work: Work, wanted: Mapping[Id, Iterable[Sought]]) -> None:
    """Note what each promise looks for, by the fact that makes it."""
    rows = {(key, day, *id) for id, own in wanted.items() for key, day, _ in own}
    insert_rows(work.connection, sought, COLUMNS, sorted(rows))


def forget(work: Work, ids: Iterable[Id]) -> None:
    """These promises look for nothing any more."""
    delete_rows(work.connection, sought, ("document", "item"), sorted(ids))


def nearest(work: Work, wanted: Collection[Sought]) -> dict[Sought, list[Id]]:
    """What stands next under each key."""
    return {it: shelf.seen() for it, shelf in beside(work, wanted, crowded(work, wanted)).items()}


@dataclass(slots=True)
class Shelf:
    """What stands under a key around a day: since then, before it, the nearest first, and on no known day."""

    since: list[Id] = field(default_factory=list)
    before: list[Id] = field(default_factory=list)
    undated: list[Id] = field(default_factory=list)

    def seen(self, but: Collection[int] = ()) -> list[Id]:
        """What is looked at; as it would be without some documents."""
        most = rules().nearest
        limits = ((self.since, most), (self.before, most // 4), (self.undated, most))
        return [id for ids, limit in limits for id in islice((id for id in ids if id[0] not in but), limit)]


def beside(work: Work, wanted: Collection[Sought], common: Collection[int], more: int = 0) -> dict[Sought, Shelf]:
    """What stands under each key but those in `common` that count only while rare, and `more` beyond what is seen."""
    found: dict[Sought, Shelf] = defaultdict(Shelf)
    asked = sorted(it for it in wanted if it[0] not in common or not it[2])
    for chunk in chunks(asked, ASKED):
        given = {"most": rules().nearest + more, "before": rules().nearest // 4 + more}
        for n, (key, day, _) in enumerate(chunk):
            given |= {f"k{n}": key, f"d{n}": day}
        for n, document, item in work.connection.execute(_looking(len(chunk)), given):
            shelf = found[chunk[n // 3]]
            (shelf.since, shelf.before, shelf.undated)[n % 3].append((document, item))
    return found


@cache
def _looking(count: int) -> TextClause:
    """The next since a day, the last before it, and what no day is known of: each by the index, and no further."""
    part = """SELECT * FROM (SELECT {a} AS n, document, item FROM shelved WHERE key = :k{n}
AND day >= :d{n} AND day > 0 ORDER BY day, document, item LIMIT :most) AS a{n} UNION ALL
SELECT * FROM (SELECT {b} AS n, document, item FROM shelved WHERE key = :k{n}
AND day < :d{n} AND day > 0 ORDER BY day DESC, document DESC, item DESC LIMIT :before) AS b{n} UNION ALL
SELECT * FROM (SELECT {c} AS n, document, item FROM shelved WHERE key = :k{n}
AND day = 0 ORDER BY document, item LIMIT :most) AS c{n}"""
    return text(" UNION ALL ".join(part.format(n=n, a=3 * n, b=3 * n + 1, c=3 * n + 2) for n in range(count)))


def crowded(work: Work, wanted: Collection[Sought]) -> set[int]:
    """Of the keys that count only while rare, those that too many share to say anything by themselves."""
    most = {key: rare for key, _, rare in wanted if rare}
    counts = _counts(work, most.keys(), max(LIMITS) + 1)
    return {key for key, count in counts.items() if count > most[key]}


def _counts(work: Work, keys: Collection[int], most: int) -> dict[int, int]:
    """How many stand under each key, counted to `most`."""
    found: dict[int, int] = {}
    for chunk in chunks(sorted(keys), ASKED * 4):
        given = {"most": most} | {f"k{n}": key for n, key in enumerate(chunk)}
        found |= {chunk[n]: count for n, count in work.connection.execute(_counting(len(chunk)), given)}
    return found


@cache
def _counting(count: int) -> TextClause:
    part = "SELECT {n} AS n, COUNT(*) FROM (SELECT 1 FROM shelved WHERE key = :k{n} LIMIT :most) AS h{n}"
    return text(" UNION ALL ".join(part.format(n=n) for n in range(count)))


def _next_to(work: Work, places: Collection[tuple[int, int, int]]) -> set[Id]:
    """The promises that look where these (key, day, document) stand, and see so far."""
    found: set[Id] = set()
    for chunk in chunks(sorted(places), ASKED):
        given = {"most": rules().nearest, "before": rules().nearest // 4}
        for n, (key, day, number) in enumerate(chunk):
            given |= {f"k{n}": key, f"d{n}": day, f"i{n}": number}
        found |= {(document, item) for document, item in work.connection.execute(_seeing(len(chunk)), given)}
    return found


@cache
def _seeing(count: int) -> TextClause:
    """Of a day: those who look from so far back that it is among the next, or for whom it is among the last before;
    of none: all who look there, where it is among the first."""
    part = """SELECT document, item FROM sought WHERE key = :k{n} AND ((:d{n} > 0
AND day >= COALESCE((SELECT day FROM shelved WHERE key = :k{n} AND day > 0 AND day <= :d{n}
ORDER BY day DESC LIMIT 1 OFFSET :most), 0)
AND day <= COALESCE((SELECT day FROM shelved WHERE key = :k{n} AND day >= :d{n}
ORDER BY day LIMIT 1 OFFSET :before), 9999999))
OR (:d{n} = 0 AND :i{n} <= COALESCE((SELECT document FROM shelved WHERE key = :k{n} AND day = 0
ORDER BY document, item LIMIT 1 OFFSET :most), :i{n})))"""
    return text(" UNION ".join(part.format(n=n) for n in range(count)))

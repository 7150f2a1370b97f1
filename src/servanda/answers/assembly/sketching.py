"""How documents draw people and bodies: one row a mention, and one for all mentions that are drawn alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from sqlalchemy import TextClause, func, select, text

from servanda.answers.assembly.work import Id, Work, digest
from servanda.keep.joining import Said
from servanda.keep.mentions import mentions
from servanda.keep.offices import rules
from servanda.keep.sketches import ALONE, SAMPLE, Sketch, drawn, loaded
from servanda.store.bulk import chunks, delete_rows, delete_where, insert_rows
from servanda.store.derived import mentions as mentioned
from servanda.store.derived import sketched, sketches

ASKED = 60  # blocks of one query
COLUMNS = ("sketch", "block", "rank", "count", "document", "key", "actor", "drawn")
S, M = sketches.c, sketched.c


class Row(NamedTuple):
    """A row of `sketches`."""

    sketch: int
    block: int
    rank: int
    mentions: int
    document: int
    key: str
    actor: str
    drawn: str

    @property
    def id(self) -> Id:
        """Its first mention's."""
        return self.document, self.key

    def load(self) -> Sketch:
        """What it draws."""
        return loaded(self.drawn, self.id, self.mentions, alone=self.rank == ALONE)

    def stands_as(self, other: Row | None) -> bool:
        """Whether nothing is drawn otherwise, however much oftener."""
        return other is not None and self[:3] == other[:3] and self.id == other.id and self.drawn == other.drawn


@dataclass(slots=True)
class Redrawn:
    """What changed documents draw otherwise: sketches `before` and `now`, and the cores of their names before."""

    before: dict[int, Row] = field(default_factory=dict)
    now: dict[int, Row] = field(default_factory=dict)
    cores: dict[int, list[Row]] = field(default_factory=dict)

    @property
    def blocks(self) -> set[int]:
        """The names."""
        return {row.block for rows in (self.before, self.now) for row in rows.values()}


def key_of(sketch: Sketch) -> int:
    """The number of what is drawn so."""
    return digest("sketch", *sketch.signature)


def block_of(sketch: Sketch) -> int:
    """The number of the name that it is found under."""
    return digest("name" if sketch.kind == "person" else "body", sketch.words)


def redraw(work: Work, numbers: Collection[int], said: Said) -> Redrawn:
    """Bring the sketches up to date with what these documents say."""
    own = _drawn(work, numbers, said)
    held = _held(work, numbers)
    fresh = {id: (key_of(sketch), digest(sketch.alone, sketch.dump().decode())) for id, sketch in own.items()}
    gone = {id: place[0] for id, place in held.items() if fresh.get(id) != place}
    came = {id: place for id, place in fresh.items() if held.get(id) != place}
    found = Redrawn(before=_rows(work, {*gone.values(), *(place[0] for place in came.values())}))
    touched = found.blocks | {block_of(own[id]) for id in came}
    found.cores = cores(work, touched)
    delete_rows(work.connection, sketched, ("document", "key"), sorted(gone))
    insert_rows(work.connection, sketched, ("document", "key", "sketch", "drawn"),
                [(*id, *place) for id, place in sorted(came.items())])  # fmt: skip
    found.now = _redrawn(work, found.before, set(gone.values()), {id: own[id] for id in came}, said)
    delete_where(work.connection, sketches, "sketch", sorted(found.before))
    insert_rows(work.connection, sketches, COLUMNS, list(found.now.values()))
    return found


def _drawn(work: Work, numbers: Collection[int], said: Said) -> dict[Id, Sketch]:
    """What these documents say of each person and each body that has no code."""
    apart = {key for pair in said.pairs("not_same") for key in pair}
    own: dict[Id, Sketch] = {}
    for mention in mentions(work.documents(numbers)):
        if not mention.who.code:
            decided = said.keys if mention.who.kind == "person" else apart
            own.setdefault(mention.id, drawn(mention, alone=mention.key in decided))
    return own


def _held(work: Work, numbers: Collection[int]) -> dict[Id, tuple[int, int]]:
    query = select(M.document, M.key, M.sketch, M.drawn)
    return {(row.document, row.key): (row.sketch, row.drawn) for chunk in chunks(sorted(numbers))
            for row in work.rows(query.where(M.document.in_(chunk)))}  # fmt: skip


def _rows(work: Work, wanted: Iterable[int]) -> dict[int, Row]:
    query = select(*(sketches.c[name] for name in COLUMNS))
    return {row.sketch: Row(*row) for chunk in chunks(sorted(set(wanted)))
            for row in work.rows(query.where(S.sketch.in_(chunk)))}  # fmt: skip


def _redrawn(work: Work, before: dict[int, Row], lost: set[int], came: dict[Id, Sketch], said: Said) -> dict[int, Row]:
    """The rows of these sketches as they are now; one that lost a mention, or has an earlier one, is drawn anew."""
    added: dict[int, list[Sketch]] = defaultdict(list)
    for _, sketch in sorted(came.items()):
        added[key_of(sketch)].append(sketch)
    now: dict[int, Row] = {}
    for key in lost | added.keys():
        old, new = before.get(key), added[key]
        if key in lost or (old and new[0].id[0] <= old.load().numbers[-1]):
            made = _anew(work, key, said)
        else:
            made = old.load() if old else new.pop(0)
            for sketch in new:
                made.add(sketch)
        if made is not None:
            id, actor = made.id, old.actor if old else ""
            now[key] = Row(key, block_of(made), made.rank, made.count, *id, actor, made.dump().decode())
    return now


def _anew(work: Work, key: int, said: Said) -> Sketch | None:
    """A sketch from its first mentions."""
    first = select(M.document, M.key).where(M.sketch == key).order_by(M.document, M.key).limit(SAMPLE)
    ids = [(row.document, row.key) for row in work.rows(first)]
    own = _drawn(work, {number for number, _ in ids}, said) if ids else {}
    standing = [own[id] for id in ids if id in own]  # the turn of others to be put anew comes yet
    if not standing:
        return None
    made, *others = standing
    for sketch in others:
        made.add(sketch)
    made.count = int(work.connection.execute(select(func.count()).where(M.sketch == key)).scalar_one())
    return made


def cores(work: Work, blocks: Iterable[int]) -> dict[int, list[Row]]:
    """The sketches of each name that decide who there is, the best known first: all that people decided about, and so
    many others.
    """
    found: dict[int, list[Row]] = defaultdict(list)
    for chunk in chunks(sorted(set(blocks)), ASKED):
        given = {f"b{n}": block for n, block in enumerate(chunk)} | {"alone": ALONE, "most": rules().anchors}
        for row in work.connection.execute(_best(len(chunk)), given):
            found[row.block].append(Row(*row))
    return {block: sorted(rows, key=lambda row: (row.rank, row.id)) for block, rows in found.items()}


@cache
def _best(count: int) -> TextClause:
    """The core of each of so many blocks: found by the index, and no further."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    own = f"SELECT {names} FROM sketches WHERE block = :b{{n}} AND rank"
    decided = f"{own} = :alone"
    others = f"SELECT * FROM ({own} > :alone ORDER BY rank, document, key LIMIT :most) AS r{{n}}"
    return text(" UNION ALL ".join(part.format(n=n) for n in range(count) for part in (decided, others)))


def further(work: Work, block: int, core: Sequence[Row]) -> list[Row]:
    """All other sketches of a name."""
    known = {row.sketch for row in core}
    query = select(*(sketches.c[name] for name in COLUMNS)).where(S.block == block)
    return [row for found in work.rows(query) if (row := Row(*found)).sketch not in known]


def of_ids(work: Work, ids: Collection[Id]) -> dict[Id, Row]:
    """The sketches whose first mentions these are."""
    found: dict[int, Id] = {}
    for chunk in chunks(sorted({number for number, _ in ids})):
        query = select(M.document, M.key, M.sketch).where(M.document.in_(chunk))
        found |= {row.sketch: (row.document, row.key) for row in work.rows(query) if (row.document, row.key) in ids}
    return {row.id: row for row in _rows(work, found).values() if row.id in ids}


def of_keys(work: Work, keys: Collection[str]) -> list[Row]:
    """The sketches of mentions by themselves that have these keys."""
    found: list[Row] = []
    for chunk in chunks(sorted(keys)):
        rows = work.rows(select(mentioned.c.document, mentioned.c.key).where(mentioned.c.key.in_(chunk)))
        found += of_ids(work, {(row.document, row.key) for row in rows}).values()
    return found


def names_of(work: Work, actors: Collection[str]) -> set[int]:
    """The blocks of the names that these actors have."""
    query = select(S.block).distinct()
    return {block for chunk in chunks(sorted(actors))
            for block in work.connection.execute(query.where(S.actor.in_(chunk))).scalars()}  # fmt: skip


def name_them(work: Work, actors: dict[int, str]) -> set[int]:
    """Note which actors these sketches are of; the documents that mention them."""
    for actor, some in _by_actor(actors).items():
        for chunk in chunks(some):
            work.connection.execute(sketches.update().where(S.sketch.in_(chunk)).values(actor=actor))
    query = select(M.document).distinct()
    return {number for chunk in chunks(sorted(actors))
            for number in work.connection.execute(query.where(M.sketch.in_(chunk))).scalars()}  # fmt: skip


def _by_actor(actors: dict[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for sketch, actor in sorted(actors.items()):
        found[actor].append(sketch)
    return found


def actors_of(work: Work, numbers: Collection[int]) -> dict[Id, str]:
    """The actor of each mention that these documents draw; empty for a body that may be of many states."""
    found: dict[Id, str] = {}
    query = select(M.document, M.key, S.actor).join(sketches, S.sketch == M.sketch)
    for chunk in chunks(sorted(numbers)):
        found |= {(row.document, row.key): row.actor for row in work.rows(query.where(M.document.in_(chunk)))}
    return found

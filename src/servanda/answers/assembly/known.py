"""Who is who: the actors that sketches are of, decided anew only around the names that changed.

Names whose cores may be of one person, each on the next, are put together at a time: whatever else is told does not
bear on them, so that the result is that of comparing all at once (`keep.actors.identify`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import delete

from servanda.answers.assembly import blocks
from servanda.answers.assembly.sketching import Redrawn, Row, cores, further, name_them, names_of, of_ids, of_keys
from servanda.answers.assembly.work import Id, Work, digest
from servanda.keep.joining import Said, joined, keys, nearest, usual
from servanda.keep.likeness import Likeness, likeness, sole
from servanda.keep.offices import rules
from servanda.keep.sketches import ALONE, Sketch
from servanda.store.derived import blocks as blocks_table
from servanda.store.derived import edges, sketched, sketches
from servanda.store.sheets import name_key

SORT = "person"
OWN = 8  # hexadecimal digits of a mention's key, where one of a name is told from another
Cores = dict[int, list[Row]]


def slug(kind: str, name: str, key: str = "") -> str:
    """An actor's id: its kind and name, and where others have these too, the key of its first mention."""
    return "-".join([kind, *name_key(name).split(), *([key[:OWN]] if key else ())])


def resolve(work: Work, found: Redrawn, said: Said) -> set[int]:
    """Decide anew who is who around what was drawn otherwise; the documents that mention one who has another id now."""
    held = {**found.before, **found.now}
    after = cores(work, found.blocks)
    kinds = {row.block: row.load().kind for row in held.values()}
    people = {block for block in found.blocks if kinds[block] == "person"}
    made = _People(work, said, found, after).resolved(people)
    return name_them(work, made | _bodies(work, found.blocks - people))


class _People:
    def __init__(self, work: Work, said: Said, found: Redrawn, after: Cores) -> None:
        self.work, self.said, self.found, self.cores = work, said, found, after
        self.known: dict[int, Sketch] = {}
        self.actors = {row.sketch: row.actor for row in found.now.values()}

    def resolved(self, touched: Collection[int]) -> dict[int, str]:
        """The sketches that are of another actor than before."""
        decided = {row.id for rows in self.found.cores.values() for row in rows}
        gone = {row.id for key, row in self.found.before.items() if not row.stands_as(self.found.now.get(key))}
        blocks.drop_edges(self.work, SORT, gone - decided)
        changed = {block for block in touched if not self._stands(block)}
        around = self._compared(changed)
        inside = self._linked(around)
        made = self._clustered(inside)
        moved = {row.block for block in inside for row in self.cores.get(block, ()) if made[row.sketch] != row.actor}
        for block in changed | moved:
            made |= self._attached(block, further(self.work, block, self.cores.get(block, ())), made)
        fresh = [row for key, row in self.found.now.items() if not row.stands_as(self.found.before.get(key))]
        for block in set(touched) - changed - moved:
            core = {row.sketch for row in self.cores[block]}
            left = [row for row in fresh if row.block == block and row.sketch not in core]
            made |= self._attached(block, left, made) if left else {}
        return {sketch: actor for sketch, actor in made.items() if self.actors[sketch] != actor}

    def _stands(self, block: int) -> bool:
        before, now = self.found.cores.get(block, []), self.cores.get(block, [])
        return len(before) == len(now) and all(a.stands_as(b) for a, b in zip(now, before, strict=True))

    def _load(self, rows: Iterable[Row]) -> list[Sketch]:
        rows = list(rows)
        for row in rows:
            if row.sketch not in self.known:
                self.known[row.sketch] = row.load()
                self.actors[row.sketch] = row.actor
        return [self.known[row.sketch] for row in rows]

    def _compared(self, changed: Collection[int]) -> set[int]:
        """Compare these names with each other and themselves anew; they, and all that they were and are beside."""
        if not changed:
            return set()
        old = {row.id for block in changed for row in self.found.cores.get(block, ())}
        new = {block: self._load(self.cores.get(block, ())) for block in changed}
        ids = old | {sketch.id for own in new.values() for sketch in own}
        beside = {b for _, b in blocks.alike(self.work, SORT, ids, 0.0)} - ids
        before = blocks.drop_keys_of(self.work, SORT, ids)
        blocks.drop_edges(self.work, SORT, ids)
        keyed = {id: held for block, own in new.items() for id, held in _keys(block, own).items()}
        blocks.keep_keys(self.work, SORT, keyed)
        beside |= blocks.compare(self.work, SORT, keyed, before, rules().common, self._scored)
        decided = {row.actor for block in changed for row in self.found.cores.get(block, ()) if row.rank == ALONE}
        return set(changed) | {row.block for row in of_ids(self.work, beside).values()} | names_of(self.work, decided)

    def _scored(self, pairs: Collection[tuple[Id, Id]]) -> dict[tuple[Id, Id], float]:
        rows = of_ids(self.work, {id for pair in pairs for id in pair})
        known = {id: self._load([row])[0] for id, row in rows.items()}
        named = {rows[a].block for a, b in pairs if rows[a].block == rows[b].block}
        self.cores |= cores(self.work, named - self.cores.keys())
        one = {block: sole(self._load(self.cores[block])) for block in named}
        found = (likeness(known[a], known[b], sole=rows[a].block == rows[b].block and one[rows[a].block],
                          usual=usual(known[a], known[b])) for a, b in pairs)  # fmt: skip
        return {(it.first, it.second): it.score for it in found if it and it.score >= rules().review}

    def _keep(self, found: Iterable[Likeness]) -> None:
        scores = {(it.first, it.second): it.score for it in found if it.score >= rules().review}
        blocks.keep_edges(self.work, SORT, scores)

    def _linked(self, around: set[int]) -> set[int]:
        """These names, and all that they lead to."""
        inside = fresh = set(around)
        while fresh:
            self.cores |= cores(self.work, fresh - self.cores.keys())
            rows = [row for block in fresh for row in self.cores.get(block, ())]
            beside = {b for _, b in blocks.alike(self.work, SORT, {row.id for row in rows}, rules().least)}
            others = {row.block for row in (*of_ids(self.work, beside).values(), *self._same(rows))}
            fresh = others - inside
            inside = inside | fresh
        return inside

    def _same(self, rows: Iterable[Row]) -> list[Row]:
        """Those whom people said to be the same as one of these."""
        own = {row.key for row in rows if row.key in self.said.keys}
        wanted = {key for pair in self.said.pairs("same") if own & set(pair) for key in pair} - own
        return of_keys(self.work, wanted) if wanted else []

    def _clustered(self, inside: Collection[int]) -> dict[int, str]:
        """The actor of each sketch of these cores."""
        rows = {row.id: row for block in inside for row in self.cores.get(block, ())}
        sketches = self._load(rows.values())
        scores = blocks.alike(self.work, SORT, rows, rules().least)
        pairs = [Likeness(a, b, score, {}) for (a, b), score in scores.items() if a < b and b in rows]
        made: dict[int, str] = {}
        taken: set[str] = set()
        for members in sorted(joined(sketches, pairs, self.said), key=lambda members: members[0].id):
            best = min(members, key=lambda sketch: (sketch.known, sketch.id))
            id = slug("person", best.called)
            id = slug("person", best.called, members[0].id[1]) if id in taken else id
            taken.add(id)
            made |= {rows[sketch.id].sketch: id for sketch in members}
        return made

    def _attached(self, block: int, left: Sequence[Row], made: Mapping[int, str]) -> dict[int, str]:
        """The actors of these further sketches of a name."""
        core = self._load(self.cores.get(block, ()))
        of = {row.id: made.get(row.sketch, row.actor) for row in self.cores.get(block, ())}
        one, found = sole(core), dict[int, str]()
        blocks.drop_edges(self.work, SORT, {row.id for row in left})
        for row, sketch in zip(left, self._load(left), strict=True):
            near = nearest(sketch, core, one=one)
            if near and near.score >= rules().least:
                found[row.sketch] = of[near.first if near.second == sketch.id else near.second]
            else:
                found[row.sketch] = slug("person", sketch.called, sketch.id[1])
                self._keep([near] if near else [])
        return found


def _keys(block: int, core: Sequence[Sketch]) -> dict[Id, set[int]]:
    """Under what the sketches of a core are found: by each other, and by those of other names."""
    found = {sketch.id: {block} if len(core) > 1 else set[int]() for sketch in core}
    for id, held in keys(core).items() if core else ():
        found[id] |= {digest("under", key) for key in held}
    return found


def _bodies(work: Work, touched: Collection[int]) -> dict[int, str]:
    """The actors of bodies of these names: whose each is; none where many states have one and nobody says whose."""
    made: dict[int, str] = {}
    for block in touched:
        rows = further(work, block, ())
        known = [(row, row.load()) for row in rows]
        states = {sketch.body.states[0] for _, sketch in known if sketch.body.states}
        for row, sketch in known:
            own = sketch.id[1] if sketch.alone else ""
            id = "" if not sketch.body.states and len(states) > 1 else slug(sketch.kind, sketch.called, own)
            if row.actor != id:
                made[row.sketch] = id
    return made


def forget_all(work: Work) -> None:
    """Drop every sketch, and what was found of them: all are drawn anew."""
    for table in (sketched, sketches):
        work.connection.execute(delete(table))
    for table in (blocks_table, edges):
        work.connection.execute(delete(table).where(table.c.sort == SORT))

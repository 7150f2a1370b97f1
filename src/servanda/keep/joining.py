"""Which sketches of people are one: best likeness first, never across what excludes it.

Of one name the best known sketches, its core, are compared with each other, and with those of other names that share
two words of a longer name or an office that one person holds. Every further sketch of the name goes to the one of the
core that it is most like, if to any: it brings nobody else together. So the core alone decides who there is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from servanda.keep.likeness import Likeness, likeness, sole
from servanda.keep.mentions import Id
from servanda.keep.offices import rules
from servanda.keep.sketches import Sketch
from servanda.records import Judgement

Cores = Mapping[str, Sequence[Sketch]]


class Said:
    """What people decided of pairs of records of actors, by key."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        stand = [j for j in judgements if j.kind in ("same", "not_same") and j.object and not j.undone_at]
        self.decided = {frozenset((j.subject, j.object or "")): j.kind for j in stand}
        self.keys = frozenset(key for pair in self.decided for key in pair)

    def pairs(self, kind: str) -> Iterator[tuple[str, str]]:
        """The keys of those that are `same`, or `not_same`."""
        for pair, decision in self.decided.items():
            if decision == kind and len(pair) == 2:
                first, second = sorted(pair)
                yield first, second

    def ids(self, kind: str, sketches: Iterable[Sketch]) -> Iterator[tuple[Id, Id]]:
        """The same as pairs of these sketches; copies of one text share keys."""
        held: dict[str, list[Id]] = defaultdict(list)
        for sketch in sketches:
            if sketch.alone:
                held[sketch.id[1]].append(sketch.id)
        for a, b in self.pairs(kind):
            yield from product(held[a], held[b])


def core(known: Iterable[Sketch]) -> list[Sketch]:
    """Of the sketches of one name those that decide who there is, the best known first."""
    ordered = sorted(known, key=lambda sketch: sketch.order)
    decided = [sketch for sketch in ordered if sketch.alone]
    return [*decided, *ordered[len(decided) :][: rules().anchors]]


def within(core: Sequence[Sketch]) -> Iterator[Likeness]:
    """The likenesses of one name."""
    one = sole(core)
    yield from (found for a, b in combinations(core, 2) if (found := compared(a, b, one=one)))


def compared(a: Sketch, b: Sketch, *, one: bool = False, usual: bool = False) -> Likeness | None:
    """Their likeness, whichever is given first."""
    first, second = (a, b) if a.id < b.id else (b, a)
    return likeness(first, second, sole=one, usual=usual)


def keys(core: Sequence[Sketch]) -> dict[Id, set[str]]:
    """Under what other names find this one: the best known sketch under each office that one person holds, and the
    best known of all under two words of a longer name, or the whole of a name of two."""
    found: dict[str, Sketch] = {}
    for sketch in core:
        for o in sketch.offices:
            if o.one_holder and o.state:
                found.setdefault(f"{o.title}@{o.state}", sketch)
    held: dict[Id, set[str]] = defaultdict(set)
    for key, sketch in found.items():
        held[sketch.id].add(key)
    held[core[0].id] |= set(_parts(core[0]))
    return {id: own for id, own in held.items() if own}


def _parts(sketch: Sketch) -> Iterator[str]:
    words = sketch.plain.split()
    if len(words) == 2:
        yield "+".join(sorted(words))
    elif len(words) > 2:
        yield from {"+".join(sorted(pair)) for pair in ((words[0], words[-1]), words[:2], words[-2:])}


def usual(a: Sketch, b: Sketch) -> bool:
    """Whether both are told so often that neither name is a slip."""
    return min(a.weight, b.weight) >= rules().usual


def across(cores: Cores) -> Iterator[Likeness]:
    """The likenesses of different names; a key that too many share tells nothing."""
    known = {sketch.id: sketch for own in cores.values() for sketch in own}
    keyed: dict[str, list[Id]] = defaultdict(list)
    for own in cores.values():
        for id, held in keys(own).items():
            for key in held:
                keyed[key].append(id)
    shared = (sorted(ids) for ids in keyed.values() if 1 < len(ids) <= rules().common)
    for a, b in sorted({pair for ids in shared for pair in combinations(ids, 2)}):
        if found := likeness(known[a], known[b], usual=usual(known[a], known[b])):
            yield found


def nearest(sketch: Sketch, core: Sequence[Sketch], *, one: bool) -> Likeness | None:
    """The one of the core of its name that a further sketch is most like, where a person, at least, should look."""
    found = [it for other in core if (it := compared(sketch, other, one=one)) and it.score >= rules().review]
    return max(found, key=lambda it: it.score, default=None)


def joined(sketches: Collection[Sketch], pairs: Iterable[Likeness], said: Said) -> list[list[Sketch]]:
    """Cores put together, each cluster in the order of its mentions."""
    return _Joining(sketches, said).clusters(pairs)


class _Joining:
    def __init__(self, sketches: Collection[Sketch], said: Said) -> None:
        self.known = {sketch.id: sketch for sketch in sketches}
        self.of = {id: [id] for id in self.known}
        self.same = set(said.ids("same", sketches))
        self.apart = {frozenset(pair) for pair in said.ids("not_same", sketches)}

    def clusters(self, pairs: Iterable[Likeness]) -> list[list[Sketch]]:
        for a, b in sorted(self.same):
            self._join(a, b)
        enough = (it for it in pairs if it.score >= rules().least)
        for it in sorted(enough, key=lambda it: (self._bare(it), -it.score, it.first, it.second)):
            if self._fit(it.first, it.second):
                self._join(it.first, it.second)
        made = {id(members): members for members in self.of.values()}
        return [[self.known[id] for id in sorted(members)] for members in made.values()]

    def _bare(self, found: Likeness) -> bool:
        return self.known[found.first].bare or self.known[found.second].bare

    def _fit(self, a: Id, b: Id) -> bool:
        """Nothing excludes that two clusters are one: no other main state, no judgement; a bare name joins once."""
        left, right = self.of[a], self.of[b]
        if left is right or any(self.known[id].bare and len(self.of[id]) > 1 for id in (a, b)):
            return False
        first, second = self._state(left), self._state(right)
        if first and second and first != second:
            return False
        return not any(frozenset(pair) in self.apart for pair in product(left, right)) if self.apart else True

    def _state(self, members: Sequence[Id]) -> str | None:
        told: Counter[str] = Counter()
        for id in members:
            for state in self.known[id].states:
                told[state] += self.known[id].weight
        return max(told, key=lambda state: (told[state], state), default=None)

    def _join(self, a: Id, b: Id) -> None:
        if self.of[a] is not self.of[b]:
            small, large = sorted((self.of[a], self.of[b]), key=len)
            large += small
            for id in small:
                self.of[id] = large

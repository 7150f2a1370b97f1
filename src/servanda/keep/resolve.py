"""Engagements across documents: tellings of one engagement gathered into one record, reversibly and with reasons.

Nothing is edited: a record is the set of its tellings, made again whenever it is asked for. Its id is the oldest key
among them, so that it stays when documents are added; a person's judgement (same, not_same) goes before every weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from servanda.keep.match import (
    AHEAD,
    PUT_OFF,
    Match,
    comparable,
    done,
    far_apart,
    group_of,
    match,
    proper,
    weights,
)
from servanda.keep.telling import Passage, Telling
from servanda.keep.when import when
from servanda.records import Judgement

Id = tuple[int, str]
BARE = 16  # code points: `Hội nghị` alone
COMMON = 100  # tellings under one key: beyond, the key tells nothing
MONTH = 31  # days
MANY = 6  # of those who take part, with whom such words are looked for
OWN = 3  # words of an occasion's name or of what is done there, its longest, by which it is found
KNOWN = 5  # tellings of an engagement that are looked at to say that another is not the same


@dataclass(slots=True)
class Resolved:
    """One engagement: its tellings, the one that stands for it, and the matches that brought them together."""

    id: str
    tellings: list[Telling]
    matches: list[Match] = field(default_factory=list)

    @property
    def first(self) -> Telling:
        """The telling that stands for all: held before planned, the fullest date and most people."""
        return max(self.tellings, key=_fullness)

    def passages(self) -> list[Passage]:
        """The words that tell it, document by document; bare mentions only where nothing fuller tells it."""
        by_source: dict[str, list[Passage]] = defaultdict(list)
        for telling in self.tellings:
            own = [p for n, p in enumerate(telling.passages) if n == 0 or p not in telling.within]
            by_source[telling.source] += own
        return [p for told in by_source.values() for p in told if len(p.quote) >= BARE or _all_bare(told)]


def _all_bare(passages: Sequence[Passage]) -> bool:
    return all(len(p.quote) < BARE for p in passages)


@dataclass(slots=True)
class Resolution:
    """All engagements, and pairs too alike to leave and too unlike to merge, for a person to look at."""

    engagements: list[Resolved]
    doubtful: list[Match]


def resolve(
    tellings: Sequence[Telling],
    judgements: Iterable[Judgement] = (),
    *,
    pairs: Collection[tuple[Id, Id]] | None = None,
    compared: Mapping[tuple[Id, Id], Match] | None = None,
) -> Resolution:
    """Gather tellings into engagements, in the order of their first telling.

    `pairs`: those to be compared, where they are known; else those that share a key. `compared`: those of them that
    have been, in the order of the tellings.
    """
    by_id = {t.id: t for t in tellings}
    said = _Said(judgements)
    matches = {(m.first, m.second): m for m in _matches(tellings, pairs, compared or {})}
    clusters = _Clusters(by_id, matches, said)
    for a, b in (*_copies(by_id), *said.pairs(by_id)):
        clusters.join(a, b)
    likely = [m for m in matches.values() if m.score >= weights().least]
    for found in sorted(likely, key=lambda m: (not m.dated, -m.score)):
        clusters.try_join(found)
    return Resolution(clusters.resolved(), clusters.doubtful())


def _earlier(a: Telling, b: Telling) -> bool:
    """One is still to come, on a day before that of the other."""
    plan, later = (a, b) if a.status in AHEAD else (b, a)
    first, second = when(plan.date), when(later.date)
    return bool(plan.status in AHEAD and later.status == "held" and first and second and first.last < second.first)


def _copies(tellings: Iterable[Id]) -> Iterator[tuple[Id, Id]]:
    """The same telling in copies of one text."""
    first: dict[str, Id] = {}
    yield from ((first[id[1]], id) for id in tellings if first.setdefault(id[1], id) != id)


class _Said:
    """What people decided of pairs of records, by key."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        stand = [j for j in judgements if j.kind in ("same", "not_same") and j.object and not j.undone_at]
        self.decided = {frozenset((j.subject, j.object or "")): j.kind for j in stand}

    def apart(self, a: str, b: str) -> bool:
        return self.decided.get(frozenset((a, b))) == "not_same"

    def pairs(self, tellings: dict[Id, Telling]) -> Iterator[tuple[Id, Id]]:
        holders: dict[str, list[Id]] = defaultdict(list)
        for number, key in tellings:
            holders[key].append((number, key))
        for pair, kind in self.decided.items():
            ids = [id for key in pair for id in holders.get(key, [])]
            if kind == "same" and len(ids) > 1:
                yield from ((ids[0], other) for other in ids[1:])


class _Clusters:
    def __init__(self, tellings: dict[Id, Telling], matches: dict[tuple[Id, Id], Match], said: _Said) -> None:
        self.tellings, self.matches, self.said = tellings, matches, said
        self.of = {id: [id] for id in tellings}
        self.seen: dict[tuple[Id, Id], Match | None] = {}
        self.near: dict[Id, list[Match]] = defaultdict(list)
        for found in matches.values():
            if found.score >= weights().least - weights().margin:
                self.near[found.first].append(found)
                self.near[found.second].append(found)

    def join(self, a: Id, b: Id) -> None:
        if self.of[a] is not self.of[b]:
            members = self.of[a] + self.of[b]
            for id in members:
                self.of[id] = members

    def try_join(self, found: Match) -> None:
        """Join two clusters unless a pair across them cannot be one, they are unlike on the whole, or others rival."""
        left, right = self.of[found.first], self.of[found.second]
        if left is right or len(left) * len(right) > COMMON:
            return
        undated = any(self.tellings[id].date is None for id in (found.first, found.second))
        if undated and self._bridges(left, right):
            return
        moved = any(self.tellings[id].status == PUT_OFF for id in (*left, *right))
        scores = [self._score(x, y, moved=moved) for x, y in product(left, right)]
        alike = min(scores) > weights().never and sum(scores) / len(scores) >= weights().least * weights().together
        if alike and (found.dated or not any(self._rival(found, one) for one in (found.first, found.second))):
            self.join(found.first, found.second)

    def _bridges(self, left: Sequence[Id], right: Sequence[Id]) -> bool:
        """A telling without a day would link two groups that have days of their own, of which none agree."""
        dated = [[id for id in ids if self.tellings[id].date] for ids in (left, right)]
        pairs = [self._match(x, y) for x, y in product(dated[0][:KNOWN], dated[1][:KNOWN])]
        return bool(pairs) and not any(m and (m.dated or "year" in m.features) for m in pairs)

    def _rival(self, found: Match, one: Id) -> bool:
        """Without a day to go by, the telling is as like another engagement, which cannot be the one at hand."""
        other = found.second if one == found.first else found.first
        for rival in self.near[one]:
            third = rival.second if rival.first == one else rival.first
            apart = self.of[third] is not self.of[other] and self.of[third] is not self.of[one]
            told = 2 * len(self.of[third]) >= len(self.of[other])
            if apart and told and rival.score >= found.score - weights().margin and self._excluded(third, other):
                return True
        return False

    def _excluded(self, a: Id, b: Id) -> bool:
        return any(
            (m := self._match(x, y)) is not None and m.excluded for x in self.of[a][:KNOWN] for y in self.of[b][:KNOWN]
        )

    def _score(self, x: Id, y: Id, *, moved: bool = False) -> float:
        """How alike two tellings are; where a third says that it was put off, the day of the plan says nothing."""
        a, b = self.tellings[x], self.tellings[y]
        if self.said.apart(a.key, b.key):
            return float("-inf")
        if a.key == b.key:
            return 9.0
        found = self._match(x, y)
        if found is not None and moved and _earlier(a, b) and found.only("apart"):
            return found.without("apart")
        if found is None or found.excluded:
            return float("-inf")
        if x[0] == y[0]:
            return found.score if found.score >= weights().same_document[found.group] else float("-inf")
        return found.score

    def _match(self, x: Id, y: Id) -> Match | None:
        pair = (x, y) if (x, y) in self.matches else (y, x)
        if pair in self.matches:
            return self.matches[pair]
        if pair not in self.seen:
            self.seen[pair] = match(self.tellings[pair[0]], self.tellings[pair[1]])
        return self.seen[pair]

    def resolved(self) -> list[Resolved]:
        done: set[Id] = set()
        found = []
        for id in self.tellings:
            if id not in done:
                done.update(self.of[id])
                found.append(self._record(sorted(self.of[id])))
        return found

    def _record(self, members: list[Id]) -> Resolved:
        matches = [
            m for pair in combinations(members, 2) if (m := self.matches.get(pair) or self.matches.get(pair[::-1]))
        ]
        return Resolved(members[0][1], [self.tellings[id] for id in members], matches)

    def doubtful(self) -> list[Match]:
        """The likeliest pair of every two engagements that a person should look at."""
        w, found = weights(), dict[tuple[int, int], Match]()
        for pair in sorted(self.matches.values(), key=lambda m: -m.score):
            first, second = sorted((id(self.of[pair.first]), id(self.of[pair.second])))
            open_ = first != second and pair.score >= w.review and pair.first[0] != pair.second[0]
            if open_ and not pair.excluded and not self.said.apart(pair.first[1], pair.second[1]):
                found.setdefault((first, second), pair)
        return list(found.values())


def _matches(
    tellings: Sequence[Telling], pairs: Collection[tuple[Id, Id]] | None, compared: Mapping[tuple[Id, Id], Match]
) -> Iterator[Match]:
    """Every pair whose kinds do not exclude each other, set beside each other, in the order of the tellings."""
    place = {telling.id: n for n, telling in enumerate(tellings)}
    known = _sharing(tellings) if pairs is None else {tuple(sorted((place[a], place[b]))) for a, b in pairs}
    for i, j in sorted(known):
        a, b = tellings[i], tellings[j]
        found = compared.get((a.id, b.id))
        if found is None and comparable(a, b) and not far_apart(a, b):
            found = match(a, b, likely=True)
        if found:
            yield found


def _sharing(tellings: Sequence[Telling]) -> set[tuple[int, int]]:
    """Every pair that shares a key which is not too common."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, telling in enumerate(tellings):
        for key in keys(telling):
            blocks[key].append(place)
    return {pair for places in blocks.values() if len(places) <= COMMON for pair in combinations(places, 2)}


def keys(telling: Telling) -> set[str]:
    """What tellings of one engagement share: only tellings with a key in common are compared."""
    return set(_keys(telling))


def _keys(telling: Telling) -> Iterator[str]:
    """Pairs of those who take part, by a person's last word and a state's code; runs of words of an occasion's name."""
    who = sorted({key for w in telling.who[:8] for key in _key(w.forms, w.kind, w.code, w.states)})
    pairs = ["+".join(pair) for pair in combinations([*who, *(f"#{code}" for code in sorted(telling.to))], 2)]
    yield from pairs
    yield from (f"{pair}@{months}" for months in _months(telling) for pair in pairs)
    if group_of(telling.kind) == "event":
        words = telling.called.split()
        yield from (" ".join(words[i : i + 3]) for i in range(1, len(words) - 2))
        yield from ("&".join(pair) for pair in combinations(sorted(proper(telling), key=_long_first)[:OWN], 2))
        yield from (f"{one}&{word}" for one in who[:MANY] for word in sorted(done(telling), key=_long_first)[:OWN])
    if telling.era:
        yield from (f"{one}@{telling.era[:7]}" for one in who)


def _key(forms: frozenset[str], kind: str, code: str | None, states: frozenset[str]) -> Iterator[str]:
    if code:
        yield f"#{code}"
    elif kind == "person":
        yield from (form.split()[-1] for form in forms)
        yield from (f"#{state}" for state in states)
    else:
        yield from forms


def _long_first(word: str) -> tuple[int, str]:
    return -len(word), word


def _months(telling: Telling) -> list[str]:
    """The two months around a telling's date, else around its document's: where a pair alone is told too often."""
    dates = [w for edtf in (telling.date, telling.era) if (w := when(edtf)) and w.days <= MONTH]
    if not dates:
        return []
    first = dates[0].first.year * 12 + dates[0].first.month
    year = "?" if dates[0].yearless else ""
    return [f"{year}{first - 1}-{first}", f"{year}{first}-{first + 1}"]


def _fullness(telling: Telling) -> tuple[bool, int, int, int]:
    return (telling.status == "held", len(telling.date or ""), len(telling.who), -telling.number)


__all__ = ["COMMON", "Resolution", "Resolved", "keys", "resolve"]

"""Conflicts: where documents disagree.

Documents whose claims of one thing differ, and those that tell one engagement otherwise, are compared together (see
`rooms`); every other document is compared with itself alone. A key that too many claim something under brings nobody
together; beside it stands the same key with the months around a document's time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from servanda.answers.assembly import blocks
from servanda.answers.assembly.engaged import Changed
from servanda.answers.assembly.entries import Entry, replace_entries, told_in
from servanda.answers.assembly.promised import all_resolved, engagements_of
from servanda.answers.assembly.rooms import CLAIM, DISPUTE, Rooms, beside, keep
from servanda.answers.assembly.work import Id, Work, day_of, digest
from servanda.answers.naming import states
from servanda.answers.rows import conflict_row, ranks
from servanda.keep.claims import claims, differ, disputed
from servanda.keep.conflicts import Conflict, conflicts
from servanda.keep.spellings import long_names
from servanda.keep.telling import actors, era
from servanda.keep.when import when
from servanda.records import Filed
from servanda.store.bulk import chunks

SORT = "conflict"
MOST = 60  # claims under one key
AT_ONCE = 50  # rooms read at once
BETWEEN = "\x1f"  # a key and a value


def conflicts_around(work: Work, numbers: Collection[int], changed: Changed) -> None:
    """Bring conflicts up to date around these documents, and around those of tellings whose engagement changed."""
    around = set(numbers) | {number for number, _ in changed}
    near = beside(work, around)
    moved = claimed(work, numbers)
    dispute(work, around)
    settle(work, around, moved, near | beside(work, around), _Regrouped(work, set(numbers), changed))


def claimed(work: Work, numbers: Collection[int]) -> set[int]:
    """Note what these documents claim and where others claim otherwise; documents whose claims are compared anew."""
    before = blocks.drop_keys(work, CLAIM, numbers)
    blocks.drop_edges_of(work, CLAIM, numbers)
    keyed = _claims(work, numbers)
    blocks.keep_keys(work, CLAIM, keyed)
    return {number for number, _ in blocks.compare(work, CLAIM, keyed, before, MOST, _differing)}


def _claims(work: Work, numbers: Collection[int]) -> dict[Id, set[int]]:
    """Each claim of these documents, with the keys by which it is found."""
    found: dict[Id, set[int]] = {}
    documents = work.mentioning(numbers)
    texts, names = work.texts([document.number for document in documents]), long_names(states())
    for document in documents:
        number, text = document.number, texts[document.number]
        told = claims(document, actors(document), work.facts(number), text, names)
        months = _months(era(document))
        for key, values in told.items():
            for value in values:
                own = {digest(key), *(digest(key, month) for month in months)}
                found[number, f"{key}{BETWEEN}{value}"] = own
    return found


def _months(edtf: str | None) -> list[int]:
    time = when(edtf)
    if time is None or time.days > 31:
        return []
    first = time.first.year * 12 + time.first.month
    return [first - 1, first]


def _differing(pairs: Collection[tuple[Id, Id]]) -> dict[tuple[Id, Id], float]:
    return {(a, b): 1.0 for a, b in pairs if a[0] != b[0] and _claim_otherwise(a[1], b[1])}


def _claim_otherwise(one: str, other: str) -> bool:
    (key, _, a), (other_key, _, b) = one.partition(BETWEEN), other.partition(BETWEEN)
    return key == other_key and differ(key, (a,), (b,))


def dispute(work: Work, numbers: Collection[int]) -> None:
    """Note with which documents these may disagree over an engagement that both tell."""
    blocks.drop_edges_of(work, DISPUTE, numbers)
    engagements = {e.id: e for own in engagements_of(work, numbers).values() for e in own}.values()
    found = {pair for e in engagements if len(e.tellings) > 1 for pair in disputed(e)}
    own = set(numbers)
    blocks.keep_edges(work, DISPUTE, {((a, ""), (b, "")): 1.0 for a, b in found if a in own or b in own})


def settle(
    work: Work,
    around: Collection[int],
    moved: Collection[int],
    near: Collection[int],
    anew: Callable[[list[int]], bool],
) -> None:
    """Compare anew the rooms of documents `around` which something changed that `anew` says are to be; also those of
    documents whose links `moved`, and of those `near` them, where they are not what they were the last time."""
    rooms, again = Rooms(work), dict[int, list[int]]()
    changed = {*around, *moved}
    _look_again(rooms, changed, anew, again)
    near = set(near) - changed
    _look_again(rooms, near - rooms.elsewhere(near, changed), lambda room: False, again)
    _replace(work, list(again.values()))


class _Regrouped:
    """Whether a room holds one of these documents, or tellings of its own that are of one engagement now and were not,
    or the other way round."""

    def __init__(self, work: Work, numbers: set[int], changed: Changed) -> None:
        self.numbers, self.before = numbers, defaultdict[int, list[tuple[Id, frozenset[Id]]]](list)
        for id, was in changed.items():
            self.before[id[0]].append((id, was))
        engagements = {e.id: e for own in engagements_of(work, self.before).values() for e in own}.values()
        self.now = {t.id: {it.id for it in e.tellings} for e in engagements for t in e.tellings}

    def __call__(self, room: list[int]) -> bool:
        inside = set(room)
        told = (it for number in room for it in self.before.get(number, ()))
        return not inside.isdisjoint(self.numbers) or any(
            {it for it in was if it[0] in inside} | {id}
            != {it for it in self.now.get(id, ()) if it[0] in inside} | {id}
            for id, was in told
        )


def _look_again(
    rooms: Rooms, numbers: set[int], anew: Callable[[list[int]], bool], again: dict[int, list[int]]
) -> None:
    """Note in `again`, by its first document, each room that is to be compared anew; and those that it took from."""
    left, seen = numbers, set[int]()
    while left:
        found = rooms.each(left)
        seen.update(number for room in found for number in room)
        held, left = rooms.held(number for room in found for number in room), set()
        for room in found:
            were = list({own[0]: own for number in room if (own := held.get(number))}.values())
            if were != ([room] if len(room) > 1 else []) or anew(room):
                again[room[0]] = room
                left.update(number for own in were for number in own)
        left -= seen


def conflicts_from(work: Work, numbers: Collection[int]) -> None:
    """Compare the documents whose room begins with one of these."""
    own = set(numbers)
    _replace(work, [room for room in Rooms(work).each(numbers) if room[0] in own])


def _replace(work: Work, rooms: Sequence[list[int]]) -> None:
    gone = {id for _, id in told_in(work, [SORT], {number for room in rooms for number in room})}
    keep(work, rooms)
    replace_entries(work, SORT, gone, list(_compared(work, rooms)))


def _compared(work: Work, rooms: Iterable[list[int]]) -> Iterator[Entry]:
    for some in chunks(rooms, AT_ONCE):
        at_hand = {d.number: d for d in work.mentioning({number for room in some for number in room})}
        texts = work.texts(sorted(at_hand))
        for room in some:
            yield from _room(work, [at_hand[number] for number in room if number in at_hand], texts)


def _room(work: Work, documents: list[Filed], texts: dict[int, str]) -> list[Entry]:
    known = {document.source: actors(document) for document in documents}
    facts = [fact for document in documents for fact in work.facts(document.number)]
    numbers = [document.number for document in documents]
    engagements = all_resolved(work, numbers) if len(work.tellings(numbers)) > 1 else []
    found = conflicts(documents, engagements, facts, texts=texts, ranks=ranks(), people=known)
    return entries_of(work, found, documents)


def entries_of(work: Work, found: Iterable[Conflict], documents: Iterable[Filed]) -> list[Entry]:
    """Each conflict as it is listed, once."""
    known = {d.source: d for d in documents}
    made = (_entry(conflict, known) for conflict in found)
    return list({entry.id: entry for entry in made}.values())


def _entry(conflict: Conflict, known: Mapping[str, Filed]) -> Entry:
    row = conflict_row(conflict)
    values = sorted((v["value"], v["source"], v["start"]) for v in row["values"])
    id = f"{digest(conflict.property, *values):016x}"
    tellers = sorted({d.number: d for v in row["values"] if (d := known.get(v["source"]))}.items())
    first = tellers[0][1]
    return Entry(SORT, id, {"id": id, **row}, first.number, day_of(first), first.published, kind=conflict.property,
                 keys=[(number, id) for number, _ in tellers])  # fmt: skip

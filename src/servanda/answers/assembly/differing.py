"""Conflicts: where documents disagree.

Documents whose claims of one thing differ, and those that tell one engagement otherwise, each on the next, are compared
together (a room); every other document is compared with itself alone. A key that too many claim something under brings
nobody together; beside it stands the same key with the months around a document's time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import select

from servanda.answers.assembly import blocks
from servanda.answers.assembly.entries import Entry, replace_entries, told_in
from servanda.answers.assembly.promised import all_resolved, engagements_of
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
from servanda.store.derived import edges

SORT, CLAIM, DISPUTE = "conflict", "claim", "dispute"
MOST = 60  # claims under one key
TOGETHER = 100  # documents compared at a time
AT_ONCE = 50  # rooms read at once
BETWEEN = "\x1f"  # a key and a value


def conflicts_around(work: Work, numbers: Collection[int], changed: Collection[Id]) -> None:
    """Bring conflicts up to date around these documents, and around those of tellings whose engagement changed."""
    around = set(numbers) | {number for number, _ in changed}
    old = _beside(work, around)
    old |= claimed(work, numbers)
    dispute(work, around)
    settle(work, around | old | _beside(work, around))


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


def _beside(work: Work, numbers: Iterable[int]) -> set[int]:
    """The documents whose claims differ from those of these."""
    c, found = edges.c, set[int]()
    for chunk in chunks(sorted(numbers)):
        query = select(c.other_document).where(c.sort.in_((CLAIM, DISPUTE)), c.document.in_(chunk)).distinct()
        found |= set(work.connection.execute(query).scalars())
    return found


def settle(work: Work, numbers: Iterable[int]) -> None:
    """Compare anew what these documents are compared with."""
    done = _alone(work, set(numbers))
    for number in sorted(numbers):
        if number not in done:
            done |= _linked(work, number)
    _replace(work, done)


def conflicts_from(work: Work, numbers: Collection[int]) -> None:
    """Compare the documents whose room begins with one of these."""
    own = _alone(work, numbers)
    for number in sorted(numbers):
        if number not in own and min(linked := _linked(work, number)) == number:
            own |= linked
    _replace(work, own)


def _replace(work: Work, numbers: set[int]) -> None:
    gone = {id for _, id in told_in(work, [SORT], numbers)}
    replace_entries(work, SORT, gone, list(_compared(work, _rooms(work, numbers))))


def _linked(work: Work, number: int) -> set[int]:
    inside = fresh = {number}
    while fresh:
        fresh = _beside(work, fresh) - inside
        inside = inside | fresh
    return inside


def _alone(work: Work, numbers: Collection[int]) -> set[int]:
    """Those of these that are linked to no other."""
    c, linked = edges.c, set[int]()
    for chunk in chunks(sorted(numbers)):
        query = select(c.document).where(c.sort.in_((CLAIM, DISPUTE)), c.document.in_(chunk)).distinct()
        linked |= set(work.connection.execute(query).scalars())
    return set(numbers) - linked


def _rooms(work: Work, numbers: Collection[int]) -> Iterator[list[int]]:
    """These documents, as far as they are linked; the many of one room in parts, in the order in which they came."""
    alone = _alone(work, numbers)
    yield from ([number] for number in sorted(alone))
    left = set(numbers) - alone
    while left:
        room = _linked(work, min(left)) & left
        left -= room
        yield from chunks(sorted(room), TOGETHER)


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

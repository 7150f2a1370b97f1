"""Conflicts: where documents disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select

from servanda.answers.assembly.entries import Entry, keys_of, replace_entries, told_in
from servanda.answers.assembly.promised import all_resolved
from servanda.answers.assembly.work import Id, Work, day_of, digest
from servanda.answers.rows import conflict_row, ranks
from servanda.keep.conflicts import Conflict, conflicts
from servanda.keep.facts import facts
from servanda.records import Filed
from servanda.store.bulk import chunks
from servanda.store.derived import entries, entry_keys

SORT = "conflict"
TELLERS = 12  # documents of one engagement that are compared, the first that came


def all_conflicts(work: Work, numbers: Collection[int]) -> None:
    """Bring every conflict up to date, compared over all these documents (all there are)."""
    documents = work.mentioning(numbers)
    found = conflicts(documents, all_resolved(work, numbers), facts(documents), texts=work.texts(sorted(numbers)),
                      ranks=ranks())  # fmt: skip
    old = {id for _, id in told_in(work, [SORT], numbers)}
    replace_entries(work, SORT, old, entries_of(work, found, documents))


def conflicts_around(work: Work, numbers: Collection[int], changed: Collection[Id]) -> None:
    """Bring conflicts up to date: those within each of these documents, and between the documents that tell one
    engagement, where one of these tellings is of it."""
    engaged = keys_of(work, "engagement", _engagements_of(work, numbers, changed))
    told = {id: sorted({number for number, _ in own})[:TELLERS] for id, own in engaged.items()}
    rooms = {id: them for id, them in told.items() if len(them) > 1} | {f"#{number}": [number] for number in numbers}
    gone = _told_about(work, rooms.keys() | told.keys()) | {id for _, id in told_in(work, [SORT], numbers)}
    documents = {d.number: d for d in work.mentioning({number for them in rooms.values() for number in them})}
    texts = work.texts(sorted(documents))
    made = [entry for room, them in sorted(rooms.items())
            for entry in _in_room(work, room, [documents[n] for n in them if n in documents], texts)]  # fmt: skip
    replace_entries(work, SORT, gone, made)


def _engagements_of(work: Work, numbers: Collection[int], changed: Collection[Id]) -> set[str]:
    c, found = entry_keys.c, {id for _, id in told_in(work, ["engagement"], numbers)}
    for chunk in chunks(sorted({number for number, _ in changed})):
        rows = work.rows(select(c.document, c.key, c.id).where(c.sort == "engagement", c.document.in_(chunk)))
        found |= {row.id for row in rows if (row.document, row.key) in changed}
    return found | _told_from(work, numbers)


def _told_from(work: Work, numbers: Collection[int]) -> set[str]:
    """The engagements between whose documents a conflict is noted that these documents are part of."""
    ids = {id for _, id in told_in(work, [SORT], numbers)}
    rows = [
        row
        for chunk in chunks(sorted(ids))
        for row in work.rows(select(entries.c.about).where(entries.c.sort == SORT, entries.c.id.in_(chunk)))
    ]
    return {row.about for row in rows if row.about and not row.about.startswith("#")}


def _told_about(work: Work, rooms: Collection[str]) -> set[str]:
    e = entries.c
    return {row.id for chunk in chunks(sorted(rooms))
            for row in work.rows(select(e.id).where(e.sort == SORT, e.about.in_(chunk)))}  # fmt: skip


def _in_room(work: Work, room: str, documents: Sequence[Filed], texts: dict[int, str]) -> list[Entry]:
    """The conflicts within one document, or between the documents of one engagement."""
    numbers = [document.number for document in documents]
    engagements = [e for e in all_resolved(work, numbers) if e.id == room]
    found = conflicts(documents, engagements, facts(documents), texts=texts, ranks=ranks())
    alone = room.startswith("#")
    kept = [it for it in found if alone == (len({v.passage.source for v in it.values}) == 1)]
    return [
        replace(entry, id=f"{digest(room, entry.id):016x}", about=room) for entry in entries_of(work, kept, documents)
    ]


def entries_of(work: Work, found: Iterable[Conflict], documents: Iterable[Filed]) -> list[Entry]:
    """Each conflict as it is listed, once."""
    known = {d.source: d for d in documents}
    made = (_entry(conflict, known) for conflict in found)
    return list({entry.id: entry for entry in made}.values())


def _entry(conflict: Conflict, known: dict[str, Filed]) -> Entry:
    row = conflict_row(conflict)
    values = sorted((v["value"], v["source"], v["start"]) for v in row["values"])
    id = f"{digest(conflict.property, *values):016x}"
    tellers = sorted({d.number: d for v in row["values"] if (d := known.get(v["source"]))}.items())
    first = tellers[0][1]
    return Entry(SORT, id, {"id": id, **row}, first.number, day_of(first), first.published, kind=conflict.property,
                 keys=[(number, id) for number, _ in tellers])  # fmt: skip

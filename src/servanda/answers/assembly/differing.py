"""Conflicts: where documents disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from servanda.answers.assembly.entries import Entry, replace_entries, told_in
from servanda.answers.assembly.promised import all_resolved
from servanda.answers.assembly.work import Work, day_of, digest
from servanda.answers.gathered import conflict_row, ranks
from servanda.keep.conflicts import Conflict, conflicts
from servanda.keep.promises import facts
from servanda.records import Filed

SORT = "conflict"


def all_conflicts(work: Work, numbers: Collection[int]) -> None:
    """Bring every conflict up to date, compared over all these documents (all there are)."""
    documents = work.mentioning(numbers)
    found = conflicts(documents, all_resolved(work, numbers), facts(documents), texts=work.texts(sorted(numbers)),
                      ranks=ranks())  # fmt: skip
    old = {id for _, id in told_in(work, [SORT], numbers)}
    replace_entries(work, SORT, old, entries_of(work, found, documents))


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

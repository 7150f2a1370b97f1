"""Programmes: planned steps beside what was held, over the documents that tell of units, numbered meetings and visits.

They are put together when first asked for, and kept until the register changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Any

import orjson
from sqlalchemy import or_, select

from servanda.answers.asking import E, Question, asking
from servanda.answers.assembly import current_state
from servanda.answers.assembly.promised import all_resolved
from servanda.answers.assembly.work import Work
from servanda.answers.pages import Page, Row, paged
from servanda.answers.rows import cited
from servanda.answers.undertakings import as_of
from servanda.keep.follow import Undertaking
from servanda.keep.programmes import Programme, Step, by_name
from servanda.keep.programmes import programmes as put_together
from servanda.keep.series import has_number
from servanda.keep.telling import Passage
from servanda.store import Register
from servanda.store.bulk import chunks
from servanda.store.derived import entry_keys

OCCASION = '%"occasion":"%'  # of a row, as JSON: an event that has a name
MOST = 2000  # documents that are set beside each other, the last kept
CLOSED = ("held", "changed", "cancelled")
K = entry_keys.c
_held: dict[str, tuple[Any, list[Programme]]] = {}
_making = Lock()


def programmes(
    register: Register, *, kind: str | None = None, name: str | None = None, cursor: str | None = None,
    limit: int | None = 50,
) -> Page:  # fmt: skip
    """Programmes by kind and name: `id, kind, name, label, parties, since, until, documents, steps, open` (how many
    steps are), each step as `kind, label, name, unit, status, planned, date, place, who, told, shown, note, engagement,
    undertaking`: `told` are the words that planned it, `shown` those that tell it as held."""
    with asking(register) as question:
        found = _found(question)
        chosen = [p for p in found if kind in (None, p.kind)]
        rows = [programme_row(p) for p in (by_name(name, chosen)[0] if name else chosen)]
        return paged(rows, lambda row: (row["kind"], row["name"], row["id"]), cursor, limit, question.looked_at,
                     descending=False)  # fmt: skip


def programme(register: Register, id: str) -> Row:
    """One programme by its id or name. Raises NotFound with near matches."""
    with asking(register) as question:
        found = _found(question)
        hits, near = by_name(id, found)
        if not hits:
            raise question.missing("programme", id, near or [p.name for p in found])
        return programme_row(hits[0])


def programme_row(it: Programme) -> Row:
    """One programme as it is answered."""
    return {
        "id": it.id, "kind": it.kind, "name": it.name, "label": it.labels, "parties": it.parties, "since": it.since,
        "until": it.until, "documents": it.documents, "steps": [step_row(step) for step in it.steps],
        "open": sum(step.status not in CLOSED for step in it.steps),
    }  # fmt: skip


def step_row(step: Step) -> Row:
    """One step as it is answered."""
    return {
        "kind": step.kind, "label": step.labels, "name": step.name, "unit": step.unit, "status": step.status,
        "planned": step.planned, "date": step.date, "place": step.place, "who": step.who,
        "told": [cited(p) for p in step.told], "shown": [cited(p) for p in step.shown], "note": step.note,
        "engagement": step.engagement, "undertaking": step.undertaking,
    }  # fmt: skip


def _found(question: Question) -> list[Programme]:
    stamp = current_state(question.connection)
    with _making:
        held = _held.get(question.register.shown)
        if held is None or held[0] != stamp:
            _held.clear()
            held = _held[question.register.shown] = (stamp, _made(question))
        return held[1]


def _made(question: Question) -> list[Programme]:
    work, numbers = Work(question.register, question.connection), _concerned(question)
    rows = [row for chunk in chunks(numbers) for row in _entries(question, chunk)]
    entries = [_undertaking(row) for row in {row["id"]: row for row in rows}.values()]
    return put_together(work.documents(numbers), all_resolved(work, numbers), entries)


def _concerned(question: Question) -> list[int]:
    """The documents that tell of a unit, of a meeting with a number, or of what belongs to a visit."""
    parts = or_(E.about.is_not(None), E.row.like(OCCASION))
    told = question.rows(select(E.id, E.about, E.row).where(E.sort == "engagement", parts))
    ids = {id for id, about, row in told if about or has_number(orjson.loads(row)["occasion"])}
    ids |= {about for _, about, _ in told if about}
    documents = {n for (n,) in question.rows(select(K.document).where(K.sort == "contribution"))}
    for chunk in chunks(sorted(ids)):
        at = select(K.document).where(K.sort == "engagement", K.id.in_(chunk))
        documents |= {n for (n,) in question.rows(at)}
    return sorted(documents)[-MOST:]


def _entries(question: Question, numbers: Iterable[int]) -> list[Row]:
    """The undertakings that these documents tell."""
    at = select(K.id).where(K.sort == "undertaking", K.document.in_(list(numbers)))
    query = select(E.row).where(E.sort == "undertaking", E.id.in_(at))
    return [as_of(orjson.loads(row), question) for (row,) in question.rows(query)]


def _undertaking(row: Row) -> Undertaking:
    """What a programme's step needs of an entry of the ledger."""
    made, again = _passage(row["made"]), [_passage(it) for it in row["told_again"]]
    return Undertaking(row["id"], row["kind"], row["by"], row["to"], row["what"], row["topic"], row["grade"],
                       row["due"], row["status"], made, again, [], row["engagement"], row["asserted_by"],
                       history=row["history"])  # fmt: skip


def _passage(at: Row) -> Passage:
    return Passage(at["source"], at["start"], at["end"], at["quote"])

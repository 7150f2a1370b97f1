"""Withdrawing a document: out of the answers, and kept in the history with the reason."""

from __future__ import annotations

from sqlalchemy import func, select, update

from servanda.errors import NotFound
from servanda.store.bulk import note_changed
from servanda.store.register import Register, now
from servanda.store.tables import documents, records

FACTS = ("engagement", "act", "position", "plan", "contribution", "agreement")


def withdraw(register: Register, source: str, *, by: str, reason: str) -> int:
    """Mark a source's current text as withdrawn; how many facts go with it. Raises NotFound where there is none."""
    d, r = documents.c, records.c
    current = (d.source == source) & (d.status == "current")
    facts = select(func.count()).select_from(records).join(documents, d.number == r.document)
    with register.writing() as connection:
        count = connection.execute(facts.where(current, r.kind.in_(FACTS))).scalar_one()
        told = f"{now()}, {by}: {reason}"
        number = connection.execute(select(documents.c.number).where(current)).scalar()
        change = update(documents).where(current).values(status="withdrawn", status_reason=told)
        if connection.execute(change).rowcount == 0:
            raise NotFound(f"{source}: no current document of this source; servanda documents lists them")
        note_changed(connection, [number] if number is not None else [])
    return int(count)

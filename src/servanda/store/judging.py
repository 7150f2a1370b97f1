"""What people decided, kept for good: a judgement is taken back by noting so, never by deleting it."""

from __future__ import annotations

from sqlalchemy import Select, insert, or_, select, update

from servanda.errors import NotFound
from servanda.records import Judgement
from servanda.store.register import Register, now
from servanda.store.tables import judgements

COLUMNS = [judgements.c[name] for name in Judgement.__dataclass_fields__]


def judge(
    register: Register,
    kind: str,
    subject: str,
    *,
    by: str,
    object: str | None = None,
    value: str | None = None,
    reason: str | None = None,
    snapshot: str | None = None,
) -> int:
    """Keep a decision of the person `by` on the record whose key is `subject`; its number."""
    row = {"kind": kind, "subject": subject, "object": object, "value": value, "reason": reason}
    with register.writing() as connection:
        made = insert(judgements).values(**row, by=by, at=now(), snapshot=snapshot).returning(judgements.c.id)
        return int(connection.execute(made).scalar_one())


def undo(register: Register, number: int, *, by: str) -> None:
    """Take a decision back. Raises NotFound where there is none of this number, or it was taken back before."""
    change = update(judgements).where(judgements.c.id == number, judgements.c.undone_at.is_(None))
    with register.writing() as connection:
        if connection.execute(change.values(undone_by=by, undone_at=now())).rowcount == 0:
            raise NotFound(f"no judgement {number} that stands")


def decided(register: Register, *, about: str | None = None, undone: bool = False) -> list[Judgement]:
    """Judgements that stand (`undone`: also those taken back), oldest first; `about`: those on one record's key."""
    query: Select[tuple[object, ...]] = select(*COLUMNS).order_by(judgements.c.id)
    if about is not None:
        query = query.where(or_(judgements.c.subject == about, judgements.c.object == about))
    if not undone:
        query = query.where(judgements.c.undone_at.is_(None))
    with register.reading() as connection:
        return [Judgement(**row._mapping) for row in connection.execute(query)]

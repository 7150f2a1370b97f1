"""What people decided, kept for good: a judgement is taken back by noting so, never by deleting it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Select, and_, func, insert, or_, select, update

from servanda.errors import NotFound, Overtaken
from servanda.records import Judgement
from servanda.store.register import Register, now
from servanda.store.tables import documents, judgements, records

COLUMNS = [judgements.c[name] for name in Judgement.__dataclass_fields__]
STEP = 400  # keys asked for at a time


@dataclass(slots=True, frozen=True)
class Looked:
    """At what a person looked before deciding: records by `keys`, with what was decided on them `until` then."""

    keys: tuple[str, ...]
    until: str


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
    looked: Looked | None = None,
    instead_of: int | None = None,
) -> int:
    """Keep a decision of the person `by` on the record whose key is `subject`; its number.

    `looked`: refuse with Overtaken where someone decided on these records since. `instead_of`: take that decision back
    at once; NotFound where it no longer stands. All of it, or nothing.
    """
    row = {"kind": kind, "subject": subject, "object": object, "value": value, "reason": reason}
    with register.writing() as connection:
        if looked is not None:
            _not_since(connection, looked)
        if instead_of is not None:
            _undo(connection, instead_of, by)
        made = insert(judgements).values(**row, by=by, at=now(), snapshot=snapshot).returning(judgements.c.id)
        return int(connection.execute(made).scalar_one())


def undo(register: Register, number: int, *, by: str) -> None:
    """Take a decision back. Raises NotFound where there is none of this number, or it was taken back before."""
    with register.writing() as connection:
        _undo(connection, number, by)


def _undo(connection: Connection, number: int, by: str) -> None:
    change = update(judgements).where(judgements.c.id == number, judgements.c.undone_at.is_(None))
    if connection.execute(change.values(undone_by=by, undone_at=now())).rowcount == 0:
        raise NotFound(f"no judgement {number} that stands: servanda judgements lists them")


def looked_at(register: Register, keys: Collection[str]) -> Looked:
    """The present state of decisions on these records, to be given to `judge` when the person has decided."""
    with register.reading() as connection:
        return Looked(tuple(keys), _state(connection, keys))


def _state(connection: Connection, keys: Collection[str]) -> str:
    c, wanted, newest, undone = judgements.c, sorted(set(keys)), 0, 0
    for at in range(0, len(wanted), STEP):
        chosen = wanted[at : at + STEP]
        about = or_(c.subject.in_(chosen), c.object.in_(chosen))
        row = connection.execute(select(func.max(c.id), func.count(c.undone_at)).where(about)).one()
        newest, undone = max(newest, row[0] or 0), undone + int(row[1])
    return f"{newest}.{undone}"


def _not_since(connection: Connection, looked: Looked) -> None:
    if _state(connection, looked.keys) == looked.until:
        return
    c, chosen = judgements.c, list(looked.keys)[:STEP]
    query = select(*COLUMNS).where(or_(c.subject.in_(chosen), c.object.in_(chosen)))
    found = [Judgement(**row._mapping) for row in connection.execute(query)]
    last = max(found, key=lambda it: (it.undone_at or it.at, it.id))
    said = f"{last.undone_by} took back {last.kind}" if last.undone_by else f"{last.by} decided: {last.kind}"
    value = f" {last.value}" if last.kind == "status" and not last.undone_by else ""
    when = (last.undone_at or last.at)[:16].replace("T", " ")
    raise Overtaken(f"{said}{value} ({when} UTC) since you looked; look again. Your decision was not kept")


def decided(register: Register, *, about: str | None = None, undone: bool = False) -> list[Judgement]:
    """Judgements that stand (`undone`: also those taken back), oldest first; `about`: those on one record's key."""
    query: Select[tuple[object, ...]] = select(*COLUMNS).order_by(judgements.c.id)
    if about is not None:
        query = query.where(or_(judgements.c.subject == about, judgements.c.object == about))
    if not undone:
        query = query.where(judgements.c.undone_at.is_(None))
    with register.reading() as connection:
        return [Judgement(**row._mapping) for row in connection.execute(query)]


def decided_on(register: Register, keys: Collection[str]) -> list[Judgement]:
    """Judgements that stand on records of these keys, or on pairs with one of them, oldest first."""
    c, chosen, found = judgements.c, sorted(set(keys)), dict[int, Judgement]()
    query: Select[tuple[object, ...]] = select(*COLUMNS).where(c.undone_at.is_(None))
    with register.reading() as connection:
        if connection.execute(select(c.id).where(c.undone_at.is_(None)).limit(1)).first() is None:
            return []
        for at in range(0, len(chosen), STEP):
            some = chosen[at : at + STEP]
            for row in connection.execute(query.where(or_(c.subject.in_(some), c.object.in_(some)))):
                found[row.id] = Judgement(**row._mapping)
    return [found[id] for id in sorted(found)]


def judgement(register: Register, number: int) -> Judgement:
    """One decision, whether it stands or was taken back. Raises NotFound."""
    with register.reading() as connection:
        row = connection.execute(select(*COLUMNS).where(judgements.c.id == number)).one_or_none()
    if row is None:
        raise NotFound(f"no judgement {number}: servanda judgements lists them")
    return Judgement(**row._mapping)


def holding(
    register: Register, keys: Collection[str], sources: Collection[str] = (), *, status: str | None = "current"
) -> set[int]:
    """The numbers of the documents of this status (None: of any) that hold records of these keys, or are of these
    sources."""
    r, d, found = records.c, documents.c, set[int]()
    such = [d.status == status] if status else []
    by_key, by_source = (
        select(r.document).join(documents, and_(d.number == r.document, *such)),
        select(d.number).where(*such),
    )
    with register.reading() as connection:
        for column, query, wanted in ((r.key, by_key, keys), (d.source, by_source, sources)):
            chosen = sorted(set(wanted))
            for at in range(0, len(chosen), STEP):
                found.update(connection.execute(query.where(column.in_(chosen[at : at + STEP]))).scalars())
    return found


def words_of(register: Register, keys: Collection[str]) -> dict[str, str]:
    """The words of records of current documents, by their keys."""
    r, d, found = records.c, documents.c, dict[str, str]()
    query = select(r.key, r.words).join(documents, (d.number == r.document) & (d.status == "current"))
    chosen = sorted(set(keys))
    with register.reading() as connection:
        for at in range(0, len(chosen), STEP):
            told = connection.execute(query.where(r.key.in_(chosen[at : at + STEP])))
            found.update((row.key, row.words) for row in told)
    return found


def standing_of(register: Register) -> tuple[str, str]:
    """Two marks: one changes whenever a document is read or withdrawn, the other whenever a decision is made."""
    with register.reading() as connection:
        return standing_at(connection)


def standing_at(connection: Connection) -> tuple[str, str]:
    """`standing_of` what a connection sees."""
    d, j = documents.c, judgements.c
    read = select(select(func.max(d.number)).scalar_subquery(), select(func.max(d.last_run)).scalar_subquery())
    gone = select(func.count()).where(d.status.in_(("superseded", "withdrawn")))
    said = select(func.max(j.id), func.count(j.undone_at))
    texts = [it for query in (read, gone) for it in connection.execute(query).one()]
    decisions = connection.execute(said).one()
    return ".".join(str(it or 0) for it in texts), ".".join(str(it or 0) for it in decisions)


def texts_with(register: Register, id: str) -> set[int]:
    """The numbers of all documents, whatever their status, whose text has this id."""
    with register.reading() as connection:
        return set(connection.execute(select(documents.c.number).where(documents.c.id == id)).scalars())

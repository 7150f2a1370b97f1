"""When and how much is put together anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, delete, func, insert, select, text

from servanda.answers.assembly import shelves
from servanda.answers.assembly.around import note, settle_all, undertakings
from servanda.answers.assembly.copied import copies
from servanda.answers.assembly.differing import claimed, conflicts_around, dispute, settle
from servanda.answers.assembly.engaged import engagements
from servanda.answers.assembly.people import identities, people
from servanda.answers.assembly.told import documents as told_documents
from servanda.answers.assembly.told import facts
from servanda.answers.assembly.work import Work, day_of, days
from servanda.keep.judged import touched
from servanda.store import Register, decided
from servanda.store.bulk import chunks, delete_where, insert_rows
from servanda.store.derived import DERIVED, assembled, assembly, entry_keys, pending
from servanda.store.tables import documents, judgements

WHOLE = 100  # documents: up to so many are compared with each other every time
BATCH = 200  # documents brought up to date in one transaction
MADE_BY = ("keep", "schema", "answers/assembly", "store/derived.py", "answers/rows.py")  # what the tables rest on
Stage: TypeAlias = str
Progress: TypeAlias = Callable[[Stage, int, int], None]


def _silent(stage: Stage, done: int, total: int) -> None:
    pass


@cache
def version() -> str:
    """A digest of the code and data that put the tables together: another one makes them anew."""
    here = Path(str(files("servanda")))
    found = [path for part in MADE_BY for path in ([here / part] if part.endswith(".py") else (here / part).rglob("*"))]
    digest = hashlib.sha256()
    for path in sorted(path for path in found if path.suffix in (".py", ".yaml")):
        digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def judged_state(connection: Connection) -> str:
    """A mark that changes with every decision and every one taken back."""
    c = judgements.c
    newest, undone = connection.execute(select(func.max(c.id), func.count(c.undone_at))).one()
    return f"{newest or 0}.{undone}"


def current_state(connection: Connection) -> tuple[str, str, int, str | None, str | None] | None:
    """`version, judged, documents, newest, now` as last put together; None where nothing is."""
    c = assembly.c
    row = connection.execute(select(c.version, c.judged, c.documents, c.newest, c.now)).one_or_none()
    return tuple(row) if row else None


def is_stale(connection: Connection) -> bool:
    """Whether something changed since the tables were brought up to date."""
    held = current_state(connection)
    if held is None or held[0] != version() or held[1] != judged_state(connection):
        return True
    return connection.execute(select(pending.c.document).limit(1)).first() is not None


def bring_up_to_date(register: Register, progress: Progress = _silent) -> None:
    """Put together what changed, if anything did. Others who ask meanwhile wait, and find it done."""
    with register.reading() as connection:
        if not is_stale(connection):
            return
    if _needs_all(register):
        rebuild(register, progress)
        return
    done = 0
    while left := _one_batch(register):
        done += left[0]
        progress("documents", done, done + left[1])


def _one_batch(register: Register) -> tuple[int, int] | None:
    """Bring some documents up to date: how many, and how many are left; None where all are."""
    with register.writing() as connection:
        if not is_stale(connection):
            return None
        _judged(register, connection)
        changed = _changed(connection)
        batch = changed[:BATCH]
        work = Work(register, connection)
        _around(work, batch)
        delete_where(connection, pending, "document", batch)
        small = _note(work, len(changed) == len(batch)) <= WHOLE
    if small:
        rebuild(register)
    return len(batch), len(changed) - len(batch)


def _changed(connection: Connection) -> list[int]:
    return list(connection.execute(select(pending.c.document).order_by(pending.c.document)).scalars())


def _needs_all(register: Register) -> bool:
    """Nothing is put together yet, or by other rules, or of so few documents that all are compared."""
    with register.reading() as connection:
        held = current_state(connection)
    return held is None or held[0] != version() or held[2] <= WHOLE


def rebuild(register: Register, progress: Progress = _silent) -> None:
    """Drop all that is put together and make it again."""
    with register.writing() as connection:
        _drop(connection)
        numbers = list(connection.execute(select(documents.c.number).order_by(documents.c.number)).scalars())
        work = Work(register, connection)
        d = documents.c
        current = list(connection.execute(select(d.number).where(d.status == "current").order_by(d.number)).scalars())
        small = len(current) <= WHOLE
        known = identities(work.documents(current), work) if small else None
        for done, batch in enumerate(chunks(numbers, BATCH)):
            people(work, batch, known)
            _own(work, batch)
            progress("documents", min(len(numbers), done * BATCH + len(batch)), len(numbers))
        (_compared if small else _gathered)(work, current, progress)
        connection.execute(delete(pending))
        _note(work, True)


def _own(work: Work, numbers: Collection[int]) -> None:
    """What documents tell one by one."""
    facts(work, numbers)
    told_documents(work, numbers)
    found = work.documents(numbers)
    rows = [(d.number, d.published if days(d.published)[0] else None, day_of(d)) for d in found]
    before = sum(work.connection.execute(delete(assembled).where(assembled.c.document.in_(chunk))).rowcount
                 for chunk in chunks(sorted(numbers)))  # fmt: skip
    insert_rows(work.connection, assembled, ("document", "published", "day"), rows)
    work.more += len(rows) - before


def _compared(work: Work, current: list[int], progress: Progress) -> None:
    """What is told across few documents: everything compared with everything."""
    engagements(work, current, whole=True)
    copies(work, current)
    note(work, current)
    shelves.put(work, current)
    settle_all(work, lambda done, total: None)
    claimed(work, current)
    dispute(work, current)
    settle(work, current)
    progress("engagements, undertakings", 1, 1)


def _gathered(work: Work, current: list[int], progress: Progress) -> None:
    """What is told across many documents, from the start."""
    engagements(work, current, whole=True)
    progress("engagements", 1, 1)
    for done, batch in enumerate(chunks(current, BATCH)):
        copies(work, batch)
        note(work, batch)
        shelves.put(work, batch)
        progress("stories, promises", done * BATCH + len(batch), len(current))
    settle_all(work, lambda done, total: progress("undertakings", done, total))
    for batch in chunks(current, BATCH):
        claimed(work, batch)
    dispute(work, current)
    settle(work, current)


def _around(work: Work, numbers: list[int]) -> None:
    """Everything around documents that changed."""
    people(work, numbers, None)
    _own(work, numbers)
    changed = engagements(work, numbers)
    copies(work, numbers)
    undertakings(work, numbers, changed)
    conflicts_around(work, numbers, changed)


def _judged(register: Register, connection: Connection) -> None:
    """Note as changed the documents that decisions made, or taken back, since the last time bear on."""
    held = current_state(connection)
    newest, _, undone = held[1].partition(".") if held else ("0", "", "0")
    every = decided(register, undone=True)
    since = [j for j in every if j.id > int(newest)]
    if sum(j.undone_at is not None for j in every) - sum(j.undone_at is not None for j in since) != int(undone):
        since = every  # which of the older ones was taken back is not known
    sources, keys = touched(since)
    found = set()
    for chunk in chunks(sorted(sources)):
        found |= set(connection.execute(select(documents.c.number).where(documents.c.source.in_(chunk))).scalars())
    for chunk in chunks(sorted(keys)):
        found |= set(connection.execute(select(entry_keys.c.document).where(entry_keys.c.key.in_(chunk))).scalars())
    held_back = set(connection.execute(select(pending.c.document)).scalars())
    insert_rows(connection, pending, ("document",), [(number,) for number in sorted(found - held_back)])


def _note(work: Work, all_done: bool) -> int:
    """Note the state that is put together now; of how many documents it is."""
    connection, held = work.connection, current_state(work.connection)
    newest = connection.execute(select(func.max(assembled.c.published))).scalar()
    now = connection.execute(select(func.max(assembled.c.day))).scalar()
    count = (held[2] if held else 0) + work.more
    state = judged_state(connection) if all_done or held is None else held[1]
    connection.execute(delete(assembly))
    row = {"id": 1, "version": version(), "judged": state, "documents": count, "newest": newest, "now": now or None}
    connection.execute(insert(assembly).values(**row))
    if count.bit_length() > (held[2] if held else 0).bit_length():
        survey(connection)
    return count


def survey(connection: Connection) -> None:
    """Let the database count what its tables hold, by which it chooses among their indexes; when they have doubled."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA analysis_limit = 1000"))
    connection.execute(text("ANALYZE"))


def _drop(connection: Connection) -> None:
    """Make the derived tables anew, as this release has them."""
    kept = set(connection.execute(select(pending.c.document)).scalars())
    for table in DERIVED:
        table.drop(connection, checkfirst=True)
        table.create(connection)
    insert_rows(connection, pending, ("document",), [(number,) for number in sorted(kept)])
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_words (search_words) VALUES ('delete-all')"))
    else:
        connection.execute(text("TRUNCATE search_words"))

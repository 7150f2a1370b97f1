"""All of it anew, in portions: each is one transaction, so that others write in between and no memory fills.

First every document tells its own, meets its neighbours, and puts on the shelves what may answer promises; then what
rests on others, undertakings and conflicts, is settled. What was put together before stands until its turn has come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeAlias

from sqlalchemy import Connection, delete, func, select

from servanda.answers.assembly import shelves
from servanda.answers.assembly.around import note, settle_from, undertakings
from servanda.answers.assembly.differing import claimed, conflicts_around, conflicts_from, dispute
from servanda.answers.assembly.doubted import doubt
from servanda.answers.assembly.engaged import engagements
from servanda.answers.assembly.people import people
from servanda.answers.assembly.told import documents as told_documents
from servanda.answers.assembly.told import facts
from servanda.answers.assembly.work import Work, day_of, days
from servanda.store.bulk import chunks, delete_where, insert_rows, note_changed
from servanda.store.derived import assembled, assembly, pending
from servanda.store.tables import documents

BATCH = 400  # documents in one transaction
GATHERING, SETTLING = "gathering", "settling"
Stage: TypeAlias = str
Progress: TypeAlias = Callable[[Stage, int, int], None]


def _told(connection: Connection) -> list[str]:
    """The words of the state: rules, what is going on, how many portions are done, up to which document."""
    row = connection.execute(select(assembly.c.version)).one_or_none()
    return row.version.split() if row else []


def under_way(connection: Connection, version: str) -> bool:
    """Whether all is being put together anew by these rules."""
    told = _told(connection)
    return len(told) > 1 and told[0] == version


def number(connection: Connection) -> int:
    """How many portions are done; 0 where nothing is under way."""
    told = _told(connection)
    return int(told[2]) if len(told) > 2 else 0


def far(connection: Connection) -> tuple[int, int] | None:
    """How many documents, of how many, have been put together anew; None where that is not under way."""
    told = _told(connection)
    if len(told) < 2:
        return None
    total = connection.execute(select(func.count()).select_from(documents)).scalar_one()
    if told[1] == GATHERING:
        left = connection.execute(select(func.count()).select_from(pending)).scalar_one()
        return max(0, total - left) // 2, total
    settled = connection.execute(select(func.count()).where(documents.c.number <= int(told[3]))).scalar_one()
    return (total + settled) // 2, total


def next_one(work: Work, version: str, progress: Progress) -> str:
    """Put the next documents together anew; the state after that."""
    _, doing, done, *upto = _told(work.connection)
    work.portion = int(done) + 1
    state = _gathered(work) if doing == GATHERING else _settled(work, int(upto[0]))
    reached = far(work.connection) or (1, 1)
    if state is None:
        progress("put together", reached[1], reached[1])
        return version
    progress("put together", *reached)
    doing, *upto = state
    return " ".join([version, doing, str(work.portion), *upto])


def _gathered(work: Work) -> tuple[str, ...]:
    c = pending.c
    batch = list(work.connection.execute(select(c.document).order_by(c.document).limit(BATCH)).scalars())
    work.drop(batch)
    gather(work, batch)
    delete_where(work.connection, pending, "document", batch)
    return (GATHERING,) if work.connection.execute(select(c.document).limit(1)).first() else (SETTLING, "0")


def _settled(work: Work, upto: int) -> tuple[str, ...] | None:
    n = documents.c.number
    batch = list(work.connection.execute(select(n).where(n > upto).order_by(n).limit(BATCH)).scalars())
    settle_from(work, batch)
    conflicts_from(work, batch)
    return (SETTLING, str(batch[-1])) if len(batch) == BATCH else None


def gather(work: Work, numbers: list[int]) -> None:
    """What these documents tell, the engagements and stories that they are part of, and by what others find them."""
    _who(work, numbers)
    own(work, numbers)
    changed = engagements(work, numbers)
    copies(work, numbers)
    note(work, numbers)
    shelves.place(work, numbers)
    claimed(work, numbers)
    dispute(work, {*numbers, *(number for number, _ in changed)})


def around(work: Work, numbers: list[int]) -> None:
    """Everything around documents that changed."""
    _who(work, numbers)
    own(work, numbers)
    changed = engagements(work, numbers)
    copies(work, numbers)
    undertakings(work, numbers, changed)
    conflicts_around(work, numbers, changed)


def _who(work: Work, numbers: Collection[int]) -> None:
    """Bring actors up to date; other documents that mention one who is another now wait."""
    note_changed(work.connection, people(work, numbers) - set(numbers))


def copies(work: Work, numbers: Collection[int]) -> None:
    """Bring stories up to date around these documents."""
    from servanda.answers.assembly import copied  # by numpy, which loads slowly: questions compare no texts

    copied.copies(work, numbers)


def own(work: Work, numbers: Collection[int]) -> None:
    """What documents tell one by one."""
    facts(work, numbers)
    doubt(work, numbers)
    told_documents(work, numbers)
    found = work.documents(numbers)
    rows = [(d.number, d.published if days(d.published)[0] else None, day_of(d)) for d in found]
    before = sum(work.connection.execute(delete(assembled).where(assembled.c.document.in_(chunk))).rowcount
                 for chunk in chunks(sorted(numbers)))  # fmt: skip
    insert_rows(work.connection, assembled, ("document", "published", "day"), rows)
    work.more += len(rows) - before

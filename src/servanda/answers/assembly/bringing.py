"""When and how much is put together anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text, update

from servanda.answers.assembly import deciding, portions
from servanda.answers.assembly.deciding import Decided
from servanda.answers.assembly.known import forget_all
from servanda.answers.assembly.portions import Progress, Stage
from servanda.answers.assembly.work import Work, uncollected
from servanda.keep.judged import Decision, Judged, touched
from servanda.store import Register, decided
from servanda.store.bulk import chunks, delete_where, insert_rows
from servanda.store.derived import DERIVED, assembled, assembly, entry_keys, mentions, pending
from servanda.store.tables import documents, judgements

MADE_BY = ("keep", "schema", "answers/assembly", "store/derived.py", "answers/rows.py")  # what the tables rest on


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


def _judged_by(connection: Connection) -> str:
    """The same with the numbers of all that were taken back."""
    undone = connection.execute(select(judgements.c.id).where(judgements.c.undone_at.is_not(None))).scalars()
    return f"{judged_state(connection)} {','.join(map(str, sorted(undone)))}"


def current_state(connection: Connection) -> tuple[str, str, int, str | None, str | None] | None:
    """`version, judged, documents, newest, now` as last put together; None where nothing is."""
    c = assembly.c
    row = connection.execute(select(c.version, c.judged, c.documents, c.newest, c.now)).one_or_none()
    return tuple(row) if row else None


def is_stale(connection: Connection) -> bool:
    """Whether something changed since the tables were brought up to date."""
    held = current_state(connection)
    if held is None or held[0] != version() or held[1].split()[0] != judged_state(connection):
        return True
    return connection.execute(select(pending.c.document).limit(1)).first() is not None


def bring_up_to_date(register: Register, progress: Progress = _silent) -> None:
    """Put together what changed, if anything did. Others who ask meanwhile wait, and find it done."""
    with register.reading() as connection:
        if not is_stale(connection):
            return
    done, work = 0, None
    while True:
        with uncollected(), register.writing() as connection:
            work = _at_hand(register, connection, work)
            if not is_stale(connection):
                return
            if _needs_all(connection):
                begin(work)
            if portions.under_way(connection, version()):
                _portion(work, progress)
                continue
            work = Work(register, connection)
            batch, left = _one_batch(work)
        done += batch
        progress("documents", done, done + left)


def _at_hand(register: Register, connection: Connection, work: Work | None) -> Work:
    """What was read for the last portion, where nobody else wrote one since; else nothing."""
    if work is None or work.portion != portions.number(connection):
        return Work(register, connection)
    work.connection = connection
    return work


def _one_batch(work: Work) -> tuple[int, int]:
    """Bring some documents up to date: how many, and how many are left."""
    connection = work.connection
    query = select(pending.c.document).order_by(pending.c.document)
    waiting, made = connection.execute(query.limit(1)).first(), _judged(work)
    if not waiting and len(made.numbers) <= portions.BATCH:
        deciding.decided(work, made)
        _note(work, version(), False)
        return len(made.numbers), 0
    noted = set(connection.execute(query).scalars())
    insert_rows(connection, pending, ("document",), [(number,) for number in sorted(made.numbers - noted)])
    changed = sorted(noted | made.numbers)
    batch = changed[: portions.BATCH]
    portions.around(work, batch)
    delete_where(connection, pending, "document", batch)
    _note(work, version(), False)
    return len(batch), len(changed) - len(batch)


def _needs_all(connection: Connection) -> bool:
    """Nothing is put together yet, or by other rules."""
    held = current_state(connection)
    return held is None or held[0].split()[0] != version()


def rebuild(register: Register, progress: Progress = _silent) -> None:
    """Drop all that is put together and make it again."""
    with register.writing() as connection:
        _drop(connection)
    bring_up_to_date(register, progress)


def begin(work: Work) -> None:
    """Note that all is to be put together anew: what was stands until its turn has come."""
    numbers = set(work.connection.execute(select(documents.c.number)).scalars())
    noted = set(work.connection.execute(select(pending.c.document)).scalars())
    insert_rows(work.connection, pending, ("document",), [(number,) for number in sorted(numbers - noted)])
    forget_all(work)
    _note(work, f"{version()} gathering 0", True)


def _portion(work: Work, progress: Progress) -> None:
    """The next portion of putting all together."""
    _note(work, portions.next_one(work, version(), progress), False)


def _judged(work: Work) -> Decided:
    """Decisions that came into force, or no longer are, since the last time: noted as known."""
    connection, every = work.connection, decided(work.register, undone=True)
    held = current_state(connection)
    told, _, known = (held[1] if held else "").partition(" ")
    newest, undone = int(told.partition(".")[0] or 0), {int(id) for id in known.split(",") if id}
    before = Judged(replace(j, undone_at=None) for j in every if j.id <= newest and j.id not in undone)
    was, now = ({made.judgement.id: made for made in judged.decisions} for judged in (before, work.judged))
    made = [(was | now)[id] for id in sorted(was.keys() ^ now.keys())]
    connection.execute(update(assembly).values(judged=_judged_by(connection)))
    return Decided(made, before, _borne_on(connection, made))


def _borne_on(connection: Connection, made: Iterable[Decision]) -> set[int]:
    """The documents on which decisions bear."""
    sources, keys = touched(it.judgement for it in made)
    found = set[int]()
    for column, number, wanted in ((documents.c.source, documents.c.number, sources),
                                   (entry_keys.c.key, entry_keys.c.document, keys),
                                   (mentions.c.key, mentions.c.document, keys)):  # fmt: skip
        for chunk in chunks(sorted(wanted)):
            found |= set(connection.execute(select(number).where(column.in_(chunk))).scalars())
    return found


def _note(work: Work, version: str, judged: bool) -> int:
    """Note the state that is put together now, `judged`: with all decisions; of how many documents it is."""
    connection, held = work.connection, current_state(work.connection)
    newest = connection.execute(select(func.max(assembled.c.published))).scalar()
    now = connection.execute(select(func.max(assembled.c.day))).scalar()
    count = (held[2] if held else 0) + work.more
    work.more = 0
    state = _judged_by(connection) if judged or held is None else held[1]
    connection.execute(delete(assembly))
    row = {"id": 1, "version": version, "judged": state, "documents": count, "newest": newest, "now": now or None}
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

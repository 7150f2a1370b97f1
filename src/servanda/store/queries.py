"""Asking the register: documents with their records, names, texts. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, get_args

from sqlalchemy import Connection, Select, func, select

from servanda.records import Filed, Record, RecordKind, Statement
from servanda.store.derived import assembly, pending
from servanda.store.register import Register
from servanda.store.sheets import name_key
from servanda.store.tables import documents, names, records, runs, statements, texts

STEP = 500  # documents taken from the database at a time
EVERY = set(get_args(RecordKind))
FIRST, LAST = runs.alias("first_run"), runs.alias("last_run")


def filed(
    register: Register,
    kinds: Collection[str] = (),
    *,
    without: Collection[str] = (),
    status: str | None = "current",
    numbers: Collection[int] | None = None,
) -> Iterator[Filed]:
    """Documents in the order they came, each with its records of these kinds under their places.

    `without` names properties to leave out (`mention`), `status` None asks for superseded and withdrawn ones too, and
    `numbers` for these documents alone.
    """
    query = _documents().order_by(documents.c.number)
    if status is not None:
        query = query.where(documents.c.status == status)
    with register.reading() as connection:
        for chosen in _chunks(connection, query, numbers):
            found = {row[0]: _filed(row) for row in chosen}
            if kinds and found:
                _fill(connection, found, kinds, without)
            yield from found.values()


def _documents() -> Select[Any]:
    d = documents.c
    columns = (
        d.number, d.source, d.id, d.url, d.title, d.publisher, d.published, d.language, d.machine_translated,
        d.status, d.status_reason, d.note, LAST.c.release, FIRST.c.at, LAST.c.at,
    )  # fmt: skip
    return select(*columns).join(FIRST, FIRST.c.id == d.first_run).join(LAST, LAST.c.id == d.last_run)


def _filed(row: Sequence[Any]) -> Filed:
    number, *about = row
    document = Filed(*about)
    document.number = number
    return document


def _chunks(connection: Connection, query: Select[Any], numbers: Collection[int] | None) -> Iterator[Sequence[Any]]:
    c = documents.c.number
    if numbers is not None:
        wanted = sorted(numbers)
        for at in range(0, len(wanted), STEP):
            yield connection.execute(query.where(c.in_(wanted[at : at + STEP]))).all()
        return
    last = 0
    while rows := connection.execute(query.where(c > last).limit(STEP)).all():
        yield rows
        last = rows[-1][0]


def _fill(connection: Connection, found: dict[int, Filed], kinds: Collection[str], without: Collection[str]) -> None:
    r, s = records.c, statements.c
    chosen = r.document.in_(list(found)) & r.kind.in_(list(kinds))
    columns = (r.document, r.place, r.kind, r.key, r.start, r.end, r.words, r.passage)
    listed = select(*columns).where(chosen).order_by(r.document, r.place)
    for number, place, kind, key, start, end, words, passage in connection.execute(listed).all():
        found[number].records[place] = Record(kind, key, start, end, words, [], passage)
    query = select(
        s.document, s.record, s.property, s.value, s.start, s.end, s.words, s.about, s.asserted_by, s.rule, s.confidence
    )
    if set(kinds) >= EVERY:
        query = query.where(s.document.in_(list(found)))
    else:
        query = query.join_from(records, statements, (r.document == s.document) & (r.place == s.record)).where(chosen)
    if without:
        query = query.where(s.property.not_in(list(without)))
    for row in connection.execute(query.order_by(s.document, s.record, s.place)).all():
        number, place, name, value, start, end, words, about, by, rule, confidence = row
        record = found[number].records[place]
        if start is None or end is None:
            start, end, words = record.start, record.end, record.words
        said = Statement(name, value, start, end, words or "", about, by, rule or "", confidence)
        record.statements.append(said)


def named(register: Register, name: str) -> dict[int, set[int]]:
    """Documents (by number) that name someone or something so, accents or not, and the places of those actors."""
    query = select(names.c.document, names.c.record).where(names.c.bare == name_key(name))
    found: dict[int, set[int]] = {}
    with register.reading() as connection:
        for number, place in connection.execute(query):
            found.setdefault(number, set()).add(place)
    return found


def all_names(register: Register) -> list[str]:
    """Every name in the register, as it is looked up: without accents, lower case."""
    with register.reading() as connection:
        return list(connection.execute(select(names.c.bare).distinct().order_by(names.c.bare)).scalars())


def text_of(register: Register, number: int) -> str:
    """The text of a document, by its number."""
    with register.reading() as connection:
        return str(connection.execute(select(texts.c.text).where(texts.c.document == number)).scalar_one())


def extent(register: Register) -> tuple[int, str | None]:
    """Over what an answer looks: how many current documents, and the date of the newest where any has one."""
    d = documents.c
    current = d.status == "current"
    newest = select(func.max(d.published)).where(current, d.published < "3", d.published > "1")
    with register.reading() as connection:
        held = connection.execute(select(assembly.c.documents, assembly.c.newest)).one_or_none()
        if held is not None and connection.execute(select(pending.c.document).limit(1)).first() is None:
            return int(held[0]), held[1]
        count = connection.execute(select(func.count()).where(current)).scalar_one()
        return int(count), connection.execute(newest).scalar()


def counts(register: Register) -> dict[str, int]:
    """How many records of each kind the current documents hold outside quarantine, `document` among them."""
    current = select(documents.c.number).where(documents.c.status == "current")
    r = records.c
    query = select(r.kind, func.count()).where(r.document.in_(current), r.passage == 0).group_by(r.kind)
    with register.reading() as connection:
        return {str(kind): int(count) for kind, count in connection.execute(query)}

"""Filing sheets: a new document is added; one read by an older release, or with other data, is replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, insert, select, update

from servanda.store.bulk import insert_rows, note_changed
from servanda.store.inherit import inherit
from servanda.store.register import Register
from servanda.store.sheets import RECORD, STATEMENT, Row, Sheet
from servanda.store.tables import documents, names, records, runs, set_aside, statements, texts

TEXT = ("text", "sha256", "media_type", "raw")
COLUMNS: dict[Table, tuple[str, ...]] = {
    texts: ("document", *TEXT),
    records: ("document", *RECORD),
    statements: ("document", *STATEMENT, "first_run"),
    names: ("bare", "document", "record"),
}
ADDED = insert(documents).returning(documents.c.number)


class Known(NamedTuple):
    """A text of a source that the register holds: its number, what came with it, and the release that read it."""

    number: int
    source: str
    id: str
    status: str
    given: str
    release: str


@dataclass(slots=True)
class Kept:
    """How many documents a filing added, read anew, found as they were, and put in the place of an older text."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    superseding: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            self.added + other.added,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.superseding + other.superseding,
        )


def known(register: Register, of: Iterable[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """Of documents as (source, id, given), those (source, id) that need no reading: kept as this release reads them."""
    asked = {(source, id): given for source, id, given in of}
    with register.reading() as connection:
        found = _known(connection, {source for source, _ in asked})
    return {key for key, it in found.items() if key in asked and _stands(it, asked[key], register.release)}


def file(register: Register, sheets: Sequence[Sheet]) -> Kept:
    """File these sheets, all or none; what another process filed meanwhile is not filed twice."""
    run = register.run()
    with register.writing() as connection:
        filing = _Filing(connection, register.release, run, _known(connection, {s.source for s in sheets}))
        for sheet in sheets:
            filing.file(sheet)
        filing.write()
        _no_longer_aside(connection, [s.source for s in sheets])
    return filing.kept


def _known(connection: Connection, sources: Iterable[str]) -> dict[tuple[str, str], Known]:
    c = documents.c
    query = select(c.number, c.source, c.id, c.status, c.given, runs.c.release).join(runs, runs.c.id == c.last_run)
    found = connection.execute(query.where(c.source.in_(sorted(sources))))
    return {(it.source, it.id): it for it in (Known(*row) for row in found)}


def _stands(known: Known, given: str, release: str) -> bool:
    """Read as this release would, or by a newer one, whose reading an older one does not undo."""
    if version(known.release) > version(release):
        return True
    return known.given == given and known.release == release


def version(release: str) -> tuple[int, ...]:
    """`0.2.0+1a2b3c4d` as (0, 2, 0)."""
    return tuple(int(part) for part in re.findall(r"\d+", release.split("+")[0]))


class _Filing:
    """One transaction's work: documents one by one, their rows all together at its end."""

    def __init__(self, connection: Connection, release: str, run: int, known: dict[tuple[str, str], Known]) -> None:
        self.connection, self.release, self.run, self.known = connection, release, run, known
        self.kept = Kept()
        self.rows: dict[Table, list[Row]] = {table: [] for table in COLUMNS}
        self.changed: set[int] = set()

    def file(self, sheet: Sheet) -> None:
        before = self.known.get((sheet.source, sheet.id))
        if before is None:
            self._add(sheet)
        elif _stands(before, sheet.given, self.release):
            self.kept.unchanged += 1
        else:
            self._replace(before, sheet)

    def _add(self, sheet: Sheet) -> None:
        self._supersede(sheet.source)
        row = {**sheet.document, "source": sheet.source, "id": sheet.id, "given": sheet.given, "status": "current"}
        row |= {"first_run": self.run, "last_run": self.run}
        number = int(self.connection.execute(ADDED, row).scalar_one())
        self.rows[texts].append((number, *(sheet.text[name] for name in TEXT)))
        self._collect(number, sheet, sheet.records, {})
        self._know(sheet, number, "current")
        self.kept.added += 1

    def _supersede(self, source: str) -> None:
        older = [it for it in self.known.values() if it.source == source and it.status == "current"]
        for it in older:
            change = {"status": "superseded", "status_reason": "a newer text of this source was read"}
            self.connection.execute(update(documents).where(documents.c.number == it.number).values(**change))
            self.known[it.source, it.id] = it._replace(status="superseded")
            self.changed.add(it.number)
            self.kept.superseding += 1

    def _replace(self, before: Known, sheet: Sheet) -> None:
        number = before.number
        self.write()  # what is replaced may have been filed in this same transaction
        since = self._since(number)
        columns = [records.c[name] for name in RECORD]
        old = self.connection.execute(select(*columns).where(records.c.document == number)).all()
        for table in (records, statements, names):
            self.connection.execute(delete(table).where(table.c.document == number))
        row = {**sheet.document, "given": sheet.given, "last_run": self.run}
        self.connection.execute(update(documents).where(documents.c.number == number).values(**row))
        self.connection.execute(update(texts).where(texts.c.document == number).values(**sheet.text))
        self._collect(number, sheet, inherit([tuple(r) for r in old], sheet.records), since)
        self._know(sheet, number, before.status)
        self.kept.replaced += 1

    def _since(self, number: int) -> dict[Row, int]:
        """In which run each statement of a document was first made, by record key, property, value and place."""
        s, r = statements.c, records.c
        where = (r.document == s.document) & (r.place == s.record)
        query = select(r.key, s.property, s.value, s.start, s.end, s.first_run).join_from(statements, records, where)
        return {tuple(row[:-1]): row[-1] for row in self.connection.execute(query.where(s.document == number))}

    def _collect(self, number: int, sheet: Sheet, filed: list[Row], since: dict[Row, int]) -> None:
        self.changed.add(number)
        keys = {row[0]: row[2] for row in filed}
        self.rows[records] += [(number, *row) for row in filed]
        self.rows[statements] += [
            (number, *row, since.get((keys[row[0]], row[2], row[3], row[5], row[6]), self.run))
            for row in sheet.statements
        ]
        self.rows[names] += [(bare, number, place) for bare, place in sheet.names]

    def _know(self, sheet: Sheet, number: int, status: str) -> None:
        it = Known(number, sheet.source, sheet.id, status, sheet.given, self.release)
        self.known[sheet.source, sheet.id] = it

    def write(self) -> None:
        for table, rows in self.rows.items():
            insert_rows(self.connection, table, COLUMNS[table], rows)
            rows.clear()
        note_changed(self.connection, self.changed)
        self.changed.clear()


def _no_longer_aside(connection: Connection, sources: Sequence[str]) -> None:
    connection.execute(delete(set_aside).where(set_aside.c.source.in_(sources)))


__all__ = ["Kept", "Known", "file", "known", "version"]

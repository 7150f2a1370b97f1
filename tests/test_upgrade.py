"""A register of the first release, with data in it, brought up to date: it answers as one that is made today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.command import upgrade
from sqlalchemy import Connection, create_engine, text

from servanda import Document, answers
from servanda.engine.reading import as_sheet
from servanda.store import Sheet, decided, file, open_register, verify
from servanda.store.connect import connect, migrations
from servanda.store.sheets import RECORD, STATEMENT

DOCUMENT = ("url", "title", "publisher", "published", "language", "machine_translated", "note")
TABLES = {  # as the first release had them
    "runs": ("id", "release", "at"),
    "documents": ("number", "source", "id", *DOCUMENT, "status", "given", "first_run", "last_run"),
    "texts": ("document", "text", "sha256", "media_type", "raw"),
    "records": ("document", *RECORD),
    "statements": ("document", *STATEMENT, "first_run"),
    "names": ("bare", "document", "record"),
    "judgements": ("id", "kind", "subject", "object", "by", "at"),
}


def first_register(address: str, sheets: list[Sheet], judgements: list[tuple[Any, ...]]) -> None:
    """Make a register by the first migration alone, and fill its tables."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
    rows["runs"] = [(1, "0.1.0+00000000", "2024-05-01T08:00:00Z")]
    rows["judgements"] = judgements
    for number, sheet in enumerate(sheets, 1):
        about = [sheet.document[name] for name in DOCUMENT]
        rows["documents"].append((number, sheet.source, sheet.id, *about, "current", sheet.given, 1, 1))
        rows["texts"].append((number, *(sheet.text[name] for name in TABLES["texts"][1:])))
        rows["records"] += [(number, *row) for row in sheet.records]
        rows["statements"] += [(number, *row, 1) for row in sheet.statements]
        rows["names"] += [(bare, number, place) for bare, place in sheet.names]
    url = address.replace("postgresql://", "postgresql+psycopg://") if "://" in address else f"sqlite:///{address}"
    engine = create_engine(url)
    with engine.begin() as connection:
        upgrade(migrations(connection), "0001")
        for name, columns in TABLES.items():
            _insert(connection, name, columns, rows[name])
    engine.dispose()


def _insert(connection: Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(f":{column}" for column in columns)
    if rows:
        given = [dict(zip(columns, row, strict=True)) for row in rows]
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), given)


def test_a_register_of_the_first_release_answers_as_one_of_today(address: str, news: str, tmp_path: Path) -> None:
    again = news.replace("Ngày 12/3/2019, tại", "Chiều 12/3/2019, tại thủ đô")
    other = "Chủ tịch nước thăm Ấn Độ\n\nNgày 2/4/2019, Chủ tịch nước Trần Đại Quang thăm Ấn Độ.\n"
    pages = enumerate((news, again, other))
    sheets = [as_sheet(Document(t, f"{n}.txt", published=f"2019-03-1{n + 3}")) for n, t in pages]
    met = [next(row[2] for row in sheet.records if row[1] == "engagement") for sheet in sheets[:2]]
    first_register(address, sheets, [(1, "not_same", met[0], met[1], "Lan", "2024-05-02T08:00:00Z")])

    with open_register(address) as old, open_register(str(tmp_path / "new.db"), create=True) as new:
        file(new, sheets)
        assert len(answers.engagements(new).rows) == len(answers.engagements(old).rows) - 1, "kept apart by a person"
        for ask in (answers.acts, answers.contributions, answers.actors, answers.documents):
            assert [_timeless(row) for row in ask(old).rows] == [_timeless(row) for row in ask(new).rows]
        assert answers.search(old, "umeda").total == answers.search(new, "umeda").total + 1
        assert [it.by for it in decided(old)] == ["Lan"] and not verify(old).broken
        assert {row["first_seen"] for row in answers.documents(old).rows} == {"2024-05-01T08:00:00Z"}


def _timeless(row: dict[str, Any]) -> dict[str, Any]:
    """Without when and by which release it was read; and without counts of engagements, which a person changed."""
    return {k: v for k, v in row.items() if k not in ("first_seen", "last_seen", "release", "counts")}


def test_the_upgraded_tables_are_those_of_a_new_register(address: str, tmp_path: Path) -> None:
    first_register(address, [], [])
    for place in (address, str(tmp_path / "new.db")):
        connect(place, create=True).dispose()
    with open_register(address) as old, open_register(str(tmp_path / "new.db")) as new:
        assert answers.home(old) == answers.home(new)

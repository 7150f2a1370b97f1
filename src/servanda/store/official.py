"""The UN's monthly tables of uniformed personnel in the register, a table known by the date printed on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from servanda.errors import BadInput
from servanda.records import OfficialFigure
from servanda.store.register import Register, now
from servanda.store.tables import official_copies, official_figures, official_files


def add_official(register: Register, figures: Iterable[OfficialFigure], *, as_of: str, sha256: str, name: str) -> bool:
    """Keep one table's rows; False where just these are already kept, and only the name of the other file is noted.

    Raises BadInput on other figures for its date.
    """
    rows = list(figures)
    if any(row.as_of != as_of for row in rows):
        raise BadInput(name, f"holds rows of another date than the {as_of} printed on it")
    with register.writing() as connection:
        found = select(official_files.c.name).where(official_files.c.as_of == as_of)
        before = connection.execute(found).scalar()
        if before is not None:
            if _rows(connection.execute(_select(as_of)).all()) == rows:
                _note_copy(connection, before, as_of=as_of, sha256=sha256, name=name)
                return False
            raise BadInput(name, f"gives other figures for {as_of} than {before}, which is kept; nothing was changed")
        connection.execute(insert(official_files).values(as_of=as_of, sha256=sha256, name=name, imported_at=now()))
        connection.execute(insert(official_figures), [_values(place, row) for place, row in enumerate(rows)])
    return True


def _note_copy(connection: Connection, kept: str, *, as_of: str, sha256: str, name: str) -> None:
    c = official_copies.c
    known = connection.execute(select(c.name).where(c.as_of == as_of)).scalars().all()
    if name != kept and name not in known:
        values = {"as_of": as_of, "name": name, "sha256": sha256, "imported_at": now()}
        connection.execute(insert(official_copies).values(values))


def official(
    register: Register, *, country: str | None = None, mission: str | None = None, as_of: str | None = None
) -> list[OfficialFigure]:
    """Rows of the tables kept, by date and then as printed."""
    query = _select(as_of)
    if country:
        query = query.where(official_figures.c.country == country)
    if mission:
        query = query.where(official_figures.c.mission == mission)
    with register.reading() as connection:
        return _rows(connection.execute(query).all())


def official_dates(register: Register) -> list[tuple[str, str, str]]:
    """Every table kept: the date printed on it, its file's name and SHA-256."""
    c = official_files.c
    with register.reading() as connection:
        return [tuple(row) for row in connection.execute(select(c.as_of, c.name, c.sha256).order_by(c.as_of))]


def official_names(register: Register) -> dict[str, list[str]]:
    """The names of the files that hold each table, by its date; the first is the one that its rows were taken from."""
    found: dict[str, list[str]] = {}
    with register.reading() as connection:
        for table in (official_files, official_copies):
            for as_of, name in connection.execute(select(table.c.as_of, table.c.name).order_by(table.c.as_of)):
                found.setdefault(as_of, []).append(name)
    return found


def _select(as_of: str | None) -> Select[Any]:
    c = official_figures.c
    query = select(c.as_of, c.country, c.mission, c.personnel_type, c.male, c.female, c.total)
    return (query.where(c.as_of == as_of) if as_of else query).order_by(c.as_of, c.place)


def _rows(rows: Iterable[Any]) -> list[OfficialFigure]:
    return [OfficialFigure(*row) for row in rows]


def _values(place: int, row: OfficialFigure) -> dict[str, object]:
    return {"place": place, **asdict(row)}

"""The UN's monthly tables of uniformed personnel in the register, a table known by the date printed on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, insert, select

from servanda.errors import BadInput
from servanda.records import OfficialFigure
from servanda.store.register import Register, now
from servanda.store.tables import official_figures, official_files


def add_official(register: Register, figures: Iterable[OfficialFigure], *, as_of: str, sha256: str, name: str) -> bool:
    """Keep one table's rows; False where just these are already kept. Raises BadInput on other figures for its date."""
    rows = list(figures)
    if any(row.as_of != as_of for row in rows):
        raise BadInput(name, f"holds rows of another date than the {as_of} printed on it")
    with register.writing() as connection:
        found = select(official_files.c.name).where(official_files.c.as_of == as_of)
        before = connection.execute(found).scalar()
        if before is not None:
            if _rows(connection.execute(_select(as_of)).all()) == rows:
                return False
            raise BadInput(name, f"gives other figures for {as_of} than {before}, which is kept; nothing was changed")
        connection.execute(insert(official_files).values(as_of=as_of, sha256=sha256, name=name, imported_at=now()))
        connection.execute(insert(official_figures), [_values(place, row) for place, row in enumerate(rows)])
    return True


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


def _select(as_of: str | None) -> Select[Any]:
    c = official_figures.c
    query = select(c.as_of, c.country, c.mission, c.personnel_type, c.male, c.female, c.total)
    return (query.where(c.as_of == as_of) if as_of else query).order_by(c.as_of, c.place)


def _rows(rows: Iterable[Any]) -> list[OfficialFigure]:
    return [OfficialFigure(*row) for row in rows]


def _values(place: int, row: OfficialFigure) -> dict[str, object]:
    return {"place": place, **asdict(row)}

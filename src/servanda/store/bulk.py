"""Many rows at once, by the fastest way that each database has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete

from servanda.store.derived import pending

Item = TypeVar("Item")
STEP = 500  # values in one IN


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows, their values in the order of `columns`: by COPY on PostgreSQL."""
    if not rows:
        return
    named = ", ".join(f'"{column}"' for column in columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({named}) VALUES ({marks})", list(rows))
        return
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f"COPY {table.name} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def add_up(
    connection: Connection, table: Table, keys: Sequence[str], sums: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add to what rows of these keys hold in these columns; rows that are not there yet begin with it."""
    if not rows:
        return
    marks = ", ".join(("?" if connection.dialect.name == "sqlite" else "%s",) * (len(keys) + len(sums)))
    added = ", ".join(f'"{name}" = {table.name}."{name}" + excluded."{name}"' for name in sums)
    columns, key = (", ".join(f'"{name}"' for name in names) for names in ((*keys, *sums), keys))
    command = f"INSERT INTO {table.name} ({columns}) VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET {added}"
    connection.exec_driver_sql(command, list(rows))


def chunks(items: Iterable[Item], size: int = STEP) -> Iterator[list[Item]]:
    """Lists of so many items."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def delete_where(connection: Connection, table: Table, column: str, values: Iterable[Any]) -> None:
    """Remove the rows whose column has one of these values."""
    for chunk in chunks(values):
        connection.execute(delete(table).where(table.c[column].in_(chunk)))


def delete_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Remove the rows that have one of these tuples of values in `columns`."""
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        mine = " AND ".join(f'"{column}" = {mark}' for column in columns)
        connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE {mine}", list(rows))


def note_changed(connection: Connection, numbers: Collection[int]) -> None:
    """Note documents as changed: what is told across documents has to be put together anew around them."""
    delete_where(connection, pending, "document", sorted(set(numbers)))
    insert_rows(connection, pending, ("document",), [(number,) for number in sorted(set(numbers))])

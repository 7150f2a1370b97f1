"""The same figures as CSV: one row a country, mission and kind, a date on each."""

from __future__ import annotations

import csv
from datetime import datetime
from itertools import islice
from pathlib import Path

from servanda.intake.un_tables.layout import Broken
from servanda.intake.un_tables.rows import OfficialRow
from servanda.intake.un_tables.terms import column_of, country_code, personnel_type

NEEDED = ("country", "type", "male", "female", "as_of")
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%y", "%Y/%m/%d")


def read_csv(path: Path) -> dict[str, list[OfficialRow]]:
    """Rows by date. Raises Broken for a file without the columns, a row that is none, or a total that is not one."""
    tables: dict[str, list[OfficialRow]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            columns = _columns(next(lines, []))
            for number, cells in enumerate(lines, 2):
                if any(cell.strip() for cell in cells):
                    row = _row(number, {name: cells[at].strip() for name, at in columns.items() if at < len(cells)})
                    tables.setdefault(row.as_of, []).append(row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Broken(f"cannot be read as CSV: {' '.join(str(error).split())}") from error
    if not tables:
        raise Broken("a table without rows")
    return tables


def _columns(head: list[str]) -> dict[str, int]:
    columns = {name: at for at, word in enumerate(head) if (name := column_of(word.strip()))}
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise Broken(
            f"no UN table: no column for {', '.join(missing)} in {', '.join(islice(head, 12)) or 'an empty file'}"
        )
    return columns


def _row(number: int, cells: dict[str, str]) -> OfficialRow:
    missing = [name for name in NEEDED if not cells.get(name)]
    if missing:
        raise Broken(f"line {number}: cut off, no {', '.join(missing)}")
    code, kind = country_code(cells["country"]), personnel_type(cells["type"])
    if code is None or kind is None:
        raise Broken(
            f"line {number}: unknown {'country' if code is None else 'kind'} {cells['type' if code else 'country']!r}"
        )
    male, female = _figure(number, cells["male"]), _figure(number, cells["female"])
    total = _figure(number, cells["total"]) if cells.get("total") else male + female
    if male + female != total:
        raise Broken(f"line {number}: {cells['country']}, {kind}: {male} and {female} are not {total}")
    return OfficialRow(
        _day(number, cells["as_of"]), code, cells["country"], cells.get("mission") or None, kind, male, female, total
    )


def _figure(number: int, cell: str) -> int:
    plain = cell.replace(",", "").removesuffix(".0")
    if not plain.isdecimal():
        raise Broken(f"line {number}: {cell!r} is no number of people")
    return int(plain)


def _day(number: int, cell: str) -> str:
    for form in DATES:
        try:
            return datetime.strptime(cell.split("T")[0].split(" ")[0], form).date().isoformat()
        except ValueError:
            continue
    raise Broken(f"line {number}: {cell!r} is no date")

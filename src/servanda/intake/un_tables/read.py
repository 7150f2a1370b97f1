"""A file of the UN's tables, checked as a whole: its date, its pages, its last total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from servanda.errors import BadInput
from servanda.intake.un_tables.csvfile import read_csv
from servanda.intake.un_tables.layout import Broken, Sheet, lay_out
from servanda.intake.un_tables.rows import OfficialRow, Rows
from servanda.intake.un_tables.words import made, pages
from servanda.records import month_named

Dated = Literal["printed", "given", "worked out"]


@dataclass(slots=True, frozen=True)
class OfficialTable:
    """One table: where it came from, the last day of its month, how that is known, and its rows as printed."""

    source: str
    as_of: str
    dated: Dated
    rows: tuple[OfficialRow, ...]


def read_tables(path: Path, as_of: str | None = None) -> list[OfficialTable]:
    """The tables of a PDF (one) or of a CSV (one a date). `as_of`, `2019-10-31`, serves a table that prints no date.

    Raises BadInput naming the file and why: no such table, cut off, totals that do not add up, no date or two.
    """
    try:
        if path.suffix.lower() == ".csv":
            dates = read_csv(path)
            return [OfficialTable(str(path), day, "printed", tuple(rows)) for day, rows in sorted(dates.items())]
        return [_read_pdf(path, as_of)]
    except Broken as error:
        raise BadInput(str(path), str(error)) from error


def _read_pdf(path: Path, given: str | None) -> OfficialTable:
    sheet = lay_out(pages(path))
    if sheet is None:
        raise Broken("no page has the head of a UN table (country, male, female)")
    day, dated = _date(path, sheet, given)
    rows = Rows(day)
    for line in sheet.lines:
        rows.take(line)
    _whole(sheet, rows)
    return OfficialTable(str(path), day, dated, tuple(rows.rows))


def _whole(sheet: Sheet, rows: Rows) -> None:
    """All pages are there, and nothing follows the last total. Raises Broken."""
    if sheet.pages_said is not None and sheet.pages_said != sheet.pages_here:
        raise Broken(f"cut off: it says {sheet.pages_said} pages and has {sheet.pages_here}")
    if not rows.rows:
        raise Broken("a table without rows")
    if rows.open_rows or not ("grand" in rows.closed or sheet.pages_said):
        raise Broken(f"cut off: no total after the rows of {rows.mission or ''} {rows.country}".replace("  ", " "))


def _date(path: Path, sheet: Sheet, given: str | None) -> tuple[str, Dated]:
    if sheet.as_of is not None:
        printed = sheet.as_of.isoformat()
        if (sheet.as_of + timedelta(days=1)).day != 1:
            raise Broken(f"it is dated {printed}, which is no last day of a month")
        if given and given != printed:
            raise Broken(f"it is dated {printed}, not {given}")
        return printed, "printed"
    if given:
        return given, "given"
    return _worked_out(path), "worked out"


def _worked_out(path: Path) -> str:
    """No date is printed: the month before the PDF was made, if the file's name says that month too. Raises Broken."""
    day, named = made(path), month_named(path.name)
    month = day.replace(day=1) - timedelta(days=1) if day else None
    if month is None or named != f"{month:%Y-%m}":
        raise Broken("it prints no date; give it with --as-of")
    return date(month.year, month.month, month.day).isoformat()

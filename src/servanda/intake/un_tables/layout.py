"""From cells to lines: what stands under which head, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from servanda.intake.un_tables.terms import column_of, terms
from servanda.intake.un_tables.words import Cell

LINE = 5.0  # points: cells of one line differ by no more in height
LABEL = 14.0  # points: a label starts within this of its head
WRAPPED = 18.0  # points: the lines of one label stand closer than this
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
PAGE = re.compile(r"Page \d+ of (\d+)")
DATE = re.compile(r"\b(\d{1,2})(?:/(\d{1,2})/|-([A-Z][a-z]{2})-)(\d{4}|\d\d)\b")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LABELS = ("country", "mission", "type")


class Broken(Exception):
    """A table that cannot be right; the message says where and why."""


@dataclass(slots=True)
class Head:
    """The head of a table: where each column stands, and how high."""

    columns: dict[str, Cell]
    y: float
    centred: bool

    def label(self, cell: Cell) -> str | None:
        """The column of labels in which a cell starts."""
        near = [(abs(self.columns[c].x0 - cell.x0), c) for c in LABELS if c in self.columns]
        return next((column for gap, column in sorted(near) if gap <= LABEL), None)

    def figure(self, cell: Cell) -> str | None:
        """The column of figures under which a cell stands; None left of them all."""
        heads = {name: head for name, head in self.columns.items() if name not in LABELS}
        if cell.x1 < min(head.x0 for head in heads.values()) - LABEL:
            return None
        return min(heads, key=lambda name: _apart(heads[name], cell))


@dataclass(slots=True)
class Line:
    """One line of a table: labels by column, figures by column, and words under no head."""

    page: int
    y: float
    labels: dict[str, str] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """A whole table as printed: its lines, the date on it, the number of pages it says it has and has."""

    lines: list[Line]
    head: Head
    as_of: date | None
    pages_said: int | None
    pages_here: int
    title: str


def lay_out(pages: list[list[Cell]]) -> Sheet | None:
    """The table on these pages, or None where no page has the head of one."""
    first = next((i for i, cells in enumerate(pages) if find_head(cells)), None)
    if first is None:
        return None
    head = find_head(pages[first])
    assert head is not None
    lines: list[Line] = []
    opening = [cell for cell in pages[first] if cell.y > head.y + LINE]
    for cells in pages[first:]:
        head = find_head(cells) or head
        lines += _lines([c for c in cells if c.y < head.y - LINE], head)
    said = [int(m[1]) for cells in pages for c in cells if (m := PAGE.search(c.text))]
    title = " ".join(cell.text for cell in opening)
    return Sheet(lines, head, printed_date(title), said[-1] if said else None, len(pages), title)


def find_head(cells: list[Cell]) -> Head | None:
    """The head of the table on a page: the line with a country and figures by sex."""
    for anchor in (c for c in cells if column_of(c.text) == "country"):
        line = [c for c in cells if abs(c.y - anchor.y) < LINE]
        columns = {name: c for c in line if (name := column_of(c.text))}
        if any(name.endswith("female") for name in columns):
            return Head(columns, anchor.y, any(c.text in terms().centred for c in line))
    return None


def printed_date(text: str) -> date | None:
    """The first date in a text, `30/06/2018` or `30-Apr-15`."""
    for day, number, name, year in DATE.findall(text):
        month = int(number) if number else MONTHS.index(name) + 1 if name in MONTHS else 0
        try:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
        except ValueError:
            continue
    return None


def _apart(head: Cell, cell: Cell) -> float:
    return min(abs(head.x1 - cell.x1), abs(head.x0 + head.x1 - cell.x0 - cell.x1) / 2)


def _lines(cells: list[Cell], head: Head) -> Iterator[Line]:
    """The lines of a page from the top; centred labels are given to each of their rows, wrapped ones made whole."""
    cells = [c for c in cells if not PAGE.search(c.text) and not c.text.startswith("Report Generated")]
    if head.centred:
        labels = [c for c in cells if head.label(c) == "country" and not FIGURE.fullmatch(c.text)]
        lines = [_line(group, head) for group in _level([c for c in cells if c not in labels])]
        yield from centre(lines, _unwrap(labels))
    else:
        yield from _whole([_line(group, head) for group in _level(cells)])


def _level(cells: list[Cell]) -> Iterator[list[Cell]]:
    group: list[Cell] = []
    for cell in sorted(cells, key=lambda c: -c.y):
        if group and group[0].y - cell.y > LINE:
            yield group
            group = []
        group.append(cell)
    if group:
        yield group


def _line(cells: list[Cell], head: Head) -> Line:
    line = Line(cells[0].page, sum(c.y for c in cells) / len(cells))
    for cell in sorted(cells, key=lambda c: c.x0):
        if FIGURE.fullmatch(cell.text):
            column = head.figure(cell)
            if column is not None:
                line.figures[column] = int(cell.text.replace(",", ""))
        elif (label := head.label(cell)) is not None:
            line.labels[label] = cell.text
        else:
            line.other.append(cell.text)
    return line


def _whole(lines: list[Line]) -> Iterator[Line]:
    """Join a label of two lines: `United States of` and, below it, `America`."""
    last: Line | None = None
    for line in lines:
        if last and _goes_on(last, line):
            last.labels["country"] += " " + line.labels["country"]
            last.y = line.y if not last.figures else last.y
            continue
        if last:
            yield last
        last = line
    if last:
        yield last


def _goes_on(last: Line, line: Line) -> bool:
    alone = set(line.labels) == {"country"} and not line.figures and not line.other
    return alone and "country" in last.labels and last.y - line.y < WRAPPED and not last.other


def _unwrap(labels: list[Cell]) -> list[tuple[float, str]]:
    found: list[list[Cell]] = []
    for cell in sorted(labels, key=lambda c: -c.y):
        if found and found[-1][-1].y - cell.y < LABEL:
            found[-1].append(cell)
        else:
            found.append([cell])
    return [(sum(c.y for c in group) / len(group), " ".join(c.text for c in group)) for group in found]


def centre(lines: list[Line], labels: list[tuple[float, str]]) -> Iterator[Line]:
    """Give each label to the rows of which it stands in the middle. Raises Broken where that cannot be done."""
    rows = [line for line in lines if "type" in line.labels]
    for y, name in labels:
        block = [row for row in rows if row.y > 2 * y - rows[0].y - LINE]
        if not block or abs(block[0].y + block[-1].y - 2 * y) > 2 * LINE:
            raise Broken(f"page {lines[0].page + 1}: {name} does not stand in the middle of its rows")
        for row in block:
            row.labels["country"] = name
        rows = rows[len(block) :]
    if rows:
        raise Broken(f"page {rows[0].page + 1}: rows without a country")
    return iter(lines)

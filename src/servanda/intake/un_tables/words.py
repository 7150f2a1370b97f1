"""Words with their places out of a PDF's pages, joined into the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium

from servanda.errors import BadInput

CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
WORD = re.compile(r"\S+")
SPACE = 6.0  # points: words nearer than this on one line stand in one cell
LEVEL = 3.0  # points: words of one cell differ by no more in height


@dataclass(slots=True)
class Cell:
    """Words that stand together on a page. `x0`, `x1` are points from the left, `y` from the page's foot."""

    text: str
    x0: float
    x1: float
    y: float
    page: int


def pages(path: Path) -> list[list[Cell]]:
    """The cells of every page, from the top and then from the left. Raises BadInput for what is no PDF."""
    try:
        with pdfium.PdfDocument(path) as pdf:
            return [_join(sorted(_words(pdf[number], number), key=_order)) for number in range(len(pdf))]
    except (pdfium.PdfiumError, OSError) as error:
        raise BadInput(str(path), f"cannot be opened as a PDF: {' '.join(str(error).split())}") from error


def made(path: Path) -> date | None:
    """The day on which a PDF says that it was made."""
    with pdfium.PdfDocument(path) as pdf:
        found = CREATED.match(pdf.get_metadata_value("CreationDate"))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _words(page: pdfium.PdfPage, number: int) -> Iterator[Cell]:
    text = page.get_textpage()
    for word in WORD.finditer(text.get_text_range()):
        left, low, _, high = text.get_charbox(word.start(), loose=True)
        right = text.get_charbox(word.end() - 1, loose=True)[2]
        yield Cell(word.group(), left, right, (low + high) / 2, number)


def _order(cell: Cell) -> tuple[int, float]:
    return round(-cell.y), cell.x0


def _join(words: list[Cell]) -> list[Cell]:
    """Words that follow each other on a line with no more than a space between are one cell."""
    cells: list[Cell] = []
    for word in words:
        last = next((c for c in reversed(cells[-12:]) if _follows(c, word)), None)
        if last is None:
            cells.append(word)
        else:
            last.text, last.x1 = f"{last.text} {word.text}", word.x1
    return cells


def _follows(cell: Cell, word: Cell) -> bool:
    return abs(cell.y - word.y) < LEVEL and -1 < word.x0 - cell.x1 < SPACE

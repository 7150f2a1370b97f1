"""Pictures as data: JSON for the browser's drawing, CSV for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

import orjson
from fastapi.responses import Response

from servanda.desk.hostile import seen
from servanda.desk.rendering import VARIES

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would compute


def json(value: Any) -> Response:
    """The data of a drawing; hostile characters are shown as signs, as on pages."""
    return Response(orjson.dumps(shown(value)), media_type="application/json", headers=VARIES)


def shown(value: Any) -> Any:
    """A value for JSON with every text of it as a page shows it."""
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, dict):
        return {key: shown(it) for key, it in value.items()}
    return [shown(it) for it in value] if isinstance(value, list | tuple) else value


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Rows as a CSV file that spreadsheets open as UTF-8 and in which no cell is a formula."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(it) for it in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', **VARIES}
    content = ("\ufeff" + text.getvalue()).encode("utf-8", "replace")
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = seen(value)
    return f"'{text}" if text.startswith(FORMULA) else text

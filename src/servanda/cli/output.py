"""How answers look: one JSON array for programs, tables and cited lines for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click
import orjson
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from servanda.cli.listing import IDS
from servanda.labels import Labels

__all__ = [
    "Labels",
    "Row",
    "console",
    "in_short",
    "name",
    "names",
    "print_json",
    "print_table",
    "quote",
    "where",
    "where_in_short",
]
Row = dict[str, Any]
SHORT = 18  # characters of an address before its last part


def print_json(found: Iterable[Any]) -> None:
    """One JSON array, an item a line; written as it comes, so that it may be of any length."""
    out = sys.stdout.buffer
    out.write(b"[")
    for n, item in enumerate(found):
        out.write((b",\n" if n else b"") + orjson.dumps(item))
    out.write(b"]\n")
    out.flush()


def console() -> Console:
    """Standard output, as wide as the terminal; 120 columns where it is none."""
    made = Console(highlight=False, emoji=False, markup=False)
    return made if made.is_terminal or "COLUMNS" in os.environ else Console(
        highlight=False, emoji=False, markup=False, width=120
    )  # fmt: skip


WIDTHS = {"quote": 5, "source": 3, "participants": 3, "title": 4, "reason": 4, "parties": 3, "name": 3,
          "place": 2, "speaker": 2, "addressee": 2, "mission": 2, "what": 2, "post": 3, "by": 2, "to": 2, "values": 5,
          "subject": 2, "preferred": 4, "records": 5, "original": 3, "copies": 4}  # fmt: skip
NARROWEST = 5  # characters of any column: a short name stands whole
WIDEST = 16  # characters of a column without a share, such as a status told in a sentence


def print_table(rows: Sequence[Row], columns: dict[str, Callable[[Row], object]], labels: Labels) -> None:
    """A table with a column for each of `columns`, headed by its label; words and documents get the most room."""
    columns = _with_ids(columns)
    table = Table(header_style="bold", box=SIMPLE_HEAD, pad_edge=False, expand=True)
    for column in columns:
        whole = column == "id"  # to be copied: never in two lines
        table.add_column(labels(column), overflow="fold", ratio=WIDTHS.get(column), no_wrap=whole,
                         max_width=None if whole or column in WIDTHS else WIDEST, min_width=NARROWEST)  # fmt: skip
    for row in rows:
        table.add_row(*(Text("" if (cell := show(row)) is None else str(cell)) for show in columns.values()))
    console().print(table)


def _with_ids(columns: dict[str, Callable[[Row], object]]) -> dict[str, Callable[[Row], object]]:
    context = click.get_current_context(silent=True)
    asked = context is not None and context.meta.get(IDS)
    return {"id": lambda it: it.get("id"), **columns} if asked else columns


def quote(row: Row, longest: int = 160) -> str:
    """The first words that a record stands on, in quotation marks, cut where they are long."""
    if not row.get("evidence"):
        return ""
    words = " ".join(row["evidence"][0]["quote"].split())
    return f"“{words if len(words) <= longest else words[: longest - 1].rstrip() + '…'}”"


def where(row: Row) -> str:
    """The document a record stands in, and how many more."""
    found = list(dict.fromkeys(it["source"] for it in row.get("evidence", ())))
    return "" if not found else found[0] if len(found) == 1 else f"{found[0]} +{len(found) - 1}"


def where_in_short(row: Row) -> str:
    """`where`, with the middle of a long address left out: for tables."""
    return in_short(where(row))


def in_short(address: str) -> str:
    """An address or a path with its middle left out where it is long."""
    start, slash, end = address.removeprefix("https://").removeprefix("http://").rpartition("/")
    shown = start if len(start) <= SHORT else f"{start.split('/')[0]}/…" if start[:1] != "/" else "…"
    return f"{shown}{slash}{end}"


def name(actor: Row | None) -> str:
    """An actor's name, nothing where there is none."""
    return (actor or {}).get("name") or ""


def names(actors: Iterable[Row], labels: Labels) -> str:
    """Names of actors, with roles where they are told."""
    return ", ".join(f"{name(it)} ({labels(it['role'])})" if it.get("role") else name(it) for it in actors)

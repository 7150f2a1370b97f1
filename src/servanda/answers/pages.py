"""Pages of a listing: rows, and an opaque cursor that goes on after the last of them, whatever came in between."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from servanda.errors import BadQuestion
from servanda.keep.when import when

Row: TypeAlias = dict[str, Any]
LooksAt: TypeAlias = tuple[int, str | None]
LARGEST = 1000  # rows of a page
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LONGEST = 4000  # characters of a cursor; none that was given out is longer


@dataclass(slots=True)
class Page:
    """Rows of a listing. `next`: the cursor of the following page, None at the end.

    `total`: rows of all pages; where `more_than`, there are more, and they were not counted to the end. `looked_at`:
    how many current documents the answer rests on, and the date (EDTF) of the newest. `hidden`: rows left out by
    default (exhortations). `facets`: counts by facet and value, where the question gives them; `named`: who the actors
    and missions among them are, by id. `sample`: where not all that could be meant was looked at, of how many of each
    kind (the last kept) this page, its total and its facets speak.
    """

    rows: list[Row]
    next: str | None
    total: int
    looked_at: LooksAt
    hidden: int = 0
    facets: dict[str, dict[str, int]] | None = None
    more_than: bool = False
    named: dict[str, Row] | None = None
    sample: int | None = None


def cursor_of(key: Sequence[str | int | float]) -> str:
    """The key of a page's last row, as a cursor."""
    return base64.urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")


def key_of(cursor: str, shape: Sequence[type]) -> tuple[Any, ...]:
    """The key in a cursor, of values of these types. Raises BadQuestion on what this listing never gave out."""
    try:
        if len(cursor) > LONGEST:
            raise ValueError
        key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if [type(part) for part in key] != list(shape) or not all(map(_storable, key)):
            raise ValueError
    except (ValueError, TypeError, binascii.Error) as error:
        raise BadQuestion(f"{cursor[:40]!r} is no cursor of this listing; ask for its first page again") from error
    return tuple(key)


def _storable(part: object) -> bool:
    """Whether a database can compare it with what it keeps."""
    if isinstance(part, str):
        return not UNSTORABLE.search(part)
    return not isinstance(part, int) or abs(part) < 2**53


def size(limit: int | None) -> int | None:
    """How many rows a page may have; None: all. Raises BadQuestion below 1."""
    if limit is not None and limit < 1:
        raise BadQuestion(f"a page of {limit} rows is none; give 1 to {LARGEST}")
    return None if limit is None else min(limit, LARGEST)


def days(edtf: str | None) -> tuple[str, str]:
    """The first and last day (ISO) that a date may mean; two empty strings where its year is unknown."""
    found = when(edtf)
    return ("", "") if found is None or found.yearless else (found.first.isoformat(), found.last.isoformat())


def day(edtf: str | None, name: str) -> tuple[str, str]:
    """`days` of a bound that someone gave. Raises BadQuestion where it is no date with a year."""
    found = days(edtf)
    if not found[0]:
        raise BadQuestion(f"{name} {edtf!r} is no date; give YYYY, YYYY-MM or YYYY-MM-DD")
    return found


def paged(
    rows: list[Row], key: Callable[[Row], tuple[Any, ...]], cursor: str | None, limit: int | None, looked_at: LooksAt,
    *, descending: bool = True,
) -> Page:  # fmt: skip
    """One page of these rows, sorted by a key of strings and numbers that no two of them share."""
    ordered = sorted(rows, key=key, reverse=descending)
    start = 0
    if cursor is not None:
        after = key_of(cursor, [type(part) for part in key(ordered[0])] if ordered else [str, str])
        start = sum(1 for row in ordered if (key(row) >= after if descending else key(row) <= after))
    count = size(limit) or len(ordered)
    shown = ordered[start : start + count]
    more = start + count < len(ordered)
    return Page(shown, cursor_of(key(shown[-1])) if shown and more else None, len(ordered), looked_at)

"""Stories (copies and rewrites of one text) and conflicts (one thing told differently)."""

from __future__ import annotations

from servanda.answers.pages import Page, paged
from servanda.answers.view import view
from servanda.store import Register


def stories(register: Register, *, source: str | None = None, cursor: str | None = None,
            limit: int | None = 50) -> Page:  # fmt: skip
    """Groups of documents made from one text: `original, reason, copies, sources` (the original first)."""
    known = view(register)
    rows = [row for row in known.stories if source is None or source in row["sources"]]
    return paged(rows, lambda row: (row["original"],), cursor, limit, known.looked_at, descending=False)


def conflicts(register: Register, *, source: str | None = None, property: str | None = None,
              cursor: str | None = None, limit: int | None = 50) -> Page:  # fmt: skip
    """Where documents disagree: `subject, property, values [{value, source, start, end, quote}], preferred, reason`."""
    known = view(register)
    rows = [{**row, "place": n} for n, row in enumerate(known.conflicts)]
    rows = [r for r in rows if property in (None, r["property"])
            and (source is None or source in {v["source"] for v in r["values"]})]  # fmt: skip
    page = paged(rows, lambda row: (row["place"],), cursor, limit, known.looked_at, descending=False)
    for row in page.rows:
        del row["place"]
    return page

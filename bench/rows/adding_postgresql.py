"""Adding one document to a large register on PostgreSQL, against adding it to a small one."""

from __future__ import annotations

from rows import Row
from rows.adding_sqlite import row


def measure(smoke: bool) -> Row:
    """Of the same documents added to both in turns, on a server run from the folder of grown registers."""
    return row("postgresql", smoke)

"""Facts that may do harm if they are wrong: kept in the order in which people are asked of them."""

from __future__ import annotations

from collections.abc import Collection

from servanda.answers.assembly.work import Work
from servanda.keep.reviewing import FACTS, harm
from servanda.store.bulk import delete_where, insert_rows
from servanda.store.derived import doubts

LEAST = 1.0  # harm; of less, people are asked only where there is little else to ask


def doubt(work: Work, numbers: Collection[int]) -> None:
    """Note what of these documents is likely enough to do harm."""
    delete_where(work.connection, doubts, "document", sorted(numbers))
    told = [(document.number, place, record.key, harm(record)) for document in work.documents(numbers)
            for place, record in document.records.items() if record.kind in FACTS]  # fmt: skip
    insert_rows(work.connection, doubts, ("document", "place", "key", "harm"), [row for row in told if row[3] >= LEAST])

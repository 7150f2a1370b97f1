"""When the register first and last learnt of something: by the documents that tell it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from servanda.answers.asking import Question
from servanda.store.derived import entry_keys
from servanda.store.tables import documents, runs

STEP = 400
K, D, R = entry_keys.c, documents.c, runs.c


def seen(question: Question, sort: str, ids: Sequence[str]) -> dict[str, tuple[str, str, int]]:
    """For each id of a sort, when (UTC, ISO 8601) the first and the latest document that tells it came in, and the
    number of the latest."""
    found: dict[str, tuple[str, str, int]] = {}
    for at in range(0, len(ids), STEP):
        told = select(K.id, func.min(R.at), func.max(R.at), func.max(D.number)).join_from(
            entry_keys, documents, D.number == K.document
        )
        told = told.join(runs, R.id == D.first_run).where(K.sort == sort, K.id.in_(ids[at : at + STEP]))
        found |= {row[0]: (row[1], row[2], row[3]) for row in question.rows(told.group_by(K.id))}
    return found


def arrived(question: Question, since: str) -> dict[str, str]:
    """The current documents that came in since a time (ISO), by source, and when."""
    told = select(D.source, R.at).join(runs, R.id == D.first_run).where(D.status == "current", R.at >= since)
    return {row.source: row.at for row in question.rows(told.order_by(D.number))}

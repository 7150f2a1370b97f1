"""What changed since a day: what became known, which undertakings moved, what documents now contradict or lost."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from servanda import answers
from servanda.alerts.seen import arrived, seen
from servanda.answers import Row
from servanda.answers.asking import asking
from servanda.answers.pages import day
from servanda.store import Register
from servanda.store.tables import documents, judgements

D, J = documents.c, judgements.c


def changes(register: Register, since: str, *, actor: str | None = None, topic: str | None = None) -> Row:
    """`documents` (sources that came in), `engagements` and `undertakings` first told by them, `outcomes` (undertakings
    with evidence in them), `told_again`, `conflicts` with a value of theirs, `withdrawn` documents, `decisions` of
    people, and `looked_at`. Raises BadQuestion where `since` is no date."""
    first = day(since, "since")[0]
    with asking(register) as question:
        new = arrived(question, first)
        looked_at, gone, decided = question.looked_at, _withdrawn(question, first), _decided(question, first)
    narrowed: dict[str, Any] = {"actor": actor, "topic": topic, "limit": None}
    met = answers.engagements(register, **narrowed).rows
    promised = answers.undertakings(register, **narrowed).rows
    with asking(register) as question:
        times = seen(question, "engagement", [row["id"] for row in met])
        times |= seen(question, "undertaking", [row["id"] for row in promised])
    fresh = [row for row in promised if times.get(row["id"], ("",))[0] >= first]
    return {
        "since": first, "documents": list(new),
        "engagements": [row for row in met if times.get(row["id"], ("",))[0] >= first],
        "undertakings": fresh,
        "outcomes": [row for row in promised if _rests_on(new, row["evidence"])],
        "told_again": [row for row in promised if row not in fresh and _rests_on(new, row["told_again"])],
        "conflicts": [row for row in answers.conflicts(register, limit=None).rows if _rests_on(new, row["values"])],
        "withdrawn": gone, "decisions": decided,
        "looked_at": {"documents": looked_at[0], "newest": looked_at[1]},
    }  # fmt: skip


def _rests_on(new: dict[str, str], told: list[Row]) -> bool:
    return any(it["source"] in new for it in told)


def _withdrawn(question: Any, first: str) -> list[Row]:
    query = select(D.source, D.status, D.status_reason).where(D.status == "withdrawn", D.status_reason >= first)
    return [dict(row._mapping) for row in question.rows(query.order_by(D.number))]


def _decided(question: Any, first: str) -> list[Row]:
    query = select(J.id, J.kind, J.subject, J.value, J.reason, J.by, J.at, J.undone_at).where(
        (J.at >= first) | (J.undone_at >= first)
    )
    return [dict(row._mapping) for row in question.rows(query.order_by(J.id))]

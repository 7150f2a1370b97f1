"""What there is to look at first: what is new, due, overdue, and waiting for a person."""

from __future__ import annotations

import orjson
from sqlalchemy import select

from servanda.answers.asking import E, Listing, Question, asking, counted
from servanda.answers.assembly import ALL
from servanda.answers.doubtful import waiting
from servanda.answers.pages import Row, day
from servanda.answers.undertakings import MEANT, WAITING, as_of, has_status, passes
from servanda.keep.when import later
from servanda.store import Register, set_asides
from servanda.store.derived import actor_counts
from servanda.store.tables import documents, runs

SHOWN, AHEAD, MOST = 12, 90, 300  # rows of each list; days; what is overdue or waits is counted so far
AWAITED = (*WAITING, "postponed", "partly_kept")
LISTED = ("engagement", "undertaking", "act", "position", "contribution", "agreement", "story", "conflict")
C, D = actor_counts.c, documents.c


def home(register: Register, since: str | None = None) -> Row:
    """`counts` of what is told by sort, `looked_at`, `new` (documents first seen on the day `since` or later, else the
    last ones), `latest` (engagements held), `due` (within 90 days of the newest document, the earliest first),
    `overdue` (the latest first) and `overdue_total`, `review` (of how many pairs,
    of engagements and of people, it is asked whether they are one),
    `conflicts` and `set_aside` (how many)."""
    first = since and day(since, "since")[0]
    with asking(register) as question:
        held = question.rows(select(C.sort, C.count).where(C.actor == ALL))
        counts = dict.fromkeys(LISTED, 0) | {row.sort: int(row.count) for row in held if row.sort in LISTED}
        overdue = Listing("undertaking", grades=MEANT, standings=has_status(question, "overdue"))
        told = select(E.row).where(E.sort == "engagement", E.status == "held", E.first_day <= (question.now or "9"))
        told = told.order_by(E.first_day.desc(), E.id.desc())
        return {
            "counts": {"document": question.looked_at[0], **counts},
            "looked_at": {"documents": question.looked_at[0], "newest": question.looked_at[1]},
            "new": _new(question, first),
            "latest": [orjson.loads(row[0]) for row in question.rows(told.limit(SHOWN))],
            "due": _due(question),
            "overdue": _overdue(question),
            "overdue_total": counted(question, overdue, MOST),
            "review": waiting(question), "conflicts": counts["conflict"],
            "set_aside": len(set_asides(register)),
        }  # fmt: skip


def _overdue(question: Question) -> list[Row]:
    """The latest overdue first; each status by itself, as the index has them."""
    found: list[tuple[str, str, str]] = []
    for status in ("overdue", *WAITING):
        passed = [] if status == "overdue" else [E.last_day > "", E.last_day < (question.now or "")]
        chosen = select(E.last_day, E.id, E.row).where(E.sort == "undertaking", E.status == status, *passed)
        chosen = chosen.where(E.grade != "exhortation").order_by(E.last_day.desc()).limit(SHOWN)
        found += [tuple(row) for row in question.rows(chosen)] if status == "overdue" or passes(question) else []
    rows = sorted(found, key=lambda it: (it[0], it[1]), reverse=True)[:SHOWN]
    return [as_of(orjson.loads(row), question) for _, _, row in rows]


def _listed(question: Question, query: object) -> list[Row]:
    return [as_of(orjson.loads(row[0]), question) for row in question.rows(query)]


def _new(question: Question, since: str | None) -> list[Row]:
    columns = (D.source, D.title, D.published, D.publisher, runs.c.at.label("first_seen"))
    query = select(*columns).join(runs, runs.c.id == D.first_run).where(D.status == "current")
    query = query.where(runs.c.at >= since) if since else query
    return [dict(row._mapping) for row in question.rows(query.order_by(D.number.desc()).limit(SHOWN))]


def _due(question: Question) -> list[Row]:
    """What is awaited, due from the day of the newest document on."""
    if not question.now:
        return []
    soon = (E.last_day >= question.now) & (E.last_day <= later(question.now, AHEAD))
    due = select(E.row).where(E.sort == "undertaking", E.status.in_(AWAITED), soon, E.grade != "exhortation")
    return _listed(question, due.order_by(E.last_day, E.id).limit(SHOWN))

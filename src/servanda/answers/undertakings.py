"""Undertakings: listed, chosen and shown with their history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_

from servanda.answers.asking import (
    GRADES,
    L,
    Listing,
    Question,
    Standing,
    asking,
    counted,
    entry,
    listed,
    near_ids,
    with_decisions,
)
from servanda.answers.pages import Page, Row, day, days
from servanda.store import Register

SORT = "undertaking"
WAITING = ("open", "accepted")  # what becomes overdue when its day passes
MEANT = tuple(it for it in GRADES if it != "exhortation")  # grades that are listed unless others are asked for


def undertakings(
    register: Register,
    *,
    actor: str | None = None,
    by: str | None = None,
    to: str | None = None,
    kind: str | None = None,
    status: str | None = None,
    topic: str | None = None,
    grade: str | None = None,
    since: str | None = None,
    due_until: str | None = None,
    exhortations: bool = False,
    cursor: str | None = None,
    limit: int | None = 50,
) -> Page:
    """Undertakings, the latest due first: the contract's `id, kind, by, to, what, topic, grade, due, status, made,
    told_again, evidence, engagement, asserted_by, history`, and `by_actors, to_actors [{actor, name}], published`.

    `actor` (on either side), `by`, `to`: an id, a name or a code. `since`: due or made then or later. With `due_until`
    the earliest due comes first. Exhortations are left out unless asked for, and counted as the page's `hidden`.
    """
    first, last = since and day(since, "since")[0], due_until and day(due_until, "due_until")[1]
    with asking(register) as question:

        def of() -> Listing:
            listing = Listing(SORT, ascending=bool(due_until)).equal(kind=kind, grade=grade)
            for facet, name in (("actor", actor), ("by", by), ("to", to)):
                listing.linked(facet, question.known_as(name) if name else None)
            listing.linked("topic", [topic] if topic else None)
            listing.where += [or_(L.last_day >= first, L.told_day >= first)] if first else []
            listing.where += [(L.first_day > "") & (L.first_day <= last)] if last else []
            listing.standings = has_status(question, status) if status else None
            return listing

        shown, hidden = of(), 0
        if not exhortations and grade is None:
            shown.grades = MEANT
            hidden = counted(question, of().equal(grade="exhortation"))
        page = listed(question, shown, cursor, limit)
        page.rows, page.hidden = [as_of(row, question) for row in page.rows], hidden
        return page


def passes(question: Question) -> bool:
    """Whether due dates pass: with the newest document, where its day is known."""
    return question.now is not None


def has_status(question: Question, status: str) -> list[Standing]:
    """By what an undertaking of this status is chosen."""
    if not passes(question):
        return [((status,), [])]
    passed: Any = (L.first_day > "") & (L.last_day < question.now)
    if status == "overdue":
        return [(("overdue",), []), (WAITING, [passed])]
    return [((status,), [~passed] if status in WAITING else [])]


def as_of(row: Row, question: Question) -> Row:
    """An undertaking as it stands now: overdue where its day passed without evidence."""
    last = days(row["due"])[1]
    if row["status"] in WAITING and last and passes(question) and last < (question.now or ""):
        count, newest = question.looked_at
        told = f"due passed, no evidence in {count} documents, the newest of {newest or question.now}"
        return {**row, "status": "overdue", "history": [*row["history"], told]}
    return row


def undertaking(register: Register, id: str) -> Row:
    """One undertaking by its id or that of any fact that tells it, with the `engagement_row` it is about (or None).

    Raises NotFound.
    """
    with asking(register) as question:
        row = entry(question, SORT, id)
        if row is None:
            raise question.missing("undertaking", id, near_ids(question, SORT, id))
        with_decisions(question, SORT, [row])
        about = entry(question, "engagement", row["engagement"]) if row["engagement"] else None
        return {**as_of(row, question), "engagement_row": about}

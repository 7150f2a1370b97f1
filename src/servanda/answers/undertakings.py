"""Undertakings: listed, chosen and shown with their history."""

from __future__ import annotations

from servanda.answers.engagements import among, newest
from servanda.answers.pages import Page, Row, paged
from servanda.answers.view import day, days, view
from servanda.store import Register


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
    told_again, evidence, engagement, asserted_by, history`, and `by_actors, to_actors [{actor, name}]`.

    `actor` (on either side), `by`, `to`: an id, a name or a code. `since`: due or made then or later. With `due_until`
    the earliest due comes first. Exhortations are left out unless asked for, and counted as the page's `hidden`.
    """
    known = view(register)
    rows = among(known, known.undertakings, actor)
    for side, name in (("by_actors", by), ("to_actors", to)):
        ids = known.known_as(name) if name else set()
        rows = [r for r in rows if not name or ids & {it["actor"] for it in r[side]}]
    rows = [r for r in rows if kind in (None, r["kind"]) and status in (None, r["status"])]
    rows = [r for r in rows if grade in (None, r["grade"]) and (topic is None or topic in r["topic"])]
    if since:
        first = day(since, "since")[0]
        rows = [r for r in rows if max(days(r["due"])[1], days(known.by_source[r["made"]["source"]].published)[1])
                >= first]  # fmt: skip
    if due_until:
        last = day(due_until, "due_until")[1]
        rows = [r for r in rows if "" < days(r["due"])[0] <= last]
    shown = [r for r in rows if exhortations or grade == "exhortation" or r["grade"] != "exhortation"]
    page = paged(shown, newest, cursor, limit, known.looked_at, descending=not due_until)
    page.hidden = len(rows) - len(shown)
    return page


def undertaking(register: Register, id: str) -> Row:
    """One undertaking by its id or that of any fact that tells it, with the `engagement_row` it is about (or None).

    Raises NotFound.
    """
    known = view(register)
    row = next((r for r in known.undertakings if r["id"] == id), None)
    if row is None:
        raise known.missing("undertaking", id, (r["id"] for r in known.undertakings))
    about = next((e for e in known.engagements if e["id"] == row["engagement"]), None)
    return {**row, "engagement_row": about}

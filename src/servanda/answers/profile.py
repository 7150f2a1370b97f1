"""Everything the register says of one actor, whole: for a terminal, a brief or an export."""

from __future__ import annotations

import orjson
from sqlalchemy import select

from servanda.answers.actors import actor
from servanda.answers.asking import E, L, asking
from servanda.answers.documents import documents
from servanda.answers.engagements import engagements
from servanda.answers.facts import acts, agreements, contributions, positions
from servanda.answers.pages import Row, day
from servanda.store import Register
from servanda.store.derived import entries, entry_links

FACTS = ("engagements", "acts_given", "acts_received", "positions", "contributions", "agreements", "quarantined")
EARLIEST = "1000"  # a year before all others


def profile(
    register: Register, name: str, *, with_: str | None = None, topic: str | None = None, since: str | None = None
) -> Row:
    """One actor by id, name or code: `answers.actor`, with `documents` as sources, and, the newest first and each
    cited, `engagements, acts_given, acts_received, positions, contributions, agreements, quarantined`.

    Facts may be narrowed to those that `with_` has part in too, on a topic, and dated `since` or later. Raises
    NotFound with near matches.
    """
    found = actor(register, name)
    id = found["id"]
    other = _id(register, with_)
    how = {"topic": topic, "since": since, "limit": None}
    plain = {"since": since, "limit": None}
    return {
        **found,
        "documents": [row["source"] for row in documents(register, actor=id, limit=None).rows][::-1],
        "engagements": engagements(register, actor=id, with_=other, **how).rows,  # type: ignore[arg-type]
        "acts_given": acts(register, speaker=id, actor=other, **how).rows,  # type: ignore[arg-type]
        "acts_received": acts(register, addressee=id, actor=other, **how).rows,  # type: ignore[arg-type]
        "positions": [] if other else positions(register, actor=id, **how).rows,  # type: ignore[arg-type]
        "contributions": [] if topic else contributions(register, actor=id, with_=other, **plain).rows,  # type: ignore[arg-type]
        "agreements": agreements(register, actor=id, with_=other, **how).rows,  # type: ignore[arg-type]
        "quarantined": [] if topic or other else grafted(register, id, since),
    }


def undated(register: Register, name: str, *, with_: str | None = None, topic: str | None = None) -> int:
    """How many facts of a profile have no date, as neither they nor their pages tell one: `since` leaves them out."""
    every, dated = (profile(register, name, with_=with_, topic=topic, since=since) for since in (None, EARLIEST))
    return sum(len(every[section]) - len(dated[section]) for section in FACTS)


def _id(register: Register, name: str | None) -> str | None:
    """The id of an actor; a name that nobody has finds nothing rather than all."""
    if name is None:
        return None
    with asking(register) as question:
        return (question.known_as(name) or [name])[0]


def grafted(register: Register, id: str, since: str | None = None) -> list[Row]:
    """What passages grafted from other articles tell of an actor, apart from everything else."""
    first = day(since, "since")[0] if since else ""
    with asking(register) as question:
        joined = entry_links.join(entries, (L.sort == E.sort) & (L.id == E.id))
        query = select(E.row).select_from(joined).where(L.facet == "grafted", L.value == id, E.last_day >= first)
        return [orjson.loads(row[0]) for row in question.rows(query.order_by(E.first_day.desc(), E.id))]

"""Why an undertaking has its status: every fact that was weighed as its outcome, feature by feature."""

from __future__ import annotations

from sqlalchemy import select

from servanda.answers.asking import Question, asking, entry, near_ids
from servanda.answers.pages import Row
from servanda.answers.rows import KINDS, cited
from servanda.keep.follow import weighed
from servanda.keep.resolve import resolve
from servanda.keep.telling import tellings
from servanda.store import Register, decided, filed
from servanda.store.derived import entry_keys, entry_links

NEAREST = 60  # documents of those concerned that are looked at, the nearest in time first
SHOWN = 8
L, K = entry_links.c, entry_keys.c


def outcome(register: Register, id: str) -> Row:
    """`undertaking` (as listed), `weighed [{source, start, end, quote, score, least, status, says, parts}]` (the
    likeliest first; `parts`: name, value and share of the sum of each feature) and `documents`: over how many that name
    either side this was looked up. Raises NotFound."""
    with asking(register) as question:
        row = entry(question, "undertaking", id)
        if row is None:
            raise question.missing("undertaking", id, near_ids(question, "undertaking", id))
        numbers = _concerned(question, row)
    documents = list(filed(register, KINDS, without=("mention",), numbers=numbers))
    engagements = resolve(tellings(documents), decided(register)).engagements
    found = weighed(row["id"], documents, engagements)[:SHOWN]
    told = [{**cited(it.passage), "score": it.score, "least": it.least, "status": it.status, "says": it.says,
             "parts": [list(part) for part in it.parts]} for it in found]  # fmt: skip
    return {"undertaking": row, "weighed": told, "documents": len(documents)}


def _concerned(question: Question, row: Row) -> list[int]:
    """The documents that tell it, and those that tell anything of its sides, the nearest in time."""
    own = {n for (n,) in question.rows(select(K.document).where(K.sort == "undertaking", K.id == row["id"]))}
    sides = sorted({it["actor"] for name in ("by_actors", "to_actors") for it in row[name] if it["actor"]})
    day = row["due"] or row.get("published") or ""
    told = select(L.sort, L.id, L.first_day).where(L.facet == "actor", L.value.in_(sides))
    for order in (told.where(L.first_day >= day).order_by(L.first_day), told.where(L.first_day < day).order_by(
            L.first_day.desc())):  # fmt: skip
        for sort, id, _ in question.rows(order.limit(NEAREST)):
            if len(own) >= NEAREST:
                break
            own |= {n for (n,) in question.rows(select(K.document).where(K.sort == sort, K.id == id))}
    return sorted(own)

"""What was told of an actor and is out of the answers: in documents withdrawn, or replaced by a text without them."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.answers.pages import Row
from servanda.keep.reviewing import FACTS
from servanda.records import Filed
from servanda.store import Register, filed, named
from servanda.store.judging import holding


def outdated(register: Register, names: Iterable[str]) -> list[Row]:
    """`source, status, reason, facts` (how many that name them) of each such document, the oldest first.

    A document replaced by a newer text that still names them is left out: what that says of them is in the answers.
    """
    places: dict[int, set[int]] = {}
    for name in names:
        for number, own in named(register, name).items():
            places.setdefault(number, set()).update(own)
    told = [it for it in filed(register, FACTS, status=None, numbers=places) if it.status != "current"]
    still = holding(register, (), {it.source for it in told}) & set(places)
    present = {it.source for it in filed(register, numbers=still)}
    gone = [it for it in told if it.status == "withdrawn" or it.source not in present]
    return [{"source": it.source, "status": it.status, "reason": it.status_reason,
             "facts": _facts(it, places[it.number])} for it in gone]  # fmt: skip


def _facts(document: Filed, own: set[int]) -> int:
    records = (it for it in document.records.values() if not it.passage)
    return sum(any(s.about in own for s in record.statements) for record in records)

"""Why an undertaking has its status: every fact that was weighed as its outcome, feature by feature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import select

from servanda.answers.asking import Question, asking, entry, near_ids
from servanda.answers.assembly.shelves import nearest
from servanda.answers.assembly.work import Work
from servanda.answers.pages import Row
from servanda.answers.rows import KINDS, cited
from servanda.answers.undertakings import as_of
from servanda.keep.follow import weighed
from servanda.keep.resolve import resolve
from servanda.keep.telling import tellings
from servanda.store import Register, decided, filed
from servanda.store.derived import entry_keys, sought
from servanda.store.tables import documents

BESIDE = 8  # where many are kept: those that stand next under most of the keys that it looks under
TOLD = 8  # documents that tell it, the earliest, whose words are weighed
SHOWN = 8
K, S = entry_keys.c, sought.c


def outcome(register: Register, id: str) -> Row:
    """`undertaking` (as listed), `weighed [{source, start, end, quote, score, least, status, says, parts}]` (the
    likeliest first; `parts`: name, value and share of the sum of each feature) and `documents`: how many tell it or
    what it met, over which this was weighed. Raises NotFound."""
    with asking(register) as question:
        row = entry(question, "undertaking", id)
        if row is None:
            raise question.missing("undertaking", id, near_ids(question, "undertaking", id))
        row = as_of(row, question)
        numbers = _beside(question, row)
        texts = Work(register, question.connection).texts(numbers)
    told_in = list(filed(register, KINDS, without=("mention",), numbers=numbers))
    engagements = resolve(tellings(told_in), decided(register)).engagements
    found = weighed(row["id"], told_in, engagements, texts)[:SHOWN]
    told = [{**cited(it.passage), "score": it.score, "least": it.least, "status": it.status, "says": it.says,
             "parts": [list(part) for part in it.parts]} for it in found]  # fmt: skip
    return {"undertaking": row, "weighed": told, "documents": len(told_in)}


def _beside(question: Question, row: Row) -> list[int]:
    """The documents that first tell it, those of its evidence, and those with what it met when its outcome was looked
    for."""
    first = list(dict.fromkeys(it["source"] for it in (row["made"], *row["told_again"])))[:TOLD]
    own = _of(question, first)
    told = {(n, key) for n, key in question.rows(
        select(K.document, K.key).where(K.sort == "undertaking", K.id == row["id"])) if n in own}  # fmt: skip
    looked = question.rows(select(S.key, S.day, S.document, S.item).where(S.document.in_(sorted(own))))
    wanted = {(key, day, False) for key, day, document, item in looked if (document, item) in told}
    found = nearest(Work(question.register, question.connection), wanted)
    shared = Counter(number for ids in found.values() for number in {number for number, _ in ids})
    own |= _of(question, {it["source"] for it in row["evidence"]})
    return sorted({*own, *sorted(shared, key=lambda number: (-shared[number], number))[:BESIDE]})


def _of(question: Question, sources: Collection[str]) -> set[int]:
    d = documents.c
    query = select(d.number).where(d.source.in_(sorted(sources)), d.status == "current")
    return {number for (number,) in question.rows(query)} if sources else set()

"""The questions of a register. Few documents are weighed all together; of many, those most likely to do harm.

Of a large register the facts of the least confidence for what they cost are taken from the database, and judged beside
what was put together of the rest; whether a fact may be an outcome is asked only where everything is weighed together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, case, select

from servanda.answers.asking import Question, asking
from servanda.answers.doubtful import doubtful
from servanda.answers.rows import KINDS, ranks
from servanda.keep import reviewing
from servanda.keep.conflicts import conflicts
from servanda.keep.follow import Undertaking, Weighed, ledger
from servanda.keep.follow import doubted as nearly_outcomes
from servanda.keep.judged import Judged, decision
from servanda.keep.promises import facts
from servanda.keep.resolve import Resolution, resolve
from servanda.keep.reviewing import FACTS, Entry, Place, Promised
from servanda.keep.telling import tellings
from servanda.records import Filed, Judgement
from servanda.store import Register, decided, filed, text_of
from servanda.store.derived import doubts, entries, entry_keys
from servanda.store.judging import holding
from servanda.store.tables import documents, records, statements

FEW = 300  # documents that are weighed all together
MOST = 1500  # facts taken of a large register
STEP = 400  # keys asked for at a time
READ = (*KINDS, "agreement", "position")


@dataclass(slots=True, frozen=True)
class Told:
    """What a question on an undertaking needs to know of it."""

    id: str
    grade: str


def questions(register: Register, count: int) -> list[Entry]:
    """Every question of the register, whatever was decided before; `count`: of how many current documents."""
    return _together(register) if count <= FEW else _worst(register)


def unsettled(register: Register, judgements: Collection[Judgement]) -> list[Entry]:
    """Questions on decisions whose records were read anew."""
    sources = {told["source"] for it in judgements if not it.undone_at for told in decision(it).told}
    numbers = holding(register, (), sources)
    return list(reviewing.unsettled(judgements, list(filed(register, READ, without=("mention",), numbers=numbers))))


def _together(register: Register) -> list[Entry]:
    judged = Judged(decided(register))
    found = [judged.document(it) for it in filed(register, READ)]
    texts = {d.number: text_of(register, d.number) for d in found}
    resolution = resolve(tellings(found), judged.pairs())
    promised = judged.outcomes(ledger(found, resolution.engagements, texts=texts), {d.source for d in found})
    with asking(register) as question:
        pairs = _pairs(question)
    return [*_facts(found, resolution, promised), *pairs, *_outcomes(found, resolution, promised, texts)]


def _pairs(question: Question) -> list[Entry]:
    """Whether two engagements are one, or two people."""
    told = (("merge", "engagement"), ("people", "person"))
    return [reviewing.pair(about, it.first[1], it.second[1], it.score, it.between)
            for about, sort in told for it in doubtful(question, sort)]  # fmt: skip


def _facts(found: list[Filed], resolution: Resolution, promised: list[Undertaking]) -> Iterator[Entry]:
    engagements = {t.key: e.id for e in resolution.engagements for t in e.tellings}
    disputed = reviewing.disputed(conflicts(found, resolution.engagements, facts(found), ranks=ranks()))
    undertaken = reviewing.undertaken(promised)
    for document in found:
        yield from reviewing.facts(document, disputed=disputed, undertaken=undertaken, engagements=engagements)


def _outcomes(
    found: list[Filed], resolution: Resolution, promised: list[Undertaking], texts: Mapping[int, str]
) -> Iterator[Entry]:
    keys = {(d.source, r.start, r.end): r.key for d in found for r in d.records.values() if r.kind in FACTS}
    awaited = [u for u in promised if u.status in ("open", "accepted", "overdue", "postponed")]
    nearly = nearly_outcomes(found, resolution.engagements, texts)
    each = ((u, it) for u in awaited for it in nearly.get(u.id, ()))
    yield from reviewing.outcomes((u, it, key) for u, it in each if (key := _key(keys, it)))


def _key(keys: dict[Place, str], weighed: Weighed) -> str | None:
    p = weighed.passage
    return keys.get((p.source, p.start, p.end))


def _worst(register: Register) -> list[Entry]:
    with asking(register) as question:
        connection = question.connection
        chosen = _least_sure(connection)
        numbers = {number for number, _ in chosen}
        promised, engagements = _promised(connection, numbers), _engagements(connection, numbers)
        pairs = _pairs(question)
    judged, wanted = Judged(decided(register)), {key for _, key in chosen}
    found: list[Entry] = []
    for document in filed(register, READ, without=("mention",), numbers=numbers):
        made = reviewing.facts(judged.document(document), undertaken=promised, engagements=engagements)
        found += [entry for entry in made if wanted & set(entry.keys)]
    return [*found, *pairs]


def _least_sure(connection: Connection) -> list[tuple[int, str]]:
    """The facts of current documents, as (document, key), that are the likeliest to do harm, by confidence and cost."""
    c, d = doubts.c, documents.c
    kept = select(c.document, c.key).join(documents, d.number == c.document).where(d.status == "current")
    kept = kept.order_by(c.harm.desc(), c.document, c.place).limit(MOST)
    found = [(row[0], row[1]) for row in connection.execute(kept)]
    return found if len(found) == MOST else _all_by_harm(connection)


def _all_by_harm(connection: Connection) -> list[tuple[int, str]]:
    """The same of all facts, for a register in which few are likely to do harm."""
    r, s, d = records.c, statements.c, documents.c
    costs = case(*((r.kind == kind, reviewing.cost(kind)) for kind in FACTS), else_=0.0)
    sure = case((r.passage > 0, 1.0 - reviewing.rules().doubts["quarantined"]), else_=1.0) * s.confidence
    harm = (1.0 - sure) * costs
    first = (s.document == r.document) & (s.record == r.place) & (s.place == 0)
    query = select(r.document, r.key).join(statements, first).join(documents, d.number == r.document)
    query = query.where(r.kind.in_(FACTS), d.status == "current").order_by(harm.desc(), r.document, r.place)
    return [(row[0], row[1]) for row in connection.execute(query.limit(MOST))]


def _promised(connection: Connection, numbers: Collection[int]) -> dict[Place, Promised]:
    """Undertakings by the places of the words that make or tell them, of these documents."""
    k, e, found = entry_keys.c, entries.c, dict[Place, Promised]()
    for chunk in _chunks(numbers):
        own = select(k.id).where(k.sort == "undertaking", k.document.in_(chunk))
        for (row,) in connection.execute(select(e.row).where(e.sort == "undertaking", e.id.in_(own))):
            told = orjson.loads(row)
            for it in (told["made"], *told["told_again"]):
                found[it["source"], it["start"], it["end"]] = Told(told["id"], told["grade"])
    return found


def _engagements(connection: Connection, numbers: Collection[int]) -> dict[str, str]:
    """The engagement's id for the key of each telling in these documents."""
    k, found = entry_keys.c, dict[str, str]()
    for chunk in _chunks(numbers):
        query = select(k.key, k.id).where(k.sort == "engagement", k.document.in_(chunk))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    chosen = sorted(set(values))
    for at in range(0, len(chosen), STEP):
        yield chosen[at : at + STEP]

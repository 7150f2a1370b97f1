"""What decisions bear on, put together anew, and nothing else: texts and readings stand as they were.

A document as it was judged before is set beside the same as it is judged now. What tells the same in both is left as it
is; so confirming a fact writes that fact, uniting two engagements resolves these, and a person who is another now is
named so where entries name him.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import select

from servanda.answers.assembly import portions
from servanda.answers.assembly.around import undertakings
from servanda.answers.assembly.differing import conflicts_around
from servanda.answers.assembly.engaged import SORT, Changed, grafted, reunited
from servanda.answers.assembly.entries import keys_of, told_in
from servanda.answers.assembly.people import people, refiled
from servanda.answers.assembly.promised import SORT as UNDERTAKING
from servanda.answers.assembly.relabelling import relabel
from servanda.answers.assembly.work import KINDS, Id, Work
from servanda.keep.facts import Fact, facts
from servanda.keep.joining import Said
from servanda.keep.judged import PAIRS, Decision, Judged
from servanda.keep.telling import Telling, tellings
from servanda.records import Filed, Record
from servanda.store import filed
from servanda.store.bulk import chunks
from servanda.store.derived import entries, entry_keys

BESIDE = 200  # code points from a telling's words to what else of its document says how it is meant


@dataclass(slots=True)
class Decided:
    """Decisions that came into force, or no longer are, and the documents on which they bear; all `before` them."""

    made: list[Decision]
    before: Judged
    numbers: set[int]


@dataclass(slots=True)
class _Altered:
    """What documents tell otherwise than before: tellings that went and came, facts by what they are known by."""

    numbers: list[int] = field(default_factory=list)
    gone: set[Id] = field(default_factory=set)
    fresh: dict[Id, Telling] = field(default_factory=dict)
    items: set[Id] = field(default_factory=set)


def decided(work: Work, it: Decided) -> None:
    """Bring up to date what these decisions bear on."""
    was = {raw.number: it.before.document(raw) for raw in
           filed(work.register, KINDS, without=("mention",), numbers=sorted(it.numbers))}  # fmt: skip
    now = {document.number: document for document in work.documents(it.numbers)}
    moved = _who(work, it)
    portions.own(work, [number for number in was if was[number].records != now[number].records])
    altered = _altered(work, was, now)
    paired = _holding(work, {key for made in it.made if made.judgement.kind in PAIRS for pair in made.pairs()
                             for key in (*pair, *map(work.judged.now, pair))})  # fmt: skip
    changed = _engagements(work, altered, paired)
    undertakings(work, altered.numbers, changed, only=altered.items, more=_statuses(work, it))
    if altered.numbers or changed:
        conflicts_around(work, altered.numbers, changed)
    relabel(work, moved | it.numbers)


def _who(work: Work, it: Decided) -> set[int]:
    """Bring the actors of these documents up to date, and of all that mention one who is another now; these."""
    said = Said(work.judged.pairs())
    moved = people(work, sorted(it.numbers))
    left = moved - it.numbers
    while left:
        more = refiled(work, sorted(left), said) - moved
        moved, left = moved | more, more - it.numbers
    return moved


def _altered(work: Work, was: Mapping[int, Filed], now: Mapping[int, Filed]) -> _Altered:
    found = _Altered()
    for number in sorted(was):
        if _plain(was[number]) != _plain(now[number]):
            found.numbers.append(number)
            _differing(found, was[number], now[number])
    return found


def _plain(document: Filed) -> dict[int, Record]:
    """Its records, however sure they are."""
    return {place: replace(record, statements=[replace(s, confidence=0.0, rule="") for s in record.statements])
            for place, record in document.records.items()}  # fmt: skip


def _differing(found: _Altered, was: Filed, now: Filed) -> None:
    before, after = ({t.id: t for t in tellings([document])} for document in (was, now))
    found.gone |= {id for id, telling in before.items() if after.get(id) != telling}
    fresh = {id: telling for id, telling in after.items() if before.get(id) != telling}
    found.fresh |= fresh
    said, says = ({(f.number, f.key): f for f in facts([document])} for document in (was, now))
    items = {id for id in said.keys() | says.keys() if said.get(id) != says.get(id)}
    around = [fact for id in items for fact in (said.get(id), says.get(id)) if fact]
    meant = {t.id for t in after.values() if any(_beside(t, fact) for fact in around)}
    found.items |= items | found.gone | fresh.keys() | meant


def _beside(telling: Telling, fact: Fact) -> bool:
    """The words of a fact may say how a telling is meant."""
    told = telling.passages[0]
    return fact.passage.start < told.end + BESIDE and told.start < fact.passage.end


def _holding(work: Work, keys: Collection[str]) -> set[Id]:
    """The tellings that have these keys."""
    c, found = entry_keys.c, set[Id]()
    for chunk in chunks(sorted(keys)):
        query = select(c.document, c.key).where(c.sort == SORT, c.key.in_(chunk))
        found |= {(row.document, row.key) for row in work.rows(query)}
    return found


def _engagements(work: Work, altered: _Altered, paired: Collection[Id]) -> Changed:
    changed: Changed = {}
    if altered.gone or altered.fresh or paired:
        changed = reunited(work, altered.gone, altered.fresh, paired)
    if altered.numbers:
        grafted(work, altered.numbers)
    return changed


def _statuses(work: Work, it: Decided) -> set[Id]:
    """The facts that tell the undertakings whose status was set, or no longer is."""
    made = [one for one in it.made if one.judgement.kind == "status"]
    subjects = {key for one in made for key in (one.judgement.subject, work.judged.now(one.judgement.subject))}
    places = {(told["source"], told["start"], told["end"]) for one in made for told in one.told}
    ids = {id for _, id in told_in(work, [UNDERTAKING], it.numbers)} if made else set[str]()
    meant = {id for id, row in _rows(work, ids) if id in subjects or places & set(_places(row))}
    return set(chain.from_iterable(keys_of(work, UNDERTAKING, meant).values()))


def _rows(work: Work, ids: Collection[str]) -> Iterable[tuple[str, Any]]:
    e = entries.c
    for chunk in chunks(sorted(ids)):
        for row in work.rows(select(e.id, e.row).where(e.sort == UNDERTAKING, e.id.in_(chunk))):
            yield row.id, orjson.loads(row.row)


def _places(row: Any) -> Iterable[tuple[str, int, int]]:
    return ((it["source"], it["start"], it["end"]) for it in (row["made"], *row["told_again"]))

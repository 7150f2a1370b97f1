"""Undertakings, with what documents show of their outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import orjson
from sqlalchemy import select

from servanda.answers.assembly.entries import Entry, replace_entries, told_in
from servanda.answers.assembly.indexed import Found
from servanda.answers.assembly.told import publisher
from servanda.answers.assembly.work import Id, Work, day_of
from servanda.answers.rows import ledger_row
from servanda.keep.follow import Undertaking, ledger
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage
from servanda.records import Filed
from servanda.store.bulk import chunks
from servanda.store.derived import entry_keys

SORT = "undertaking"
FACTS = ("act", "plan", "contribution", "agreement", "engagement")


def all_undertakings(work: Work, numbers: Collection[int]) -> None:
    """Bring every undertaking up to date, compared with everything that these documents (all there are) tell."""
    documents = work.documents(numbers)
    found = work.judged.outcomes(ledger(documents, all_resolved(work, numbers)), {d.source for d in documents})
    old = {id for _, id in told_in(work, [SORT], numbers)}
    replace_entries(work, SORT, old, entries_of(work, found, documents))


def all_resolved(work: Work, numbers: Collection[int]) -> list[Resolved]:
    """The engagements that these documents tell, as they are put together."""
    told = {t.id: t for t in work.tellings(numbers)}
    held: dict[str, list[Id]] = {}
    c = entry_keys.c
    for chunk in chunks(sorted(numbers)):
        query = select(c.id, c.document, c.key).where(c.sort == "engagement", c.document.in_(chunk))
        for id, document, key in work.connection.execute(query):
            held.setdefault(id, []).append((document, key))
    place = {id: n for n, id in enumerate(told)}
    found = [Resolved(id, [told[it] for it in sorted(ids, key=place.__getitem__)]) for id, ids in held.items()]
    return sorted(found, key=lambda e: place[e.tellings[0].id])


def entries_of(work: Work, found: Iterable[Undertaking], documents: Sequence[Filed]) -> list[Entry]:
    """Each undertaking as it is listed; each id once."""
    at = _Places(work, documents)
    unique = {u.id: u for u in found}
    return [_entry(work, u, at) for u in unique.values()]


class _Places:
    """Which records stand where in documents, and who they name."""

    def __init__(self, work: Work, documents: Sequence[Filed]) -> None:
        self.work = work
        self.documents = {d.source: d for d in documents}
        self.records: dict[tuple[str, int, int], list[Id]] = {}
        for d in documents:
            for r in d.records.values():
                if r.kind in FACTS:
                    for start, end in {(r.start, r.end), *((s.start, s.end) for s in r.all("told"))}:
                        self.records.setdefault((d.source, start, end), []).append((d.number, r.key))

    def keys(self, passages: Iterable[Passage]) -> list[Id]:
        return [id for p in passages for id in self.records.get((p.source, p.start, p.end), ())]

    def actor(self, name: str, passages: Iterable[Passage]) -> str | None:
        """The actor who has this name where the undertaking is told."""
        for source in dict.fromkeys(p.source for p in passages):
            document = self.documents[source]
            known = self.work.actors(document.number)
            for record in document.records.values():
                if record.kind == "actor" and name == (record.value("name") or record.words):
                    return known.get(record.key)
        return None


def _entry(work: Work, u: Undertaking, at: _Places) -> Entry:
    told = [u.made, *u.told_again]
    sides = {side: [{"actor": at.actor(name, told), "name": name} for name in names]
             for side, names in (("by", u.by), ("to", u.to))}  # fmt: skip
    row = {**ledger_row(u), "by_actors": sides["by"], "to_actors": sides["to"]}
    row["published"] = at.documents[u.made.source].published
    links = {(side, it["actor"]) for name, side in (("by", "by"), ("to", "to")) for it in sides[name] if it["actor"]}
    links |= {("actor", actor) for _, actor in links} | {("topic", topic) for topic in u.topics}
    first = at.documents[u.made.source]
    words = " ".join([*u.by, *u.to, u.what])
    found = Found(SORT, u.id, ", ".join(u.by) or u.kind, u.due or first.published, words, kind=u.kind, status=u.status,
                  publisher=publisher(first), document=first.number, start=u.made.start, end=u.made.end,
                  quote=u.what)  # fmt: skip
    return Entry(SORT, u.id, orjson.loads(orjson.dumps(row)), first.number, day_of(first), u.due, kind=u.kind,
                 status=u.status, grade=u.grade, about=u.engagement, links=links,
                 keys=[(first.number, u.id), *at.keys(told)], found=found)  # fmt: skip

"""Everything the register answers, put together once and kept until the register changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from servanda.answers.gathered import Gathered, conflict_row, credited, engagement_row, ledger_row, ranks
from servanda.answers.pages import LooksAt, Row
from servanda.errors import BadQuestion, NotFound
from servanda.keep import assemble
from servanda.keep.conflicts import conflicts
from servanda.keep.duplicates import Text, stories
from servanda.keep.follow import ledger
from servanda.keep.promises import facts
from servanda.keep.resolve import resolve
from servanda.keep.telling import tellings
from servanda.keep.when import when
from servanda.records import Filed, Record
from servanda.store import Register, decided, extent, filed, text_of
from servanda.store.sheets import name_key
from servanda.store.tables import documents, judgements

KINDS = (*assemble.NEEDS, "plan", "date", "noise")
REFERENCES = ("speaker", "addressee", "contributor", "mission")
NEAREST = 5  # near matches named


def days(edtf: str | None) -> tuple[str, str]:
    """The first and last day (ISO) that a date may mean; two empty strings where its year is unknown."""
    found = when(edtf)
    return ("", "") if found is None or found.yearless else (found.first.isoformat(), found.last.isoformat())


def day(edtf: str | None, name: str) -> tuple[str, str]:
    """`days` of a bound that someone gave. Raises BadQuestion where it is no date with a year."""
    found = days(edtf)
    if not found[0]:
        raise BadQuestion(f"{name} {edtf!r} is no date; give YYYY, YYYY-MM or YYYY-MM-DD")
    return found


class View:
    """One state of the register: documents with their records, and all that is told across them."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.looked_at: LooksAt = extent(register)
        self.documents = list(filed(register, KINDS))
        self.by_source = {d.source: d for d in self.documents}

    @cached_property
    def texts(self) -> dict[int, str]:
        return {d.number: text_of(self.register, d.number) for d in self.documents}

    @cached_property
    def gathered(self) -> Gathered:
        return Gathered(self.documents, resolve(tellings(self.documents), decided(self.register)))

    @cached_property
    def engagement_of(self) -> dict[str, str]:
        """The engagement's id for the key of each of its tellings."""
        return {t.key: e.id for e in self.gathered.resolution.engagements for t in e.tellings}

    @cached_property
    def engagements(self) -> list[Row]:
        found = self.gathered.resolution.engagements
        return [self._known(engagement_row(e, self.engagement_of), "participants") for e in found]

    @cached_property
    def undertakings(self) -> list[Row]:
        return [self._parties(ledger_row(u)) for u in ledger(self.documents, self.gathered.resolution.engagements)]

    @cached_property
    def undertaking_at(self) -> dict[tuple[str, int, int], str]:
        """The undertaking's id for each place (source, start, end) where it is told."""
        return {(p["source"], p["start"], p["end"]): u["id"]
                for u in self.undertakings for p in (*u["told_again"], u["made"])}  # fmt: skip

    def _parties(self, row: Row) -> Row:
        sources = [row["made"]["source"], *(it["source"] for it in row["told_again"])]
        return {
            **row,
            **{f"{side}_actors": [self._party(name, sources) for name in row[side]] for side in ("by", "to")},
        }

    def _party(self, name: str, sources: Iterable[str]) -> Row:
        ids = (self.actor_named.get((source, name)) for source in sources)
        return {"actor": next((id for id in ids if id), None), "name": name}

    @cached_property
    def actor_named(self) -> dict[tuple[str, str], str]:
        return {(d.source, r.value("name") or r.words): self.actor_of[r.key]
                for d in self.documents for r in d.records.values() if r.kind == "actor"}  # fmt: skip

    @cached_property
    def actor_of(self) -> dict[str, str]:
        """The actor's id in the register for the key of each record of it."""
        return {r.key: actor_id(r) for d in self.documents for r in d.records.values() if r.kind == "actor"}

    def _known(self, row: Row, *lists: str) -> Row:
        """The row with the register's id of each actor, as `actor`."""
        for name in lists:
            row[name] = [{**it, "actor": self.actor_of.get(it["id"])} for it in row[name]]
        for name in REFERENCES:
            if row.get(name):
                row[name] = {**row[name], "actor": self.actor_of.get(row[name]["id"])}
        return row

    def _facts(self, make: Callable[..., list[Row]], *lists: str) -> list[Row]:
        return [self._known(row, *lists) for row in make(self.documents)]

    @cached_property
    def acts(self) -> list[Row]:
        return self._facts(assemble.acts)

    @cached_property
    def positions(self) -> list[Row]:
        return self._facts(assemble.positions)

    @cached_property
    def contributions(self) -> list[Row]:
        return self._facts(assemble.contributions)

    @cached_property
    def agreements(self) -> list[Row]:
        return self._facts(assemble.agreements, "parties")

    @cached_property
    def stories(self) -> list[Row]:
        found = stories(Text(d.source, self.texts[d.number], d.published, credited(d)) for d in self.documents)
        return [{"original": s.original, "reason": s.why, "copies": list(s.copies), "sources": s.sources}
                for s in found]  # fmt: skip

    @cached_property
    def conflicts(self) -> list[Row]:
        found = conflicts(self.documents, self.gathered.resolution.engagements, facts(self.documents),
                          texts=self.texts, ranks=ranks())  # fmt: skip
        return [conflict_row(conflict) for conflict in found]

    @cached_property
    def actors(self) -> dict[str, Row]:
        told: dict[str, list[tuple[Filed, Record]]] = defaultdict(list)
        for document in self.documents:
            for record in document.records.values():
                if record.kind == "actor" and not record.passage:
                    told[actor_id(record)].append((document, record))
        return {id: self._actor(id, records) for id, records in told.items()}

    def _actor(self, id: str, told: list[tuple[Filed, Record]]) -> Row:
        names = Counter(s.value for _, record in told for s in record.all("name") if s.value)
        first = Counter(record.value("name") or record.words for _, record in told)
        return {
            "id": id, "kind": told[0][1].value("kind") or "organisation", "name": first.most_common(1)[0][0],
            "code": next((code for _, r in told if (code := r.value("code"))), None),
            "codes": sorted({code for _, r in told if (code := r.value("code"))}),
            "names": [name for name, _ in names.most_common()], "documents": len({d.number for d, _ in told}),
            "counts": dict(self.counts.get(id, {})),
        }  # fmt: skip

    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        """How many facts of each kind each actor has part in."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for kind in ("engagements", "undertakings", "acts", "positions", "agreements", "contributions"):
            for row in getattr(self, kind):
                for id in named_in(row):
                    found[id][kind] += 1
        return found

    def known_as(self, name: str) -> set[str]:
        """The ids of the actors of this id, code or name; empty where there is none."""
        key = name_key(name)
        return {id for id, row in self.actors.items()
                if id == name or name.upper() in row["codes"] or key in map(name_key, row["names"])}  # fmt: skip

    def missing(self, what: str, id: str, known: Iterable[str]) -> NotFound:
        """An error that names near matches, and over how much was looked."""
        from rapidfuzz.process import extract

        near = [match for match, score, _ in extract(id, list(known), limit=NEAREST) if score >= 70]
        count, newest = self.looked_at
        latest = f", the newest of {newest}" if newest else ""
        advice = f"near: {', '.join(near)}" if near else f"the {what}s that are known can be listed"
        return NotFound(f"{id}: no {what} in the {count} documents of {self.register.shown}{latest}; {advice}")


def actor_id(record: Record) -> str:
    """Known over all documents: `state-VN`, `person-pham-binh-minh`."""
    kind, code = record.value("kind") or "organisation", record.value("code")
    return f"{kind}-{code or '-'.join(name_key(record.value('name') or record.words).split())}"


def named_in(row: Row) -> set[str]:
    """The ids of all actors that a row of any kind names."""
    lists = [it for name in ("participants", "parties", "by_actors", "to_actors") for it in row.get(name, ())]
    found = [*lists, *(row[name] for name in REFERENCES if row.get(name))]
    return {it["actor"] for it in found if it.get("actor")}


_kept: dict[str, tuple[tuple[Any, ...], View]] = {}


def view(register: Register) -> View:
    """The present state of the register."""
    stamp = tuple(_stamp(register))
    held = _kept.get(register.shown)
    if held is None or held[0] != stamp:
        _kept.clear()
        held = _kept[register.shown] = (stamp, View(register))
    held[1].register = register
    return held[1]


def _stamp(register: Register) -> Iterator[Any]:
    d, j = documents.c, judgements.c
    with register.reading() as connection:
        yield from connection.execute(select(func.max(d.number), func.max(d.last_run), func.count())).one()
        yield connection.execute(select(func.count()).where(d.status == "current")).scalar_one()
        yield from connection.execute(select(func.max(j.id), func.count(j.undone_at))).one()

"""One bringing up to date: the open transaction, the documents it looks at, and what people decided."""

from __future__ import annotations

import gc
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from threading import RLock
from typing import Any

from sqlalchemy import Connection, select

from servanda.keep.answers import Filed as Shelved
from servanda.keep.answers import Keys, Meant
from servanda.keep.deeds import DEED, deeds, known_by
from servanda.keep.facts import Fact, facts
from servanda.keep.judged import Judged
from servanda.keep.telling import Telling, era, tellings
from servanda.keep.times import Span, written
from servanda.keep.when import when
from servanda.records import Filed
from servanda.store import Register, decided, filed
from servanda.store.bulk import chunks
from servanda.store.derived import mentions
from servanda.store.tables import texts

KINDS = ("document", "actor", "engagement", "act", "position", "plan", "contribution", "agreement", "date", "noise")
HELD = 3000  # documents kept at hand

Id = tuple[int, str]


_collecting = RLock()
_paused = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector of cyclic garbage rests: what documents are read into is much to look through, and in no cycles."""
    global _paused
    with _collecting:
        _paused += 1
        gc.disable()
    try:
        yield
    finally:
        with _collecting:
            _paused -= 1
            if not _paused:
                gc.enable()


def digest(*parts: object) -> int:
    """A number of 63 bits for these values, the same everywhere."""
    told = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big") >> 1


def days(edtf: str | None) -> tuple[str, str]:
    """The first and last day (ISO) that a date may mean; two empty strings where its year is unknown."""
    found = when(edtf)
    return ("", "") if found is None or found.yearless else (found.first.isoformat(), found.last.isoformat())


class Work:
    """`connection` writes; documents are read beside it, as people judged them, and kept at hand."""

    def __init__(self, register: Register, connection: Connection) -> None:
        self.register, self.connection = register, connection
        self.judged = Judged(decided(register))
        self.more = 0  # current documents that came, less those that went
        self.portion = 0  # of putting all together anew: the last that was done with this at hand
        self._documents: OrderedDict[int, Filed] = OrderedDict()
        self._actors: dict[int, dict[str, str]] = {}
        self._tellings: dict[int, list[Telling]] = {}
        self._facts: dict[int, list[Fact]] = {}
        self._times: dict[int, Span] = {}
        self._shelved: dict[int, list[Shelved]] = {}
        self._deeds: dict[int, dict[str, Shelved]] = {}
        self._meant: dict[int, Meant] = {}
        self._held: tuple[dict[int, Any], ...] = (self._documents, self._actors, self._tellings, self._facts,
                                                  self._deeds, self._times, self._shelved, self._meant)  # fmt: skip

    def documents(self, numbers: Iterable[int]) -> list[Filed]:
        """The current documents of these numbers, in their order, without their mentions."""
        wanted = sorted(set(numbers))
        missing = [number for number in wanted if number not in self._documents]
        for document in filed(self.register, KINDS, without=("mention",), numbers=missing) if missing else ():
            self._documents[document.number] = self.judged.document(document)
        found = [self._documents[number] for number in wanted if number in self._documents]
        for document in found:
            self._documents.move_to_end(document.number)
        while len(self._documents) > max(HELD, len(wanted)):
            self.drop([next(iter(self._documents))])
        return found

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget all of these documents: they may have changed."""
        for number in numbers:
            for held in self._held:
                held.pop(number, None)

    def tellings(self, numbers: Iterable[int]) -> list[Telling]:
        """The engagements that these documents tell, in their order; those of grafted passages left out."""
        found = []
        for document in self.documents(numbers):
            if document.number not in self._tellings:
                self._tellings[document.number] = tellings([document])
            found += self._tellings[document.number]
        return found

    def facts(self, number: int) -> list[Fact]:
        """The coded facts of a current document, not to be changed."""
        if number not in self._facts:
            self._facts[number] = facts(self.documents([number]))
        return self._facts[number]

    def shelved(self, numbers: Collection[int]) -> list[Shelved]:
        """What current documents tell that may answer promises, with the keys under which they find it."""
        told = {document.number: document for document in self.documents(numbers)}
        texts = self.texts(sorted(told))
        for number, document in told.items():
            filed = Keys().file(deeds([document], texts), (), {})
            self._deeds[number] = {it.item.key: it for it in filed}
        return [it for number in told for it in (*self._coded(number), *self._deeds[number].values())]

    def shelved_as(self, ids: Collection[Id]) -> list[Shelved]:
        """The same of these things alone: of a long document only the sentences that are asked for are looked at."""
        coded, told = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
        for number, key in ids:
            (told if key.startswith(DEED) else coded)[number].add(key)
        deeds = self._told(told)
        found = [deeds[number][key] for number in sorted(told) for key in told[number] if key in deeds[number]]
        return found + [it for number in sorted(coded) for it in self._coded(number) if it.item.key in coded[number]]

    def _told(self, keys: Mapping[int, set[str]]) -> dict[int, dict[str, Shelved]]:
        """By document, these deeds and whatever others are at hand."""
        held = {number: self._deeds.setdefault(number, {}) for number in keys}
        missing = sorted(number for number, own in keys.items() if not own <= held[number].keys())
        texts = self.texts(missing)
        for document in self.documents(missing):
            found = known_by(keys[document.number], document, texts.get(document.number, ""))
            held[document.number] |= {it.item.key: it for it in Keys().file(found, (), {})}
        return held

    def _coded(self, number: int) -> list[Shelved]:
        if number not in self._shelved:
            times = {number: self.time(number)}
            self._shelved[number] = Keys().file(self.facts(number), self.tellings([number]), times)
        return self._shelved[number]

    def meant(self, number: int) -> Meant:
        """How a document means what it tells."""
        if number not in self._meant:
            self._meant[number] = Meant(self.facts(number))
        return self._meant[number]

    def time(self, number: int) -> Span:
        """When a document was written."""
        if number not in self._times:
            self._times[number] = next(map(written, self.documents([number])), Span())
        return self._times[number]

    def mentioning(self, numbers: Iterable[int]) -> list[Filed]:
        """The same with every mention; without these they are at hand then."""
        found = []
        for document in filed(self.register, KINDS, numbers=sorted(set(numbers))):
            if document.number not in self._documents:
                self._documents[document.number] = self.judged.document(_without_mentions(document))
            found.append(self.judged.document(document))
        return found

    def texts(self, numbers: Sequence[int]) -> dict[int, str]:
        """Texts by number."""
        with self.register.reading() as connection:
            rows = connection.execute(select(texts.c.document, texts.c.text).where(texts.c.document.in_(numbers)))
            return {int(number): text for number, text in rows}

    def actors(self, number: int) -> dict[str, str]:
        """The register's id of each actor of a document, by the key of its record there."""
        self.acquaint([number])
        return self._actors[number]

    def acquaint(self, numbers: Iterable[int]) -> None:
        """Have the actors of these documents at hand."""
        c, missing = mentions.c, sorted({number for number in numbers if number not in self._actors})
        self._actors |= {number: {} for number in missing}
        for chunk in chunks(missing):
            for row in self.rows(select(c.document, c.key, c.actor).where(c.document.in_(chunk))):
                self._actors[row.document][row.key] = row.actor

    def forget(self, numbers: Iterable[int]) -> None:
        """These documents' actors are known otherwise now."""
        for number in numbers:
            self._actors.pop(number, None)

    def rows(self, query: Any, *given: Any) -> Sequence[Any]:
        """All rows of a query."""
        return self.connection.execute(query, *given).all()


def _without_mentions(document: Filed) -> Filed:
    told = {place: replace(record, statements=[it for it in record.statements if it.property != "mention"])
            if record.kind == "actor" else record for place, record in document.records.items()}  # fmt: skip
    return replace(document, records=told)


def day_of(document: Filed) -> str:
    """The last day (ISO) of a document's own time; empty where its year is unknown."""
    return days(document.published)[1] or days(era(document))[1]

"""Documents made for tests of what is kept across documents: coded facts without any reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.records import Filed, Record, Statement


@dataclass
class Page:
    """A document under construction; actors are added as they are named."""

    source: str
    published: str | None = None
    records: list[Record] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    at: int = 0

    def actor(self, name: str, kind: str = "person", code: str | None = None, post: str | None = None) -> int:
        """The place of an actor, by name; made where it is new."""
        if name not in self.known:
            self.known[name] = len(self.records)
            record = self._record("actor", name)
            values = {"name": name, "kind": kind, "code": code, "post": post, "mention": name}
            record.statements += [self._state(record, k, v) for k, v in values.items() if v]
        return self.known[name]

    def state(self, name: str, code: str) -> int:
        return self.actor(name, "state", code)

    def fact(self, record_kind: str, words: str, /, *references: tuple[str, int], **values: str | None) -> Record:
        """An engagement, act, contribution or plan with its values and the places of its actors."""
        record = self._record(record_kind, words)
        record.statements += [self._state(record, name, value) for name, value in values.items() if value]
        record.statements += [self._state(record, name, words, place) for name, place in references]
        return record

    def engagement(self, words: str, *who: int, **values: str | None) -> Record:
        given = {"kind": "meeting", "status": "held", **values}
        return self.fact("engagement", words, *(("participant", place) for place in who), **given)

    def filed(self, number: int) -> Filed:
        """The document as the register would give it."""
        document = Filed(self.source, self.source, None, None, None, self.published, "vi", False, "current", None, None,
                         "", "", "")  # fmt: skip
        document.number, document.records = number, dict(enumerate(self.records))
        return document

    def _record(self, kind: str, words: str) -> Record:
        record = Record(kind, f"{self.source}/{len(self.records)}", self.at, self.at + len(words), words)  # type: ignore[arg-type]
        self.at += len(words) + 2
        self.records.append(record)
        return record

    def _state(self, record: Record, name: str, value: str, about: int | None = None) -> Statement:
        return Statement(name, value, record.start, record.end, record.words, about)


def filed(*pages: Page) -> list[Filed]:
    """Documents numbered from 1 in this order."""
    return [page.filed(number) for number, page in enumerate(pages, 1)]

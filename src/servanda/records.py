"""What passes between reading and the register: records, the statements they are made of, and where they stand.

A record is what one document says of one thing: an actor, an engagement, an act … It is made of statements, each one
asserted value with its words. Within a document records are known by their place in its list; across documents by
`key`, which is made from content at first sight and handed on when the document is read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

RecordKind: TypeAlias = Literal[
    "document", "actor", "engagement", "act", "position", "plan", "contribution", "agreement", "date", "noise"
]
DocumentStatus: TypeAlias = Literal["current", "superseded", "withdrawn"]


@dataclass(slots=True)
class Statement:
    """One asserted value. `about` is the place, in the document's list of records, of what a reference points at.

    `start`..`end` are code points into the document's text and `words` what stands there; `asserted_by` is whom the
    text lets say it (None: the publisher). `since` is when the register first held it, in UTC, once it is stored.
    """

    property: str
    value: str | None
    start: int
    end: int
    words: str
    about: int | None = None
    asserted_by: str | None = None
    rule: str = ""
    confidence: float = 0.5
    since: str | None = None


@dataclass(slots=True)
class Record:
    """What one document says of one thing; `passage` is 0 for the article, n for its nth grafted passage."""

    kind: RecordKind
    key: str
    start: int
    end: int
    words: str
    statements: list[Statement] = field(default_factory=list)
    passage: int = 0

    def value(self, name: str) -> str | None:
        """The first value of a property, None where nothing states it."""
        return next((s.value for s in self.statements if s.property == name), None)

    def all(self, name: str) -> list[Statement]:
        """Every statement of a property, in the order of the reading."""
        return [s for s in self.statements if s.property == name]


@dataclass(slots=True)
class Filed:
    """A document as the register holds it, with records asked for, each under its place in the document's list."""

    source: str
    id: str
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    language: str
    machine_translated: bool
    status: DocumentStatus
    status_reason: str | None
    note: str | None
    release: str
    first_seen: str
    last_seen: str
    records: dict[int, Record] = field(default_factory=dict)
    number: int = 0


@dataclass(slots=True, frozen=True)
class SetAside:
    """An input that could not be read, and why."""

    source: str
    reason: str
    first_seen: str
    last_seen: str


@dataclass(slots=True, frozen=True)
class Judgement:
    """A named person's decision on a record (`subject`, its key) or a pair; `undone_*` where it was taken back.

    `snapshot` is what the person saw, as JSON: it outlives the record.
    """

    id: int
    kind: str
    subject: str
    object: str | None
    value: str | None
    reason: str | None
    by: str
    at: str
    snapshot: str | None = None
    undone_by: str | None = None
    undone_at: str | None = None


@dataclass(slots=True, frozen=True)
class OfficialFigure:
    """One row of the UN's monthly tables; `country` is ISO 3166 alpha-2, `mission` None where the table has none."""

    as_of: str
    country: str
    mission: str | None
    personnel_type: str
    male: int
    female: int
    total: int


NAMED = re.compile(r"(20\d\d)[_-](0[1-9]|1[0-2])(?!\d)")


def month_named(name: str) -> str | None:
    """The month that the name of a file of such tables says, `2020-06`; None where it says none."""
    found = NAMED.search(name)
    return f"{found[1]}-{found[2]}" if found else None

"""Actors as documents name them: offices with their words, company, time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.keep.names import Who, plain
from servanda.keep.offices import Office, office, rules
from servanda.keep.telling import Passage, actors, era, passage
from servanda.records import Filed, Record

Id = tuple[int, str]


@dataclass(slots=True, frozen=True)
class Held:
    """An office as one document words it, at the time of the document (EDTF)."""

    office: Office
    words: str
    passage: Passage
    era: str | None
    former: bool


@dataclass(slots=True)
class Mention:
    """One actor of one document. `company`: who else is named there; `home`: the states (ISO) named there;
    `press`: the state (ISO) for whose readers it is written, by its language.
    """

    number: int
    key: str
    source: str
    who: Who
    era: str | None
    held: list[Held]
    company: frozenset[str]
    home: frozenset[str]
    press: str | None = None

    @property
    def id(self) -> Id:
        """Known among all documents: copies of one text share keys."""
        return self.number, self.key


def mentions(documents: Iterable[Filed]) -> list[Mention]:
    """Every actor of these documents, in their order; grafted passages left out."""
    return [mention for document in documents for mention in _of(document)]


def _of(document: Filed) -> list[Mention]:
    known, time = actors(document), era(document)
    states = {name: w.code for w in known.values() if w.kind == "state" and w.code for name in w.names}
    home = frozenset(states.values())
    company = frozenset(w.code or plain(w.name) for w in known.values() if w.kind != "state")
    own = ((r, known[place]) for place, r in document.records.items() if place in known and not r.passage)
    press = None if document.machine_translated else rules().home.get(document.language)
    return [Mention(document.number, record.key, document.source, who, time, _held(document, record, states, time),
                    company, home, press) for record, who in own]  # fmt: skip


def _held(document: Filed, record: Record, states: dict[str, str], time: str | None) -> list[Held]:
    posts = (s for s in record.statements if s.property in ("post", "former_post") and s.value)
    return [
        Held(office(s.value or "", states), s.value or "", passage(document, s), time, s.property == "former_post")
        for s in posts
    ]

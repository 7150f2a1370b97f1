"""A fact that the reader missed, entered by a person on the words of a document that tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from servanda.errors import NotFound, Refused
from servanda.keep.reviewing import FACTS, checked, rules
from servanda.keep.seen import Seen
from servanda.review.decisions import named, reasoned, saved
from servanda.store import Register, filed, judge, text_of
from servanda.store.judging import holding


@dataclass(slots=True, frozen=True)
class Created:
    """A fact that the reader missed, on words of a document: its kind, where, and its values by property.

    Names of actors are values too (`speaker`, `participant` …); several are given as a list.
    """

    kind: str
    source: str
    quote: str
    values: dict[str, str | list[str]] = field(default_factory=dict)
    start: int | None = None


def create(register: Register, fact: Created, *, by: str, reason: str | None = None) -> int:
    """Keep a fact that a person found in a document's words; the judgement's number.

    Raises Refused where the words do not stand in the document or the fact lacks what such a fact needs; NotFound
    where there is no such document.
    """
    by, reason = named(by), reasoned(reason)
    if fact.kind not in FACTS:
        raise Refused(f"{fact.kind}: a fact is one of {', '.join(FACTS)}")
    document, text = _document(register, fact.source)
    start = _place(text, fact)
    end = start + len(fact.quote)
    said = {name: [value] if isinstance(value, str) else list(value) for name, value in fact.values.items()}
    missing = [name for name in rules().needed[fact.kind] if not said.get(name)]
    if missing:
        raise Refused(f"{fact.kind}: say also {', '.join(missing)}")
    statements = [_stated(fact, name, value, start, end) for name, each in said.items() for value in each]
    key = blake2b(f"{document}{fact.kind}{start}{end}{by}{statements}".encode(), digest_size=8).hexdigest()
    told = {"source": fact.source, "document": document, "kind": fact.kind, "key": key, "passage": 0,
            "start": start, "end": end, "words": fact.quote, "statements": statements}  # fmt: skip
    return judge(register, "created", key, by=by, reason=reason, snapshot=saved([told]))


def _place(text: str, fact: Created) -> int:
    if not fact.quote.strip():
        raise Refused("a fact stands on words of its document; give them")
    if fact.start is not None and text[fact.start : fact.start + len(fact.quote)] == fact.quote:
        return fact.start
    if fact.quote not in text:
        raise Refused(f"these words do not stand in {fact.source}: “{fact.quote[:80]}”")
    if text.count(fact.quote) > 1:
        raise Refused(f"these words stand more than once in {fact.source}: “{fact.quote[:80]}”")
    return text.index(fact.quote)


def _stated(fact: Created, name: str, value: str, start: int, end: int) -> Seen:
    shape = rules().fields[fact.kind].get(name)
    told = checked(fact.kind, name, value)
    about = {"name": told, "kind": "person", "key": None, "code": None} if shape == "name" else None
    stated = {"property": name, "value": told, "start": start, "end": end, "words": fact.quote, "asserted_by": None,
              "rule": "by hand", "confidence": 1.0}  # fmt: skip
    return stated | ({"about": about} if about else {})


def _document(register: Register, source: str) -> tuple[str, str]:
    """The id and the text of a source's current document."""
    for document in filed(register, numbers=holding(register, (), [source])):
        return document.id, text_of(register, document.number)
    raise NotFound(f"{source}: no current document of this source; servanda documents lists them")

"""What a person saw when deciding: a record as its document told it, as plain JSON that outlives the record.

A record so kept can be found again after a re-reading (by key, else by its words in a text of the same source), told
apart from what is read there now, and put back where a newer release lost it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType
from typing import Any

from servanda.folding import bare
from servanda.records import Filed, Record, Statement

Seen = dict[str, Any]
PASSING = frozenset({"mention", "told", "topic", "role", "asserted_via", "form", "occasion", "part_of", "count_scope"})
HEAD = ("kind", "key", "passage", "start", "end", "words")
STATED = ("property", "value", "start", "end", "words", "asserted_by", "rule", "confidence")


def seen(document: Filed, record: Record) -> Seen:
    """`source, document, kind, key, passage, start, end, words, statements` of a record, references by name."""
    said = [
        {name: getattr(it, name) for name in STATED} | ({"about": who} if (who := _who(document, it.about)) else {})
        for it in record.statements
    ]
    head = {name: getattr(record, name) for name in HEAD}
    return {"source": document.source, "document": document.id, **head, "statements": said}


def _who(document: Filed, place: int | None) -> Seen | None:
    record = document.records.get(-1 if place is None else place)
    if record is None:
        return None
    name = record.value("name") or record.words
    code = record.value("code")
    return {"key": record.key, "name": name, "kind": record.value("kind"), "code": code, "record": record.kind}


def values(told: Seen) -> dict[str, list[str]]:
    """What a record says, by property, in the form in which two readings of one text are compared."""
    found: dict[str, list[str]] = {}
    for it in told["statements"]:
        if it["property"] not in PASSING:
            found.setdefault(it["property"], []).append(_plain(it))
    return {name: sorted(said) for name, said in found.items()}


def _plain(said: Seen) -> str:
    about = said.get("about")
    return bare(about["code"] or about["name"]) if about else str(said["value"] or "")


def same_text(told: Seen, document: Filed) -> bool:
    """The document holds the very text in which the person saw the record: its offsets stand."""
    return bool(told["source"] == document.source and told["document"] == document.id)


def again(told: Seen, document: Filed, beside: Mapping[str, Container[str]] = MappingProxyType({})) -> Record | None:
    """The record of a document that is the one seen: of its key, else of its kind on the same words of its source.

    `beside`: by text, the keys of all that people saw there; each of these is itself, though the words be the same.
    """
    records = document.records.values()
    by_key = next((it for it in records if it.key == told["key"] and it.kind == told["kind"]), None)
    if by_key is not None or told["source"] != document.source:
        return by_key
    taken = beside.get(told["document"], ())
    free = (it for it in records if it.key not in taken)
    alike = [it for it in free if it.kind == told["kind"] and it.words == told["words"] and it.words]
    exact = [it for it in alike if values(seen(document, it)) == values(told)]
    return next(iter(exact or alike), None)


def restore(told: Seen, document: Filed) -> None:
    """Put a record that was seen into a document of the same text; actors that it no longer names are added."""
    if any(it.key == told["key"] for it in document.records.values()):
        return
    record = Record(**{name: told[name] for name in HEAD})
    for it in told["statements"]:
        about = place_of(document, it["about"], record) if it.get("about") else None
        record.statements.append(Statement(**{name: it[name] for name in STATED}, about=about))
    document.records[_next(document)] = record


def place_of(document: Filed, who: Seen, beside: Record) -> int:
    """The place of an actor (or a record) by key, else by name or code; added to the document where it is new.

    An actor that is added stands on the words of the record `beside` which it is named.
    """
    for place, record in document.records.items():
        if record.key == who.get("key") or (record.kind == "actor" and _called(record, who)):
            return place
    place = _next(document)
    added = Record(
        "actor", who.get("key") or f"{beside.key}:{bare(who['name'])}", beside.start, beside.end, beside.words
    )
    for name in ("name", "kind", "code"):
        if who.get(name):
            added.statements.append(Statement(name, who[name], beside.start, beside.end, beside.words, confidence=1.0))
    document.records[place] = added
    return place


def _called(record: Record, who: Seen) -> bool:
    names = {bare(it.value) for it in record.all("name") if it.value}
    code = record.value("code")
    return bare(who["name"]) in names or (code is not None and code in (who.get("code"), who["name"]))


def _next(document: Filed) -> int:
    return max(document.records, default=-1) + 1

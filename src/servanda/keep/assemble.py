"""Records assembled from what documents say, as plain values ready for JSON.

Every function takes documents with their records (`store.filed`) and gives a list of one dict a record, in the order of
the documents. A record that stands in several copies of one text is one, with every copy as its document. Facts of
grafted passages are left out unless asked for, and then say so (`quarantined`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from servanda.records import Filed, Record, Statement

Assembled = dict[str, Any]
NEEDS = ("actor", "engagement", "act", "position", "contribution", "agreement")


def engagements(filed: Iterable[Filed], *, quarantined: bool = False) -> list[Assembled]:
    """`id, kind, date, place, status, form, occasion, topics, participants [{id, name, role}], part_of, documents,
    evidence [{source, start, end, quote}]` of each engagement."""
    return _assemble(filed, "engagement", _engagement, quarantined)


def acts(filed: Iterable[Filed], *, quarantined: bool = False) -> list[Assembled]:
    """`id, type, mode, speaker {id, name}, addressee, due, topics, asserted_by, documents, evidence` of each act."""
    return _assemble(filed, "act", _act, quarantined)


def positions(filed: Iterable[Filed], *, quarantined: bool = False) -> list[Assembled]:
    """`id, speaker, topics, documents, evidence` of each stated view."""
    return _assemble(filed, "position", _position, quarantined)


def contributions(filed: Iterable[Filed], *, quarantined: bool = False) -> list[Assembled]:
    """`id, contributor, mission, what, count, women, unit, status, measure, date …` of each press claim."""
    return _assemble(filed, "contribution", _contribution, quarantined)


def agreements(filed: Iterable[Filed], *, quarantined: bool = False) -> list[Assembled]:
    """`id, kind, name, parties, date, status, topics, documents, evidence` of each agreement."""
    return _assemble(filed, "agreement", _agreement, quarantined)


def documents(filed: Iterable[Filed]) -> list[Assembled]:
    """What the register knows of each document itself, and how many records of each kind it holds of it."""
    return [_document(document) for document in filed]


def actor(document: Filed, place: int | None) -> Assembled | None:
    """`{id, name, code}` of the actor at a place of a document's list."""
    record = document.records.get(-1 if place is None else place)
    return (
        {"id": record.key, "name": record.value("name") or record.words, "code": record.value("code")}
        if record
        else None
    )


def cite(document: Filed, said: Record | Statement) -> Assembled:
    """`{source, start, end, quote}`: where something stands, and the words."""
    return {"source": document.source, "start": said.start, "end": said.end, "quote": said.words}


def _assemble(
    filed: Iterable[Filed], kind: str, make: Callable[[Filed, Record], Assembled], quarantined: bool
) -> list[Assembled]:
    made: dict[str, Assembled] = {}
    for document in filed:
        for record in document.records.values():
            if record.kind == kind and (quarantined or not record.passage):
                _copy(made, document, record, make)
    return list(made.values())


def _copy(
    made: dict[str, Assembled], document: Filed, record: Record, make: Callable[[Filed, Record], Assembled]
) -> None:
    """Add a record; where another copy of the same text made it already, only this document and its words."""
    known = made.get(record.key)
    evidence = [cite(document, record), *(cite(document, told) for told in record.all("told"))]
    if known is not None:
        known["documents"].append(document.source)
        known["evidence"] += evidence
        return
    about = make(document, record)
    first = record.statements[0] if record.statements else None
    said = {"asserted_by": first and first.asserted_by, "rule": (first and first.rule) or None}
    grafted = {"quarantined": True} if record.passage else {}
    made[record.key] = {"id": record.key, **about, **said, **grafted, "documents": [document.source],
                        "evidence": evidence}  # fmt: skip


def _engagement(document: Filed, record: Record) -> Assembled:
    told = _values(record, "kind", "date", "place", "status", "form", "occasion")
    roles = {it.about: it.value for it in record.all("role")}
    sides = [_side(document, it, roles) for it in record.all("participant")]
    whole = next((document.records.get(it.about or -1) for it in record.all("part_of")), None)
    return {**told, "topics": _topics(record), "participants": sides, "part_of": whole.key if whole else None}


def _side(document: Filed, participant: Statement, roles: Mapping[int | None, str | None]) -> Assembled:
    known = actor(document, participant.about) or {"id": None, "name": participant.value}
    return {**known, "role": roles.get(participant.about)}


def _act(document: Filed, record: Record) -> Assembled:
    told = _values(record, "type", "mode", "due")
    return {**told, **_actors(document, record, "speaker", "addressee"), "topics": _topics(record)}


def _position(document: Filed, record: Record) -> Assembled:
    return {**_actors(document, record, "speaker"), "topics": _topics(record)}


def _contribution(document: Filed, record: Record) -> Assembled:
    told = _values(record, "what", "unit", "status", "measure", "date", "place", "count_scope")
    numbers = {name: int(value) if value else None for name, value in _values(record, "count", "women").items()}
    return {**_actors(document, record, "contributor", "mission"), **told, **numbers}


def _agreement(document: Filed, record: Record) -> Assembled:
    parties = [actor(document, it.about) or {"id": None, "name": it.value} for it in record.all("party")]
    return {**_values(record, "kind", "name", "date", "status"), "parties": parties, "topics": _topics(record)}


def _values(record: Record, *names: str) -> dict[str, str | None]:
    return {name: record.value(name) for name in names}


def _topics(record: Record) -> list[str | None]:
    return [it.value for it in record.all("topic")]


def _actors(document: Filed, record: Record, *names: str) -> Assembled:
    places = {name: next((it.about for it in record.all(name)), None) for name in names}
    return {name: actor(document, place) for name, place in places.items()}


def _document(document: Filed) -> Assembled:
    names = ("source", "id", "url", "title", "publisher", "published", "language", "machine_translated", "status",
             "status_reason", "note", "release", "first_seen", "last_seen")  # fmt: skip
    kinds = Counter(record.kind for record in document.records.values() if not record.passage)
    return {name: getattr(document, name) for name in names} | {"records": dict(kinds)}

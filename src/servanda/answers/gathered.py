"""What the answers are put together from: documents, the engagements they tell, and rows of the contract."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.answers.pages import Row
from servanda.keep.conflicts import Conflict
from servanda.keep.follow import Undertaking
from servanda.keep.names import plain
from servanda.keep.resolve import Resolution, Resolved, resolve
from servanda.keep.telling import Passage, tellings
from servanda.lexicon import load
from servanda.records import Filed
from servanda.store import Register, decided, filed
from servanda.vocabulary import Title, expand

KINDS = ("actor", "engagement", "act", "plan", "contribution", "agreement", "date")


@dataclass(slots=True)
class Gathered:
    """The documents of a register with their coded facts, and the engagements that they tell."""

    documents: list[Filed]
    resolution: Resolution


def gather(register: Register, *, quarantined: bool = False, mentions: bool = False) -> Gathered:
    """Everything that answers over several documents rest on; `mentions` where names are compared as written."""
    documents = list(filed(register, KINDS, without=() if mentions else ("mention",)))
    return Gathered(documents, resolve(tellings(documents, quarantined=quarantined), decided(register)))


def cited(passage: Passage) -> Row:
    """`{source, start, end, quote}`."""
    return {"source": passage.source, "start": passage.start, "end": passage.end, "quote": passage.quote}


def engagement_row(engagement: Resolved, ids: dict[str, str]) -> Row:
    """One engagement with all its documents; `ids` leads from a telling's key to its engagement's id."""
    first = engagement.first
    return {
        "id": engagement.id, "kind": first.kind, "date": first.date, "place": first.place, "status": first.status,
        "form": first.form, "occasion": first.occasion,
        "topics": sorted({topic for t in engagement.tellings for topic in t.topics}),
        "participants": [{"id": w.key, "name": w.name, "role": first.roles.get(w.key)} for w in first.who],
        "part_of": next((ids[t.whole] for t in engagement.tellings if t.whole in ids), None),
        "documents": list(dict.fromkeys(t.source for t in engagement.tellings)),
        "evidence": [cited(p) for p in engagement.passages()], "asserted_by": first.asserted_by,
    }  # fmt: skip


def engagement_rows(gathered: Gathered) -> list[Row]:
    """Every engagement once, in the order of the documents."""
    found = gathered.resolution.engagements
    ids = {t.key: e.id for e in found for t in e.tellings}
    return [engagement_row(engagement, ids) for engagement in found]


def ledger_row(u: Undertaking) -> Row:
    """`id, kind, by, to, what, topic, grade, due, status, made, told_again, evidence, engagement, asserted_by`."""
    return {
        "id": u.id, "kind": u.kind, "by": u.by, "to": u.to, "what": u.what, "topic": u.topics, "grade": u.grade,
        "due": u.due, "status": u.status, "made": cited(u.made), "told_again": [cited(p) for p in u.told_again],
        "evidence": [{**cited(e.passage), "says": e.says} for e in u.evidence], "engagement": u.engagement,
        "asserted_by": u.asserted_by, "history": u.history,
    }  # fmt: skip


def conflict_row(conflict: Conflict) -> Row:
    """`subject, property, values [{value, source, start, end, quote}], preferred, reason`."""
    values = [{"value": v.value, **cited(v.passage)} for v in conflict.values]
    told = {"subject": conflict.subject, "property": conflict.property, "values": values}
    return {**told, "preferred": conflict.preferred, "reason": conflict.why}


def credited(document: Filed) -> bool:
    """Whether a document names another source for its text."""
    return any(r.kind == "noise" and r.value("kind") == "credit" for r in document.records.values())


def ranks() -> set[str]:
    """Words for ranks, of which a person has one at a time, plain."""
    titles = [title for title in load().entries("titles", Title) if title.kind == "rank"]
    return {plain(form) for title in titles for words in title.words for form in expand(words)}

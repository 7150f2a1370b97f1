"""Rows of the contract, made of what was kept: engagements, undertakings, conflicts, citations."""

from __future__ import annotations

from functools import cache

from servanda.answers.naming import LANGUAGE
from servanda.answers.pages import Row
from servanda.keep.conflicts import Conflict
from servanda.keep.follow import Undertaking
from servanda.keep.names import plain
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage
from servanda.lexicon import load
from servanda.records import Filed
from servanda.vocabulary import Title, expand

KINDS = ("actor", "engagement", "act", "plan", "contribution", "agreement", "date")


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


def ledger_row(u: Undertaking) -> Row:
    """`id, kind, by, to, what, topic, grade, due, status, made, told_again, evidence, engagement, asserted_by,
    history`; `doubtful` (words that may show an outcome), `conflict` (its evidence tells two), `renews` and
    `renewed_by` (the entries of the same promise for an earlier and for a later date)."""
    return {
        "id": u.id, "kind": u.kind, "by": u.by, "to": u.to, "what": u.what, "topic": u.topics, "grade": u.grade,
        "due": u.due, "status": u.status, "made": cited(u.made), "told_again": [cited(p) for p in u.told_again],
        "evidence": [{**cited(e.passage), "says": e.says} for e in u.evidence], "engagement": u.engagement,
        "asserted_by": u.asserted_by, "history": u.history, "conflict": u.conflict,
        "doubtful": [{**cited(e.passage), "says": e.says} for e in u.doubtful], "renews": u.renews,
        "renewed_by": u.renewed_by,
    }  # fmt: skip


def conflict_row(conflict: Conflict) -> Row:
    """`subject, property, values [{value, source, start, end, quote}], preferred, reason`."""
    values = [{"value": v.value, **cited(v.passage)} for v in conflict.values]
    told = {"subject": conflict.subject, "property": conflict.property, "values": values}
    return {**told, "preferred": conflict.preferred, "reason": conflict.why}


def credited(document: Filed) -> bool:
    """Whether a document names another source for its text."""
    return any(r.kind == "noise" and r.value("kind") == "credit" for r in document.records.values())


@cache
def ranks() -> frozenset[str]:
    """Words for ranks, of which a person has one at a time, plain."""
    titles = [title for title in load(LANGUAGE).entries("titles", Title) if title.kind == "rank"]
    return frozenset(plain(form) for title in titles for words in title.words for form in expand(words))

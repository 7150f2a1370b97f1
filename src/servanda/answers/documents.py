"""Documents: listed, and one shown whole, with every fact in its place."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from servanda.answers.asking import E, Listing, Question, asking, entry, listed
from servanda.answers.assembly.work import KINDS
from servanda.answers.pages import Page, Row, day
from servanda.keep.judged import Judged
from servanda.records import Filed, Record
from servanda.store import Register, decided, filed, text_of
from servanda.store.derived import entry_keys, mentions
from servanda.store.tables import documents as table

FACTS = ("engagement", "act", "position", "plan", "contribution", "agreement")
ABOUT = ("source", "id", "url", "title", "publisher", "published", "language", "machine_translated", "status",
         "status_reason", "note", "release", "first_seen", "last_seen")  # fmt: skip
D, K, M = table.c, entry_keys.c, mentions.c
Told = dict[str, dict[str, str]]  # by the key of a record: its entry of each sort


def documents(
    register: Register, *, publisher: str | None = None, status: str | None = None, actor: str | None = None,
    since: str | None = None, until: str | None = None, cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """Documents, the newest first: about each what its page says, and `records`: how many of each kind.

    `publisher`: its name, or the host of the address where none is named. `status`: `current`, `superseded` or
    `withdrawn`; all are listed where none is asked for.
    """
    first, last = since and day(since, "since")[0], until and day(until, "until")[1]
    with asking(register) as question:
        listing = Listing("document").equal(status=status).dated(first, last)
        listing.linked("publisher", [publisher] if publisher else None)
        listing.linked("actor", question.known_as(actor) if actor else None)
        return listed(question, listing, cursor, limit)


def document(register: Register, source: str) -> Row:
    """One document by its source or id, whatever its status: what its page says, `text`, and, by their place in it,

    `facts [{id, kind, label, status, start, end, quote, told [{start, end, quote}], actors, engagement, undertaking,
    judged}]`,
    `quarantined` (the same, of grafted passages, with `passage`), `actors [{id, actor, kind, name, code, mentions}]`,
    `noise [{start, end, kind, reason}]`, `dates [{start, end, edtf, quote}]`, `copies` (sources of the same story,
    the original first) and `versions` (other texts of this source). Offsets are code points. Raises NotFound.
    """
    with asking(register) as question:
        numbers = [row[0] for row in question.rows(select(D.number).where((D.source == source) | (D.id == source)))]
        if not numbers:
            raise question.missing("document", source, _near(question, source))
        found = list(filed(register, KINDS, status=None, numbers=numbers))
        shown = next((d for d in found if d.status == "current"), found[-1])
        judged = Judged(decided(register))
        shown = judged.document(shown)
        told, who = _told(question, shown.number), _who(question, shown.number)
        facts = [{**_fact(shown, record, told, who), "judged": judged.marks(record.key)} for record in _in_order(shown)]
        of_kind = {kind: [r for r in shown.records.values() if r.kind == kind] for kind in ("actor", "noise", "date")}
        story = entry(question, "story", shown.id)
        return {
            **{name: getattr(shown, name) for name in ABOUT}, "text": text_of(register, shown.number),
            "facts": [f for f in facts if not f["passage"]], "quarantined": [f for f in facts if f["passage"]],
            "actors": [_actor(r, who) for r in of_kind["actor"]],
            "noise": [{**_span(r), "kind": r.value("kind"), "reason": r.value("reason")} for r in of_kind["noise"]],
            "dates": [{**_span(r), "edtf": r.value("edtf")} for r in of_kind["date"]],
            "copies": story["sources"] if story and shown.source in story["sources"] else [],
            "versions": [{"source": d.source, "id": d.id, "status": d.status, "first_seen": d.first_seen}
                         for d in found if d.number != shown.number],
        }  # fmt: skip


def _near(question: Question, source: str) -> list[str]:
    """Sources that begin as this one does, or end as it does."""
    begun = D.source.startswith(source[: max(4, len(source) // 2)], autoescape=True)
    rows = question.rows(select(D.source).where(begun).limit(200))
    return [row[0] for row in rows or question.rows(select(E.id).where(E.sort == "document").limit(500))]


def _told(question: Question, number: int) -> Told:
    found: Told = defaultdict(dict)
    for key, sort, id in question.rows(select(K.key, K.sort, K.id).where(K.document == number)):
        found[key][sort] = id
    return found


def _who(question: Question, number: int) -> dict[str, str]:
    return {row.key: row.actor for row in question.rows(select(M.key, M.actor).where(M.document == number))}


def _in_order(document: Filed) -> list[Record]:
    facts = [(r.start, place, r) for place, r in document.records.items() if r.kind in FACTS]
    return [record for *_, record in sorted(facts, key=lambda it: it[:2])]


def _span(record: Record) -> Row:
    return {"start": record.start, "end": record.end, "quote": record.words}


def _fact(document: Filed, record: Record, told: Told, who: dict[str, str]) -> Row:
    again = [{"start": s.start, "end": s.end, "quote": s.words} for s in record.all("told")]
    label = record.value("type") or record.value("what") or record.value("kind") or record.kind
    ids = told.get(record.key, {})
    return {
        "id": record.key, "kind": record.kind, "label": label, "status": record.value("status"), **_span(record),
        "told": again, "actors": _named(document, record, who), "passage": record.passage,
        "engagement": ids.get("engagement") or ids.get("grafted"), "undertaking": ids.get("undertaking"),
    }  # fmt: skip


def _named(document: Filed, record: Record, who: dict[str, str]) -> list[Row]:
    """Who has part in a fact, as `{role, actor, name}`."""
    places = {(s.property, s.about) for s in record.statements if s.about is not None and s.property != "role"}
    found = [(name, document.records.get(-1 if at is None else at)) for name, at in sorted(places, key=str)]
    return [{"role": name, "actor": who.get(it.key), "name": it.value("name") or it.words}
            for name, it in found if it is not None and it.kind == "actor"]  # fmt: skip


def _actor(record: Record, who: dict[str, str]) -> Row:
    spans = [{"start": s.start, "end": s.end} for s in record.all("mention")]
    return {"id": record.key, "actor": who.get(record.key), "kind": record.value("kind"), "code": record.value("code"),
            "name": record.value("name") or record.words, "mentions": spans, "passage": record.passage}  # fmt: skip

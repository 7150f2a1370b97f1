"""Documents: listed, and one shown whole, with every fact in its place."""

from __future__ import annotations

from servanda.answers.engagements import dated, newest
from servanda.answers.pages import Page, Row, paged
from servanda.answers.view import View, actor_id, view
from servanda.keep import assemble
from servanda.records import Filed, Record
from servanda.store import Register, extent, filed, text_of

FACTS = ("engagement", "act", "position", "plan", "contribution", "agreement")
ABOUT = ("source", "id", "url", "title", "publisher", "published", "language", "machine_translated", "status",
         "status_reason", "note", "release", "first_seen", "last_seen")  # fmt: skip


def documents(
    register: Register, *, publisher: str | None = None, status: str | None = None, actor: str | None = None,
    since: str | None = None, until: str | None = None, cursor: str | None = None, limit: int | None = 50,
) -> Page:  # fmt: skip
    """Documents, the newest first: about each what its page says, and `records`: how many of each kind.

    `status`: `current`, `superseded` or `withdrawn`; all are listed where none is asked for.
    """
    found = assemble.documents(filed(register, assemble.NEEDS, without=("mention", "post", "name"), status=None))
    rows = [row for row in found if publisher in (None, row["publisher"]) and status in (None, row["status"])]
    if actor:
        known = view(register)
        sources = {r["source"] for r in rows} & _naming(known, actor)
        rows = [row for row in rows if row["source"] in sources]
    kept = {row["id"] for row in dated([_by_day(row) for row in rows], since, until)}
    rows = [row for row in rows if _by_day(row)["id"] in kept]
    return paged(rows, lambda row: newest(_by_day(row)), cursor, limit, extent(register))


def _by_day(row: Row) -> Row:
    return {"id": f"{row['source']} {row['id']}", "date": row["published"]}


def _naming(known: View, actor: str) -> set[str]:
    ids = known.known_as(actor)
    return {d.source for d in known.documents
            for r in d.records.values() if r.kind == "actor" and actor_id(r) in ids}  # fmt: skip


def document(register: Register, source: str) -> Row:
    """One document by its source or id, whatever its status: what its page says, `text`, and, by their place in it,

    `facts [{id, kind, label, start, end, quote, told [{start, end, quote}], actors, engagement, undertaking}]`,
    `quarantined` (the same, of grafted passages, with `passage`), `actors [{id, actor, kind, name, code, mentions}]`,
    `noise [{start, end, kind, reason}]`, `dates [{start, end, edtf, quote}]`, `copies` (sources of the same story,
    the original first) and `versions` (other texts of this source). Offsets are code points. Raises NotFound.
    """
    known = view(register)
    found = [d for d in filed(register, (*FACTS, "actor", "noise", "date"), status=None) if source in (d.source, d.id)]
    if not found:
        raise known.missing("document", source, known.by_source)
    shown = next((d for d in found if d.status == "current"), found[-1])
    records = [(place, r) for place, r in shown.records.items() if r.kind in FACTS]
    facts = [_fact(known, shown, record) for _, record in sorted(records, key=lambda it: (it[1].start, it[0]))]
    return {
        **{name: getattr(shown, name) for name in ABOUT}, "text": text_of(register, shown.number),
        "facts": [f for f in facts if not f["passage"]], "quarantined": [f for f in facts if f["passage"]],
        "actors": [_actor(r) for r in shown.records.values() if r.kind == "actor"],
        "noise": [{**_span(r), "kind": r.value("kind"), "reason": r.value("reason")}
                  for r in shown.records.values() if r.kind == "noise"],
        "dates": [{**_span(r), "edtf": r.value("edtf")} for r in shown.records.values() if r.kind == "date"],
        "copies": next((s["sources"] for s in known.stories if shown.source in s["sources"]), []),
        "versions": [{"id": d.id, "status": d.status, "first_seen": d.first_seen} for d in found if d is not shown],
    }  # fmt: skip


def _span(record: Record) -> Row:
    return {"start": record.start, "end": record.end, "quote": record.words}


def _fact(known: View, document: Filed, record: Record) -> Row:
    told = [{"start": s.start, "end": s.end, "quote": s.words} for s in record.all("told")]
    label = record.value("type") or record.value("what") or record.value("kind") or record.kind
    at = (document.source, record.start, record.end)
    return {
        "id": record.key, "kind": record.kind, "label": label, "status": record.value("status"), **_span(record),
        "told": told, "actors": _named(document, record), "passage": record.passage,
        "engagement": known.engagement_of.get(record.key),
        "undertaking": None if record.passage else known.undertaking_at.get(at),
    }  # fmt: skip


def _named(document: Filed, record: Record) -> list[Row]:
    """Who has part in a fact, as `{role, actor, name}`."""
    places = {(s.property, s.about) for s in record.statements if s.about is not None and s.property != "role"}
    found = [(name, document.records.get(-1 if at is None else at)) for name, at in sorted(places, key=str)]
    return [{"role": name, "actor": actor_id(it), "name": it.value("name") or it.words}
            for name, it in found if it is not None and it.kind == "actor"]  # fmt: skip


def _actor(record: Record) -> Row:
    mentions = [{"start": s.start, "end": s.end} for s in record.all("mention")]
    return {"id": record.key, "actor": actor_id(record), "kind": record.value("kind"), "code": record.value("code"),
            "name": record.value("name") or record.words, "mentions": mentions, "passage": record.passage}  # fmt: skip

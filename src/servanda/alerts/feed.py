"""A kept question's results as an Atom feed (RFC 4287), the latest to become known first."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from servanda import answers
from servanda.alerts.seen import seen
from servanda.answers import Row
from servanda.answers.asking import asking
from servanda.errors import BadQuestion
from servanda.store import Register, Watch

ATOM = "http://www.w3.org/2005/Atom"
SORTS = {"undertakings": "undertaking", "engagements": "engagement"}
NARROWED_BY = {
    "undertakings": ("actor", "by", "to", "kind", "status", "topic", "grade", "since"),
    "engagements": ("actor", "with_", "kind", "status", "topic", "place", "since"),
    "search": ("words", "kind", "actor", "mission", "topic", "status", "source", "since"),
}
ENTRIES = 100
BEGINNING = "1970-01-01T00:00:00Z"


def results(register: Register, question: dict[str, str]) -> list[Row]:
    """What a kept question finds: `sort, id, title, summary, quotes [{source, start, end, quote}], first_seen,
    last_seen`, the latest seen first. Raises BadQuestion where it asks for what there is not."""
    asked = dict(question)
    sort = asked.pop("sort", "undertakings")
    if unknown := set(asked) - set(NARROWED_BY.get(sort, ())):
        raise BadQuestion(f"{sort} cannot be narrowed by {', '.join(sorted(unknown))}")
    if sort not in NARROWED_BY:
        raise BadQuestion(f"{sort!r} cannot be watched; there are {', '.join(NARROWED_BY)}")
    rows = _searched(register, asked) if sort == "search" else _listed(register, sort, asked)
    with asking(register) as open_question:
        times = {kind: seen(open_question, kind, [row["id"] for row in rows if row["sort"] == kind])
                 for kind in {row["sort"] for row in rows}}  # fmt: skip
    never = (BEGINNING, BEGINNING, 0)
    latest = {(row["sort"], row["id"]): times[row["sort"]].get(row["id"], never) for row in rows}
    for row in rows:
        row["first_seen"], row["last_seen"], _ = latest[row["sort"], row["id"]]
    return sorted(rows, key=lambda row: (*latest[row["sort"], row["id"]][1:], row["id"]), reverse=True)


def _listed(register: Register, sort: str, asked: dict[str, Any]) -> list[Row]:
    page = getattr(answers, sort)(register, **asked, limit=None)
    return [_undertaking(row) if sort == "undertakings" else _engagement(row) for row in page.rows]


def _searched(register: Register, asked: dict[str, Any]) -> list[Row]:
    words = asked.pop("words", "")
    found = answers.search(register, words, **asked, limit=ENTRIES).rows
    return [
        {"sort": row["kind"], "id": row["id"], "title": row["title"], "summary": row["status"] or row["label"] or "",
         "quotes": [row] if row["quote"] else []}
        for row in found if row["kind"] != "actor"
    ]  # fmt: skip


def _undertaking(row: Row) -> Row:
    sides = " → ".join(", ".join(names) for names in (row["by"], row["to"]) if names)
    summary = " · ".join(part for part in (row["kind"], row["status"], row["due"]) if part)
    return {"sort": "undertaking", "id": row["id"], "title": f"{sides}: {row['what']}" if sides else row["what"],
            "summary": summary, "quotes": [row["made"], *row["evidence"]]}  # fmt: skip


def _engagement(row: Row) -> Row:
    title = ", ".join(it["name"] for it in row["participants"]) or row["occasion"] or row["kind"]
    summary = " · ".join(part for part in (row["kind"], row["status"], row["date"], row["place"]) if part)
    return {"sort": "engagement", "id": row["id"], "title": title, "summary": summary, "quotes": row["evidence"]}


def feed(register: Register, watch: Watch, *, base: str = "") -> bytes:
    """The Atom feed of a kept question. `base`: the desk's address, for links; ids stay the same without it."""
    found = results(register, watch.question)[:ENTRIES]
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    _text(root, "id", f"urn:servanda:watch:{watch.name}")
    _text(root, "title", f"Servanda: {watch.name}")
    _text(root, "updated", _time(max((row["last_seen"] for row in found), default=watch.at)))
    author = ElementTree.SubElement(root, f"{{{ATOM}}}author")
    _text(author, "name", watch.by)
    for row in found:
        _entry(root, row, base)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ElementTree.Element, row: Row, base: str) -> None:
    entry = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
    _text(entry, "id", f"urn:servanda:{row['sort']}:{row['id']}")
    _text(entry, "title", _clean(row["title"])[:300])
    _text(entry, "published", _time(row["first_seen"]))
    _text(entry, "updated", _time(row["last_seen"]))
    _text(entry, "summary", _clean(row["summary"]))
    told = "\n\n".join(f"“{it['quote']}”\n{it['source']} [{it['start']}–{it['end']}]" for it in row["quotes"])
    _text(entry, "content", _clean(told), type="text")
    if base:
        ElementTree.SubElement(entry, f"{{{ATOM}}}link", {"href": f"{base}/{row['sort']}s/{row['id']}"})


def _text(parent: ElementTree.Element, name: str, words: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = words


def _clean(words: str) -> str:
    """Without the characters that XML has no room for."""
    return "".join(c for c in words if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe"))


def _time(iso: str) -> str:
    """RFC 3339, as Atom asks."""
    return iso.replace("+00:00", "Z") if "T" in iso else f"{iso.replace(' ', 'T')}Z"

"""What documents tell one by one: acts, positions, contributions, agreements, and the documents themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from servanda.answers.assembly.entries import Entry, keys_of, replace_entries, told_in
from servanda.answers.assembly.indexed import Found
from servanda.answers.assembly.work import KINDS, Work, day_of
from servanda.answers.pages import Row
from servanda.keep import assemble
from servanda.records import Filed
from servanda.store import filed

MAKERS: dict[str, Callable[..., list[Row]]] = {
    "act": assemble.acts,
    "position": assemble.positions,
    "contribution": assemble.contributions,
    "agreement": assemble.agreements,
}
SIDES = ("speaker", "addressee", "contributor", "mission")
LISTS = ("participants", "parties")


def publisher(document: Filed) -> str | None:
    """Who published a document, else the host of its address."""
    return document.publisher or urlsplit(document.url or document.source).hostname


def known_actors(row: Row, ids: dict[str, str]) -> Row:
    """The row with the register's id of each actor that it names, as `actor`."""
    for name in LISTS:
        if name in row:
            row[name] = [{**it, "actor": ids.get(it["id"])} for it in row[name]]
    for name in SIDES:
        if row.get(name):
            row[name] = {**row[name], "actor": ids.get(row[name]["id"])}
    return row


def links_of(row: Row) -> set[tuple[str, str]]:
    """What a row is chosen by: its actors, each under the side it is on and as `actor`, and its topics."""
    sides = [(name, row[name]) for name in SIDES if row.get(name)]
    sides += [("actor", it) for name in LISTS for it in row.get(name, ())]
    found = {(side, it["actor"]) for name, it in sides if it.get("actor") for side in (name, "actor")}
    found |= {("measure", row["measure"])} if row.get("measure") else set()
    return found | {("topic", topic) for topic in row.get("topics", ()) if topic}


def grafted_links(row: Row) -> set[tuple[str, str]]:
    """What a row of a grafted passage is found by, apart from all others: the actors that it names."""
    return {("grafted", value) for facet, value in links_of(row) if facet == "actor"}


def people_of(row: Row) -> list[str]:
    """The names in a row."""
    named = [row[name]["name"] for name in SIDES if row.get(name)]
    return [*named, *(it["name"] for name in LISTS for it in row.get(name, ()) if it.get("name"))]


def facts(work: Work, numbers: Collection[int]) -> None:
    """Bring the plain facts of these documents up to date. A fact in several copies of one text is one."""
    gone: dict[str, set[str]] = defaultdict(set)
    for sort, id in told_in(work, list(MAKERS), numbers):
        gone[sort].add(id)
    documents = work.documents(numbers)
    for sort, make in MAKERS.items():
        own = {r.key for d in documents for r in d.records.values() if r.kind == sort}
        affected = gone[sort] | own
        holders = {number for keys in keys_of(work, sort, affected).values() for number, _ in keys}
        every = {d.number: d for d in (*documents, *work.documents(holders - set(numbers)))}
        pruned = [_only(every[number], sort, affected) for number in sorted(every)]
        replace_entries(
            work, sort, affected, [_entry(work, sort, row, pruned) for row in make(pruned, quarantined=True)]
        )


def _only(document: Filed, kind: str, keys: Collection[str]) -> Filed:
    kept = {p: r for p, r in document.records.items() if r.kind == "actor" or (r.kind == kind and r.key in keys)}
    return replace(document, records=kept)


def _entry(work: Work, sort: str, row: Row, documents: Iterable[Filed]) -> Entry:
    tellers = [d for d in documents if d.source in row["documents"]]
    first = tellers[0]
    known_actors(row, {key: actor for d in reversed(tellers) for key, actor in work.actors(d.number).items()})
    row["published"] = first.published
    cited, names = row["evidence"][0], people_of(row)
    date = row.get("date") or row.get("due") or first.published
    kind = row.get("type") or row.get("what") or row.get("kind")
    found = Found(sort, row["id"], row.get("name") or ", ".join(names) or kind or sort, date,
                  " ".join([*names, row.get("name") or "", row.get("unit") or "", cited["quote"]]), kind=kind,
                  status=row.get("status"), publisher=publisher(first), document=first.number, start=cited["start"],
                  end=cited["end"], quote=cited["quote"])  # fmt: skip
    grafted = bool(row.get("quarantined"))
    return Entry(sort, row["id"], row, first.number, day_of(first), row.get("date") or first.published, kind=kind,
                 status=row.get("status"), grafted=grafted, links=grafted_links(row) if grafted else links_of(row),
                 keys=[(d.number, row["id"]) for d in tellers], found=None if grafted else found)  # fmt: skip


def documents(work: Work, numbers: Collection[int]) -> None:
    """Bring what is told of these documents themselves up to date, also of those superseded or withdrawn."""
    gone = {id for _, id in told_in(work, ["document"], numbers)}
    current = work.documents(numbers)
    left = sorted(set(numbers) - {d.number for d in current})
    past = filed(work.register, KINDS, without=("mention", "post", "name"), status=None, numbers=left)
    every = sorted([*current, *past], key=lambda document: document.number)
    texts = work.texts([d.number for d in current])
    replace_entries(work, "document", gone, [_document(work, d, texts.get(d.number)) for d in every])


def _document(work: Work, document: Filed, text: str | None) -> Entry:
    (row,) = assemble.documents([document])
    row["records"] = {k: n for k, n in row["records"].items() if k in assemble.NEEDS}
    standing, said = document.status == "current", publisher(document)
    id = document.source if standing else f"{document.source} {document.id}"
    links = {("publisher", said)} if said else set()
    if standing:
        own = {r.key for r in document.records.values() if r.kind == "actor" and not r.passage}
        links |= {("actor", actor) for key, actor in work.actors(document.number).items() if key in own}
    found = _found(document, text or "") if standing else None
    return Entry("document", id, row, document.number, day_of(document), document.published, kind=document.language,
                 status=document.status, links=links, keys=[(document.number, document.id)], found=found)  # fmt: skip


def _found(document: Filed, text: str) -> Found:
    title = document.title or document.source
    return Found("document", document.source, title, document.published, title, kind="document", status=document.status,
                 publisher=publisher(document), document=document.number, text=text)  # fmt: skip

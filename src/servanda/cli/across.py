"""Answers over several documents: engagements each once, stories, conflicts, and why two tellings were merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import click

from servanda.cli.options import asking, register_option
from servanda.cli.output import Labels, Row, print_json
from servanda.cli.register import Columns, answer, engagement_columns
from servanda.errors import NotFound
from servanda.keep.conflicts import Conflict, conflicts
from servanda.keep.duplicates import Text, stories
from servanda.keep.match import match, weights
from servanda.keep.names import plain
from servanda.keep.promises import facts
from servanda.keep.resolve import Resolution, Resolved, resolve
from servanda.keep.telling import Passage, Telling, tellings
from servanda.lexicon import load
from servanda.records import Filed
from servanda.store import Register, decided, filed, open_register, text_of
from servanda.vocabulary import Title, expand

KINDS = ("actor", "engagement", "act", "plan", "contribution", "date")


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


@click.command("engagements")
@click.option("--quarantined", is_flag=True, help="Also facts of passages grafted from other articles.")
@asking
def engagements_command(quarantined: bool, register: str | None, as_json: bool, lang: str | None) -> None:
    """Meetings, visits, calls, conferences … each once, with every document that tells it and the words.

    Example: servanda engagements --json --register press.db
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        gathered = gather(opened, quarantined=quarantined)
    answer(engagement_rows(gathered), engagement_columns(labels), as_json, labels, len(gathered.documents))


@click.command("stories")
@asking
def stories_command(register: str | None, as_json: bool, lang: str | None) -> None:
    """Groups of documents made from one source text: copies and rewrites, the original first.

    Example: servanda stories --json
    """
    with open_register(register) as opened:
        documents = list(filed(opened, ("noise",)))
        found = stories(Text(d.source, text_of(opened, d.number), d.published, _credited(d)) for d in documents)
    if as_json:
        print_json([s.sources for s in found])
        return
    rows = [{"original": s.original, "reason": s.why, "copies": ", ".join(s.copies)} for s in found]
    columns: Columns = {
        "original": lambda it: it["original"],
        "reason": lambda it: it["reason"],
        "copies": lambda it: it["copies"],
    }
    answer(rows, columns, False, Labels(lang), len(documents))


def _credited(document: Filed) -> bool:
    return any(r.kind == "noise" and r.value("kind") == "credit" for r in document.records.values())


def conflict_row(conflict: Conflict) -> Row:
    """`subject, property, values [{value, source, start, end, quote}], preferred, reason`."""
    values = [{"value": v.value, **cited(v.passage)} for v in conflict.values]
    told = {"subject": conflict.subject, "property": conflict.property, "values": values}
    return {**told, "preferred": conflict.preferred, "reason": conflict.why}


@click.command("conflicts")
@asking
def conflicts_command(register: str | None, as_json: bool, lang: str | None) -> None:
    """Where documents disagree: every value with its words, one preferred and why.

    Example: servanda conflicts --json
    """
    with open_register(register) as opened:
        gathered = gather(opened, mentions=True)
        documents = gathered.documents
        texts = {d.number: text_of(opened, d.number) for d in documents}
    found = conflicts(documents, gathered.resolution.engagements, facts(documents), texts=texts, ranks=_ranks())
    rows = [conflict_row(conflict) for conflict in found]
    columns: Columns = {
        "subject": lambda it: it["subject"],
        "property": lambda it: it["property"],
        "values": lambda it: "; ".join(f"{v['value']} ({v['source']})" for v in it["values"]),
        "preferred": lambda it: f"{it['preferred']}: {it['reason']}",
    }
    answer(rows, columns, as_json, Labels(lang), len(documents))


def _ranks() -> set[str]:
    titles = [title for title in load().entries("titles", Title) if title.kind == "rank"]
    return {plain(form) for title in titles for words in title.words for form in expand(words)}


@click.command("explain-merge")
@click.argument("first")
@click.argument("second")
@register_option
def explain_merge_command(first: str, second: str, register: str | None) -> None:
    """Why two engagements, by id or by the id of a telling, are one or are not: every feature, its weight, the sum.

    Example: servanda explain-merge 94a48b21fa4918d0 da9561053932c24f
    """
    with open_register(register) as opened:
        gathered = gather(opened)
    pairs = [(a, b) for a in _tellings(gathered, first) for b in _tellings(gathered, second) if a is not b]
    if not pairs:
        raise NotFound(f"no two tellings {first} and {second}")
    for a, b in pairs:
        _explain(a, b)


def _tellings(gathered: Gathered, id: str) -> list[Telling]:
    return [t for e in gathered.resolution.engagements for t in e.tellings if id in (e.id, t.key)]


def _explain(a: Telling, b: Telling) -> None:
    found = match(a, b)
    click.echo(f"{a.source}: {a.passages[0].quote}\n{b.source}: {b.passages[0].quote}")
    if found is None:
        click.echo(f"  kinds exclude each other: {a.kind}, {b.kind}")
        return
    for name, value, part in found.table():
        click.echo(f"  {name:12}{value:6.2f}{part:+8.3f}")
    verdict = "one engagement" if found.score >= weights().least else "two engagements"
    click.echo(f"  {found.group}: {found.score:.3f} of {weights().least}: {verdict}")


def doubtful(gathered: Gathered) -> list[Any]:
    """Pairs for a person to look at, the likeliest first."""
    return sorted(gathered.resolution.doubtful, key=lambda m: -m.score)

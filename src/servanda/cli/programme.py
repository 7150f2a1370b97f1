"""Programmes: what a cycle, a visit or a unit's way to its mission was to consist of, and what of it came about."""

from __future__ import annotations

import click

from servanda.answers.gathered import gather
from servanda.answers.programmes import programme_row
from servanda.cli.options import asking
from servanda.cli.output import Labels, print_json
from servanda.cli.register import Columns, answer
from servanda.errors import NotFound
from servanda.keep.follow import ledger
from servanda.keep.programmes import Programme, by_name, programmes
from servanda.labels import spoken
from servanda.store import extent, open_register

LONGEST = 100  # code points of a quotation in the terminal


@click.command("programme")
@click.argument("name", required=False)
@asking
def programme_command(name: str | None, register: str | None, as_json: bool, lang: str | None) -> None:
    """A programme's steps in order, planned beside held, each with its words; without NAME, all programmes.

    NAME: a programme's id, its name or a part of it, a unit's name.

    Example: servanda programme "bệnh viện dã chiến cấp 2"
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        gathered, looked_at = gather(opened), extent(opened)
    engagements = gathered.resolution.engagements
    found = programmes(gathered.documents, engagements, ledger(gathered.documents, engagements))
    if name is None:
        answer([programme_row(p) for p in found], _columns(labels), as_json, labels, looked_at)
        return
    hits, near = by_name(name, found)
    if not hits:
        documents, newest = looked_at
        over = f"no programme {name} in {documents} documents, the newest of {newest or 'an unknown date'}"
        offered = "; ".join(near)
        raise NotFound(f"{over}: {f'near are {offered}' if near else 'servanda programme lists all'}")
    if as_json:
        print_json([programme_row(p) for p in hits])
        return
    for programme in hits:
        _print(programme, labels, lang or spoken())


def _columns(labels: Labels) -> Columns:
    return {
        "kind": lambda it: labels(it["kind"]),
        "name": lambda it: it["name"],
        "parties": lambda it: ", ".join(it["parties"][:4]),
        "steps": lambda it: len(it["steps"]),
        "held": lambda it: sum(step["status"] in ("held", "changed") for step in it["steps"]),
        "id": lambda it: it["id"],
    }


def _print(programme: Programme, labels: Labels, language: str) -> None:
    years = f" ({programme.since}–{programme.until})" if programme.since else ""
    click.echo(f"{programme.name}{years}: {labels(programme.kind)}")
    for step in programme.steps:
        number = f" {step.unit}" if step.unit else ""
        when = f"{step.date or ''}{f' (planned {step.planned})' if step.planned else ''}".strip() or "no date"
        place = f", {step.place}" if step.place else ""
        click.echo(f"  {labels(step.labels[language])}{number}: {labels(step.status)}, {when}{place}: {step.name}")
        if step.note:
            click.echo(f"      {step.note}")
        for passage in (*step.told[:1], *step.shown[:1]):
            words = " ".join(passage.quote.split())
            click.echo(f"      {passage.source} {passage.start}-{passage.end}: “{words[:LONGEST]}”")

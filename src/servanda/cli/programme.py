"""Programmes: what a cycle, a visit or a unit's way to its mission was to consist of, and what of it came about."""

from __future__ import annotations

import click

from servanda import answers
from servanda.cli.options import asking
from servanda.cli.output import Labels, Row, print_json
from servanda.cli.register import Columns, answer
from servanda.labels import spoken
from servanda.store import open_register

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
        if name is None:
            found = answers.programmes(opened, limit=None)
            answer(found.rows, _columns(labels), as_json, labels, found.looked_at)
            return
        hits = answers.programmes(opened, name=name, limit=None).rows or [answers.programme(opened, name)]
    if as_json:
        print_json(hits)
        return
    for row in hits:
        _print(row, labels, lang or spoken())


def _columns(labels: Labels) -> Columns:
    return {
        "kind": lambda it: labels(it["kind"]),
        "name": lambda it: it["name"],
        "parties": lambda it: ", ".join(it["parties"][:4]),
        "steps": lambda it: len(it["steps"]),
        "held": lambda it: sum(step["status"] in ("held", "changed") for step in it["steps"]),
        "id": lambda it: it["id"],
    }


def _print(row: Row, labels: Labels, language: str) -> None:
    years = f" ({row['since']}–{row['until']})" if row["since"] else ""
    click.echo(f"{row['name']}{years}: {labels(row['kind'])}")
    for step in row["steps"]:
        number = f" {step['unit']}" if step["unit"] else ""
        planned = f" ({labels('planned')} {step['planned']})" if step["planned"] else ""
        when = f"{step['date'] or ''}{planned}".strip() or "no date"
        place = f", {step['place']}" if step["place"] else ""
        kind, status = labels(step["label"][language]), labels(step["status"].replace(" ", "_"))
        click.echo(f"  {kind}{number}: {status}, {when}{place}: {step['name']}")
        if step["note"]:
            click.echo(f"      {labels.reason(step['note']) or step['note']}")
        for told in (*step["told"][:1], *step["shown"][:1]):
            words = " ".join(told["quote"].split())
            click.echo(f"      {told['source']} {told['start']}-{told['end']}: “{words[:LONGEST]}”")

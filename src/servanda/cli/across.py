"""Answers over several documents: engagements each once, stories, conflicts, and why two tellings were merged."""

from __future__ import annotations

import click

from servanda import answers
from servanda.answers.drawings import Beside
from servanda.cli.options import asking, listing, register_option
from servanda.cli.output import Labels, Row, in_short, print_json
from servanda.cli.register import Columns, answer, engagement_columns
from servanda.desk.words import about
from servanda.errors import NotFound
from servanda.keep.match import match, weights
from servanda.keep.offices import rules
from servanda.keep.sketches import Sketch
from servanda.keep.telling import Telling
from servanda.store import open_register

NAMED = 3  # documents of a value


@click.command("engagements")
@click.option("--quarantined", is_flag=True, help="Also facts of passages grafted from other articles.")
@listing
def engagements_command(quarantined: bool, register: str | None, as_json: bool, lang: str | None) -> None:
    """Meetings, visits, calls, conferences … each once, with every document that tells it and the words.

    Example: servanda engagements --json --register press.db
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        found = answers.engagements(opened, quarantined=quarantined, limit=None)
    answer(found.rows, engagement_columns(labels), as_json, labels, found.looked_at)


@click.command("stories")
@asking
def stories_command(register: str | None, as_json: bool, lang: str | None) -> None:
    """Groups of documents made from one source text: copies and rewrites, the original first.

    Example: servanda stories --json
    """
    with open_register(register) as opened:
        found = answers.stories(opened, limit=None)
    if as_json:
        print_json([row["sources"] for row in found.rows])
        return
    labels = Labels(lang)
    columns: Columns = {
        "original": lambda it: it["original"],
        "reason": lambda it: labels.reason(it["reason"]) or it["reason"],
        "copies": lambda it: ", ".join(it["copies"]),
    }
    answer(found.rows, columns, False, labels, found.looked_at)


@click.command("conflicts")
@listing
def conflicts_command(register: str | None, as_json: bool, lang: str | None) -> None:
    """Where documents disagree: every value with its words, one preferred and why.

    Example: servanda conflicts --json
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        found = answers.conflicts(opened, limit=None)
    columns: Columns = {
        "subject": lambda it: about(it, labels),
        "property": lambda it: labels(it["property"]),
        "values": values_told,
        "preferred": lambda it: f"{it['preferred']}: {labels.reason(it['reason']) or it['reason']}",
    }
    answer(found.rows, columns, as_json, labels, found.looked_at)


def values_told(row: Row) -> str:
    """Every value that documents give, and which they are."""
    sources: dict[str, list[str]] = {}
    for it in row["values"]:
        sources.setdefault(it["value"], []).append(in_short(it["source"]))
    return "; ".join(f"{value} ({_first_of(list(dict.fromkeys(told)))})" for value, told in sources.items())


def _first_of(told: list[str]) -> str:
    more = f" +{len(told) - NAMED}" if len(told) > NAMED else ""
    return ", ".join(told[:NAMED]) + more


@click.command("explain-merge")
@click.argument("first")
@click.argument("second")
@register_option
def explain_merge_command(first: str, second: str, register: str | None) -> None:
    """Why two engagements, or two people, are one or are not: every feature, its weight, the sum.

    Engagements by id or by the id of a telling (servanda engagements --ids); people by id or name, one of them twice
    for what made it one.

    Examples: servanda explain-merge 94a48b21fa4918d0 da9561053932c24f
              servanda explain-merge "Donald Trump" "D. Trump"
    """
    with open_register(register) as opened:
        told, others = answers.tellings(opened, first), answers.tellings(opened, second)
        pairs = [(a, b) for a in told for b in others if a.id != b.id]
        people = [] if pairs else answers.beside(opened, first, second)
    if not pairs and not people:
        raise NotFound(f"no two tellings or people {first} and {second}; servanda engagements --ids has the ids")
    for a, b in pairs:
        _explain(a, b)
    for it in people:
        _explain_people(it)


def _explain_people(it: Beside) -> None:
    click.echo("\n".join(map(_drawn, (it.first, it.second))))
    for name, value, part in it.likeness.table() if it.likeness else ():
        click.echo(f"  {name:12}{value:6.2f}{part:+8.3f}")
    score = f"{it.likeness.score:.3f} of {rules().least}" if it.likeness else "their names say nothing"
    click.echo(f"  {score}: {'one person' if it.one else 'two people'}")


def _drawn(sketch: Sketch) -> str:
    held = sorted(f"{o.title} ({', '.join(o.states)})" if o.states else o.title for o in sketch.offices)
    return f"{sketch.called}: {'; '.join(held) or 'no office'}; told {sketch.count} times"


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

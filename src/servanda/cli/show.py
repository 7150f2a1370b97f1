"""`servanda show NAME`: everything the register says of one actor."""

from __future__ import annotations

from typing import Any

import click

from servanda import answers
from servanda.answers.outdated import outdated
from servanda.answers.profile import FACTS
from servanda.cli.options import listing, topic_option
from servanda.cli.output import Labels, Row, console, print_json, print_table, quote, where_in_short
from servanda.cli.register import (
    Columns,
    act_columns,
    agreement_columns,
    answer,
    contribution_columns,
    engagement_columns,
)
from servanda.errors import NotFound
from servanda.store import extent, open_register


@click.command("show")
@click.argument("name")
@click.option("--with", "other", metavar="NAME", help="Only facts that also name this one.")
@topic_option
@click.option("--since", metavar="DATE", help="Only facts dated DATE (2019, 2019-03 …) or later.")
@listing
def show_command(
    name: str,
    other: str | None,
    topic: str | None,
    since: str | None,
    register: str | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Posts, engagements, acts given and received, contributions of NAME, each cited, newest first.

    NAME may be written without accents, or be a state's or mission's code.

    \b
    Examples: servanda show "Bùi Thanh Sơn" --with Iran --since 2024
              servanda show UNISFA --json
    """  # fmt: skip
    labels = Labels(lang)
    with open_register(register) as opened:
        try:
            first = answers.profile(opened, name, with_=other, topic=topic, since=since)
        except NotFound as error:
            gone = "; ".join(_outdated(it, labels) for it in outdated(opened, [name]))
            raise NotFound(f"{error}. {labels('told_before')}: {gone}" if gone else str(error)) from error
        same = [answers.profile(opened, id, with_=other, topic=topic, since=since) for id in first["others"]]
        looked_at = extent(opened)
        unknown = answers.strangers(opened, [other] if other else [])
        left_out = answers.undated(opened, name, with_=other, topic=topic) if since else 0
        found = [{**it, "outdated": outdated(opened, it["names"])} for it in (first, *same)]
    for stranger, near in unknown.items():
        advice = labels("near", names=", ".join(near)) if near else ""
        click.echo(f"{labels('nobody_called', name=stranger)} {advice}".strip(), err=True)
    if as_json:
        print_json(found)
        return
    for profile in found:
        _print(profile, labels)
        if not any(profile[section] for section in FACTS):
            answer([], {}, False, labels, looked_at)
    if left_out:
        console().print(labels("undated_left_out", count=left_out, since=since))


def _print(profile: Row, labels: Labels) -> None:
    out = console()
    codes = f" [{', '.join(profile['codes'])}]" if profile["codes"] else ""
    read_in = f"{len(profile['documents'])} {labels('documents').lower()}"
    out.print(f"{profile['name']}{codes} ({labels(profile['kind'])}, {read_in})")
    sections: dict[str, Columns] = {
        "posts": {
            "post": lambda it: f"{it['post']} ({labels('former')})" if it["former"] else it["post"],
            "published": lambda it: " – ".join(dict.fromkeys(filter(None, [it["first"], it["last"]]))),
            "source": where_in_short,
            "quote": quote,
        },
        "engagements": engagement_columns(labels),
        "acts_given": act_columns(labels),
        "acts_received": act_columns(labels),
        "positions": {"source": where_in_short, "quote": quote},
        "contributions": contribution_columns(labels),
        "agreements": agreement_columns(labels),
        "quarantined": {"source": where_in_short, "quote": quote},
    }
    for section, columns in sections.items():
        _section(labels(section), profile[section], columns, labels)
    for it in profile["outdated"]:
        out.print(f"{labels('told_before')}: {_outdated(it, labels)}", style="bold red")


def _outdated(row: Row, labels: Labels) -> str:
    """A document that is out of the answers, why, and what went with it."""
    return f"{row['source']} ({labels(row['status'])}: {row['reason']}; {labels('facts_gone', count=row['facts'])})"


def _section(title: str, rows: list[Any], columns: Columns, labels: Labels) -> None:
    if rows:
        console().print(f"\n{title}", style="bold")
        print_table(rows, columns, labels)

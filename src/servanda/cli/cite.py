"""`servanda cite ID`: a fact's words, to be copied into a note."""

from __future__ import annotations

import json

import click

from servanda.answers.citing import citation
from servanda.cli.options import register_option
from servanda.keep.citing import FORMATS, written
from servanda.store import open_register

STATES = {
    "moved": "stands at another place of a newer text now",
    "changed": "reads otherwise now",
    "unread": "still stands in its text, but is no longer read as a fact",
    "gone": "IS GONE from its source",
    "withdrawn": "WAS WITHDRAWN by its publisher",
}


@click.command("cite")
@click.argument("id")
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), default="text", show_default=True, help="How it is written."
)
@click.option("--desk", metavar="URL", default="", help="Where the desk is reached, for the permanent link.")
@register_option
def cite_command(id: str, kind: str, desk: str, register: str | None) -> None:
    """The words that a fact stands on, with its document, as text, Markdown, BibTeX or CSL-JSON.

    ID is the id of any fact, or the permanent id of an earlier citation: its words are found again after a
    re-reading or in a newer text, and where they are gone or changed this is said.

    \b
    Examples: servanda cite 94a48b21fa4918d0
              servanda cite 94a48b21fa4918d0 --format bibtex --desk https://desk.example.org
    """  # fmt: skip
    with open_register(register) as opened:
        row = citation(opened, id)
    told = written(row, kind, link=f"{desk.rstrip('/')}/cite/{row['id']}")
    click.echo(told if isinstance(told, str) else json.dumps([told], ensure_ascii=False, indent=2))
    if row["state"] != "stands":
        now = f": “{row['present']['quote']}”" if row["present"] else f": {row['reason']}" if row["reason"] else ""
        click.echo(f"{row['source']}: this citation {STATES[row['state']]}{now}", err=True)
    if row["state"] in ("gone", "withdrawn"):
        raise SystemExit(1)

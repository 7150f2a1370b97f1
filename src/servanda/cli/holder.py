"""`servanda holder POST`: who was seen in a post at a date."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

import click

from servanda import answers
from servanda.cli.options import asking
from servanda.cli.output import Labels, Row, console, print_json, print_table, quote, where_in_short
from servanda.cli.register import Columns
from servanda.keep.posts import Holder
from servanda.store import open_register

SHOWN = 3  # sightings


@click.command("holder")
@click.argument("post")
@click.option("--state", metavar="CODE", help="Of this state (ISO 3166), where the post's words do not name it.")
@click.option("--on", metavar="DATE", help="At this date (2017-06, 2017-06-30 …); else everyone ever seen in it.")
@asking
def holder_command(
    post: str, state: str | None, on: str | None, register: str | None, as_json: bool, lang: str | None
) -> None:
    """Who held a post at a date, from first to last sighting, each cited; where nobody was seen in it, that is said.

    Example: servanda holder "Bộ trưởng Ngoại giao" --state VN --on 2017-06
    """
    with open_register(register) as opened:
        found = answers.holding(opened, post, state=state and state.upper(), on=on)
    held, others = (_rows(some) for some in (found.holders, found.others))
    if as_json:
        print_json([{"post": post, "state": found.office.state, "on": on, "holders": held, "others": others,
                     "documents": found.documents, "newest": found.newest}])  # fmt: skip
        return
    _print(held, others, Labels(lang), f"not known: {found.documents} documents, the newest of {found.newest or '?'}")


def _rows(some: Iterable[Holder]) -> list[Row]:
    return [
        {"id": it.actor, "name": it.name, "post": it.tenure.post, "state": it.tenure.state, "first": it.tenure.first,
         "last": it.tenure.last, "days": it.days, "sightings": len(it.tenure.sightings),
         "evidence": [{"source": p.source, "start": p.start, "end": p.end, "quote": p.quote}
                      for _, p in it.tenure.sightings[:SHOWN]]}
        for it in some
    ]  # fmt: skip


def _print(held: list[Row], others: list[Row], labels: Labels, unknown: str) -> None:
    columns: Columns = {"name": itemgetter("name"), "post": itemgetter("post"), "first": itemgetter("first"),
               "last": itemgetter("last"), "source": where_in_short, "quote": quote}  # fmt: skip
    if held:
        print_table(held, columns, labels)
    else:
        click.echo(unknown)
    if others:
        console().print(labels("others"), style="bold")
        print_table(others, columns, labels)

"""Lists from the register: engagements, acts, contributions, agreements, documents, what was set aside; and verify."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from operator import itemgetter
from typing import Any

import click

from servanda.cli.options import asking
from servanda.cli.output import Labels, Row, name, names, print_json, print_table, quote, where_in_short
from servanda.keep import assemble
from servanda.records import Filed
from servanda.store import Register, filed, open_register, set_asides, verify

Columns = dict[str, Callable[[Row], object]]
GRAFTED = click.option("--quarantined", is_flag=True, help="Also facts of passages grafted from other articles.")


def engagement_columns(labels: Labels) -> Columns:
    """The columns of a table of engagements."""
    return {
        "date": lambda it: it["date"],
        "kind": lambda it: labels(it["kind"]),
        "status": lambda it: labels(it["status"]),
        "participants": lambda it: names(it["participants"]),
        "place": lambda it: it["place"],
        "source": where_in_short,
        "quote": quote,
    }


def act_columns(labels: Labels) -> Columns:
    """The columns of a table of acts."""
    return {
        "type": lambda it: labels(it["type"]),
        "speaker": lambda it: name(it["speaker"]),
        "addressee": lambda it: name(it["addressee"]),
        "due": lambda it: it["due"],
        "source": where_in_short,
        "quote": quote,
    }


def contribution_columns(labels: Labels) -> Columns:
    """The columns of a table of contributions."""
    return {
        "date": lambda it: it["date"],
        "contributor": lambda it: name(it["contributor"]),
        "mission": lambda it: name(it["mission"]),
        "what": lambda it: it["unit"] or labels(it["what"]),
        "count": lambda it: it["count"],
        "women": lambda it: it["women"],
        "status": lambda it: labels(it["status"]),
        "measure": lambda it: labels(it["measure"]),
        "source": where_in_short,
        "quote": quote,
    }


def agreement_columns(labels: Labels) -> Columns:
    """The columns of a table of agreements."""
    return {
        "date": lambda it: it["date"],
        "kind": lambda it: labels(it["kind"]),
        "status": lambda it: labels(it["status"]),
        "name": lambda it: it["name"],
        "parties": lambda it: names(it["parties"]),
        "source": where_in_short,
        "quote": quote,
    }


def assembled(register: Register, kind: str, make: Callable[..., list[Row]], *, quarantined: bool = False) -> list[Row]:
    """All records of a kind, assembled."""
    found: Iterable[Filed] = filed(register, (kind, "actor"), without=assemble.UNNEEDED)
    return make(found, quarantined=quarantined)


def answer(rows: list[Row], columns: Columns, as_json: bool, labels: Labels, looked_at: int) -> None:
    """Print rows as JSON or as a table; where there are none, over how many documents that was found."""
    if as_json:
        print_json(rows)
    elif rows:
        print_table(rows, columns, labels)
    else:
        click.echo(labels("nothing", documents=looked_at))


def _list(
    kind: str, make: Any, columns: Any, register: str | None, as_json: bool, lang: str | None, quarantined: bool
) -> None:
    labels = Labels(lang)
    with open_register(register) as opened:
        rows = assembled(opened, kind, make, quarantined=quarantined)
        looked_at = 0 if rows else sum(1 for _ in filed(opened))
    answer(rows, columns(labels), as_json, labels, looked_at)


@click.command("engagements")
@GRAFTED
@asking
def engagements_command(**how: Any) -> None:
    """Meetings, visits, calls, conferences … with their documents and words.

    Example: servanda engagements --json --register press.db
    """
    _list("engagement", assemble.engagements, engagement_columns, **how)


@click.command("acts")
@GRAFTED
@asking
def acts_command(**how: Any) -> None:
    """What speakers did with words: promised, asked, thanked, accused …

    Example: servanda acts --lang vi
    """
    _list("act", assemble.acts, act_columns, **how)


@click.command("contributions")
@GRAFTED
@asking
def contributions_command(**how: Any) -> None:
    """What countries give to peace operations, as the press has it; figures are never added up.

    Example: servanda contributions --json
    """
    _list("contribution", assemble.contributions, contribution_columns, **how)


@click.command("agreements")
@GRAFTED
@asking
def agreements_command(**how: Any) -> None:
    """Memoranda, treaties, resolutions, joint statements … and their parties.

    Example: servanda agreements
    """
    _list("agreement", assemble.agreements, agreement_columns, **how)


@click.command("documents")
@asking
def documents_command(register: str | None, as_json: bool, lang: str | None) -> None:
    """The documents of the register, also those superseded or withdrawn.

    Example: servanda documents --json
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        kinds = ("actor", "engagement", "act", "position", "contribution", "agreement")
        rows = assemble.documents(filed(opened, kinds, without=("mention", "post", "name"), status=None))
    columns: Columns = {
        "source": lambda it: it["source"],
        "published": lambda it: it["published"],
        "title": lambda it: it["title"],
        "status": lambda it: labels(it["status"]),
        "records": lambda it: ", ".join(f"{n} {labels(kind + 's').lower()}" for kind, n in it["records"].items()),
    }
    answer(rows, columns, as_json, labels, 0)


@click.command("set-aside")
@asking
def set_aside_command(register: str | None, as_json: bool, lang: str | None) -> None:
    """What could not be read, and why.

    Example: servanda set-aside
    """
    with open_register(register) as opened:
        rows = [asdict(it) for it in set_asides(opened)]
        looked_at = 0 if rows else sum(1 for _ in filed(opened))
    columns: Columns = {key: itemgetter(key) for key in ("source", "reason", "last_seen")}
    answer(rows, columns, as_json, Labels(lang), looked_at)


@click.command("verify")
@asking
def verify_command(register: str | None, as_json: bool, lang: str | None) -> None:
    """Check every stored span against the stored text and its hash; exit code 1 unless all hold.

    Example: servanda verify
    """
    with open_register(register) as opened:
        done = verify(opened)
    if as_json:
        print_json([asdict(done)])
    else:
        for broken in done.broken:
            click.echo(" ".join(f"{key}={value!r}" for key, value in broken.items()), err=True)
        click.echo(Labels(lang)("spans_hold", hold=done.hold, spans=done.spans, documents=done.documents))
    if done.broken:
        raise SystemExit(1)

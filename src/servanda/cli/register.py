"""Lists from the register: acts, contributions, agreements, documents, what was set aside; withdraw and verify."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from operator import itemgetter
from typing import Any

import click

from servanda import answers
from servanda.answers.pages import Page
from servanda.cli.options import asking, listing, register_option
from servanda.cli.output import Labels, Row, name, names, print_json, print_table, quote, where_in_short
from servanda.records import OfficialFigure
from servanda.store import Register, extent, open_register, set_asides, verify, withdraw

Columns = dict[str, Callable[[Row], object]]
Extent = int | tuple[int, str | None]  # documents looked at, and the date of the newest (store.extent)
GRAFTED = click.option("--quarantined", is_flag=True, help="Also facts of passages grafted from other articles.")


def engagement_columns(labels: Labels) -> Columns:
    """The columns of a table of engagements."""
    return {
        "date": lambda it: it["date"],
        "kind": lambda it: labels(it["kind"]),
        "status": lambda it: labels(it["status"]),
        "participants": lambda it: names(it["participants"], labels),
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


def official_columns() -> Columns:
    """The columns of a table of the UN's figures."""
    return {key: itemgetter(key) for key in OfficialFigure.__dataclass_fields__}


def agreement_columns(labels: Labels) -> Columns:
    """The columns of a table of agreements."""
    return {
        "date": lambda it: it["date"],
        "kind": lambda it: labels.of("agreement", it["kind"]),
        "status": lambda it: labels(it["status"]),
        "name": lambda it: it["name"],
        "parties": lambda it: names(it["parties"], labels),
        "source": where_in_short,
        "quote": quote,
    }


def answer(rows: list[Row], columns: Columns, as_json: bool, labels: Labels, looked_at: Extent) -> None:
    """Print rows as JSON or as a table; where there are none, over how many documents that was found."""
    if as_json:
        print_json(rows)
    elif rows:
        print_table(rows, columns, labels)
    else:
        documents, newest = looked_at if isinstance(looked_at, tuple) else (looked_at, None)
        click.echo(labels("nothing_since" if newest else "nothing", documents=documents, newest=newest))


def _list(
    ask: Callable[..., Page], columns: Any, register: str | None, as_json: bool, lang: str | None, quarantined: bool
) -> None:
    labels = Labels(lang)
    with open_register(register) as opened:
        found = ask(opened, quarantined=quarantined, limit=None)
    answer(found.rows, columns(labels), as_json, labels, found.looked_at)


@click.command("acts")
@GRAFTED
@listing
def acts_command(**how: Any) -> None:
    """What speakers did with words: promised, asked, thanked, accused …

    Example: servanda acts --lang vi
    """
    _list(answers.acts, act_columns, **how)


@click.command("contributions")
@click.option("--official", "from_tables", is_flag=True, help="The UN's rows instead of what the press says.")
@click.option("--series", "by_date", is_flag=True, help="Of one state over time: tables and claims by date.")
@click.option("--state", metavar="CODE", help="Only this contributor, by its ISO 3166 code.")
@click.option("--mission", metavar="ACRONYM", help="Only this mission.")
@click.option("--as-of", metavar="DATE", help="With --official: only the table of this date.")
@GRAFTED
@listing
def contributions_command(
    from_tables: bool,
    by_date: bool,
    state: str | None,
    mission: str | None,
    as_of: str | None,
    register: str | None,
    as_json: bool,
    lang: str | None,
    quarantined: bool,
) -> None:
    """What countries give to peace operations, as the press has it; figures are never added up.

    \b
    Examples: servanda contributions --state VN --json
              servanda contributions --state VN --mission UNISFA --series
              servanda contributions --official --state VN --as-of 2025-06-30
    """  # fmt: skip
    labels = Labels(lang)
    state, mission = state and state.upper(), mission and mission.upper()
    if by_date and not state:
        raise click.UsageError("--series is of one state: add --state CODE")
    with open_register(register) as opened:
        looked_at: Extent = extent(opened)
        if by_date:
            rows, columns = answers.over_time(opened, state or "", mission), series_columns(labels)
        elif from_tables:
            rows, columns = _of_tables(opened, state, mission, as_of, labels), official_columns()
        else:
            asked = {"state": state, "mission": mission, "quarantined": quarantined}
            found = answers.contributions(opened, **asked, limit=None)  # type: ignore[arg-type]
            rows, columns, looked_at = found.rows, contribution_columns(labels), found.looked_at
    answer(rows, columns, as_json, labels, looked_at)


def _of_tables(
    register: Register, state: str | None, mission: str | None, as_of: str | None, labels: Labels
) -> list[Row]:
    """The UN's rows; what no table tells is said on standard error: no table of that date, or none of missions."""
    missing = answers.no_figures(register, state=state, mission=mission, as_of=as_of)
    if missing:
        click.echo(labels.reason(missing) or missing, err=True)
    return answers.official(register, state=state, mission=None if missing else mission, as_of=as_of)


def series_columns(labels: Labels) -> Columns:
    """The columns of a state's figures over time."""
    return {
        "date": itemgetter("date"),
        "source": lambda it: it["evidence"][0]["source"] if it["evidence"] else it["by"],
        "mission": itemgetter("mission"),
        "measure": lambda it: labels(it["measure"]),
        "status": lambda it: labels(it["status"]),
        "count": itemgetter("count"),
        "women": itemgetter("women"),
        "what": lambda it: ", ".join(f"{kind} {total}" for kind, total in it["kinds"].items()) or quote(it),
    }


@click.command("agreements")
@GRAFTED
@listing
def agreements_command(**how: Any) -> None:
    """Memoranda, treaties, resolutions, joint statements … and their parties.

    Example: servanda agreements
    """
    _list(answers.agreements, agreement_columns, **how)


@click.command("documents")
@asking
def documents_command(register: str | None, as_json: bool, lang: str | None) -> None:
    """The documents of the register, also those superseded or withdrawn.

    Example: servanda documents --json
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        rows = answers.documents(opened, limit=None).rows
    rows.sort(key=itemgetter("first_seen", "source"))
    columns: Columns = {
        "source": lambda it: it["source"],
        "published": lambda it: it["published"],
        "title": lambda it: it["title"],
        "status": lambda it: ": ".join(filter(None, [labels(it["status"]), it["status_reason"]])),
        "records": lambda it: ", ".join(f"{n} {labels(kind + 's').lower()}" for kind, n in it["records"].items()),
    }
    answer(rows, columns, as_json, labels, 0)


@click.command("withdraw")
@click.argument("source")
@click.option("--by", required=True, metavar="NAME", help="Who says so.")
@click.option("--reason", required=True, help="Why: a retraction, a correction by the publisher …")
@register_option
def withdraw_command(source: str, by: str, reason: str, register: str | None) -> None:
    """Take a document out of every answer; it stays in the history, with who withdrew it and why.

    Example: servanda withdraw https://example.org/1 --by "Nguyễn Lan" --reason "retracted by the paper"
    """
    with open_register(register) as opened:
        count = withdraw(opened, source, by=by, reason=reason)
    click.echo(f"{source}: withdrawn, and with it {count} records that are told there")


@click.command("set-aside")
@asking
def set_aside_command(register: str | None, as_json: bool, lang: str | None) -> None:
    """What could not be read, and why.

    Example: servanda set-aside
    """
    with open_register(register) as opened:
        rows = [asdict(it) for it in set_asides(opened)]
        looked_at = extent(opened)
    columns: Columns = {key: itemgetter(key) for key in ("source", "reason", "last_seen")}
    labels = Labels(lang)
    if rows or as_json:
        answer(rows, columns, as_json, labels, looked_at)
    else:
        click.echo(labels("nothing_aside", documents=looked_at[0]))


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

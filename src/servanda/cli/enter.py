"""`servanda enter`: what is known from a cable, a note or a person rather than from a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from servanda.cli.options import register_option
from servanda.cli.review import who
from servanda.review.entering import UNDERTAKINGS, Entered, Entry, enter, enter_outcome, undertaking
from servanda.review.questions import STATUSES
from servanda.store import open_register

Function = TypeVar("Function", bound=Callable[..., Any])


def _told(command: Function) -> Function:
    """The options of every entry: its words, where they are from, when, and who enters it."""
    for option in (
        register_option,
        click.option("--officer", metavar="NAME", help="Who enters it; else SERVANDA_BY, else your user name."),
        click.option(
            "--dated", required=True, metavar="DATE", help="Of when the words are: YYYY, YYYY-MM, YYYY-MM-DD."
        ),
        click.option("--origin", required=True, help="Where they are from: a cable's number, a note, a person."),
        click.option("--words", required=True, help="The words that tell it, as they stand there."),
    ):
        command = option(command)
    return command


@click.group("enter")
def enter_group() -> None:
    """What is known from elsewhere than a page: kept with its words, where they are from, and who entered it.

    Example: servanda enter undertaking --by Japan --to VN --words "…" --origin "Cable 12" --dated 2024-05-01
    """


@enter_group.command("undertaking")
@click.option("--by", "side", required=True, metavar="NAME", help="Who undertakes it, or asks.")
@click.option("--to", metavar="NAME", help="To whom.")
@click.option("--kind", type=click.Choice(list(UNDERTAKINGS)), default="pledge", show_default=True)
@click.option("--due", metavar="DATE", help="By when; a date that is not told is none.")
@_told
def enter_undertaking(side: str, to: str | None, kind: str, due: str | None, **told: Any) -> None:
    """A pledge, request, invitation, proposal or plan.

    Example: servanda enter undertaking --by Japan --to VN --due 2025 --words "Japan will train ten engineers."
             --origin "Cable 12" --dated 2024-05-01
    """
    _keep(*undertaking(kind, side, to, due), **told)


@enter_group.command("engagement")
@click.option("--kind", required=True, help="meeting, visit, call, conference, exercise, training, ceremony …")
@click.option("--status", default="held", show_default=True)
@click.option("--participant", "participants", multiple=True, required=True, metavar="NAME")
@click.option("--date", metavar="DATE")
@click.option("--place")
@_told
def enter_engagement(
    kind: str, status: str, participants: tuple[str, ...], date: str | None, place: str | None, **told: Any
) -> None:
    """A meeting, visit, call … that was held or is planned.

    Example: servanda enter engagement --kind meeting --participant VN --participant Japan --date 2024-05-02
             --words "The two ministries met on 2 May." --origin "Note for file" --dated 2024-05-03
    """
    values = {"kind": kind, "status": status, "participant": list(participants), "date": date, "place": place}
    _keep("engagement", values, **told)


@enter_group.command("contribution")
@click.option("--contributor", required=True, metavar="NAME")
@click.option("--what", required=True, help="level_2_hospital, engineering_unit, staff_officers, troops …")
@click.option("--mission", metavar="NAME")
@click.option("--status", default="deployed", show_default=True)
@click.option("--measure", default="strength", show_default=True, help="strength, cumulative or movement.")
@click.option("--count", type=click.IntRange(0))
@click.option("--women", type=click.IntRange(0))
@click.option("--unit")
@click.option("--date", metavar="DATE")
@_told
def enter_contribution(
    words: str, origin: str, dated: str, officer: str | None, register: str | None, **values: Any
) -> None:
    """Units or people given to a mission.

    Example: servanda enter contribution --contributor VN --mission UNMISS --what level_2_hospital --count 63
             --words "63 staff have arrived in Bentiu." --origin "Cable 40" --dated 2024-10-01
    """
    _keep("contribution", values, words=words, origin=origin, dated=dated, officer=officer, register=register)


@enter_group.command("outcome")
@click.argument("id")
@click.option("--status", required=True, type=click.Choice(list(STATUSES)))
@_told
def enter_outcome_command(
    id: str, status: str, words: str, origin: str, dated: str, officer: str | None, register: str | None
) -> None:
    """How an undertaking came out.

    Example: servanda enter outcome 94a48b21fa4918d0 --status kept --words "The boats were handed over today."
             --origin "Embassy" --dated 2024-11-02
    """
    with open_register(register) as opened:
        _say(enter_outcome(opened, id, status, Entry("outcome", words, origin, dated), by=who(officer)))


def _keep(
    kind: str, values: dict[str, Any], *, words: str, origin: str, dated: str, officer: str | None, register: str | None
) -> None:
    said = {
        name: value if isinstance(value, list) else str(value) for name, value in values.items() if value is not None
    }
    with open_register(register, create=True) as opened:
        _say(enter(opened, Entry(kind, words, origin, dated, said), by=who(officer)))


def _say(entered: Entered) -> None:
    click.echo(f"kept as {entered.source}; servanda review --undo {entered.judgement} takes it back")

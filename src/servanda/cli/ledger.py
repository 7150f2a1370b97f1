"""The ledger: what was promised, asked, planned, by whom to whom, due when, and what the documents show of it."""

from __future__ import annotations

import click

from servanda import answers
from servanda.answers.asking import COUNTED
from servanda.answers.rows import ledger_row
from servanda.cli.options import listing, register_option
from servanda.cli.output import Labels, in_short
from servanda.cli.register import Columns, answer
from servanda.keep.weighing import STATUSES
from servanda.keep.when import when
from servanda.store import extent, open_register

AWAITED = ("open", "accepted", "postponed", "overdue", "partly_kept")
WEIGHED = 5  # facts shown


def ledger_columns(labels: Labels) -> Columns:
    """The columns of a table of undertakings."""
    return {
        "status": lambda it: labels(it["status"]),
        "kind": lambda it: labels(it["kind"]),
        "by": lambda it: ", ".join(it["by"]),
        "to": lambda it: ", ".join(it["to"]),
        "due": lambda it: it["due"],
        "source": lambda it: in_short(it["made"]["source"]),
        "quote": lambda it: it["what"],
    }


@click.command("ledger")
@click.option("--all", "everything", is_flag=True, help="Also exhortations (strengthen cooperation) and dates put off.")
@click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="May be given again.")
@listing
def ledger_command(
    everything: bool, statuses: tuple[str, ...], register: str | None, as_json: bool, lang: str | None
) -> None:
    """Every undertaking, with due date, status and the words that show its outcome.

    Example: servanda ledger --status overdue
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        found = answers.undertakings(opened, exhortations=as_json or everything, limit=None)
    chosen = [row for row in found.rows if not statuses or row["status"] in statuses]
    shown = chosen if as_json or everything or statuses else [row for row in chosen if not row["renewed_by"]]
    answer(shown, ledger_columns(labels), as_json, labels, found.looked_at)
    if found.hidden and not as_json:
        many = labels("many", count=COUNTED) if found.hidden > COUNTED else found.hidden
        click.echo(labels("exhortations_hidden", count=many))
    if len(shown) < len(chosen):
        click.echo(labels("renewed_hidden", count=len(chosen) - len(shown)))


@click.command("due")
@click.option("--until", required=True, metavar="DATE", help="The last day (YYYY-MM-DD) on which a due date may begin.")
@click.option("--all", "everything", is_flag=True, help="Also what was already kept, refused or withdrawn.")
@listing
def due_command(until: str, everything: bool, register: str | None, as_json: bool, lang: str | None) -> None:
    """What falls due until a date and is not known to have come about, the earliest first.

    Example: servanda due --until 2024-12-31
    """
    last, labels = when(until), Labels(lang)
    if last is None or last.yearless:
        raise click.BadParameter(f"{until} is no date; give YYYY-MM-DD", param_hint="--until")
    with open_register(register) as opened:
        found = answers.undertakings(opened, due_until=until, exhortations=True, limit=None)
    rows = [row for row in found.rows if everything or row["status"] in AWAITED]
    answer(rows, ledger_columns(labels), as_json, labels, found.looked_at)


@click.command("explain-outcome")
@click.argument("id")
@register_option
def explain_outcome_command(id: str, register: str | None) -> None:
    """Why an undertaking has its status: its evidence, and every fact that was weighed, feature by feature.

    The ids: servanda ledger --ids

    Example: servanda explain-outcome 94a48b21fa4918d0
    """
    with open_register(register) as opened:
        found, (documents, newest) = answers.outcome(opened, id), extent(opened)
    row = found["undertaking"]
    click.echo(f"{row['made']['source']}: {row['made']['quote']}")
    click.echo(f"{row['kind']}, due {row['due'] or 'undated'}: {row['status']}")
    for line in row["history"]:
        click.echo(f"  {line}")
    for shown in row["evidence"]:
        click.echo(f"  {shown['says']}: {shown['source']}: {shown['quote']}")
    if not row["evidence"]:
        click.echo(f"  no evidence in {documents} documents, the newest of {newest or 'an unknown date'}")
    for it in found["weighed"][:WEIGHED]:
        click.echo(f"{it['source']}: {it['quote']}")
        for name, value, part in it["parts"]:
            click.echo(f"  {name:14}{value:6.2f}{part:+8.3f}")
        click.echo(f"  {it['score']:.3f} of {it['least']}")


__all__ = ["due_command", "explain_outcome_command", "ledger_columns", "ledger_command", "ledger_row"]

"""The UN's monthly tables in the register, and what the press says beside them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from servanda.answers import reconciled
from servanda.cli.options import asking, register_option
from servanda.cli.output import Labels, where_in_short
from servanda.cli.register import Columns, answer
from servanda.intake.un_tables import OfficialTable, read_tables
from servanda.records import OfficialFigure, month_named
from servanda.store import Register, add_official, extent, official_names, open_register


@click.command("import-un")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as-of", metavar="DATE", help="For a table that prints no date: the last day of its month.")
@register_option
def import_un_command(files: tuple[Path, ...], as_of: str | None, register: str | None) -> None:
    """Keep the UN's tables of uniformed personnel (PDF or CSV) under the dates printed on them.

    A second file of one date is refused where its figures differ.

    Example: servanda import-un UN_country_contributions_2025_06.pdf
    """
    with open_register(register, create=True) as opened:
        for path in files:
            for table in read_tables(path, as_of):
                _keep(opened, path, table)


def _keep(register: Register, path: Path, table: OfficialTable) -> None:
    figures = [OfficialFigure(r.as_of, r.country, r.mission, r.personnel_type, r.male, r.female, r.total)
               for r in table.rows]  # fmt: skip
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    new = add_official(register, figures, as_of=table.as_of, sha256=digest, name=path.name)
    others = [it for it in official_names(register)[table.as_of] if it != path.name]
    same = f"the same figures are already kept{f', from {others[0]}' if others else ''}"
    dated = "" if table.dated == "printed" else f" (no date printed: {table.dated})"
    click.echo(f"{path.name}: as of {table.as_of}{dated}: {f'{len(figures)} rows' if new else same}")
    says = month_named(path.name)
    if says and says != table.as_of[:7]:
        click.echo(f"{path.name}: its name says {says}, but the table in it is dated {table.as_of}, and is kept "
                   "under that date", err=True)  # fmt: skip


@click.command("reconcile")
@click.argument("country", metavar="STATE")
@asking
def reconcile_command(country: str, register: str | None, as_json: bool, lang: str | None) -> None:
    """Press figures of a state's peacekeepers beside the UN's table nearest in time: agrees, differs, no table.

    STATE is an ISO 3166 code. Cumulative figures and movements stand beside, and are never compared.

    Example: servanda reconcile VN
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        rows = reconciled(opened, country.upper())
        looked_at = extent(opened)
    columns: Columns = {
        "date": lambda it: it["date"],
        "what": lambda it: " ".join(filter(None, [labels(it["what"]), it["mission"]])),
        "count": lambda it: _beside(it["count"], it["official"]),
        "women": lambda it: _beside(it["women"], it["official_women"]),
        "measure": lambda it: labels(it["measure"]),
        "outcome": lambda it: labels(it["outcome"]),
        "as_of": lambda it: it["as_of"],
        "reason": lambda it: labels.reason(it["reason"] or "") or it["reason"],
        "source": where_in_short,
    }
    answer(rows, columns, as_json, labels, looked_at)


def _beside(said: int | None, counted: int | None) -> str:
    return "" if said is None else f"{said} ({'-' if counted is None else counted})"

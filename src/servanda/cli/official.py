"""The UN's monthly tables in the register, and what the press says beside them."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

import click

from servanda.cli.options import asking, register_option
from servanda.cli.output import Labels, Row
from servanda.cli.register import Columns, answer
from servanda.intake.un_tables import OfficialTable, read_tables
from servanda.keep.official import Claim, Reconciled, reconcile
from servanda.keep.promises import Fact, facts
from servanda.keep.when import anchored
from servanda.records import OfficialFigure
from servanda.store import Register, add_official, filed, official, open_register


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
    told = f"{len(figures)} rows" if new else "the same figures are already kept"
    dated = "" if table.dated == "printed" else f" (no date printed: {table.dated})"
    click.echo(f"{path.name}: as of {table.as_of}{dated}: {told}")


def claims(register: Register, country: str) -> list[Claim]:
    """What the press says of a state's contributions, each claim of the time of its own date or its page's."""
    found = facts(filed(register, ("actor", "contribution", "date"), without=("mention",)))
    of_state = [f for f in found if f.what and any(w.code == country for w in f.by)]
    return [_claim(f, country) for f in of_state if f.count is not None or f.women is not None]


def _claim(fact: Fact, country: str) -> Claim:
    p = fact.passage
    date = anchored(fact.due, fact.era) or fact.era
    return Claim(country, fact.mission, fact.what or "other", fact.measure or "strength", fact.status, fact.count,
                 fact.women, date, p.source, p.start, p.end, p.quote, fact.asserted_by)  # fmt: skip


def reconciled_row(it: Reconciled) -> Row:
    """The claim with its words, the outcome, and the table's figures beside it."""
    values = asdict(it)
    claim = values.pop("claim")
    evidence = [{key: claim.pop(key) for key in ("source", "start", "end", "quote")}]
    return {**claim, **values, "evidence": evidence}


@click.command("reconcile")
@click.argument("country", metavar="STATE")
@asking
def reconcile_command(country: str, register: str | None, as_json: bool, lang: str | None) -> None:
    """Press figures of a state's peacekeepers beside the UN's table nearest in time: agrees, differs, no table.

    STATE is an ISO 3166 code. Cumulative figures and movements stand beside, and are never compared.

    Example: servanda reconcile VN
    """
    with open_register(register) as opened:
        found = reconcile(claims(opened, country.upper()), official(opened))
        looked_at = sum(1 for _ in filed(opened))
    columns: Columns = {
        "date": lambda it: it["date"],
        "what": lambda it: " ".join(filter(None, [it["what"], it["mission"]])),
        "count": lambda it: _beside(it["count"], it["official"]),
        "women": lambda it: _beside(it["women"], it["official_women"]),
        "measure": lambda it: it["measure"],
        "outcome": lambda it: it["outcome"],
        "as_of": lambda it: it["as_of"],
        "reason": lambda it: it["reason"],
        "source": lambda it: it["evidence"][0]["source"],
    }
    answer([reconciled_row(it) for it in found], columns, as_json, Labels(lang), looked_at)


def _beside(said: int | None, counted: int | None) -> str:
    return "" if said is None else f"{said} ({'-' if counted is None else counted})"

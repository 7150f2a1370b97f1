"""The ledger: what was promised, asked, planned, by whom to whom, due when, and what the documents show of it."""

from __future__ import annotations

import click

from servanda.cli.across import cited, gather
from servanda.cli.options import asking
from servanda.cli.output import Labels, Row
from servanda.cli.register import Columns, answer
from servanda.keep.follow import Undertaking, ledger
from servanda.store import open_register


def ledger_row(u: Undertaking) -> Row:
    """`id, kind, by, to, what, topic, grade, due, status, made, told_again, evidence, engagement, asserted_by`."""
    return {
        "id": u.id, "kind": u.kind, "by": u.by, "to": u.to, "what": u.what, "topic": u.topics, "grade": u.grade,
        "due": u.due, "status": u.status, "made": cited(u.made), "told_again": [cited(p) for p in u.told_again],
        "evidence": [{**cited(e.passage), "says": e.says} for e in u.evidence], "engagement": u.engagement,
        "asserted_by": u.asserted_by, "history": u.history,
    }  # fmt: skip


def ledger_columns(labels: Labels) -> Columns:
    """The columns of a table of undertakings."""
    return {
        "status": lambda it: labels(it["status"]),
        "kind": lambda it: labels(it["kind"]),
        "by": lambda it: ", ".join(it["by"]),
        "to": lambda it: ", ".join(it["to"]),
        "due": lambda it: it["due"],
        "what": lambda it: it["what"],
        "source": lambda it: it["made"]["source"],
    }


@click.command("ledger")
@click.option("--all", "everything", is_flag=True, help="Also exhortations (strengthen cooperation), hidden in tables.")
@click.option("--status", "statuses", multiple=True, help="Only undertakings of this status; may be given again.")
@asking
def ledger_command(
    everything: bool, statuses: tuple[str, ...], register: str | None, as_json: bool, lang: str | None
) -> None:
    """Every undertaking, with due date, status and the words that show its outcome.

    Example: servanda ledger --status overdue
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        gathered = gather(opened)
    found = ledger(gathered.documents, gathered.resolution.engagements)
    found = [u for u in found if not statuses or u.status in statuses]
    shown = [u for u in found if as_json or everything or u.grade != "exhortation"]
    answer([ledger_row(u) for u in shown], ledger_columns(labels), as_json, labels, len(gathered.documents))
    if len(shown) < len(found):
        click.echo(f"{len(found) - len(shown)} exhortations are hidden: servanda ledger --all")

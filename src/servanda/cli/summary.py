"""`servanda summary`: what the register holds, in a few cited lines."""

from __future__ import annotations

import click

from servanda.answers.gathered import Gathered, engagement_rows
from servanda.cli.options import asking
from servanda.cli.output import Labels, Row, console, name, names, print_json, quote, where
from servanda.keep import assemble
from servanda.keep.assemble import newest_first
from servanda.keep.resolve import resolve
from servanda.keep.telling import tellings
from servanda.records import Filed
from servanda.store import counts, decided, filed, open_register, set_asides

SHOWN = 12  # lines of each kind
KINDS = ("actor", "engagement", "act", "contribution", "agreement")
DATED = ("plan", "date")  # what telling one engagement from another needs besides


@click.command("summary")
@click.option("--lines", default=SHOWN, show_default=True, help="How many lines of each kind.")
@asking
def summary_command(register: str | None, as_json: bool, lang: str | None, lines: int) -> None:
    """Who met whom, what was promised, sent and signed: each line with its document and words.

    Example: servanda summary --lines 30
    """
    with open_register(register) as opened:
        found = list(filed(opened, (*KINDS, *DATED), without=(*assemble.UNNEEDED, "post")))
        met = engagement_rows(Gathered(found, resolve(tellings(found), decided(opened))))
        held, aside, shown = counts(opened), len(set_asides(opened)), opened.shown
    sections = _sections(found, met)
    if as_json:
        print_json([{"section": key, "records": rows} for key, (rows, _) in sections.items()])
        return
    labels = Labels(lang)
    told = ", ".join(f"{held.get(kind, 0)} {labels(kind + 's').lower()}" for kind in ("document", *KINDS))
    console().print(f"{shown}: {told}" + (f"; {aside} set aside (servanda set-aside)" if aside else ""))
    for key, (rows, command) in sections.items():
        _print(labels, key, rows, command, lines)
    console().print(f"\n{labels('read_own')}")


def _sections(found: list[Filed], met: list[Row]) -> dict[str, tuple[list[Row], str]]:
    """The rows of each section, newest first, and the command that lists all of them."""
    told = {document.source: document.published or "" for document in found}
    acts = sorted(assemble.acts(found), key=lambda it: told[it["documents"][0]], reverse=True)
    return {
        "who_met": (newest_first(met), "engagements"),
        "promised": ([it for it in acts if it["type"] in ("AGREE", "AID")], "acts"),
        "asked": ([it for it in acts if it["type"] == "REQUEST"], "acts"),
        "sent": (newest_first(assemble.contributions(found)), "contributions"),
        "agreed": (newest_first(assemble.agreements(found)), "agreements"),
    }


def _print(labels: Labels, key: str, rows: list[Row], command: str, lines: int) -> None:
    out = console()
    out.print(f"\n{labels(key)} ({len(rows)})", style="bold")
    for row in rows[:lines]:
        out.print(f"- {_headline(row, labels)}", style="cyan")
        out.print(f"    {quote(row, 240)}  [{where(row)}]")
    if len(rows) > lines:
        out.print(labels("more", count=len(rows) - lines, command=command))


def _headline(row: Row, labels: Labels) -> str:
    parts = [row.get("date") or row.get("due"), _who(row, labels), labels(row.get("kind") or row.get("type"))]
    return " · ".join(str(it) for it in (*parts, labels(row.get("status"))) if it)


def _who(row: Row, labels: Labels) -> str:
    if "participants" in row:
        return names(row["participants"])
    if "parties" in row:
        return f"{names(row['parties'])}: {row['name']}"
    if "speaker" in row:
        return " → ".join(it for it in (name(row["speaker"]), name(row["addressee"])) if it)
    what = row["unit"] or labels(row["what"])
    counted = f"{row['count']} {what}" if row["count"] else what
    return " → ".join(it for it in (name(row["contributor"]), counted, name(row["mission"])) if it)

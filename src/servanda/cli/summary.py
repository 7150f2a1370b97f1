"""`servanda summary`: what the register holds, in a few cited lines."""

from __future__ import annotations

import click

from servanda import answers
from servanda.answers.pages import Page
from servanda.cli.options import asking
from servanda.cli.output import Labels, Row, console, name, names, print_json, quote, where
from servanda.store import Register, counts, open_register, set_asides

SHOWN = 12  # lines of each kind
KINDS = ("actor", "engagement", "act", "contribution", "agreement")


@click.command("summary")
@click.option("--lines", default=SHOWN, show_default=True, help="How many lines of each kind.")
@asking
def summary_command(register: str | None, as_json: bool, lang: str | None, lines: int) -> None:
    """Who met whom, what was promised, sent and signed: each line with its document and words.

    Example: servanda summary --lines 30
    """
    with open_register(register) as opened:
        sections = _sections(opened, None if as_json else lines)
        held, aside, shown = counts(opened), len(set_asides(opened)), opened.shown
    if as_json:
        print_json([{"section": key, "records": page.rows} for key, (page, _) in sections.items()])
        return
    labels = Labels(lang)
    told = ", ".join(f"{held.get(kind, 0)} {labels(kind + 's').lower()}" for kind in ("document", *KINDS))
    console().print(f"{shown}: {told}" + (f"; {aside} set aside (servanda set-aside)" if aside else ""))
    for key, (page, command) in sections.items():
        _print(labels, key, page, command)
    console().print(f"\n{labels('read_own')}")


def _sections(register: Register, limit: int | None) -> dict[str, tuple[Page, str]]:
    """The rows of each section, newest first, and the command that lists all of them."""
    return {
        "who_met": (answers.engagements(register, limit=limit), "engagements"),
        "promised": (answers.acts(register, type="AGREE", limit=limit), "acts"),
        "asked": (answers.acts(register, type="REQUEST", limit=limit), "acts"),
        "sent": (answers.contributions(register, limit=limit), "contributions"),
        "agreed": (answers.agreements(register, limit=limit), "agreements"),
    }


def _print(labels: Labels, key: str, page: Page, command: str) -> None:
    out = console()
    out.print(f"\n{labels(key)} ({page.total}{'+' if page.more_than else ''})", style="bold")
    for row in page.rows:
        out.print(f"- {_headline(row, labels)}", style="cyan")
        out.print(f"    {quote(row, 240)}  [{where(row)}]")
    if page.total > len(page.rows):
        out.print(labels("more", count=page.total - len(page.rows), command=command))


def _headline(row: Row, labels: Labels) -> str:
    parts = [row.get("date") or row.get("due"), _who(row, labels), labels(row.get("kind") or row.get("type"))]
    return " · ".join(str(it) for it in (*parts, labels(row.get("status"))) if it)


def _who(row: Row, labels: Labels) -> str:
    if "participants" in row:
        return names(row["participants"], labels)
    if "parties" in row:
        return f"{names(row['parties'], labels)}: {row['name']}"
    if "speaker" in row:
        return " → ".join(it for it in (name(row["speaker"]), name(row["addressee"])) if it)
    what = row["unit"] or labels(row["what"])
    counted = f"{row['count']} {what}" if row["count"] else what
    return " → ".join(it for it in (name(row["contributor"]), counted, name(row["mission"])) if it)

"""Alerts: a calendar file, kept questions and their feeds, a digest of what changed."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from servanda import answers
from servanda.alerts import calendar, changes, feed, results
from servanda.answers.asking import asking as question_to
from servanda.cli.across import values_told
from servanda.cli.ledger import ledger_columns
from servanda.cli.options import asking, json_option, lang_option, listing, register_option, topic_option
from servanda.cli.output import Labels, print_json
from servanda.cli.register import Columns, answer, engagement_columns
from servanda.desk.words import about
from servanda.store import drop_watch, extent, keep_watch, open_register, watch, watches

NAMED = ("actor", "by", "to", "with_")
OUT = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; else standard output.")
BASE = click.option("--base", default="", metavar="URL", help="The desk's address, for links: https://desk.example.")


@click.command("calendar")
@click.option("--actor", metavar="NAME", help="Only what this one takes part in, owes or is owed.")
@topic_option
@click.option("--since", metavar="DATE", help="Only what is planned or due then or later.")
@OUT
@BASE
@lang_option
@register_option
def calendar_command(
    actor: str | None, topic: str | None, since: str | None, out: Path | None, base: str, lang: str | None,
    register: str | None,
) -> None:  # fmt: skip
    """Planned engagements and due dates as an iCalendar file; importing a newer one replaces the older.

    Example: servanda calendar --actor VN --since 2024 --out servanda.ics
    """
    with open_register(register) as opened:
        if actor:
            answers.actor(opened, actor)
        made = calendar(opened, now=datetime.now(UTC), actor=actor, topic=topic, since=since, base=base,
                        labels=Labels(lang))  # fmt: skip
    _write(made, out, b"BEGIN:VEVENT", Labels(lang))


@click.group("watch")
def watch_group() -> None:
    """Questions kept under a name, to be told what is new.

    Example: servanda watch add hospital --sort search --words "bệnh viện dã chiến"
    """


@watch_group.command("add")
@click.argument("name")
@click.option("--sort", type=click.Choice(["undertakings", "engagements", "search"]), default="undertakings")
@click.option("--words", help="What to search for.")
@click.option("--actor", metavar="NAME")
@click.option("--by", "by_actor", metavar="NAME", help="Undertakings of this one.")
@click.option("--to", metavar="NAME", help="Undertakings towards this one.")
@click.option("--with", "with_", metavar="NAME", help="Engagements with this one too.")
@click.option("--kind")
@click.option("--status")
@topic_option
@click.option("--officer", metavar="NAME", help="Who keeps it; else the user of this machine.")
@register_option
def watch_add(name: str, sort: str, officer: str | None, register: str | None, **narrowed: str | None) -> None:
    """Keep a question.

    Example: servanda watch add japan --actor Japan --topic peacekeeping
    """
    narrowed["by"] = narrowed.pop("by_actor")
    question = {"sort": sort, **{key: value for key, value in narrowed.items() if value}}
    with open_register(register) as opened:
        found = results(opened, question)
        keep_watch(opened, name, question, by=officer or getpass.getuser())
        with question_to(opened) as looked:
            unknown = [it for key in NAMED if (it := narrowed[key]) and not looked.known_as(it)]
    for it in unknown:
        click.echo(f"{it}: nobody of this name is in the register yet", err=True)
    click.echo(f"{name}: {len(found)} results now; servanda feed {name} prints them as a feed")


@watch_group.command("list")
@asking
def watch_list(register: str | None, as_json: bool, lang: str | None) -> None:
    """The questions that are kept.

    Example: servanda watch list --json
    """
    with open_register(register) as opened:
        found = watches(opened)
        looked_at = extent(opened)
    rows = [{"name": it.name, "question": it.question, "by": it.by, "at": it.at} for it in found]
    columns: Columns = {
        "name": lambda it: it["name"],
        "question": lambda it: ", ".join(f"{key} {value}" for key, value in it["question"].items()),
        "by": lambda it: it["by"],
    }
    answer(rows, columns, as_json, Labels(lang), looked_at)


@watch_group.command("remove")
@click.argument("name")
@register_option
def watch_remove(name: str, register: str | None) -> None:
    """Keep a question no longer.

    Example: servanda watch remove japan
    """
    with open_register(register) as opened:
        drop_watch(opened, name)
    click.echo(f"{name}: no longer kept")


@click.command("feed")
@click.argument("name")
@OUT
@BASE
@json_option
@register_option
def feed_command(name: str, out: Path | None, base: str, as_json: bool, register: str | None) -> None:
    """A kept question's results as an Atom feed, the latest to become known first.

    Example: servanda feed japan --out /var/www/japan.atom --base https://desk.example
    """
    with open_register(register) as opened:
        kept = watch(opened, name)
        if as_json:
            print_json(results(opened, kept.question))
            return
        _write(feed(opened, kept, base=base), out, b"<entry>", Labels(None))


@click.command("digest")
@click.option("--since", required=True, metavar="DATE", help="What came in on this day (YYYY-MM-DD) or later.")
@click.option("--actor", metavar="NAME", help="Only what concerns this one.")
@topic_option
@listing
def digest_command(
    since: str, actor: str | None, topic: str | None, register: str | None, as_json: bool, lang: str | None
) -> None:
    """What changed since a day: new engagements and undertakings, outcomes, conflicts, withdrawals, decisions.

    Example: servanda digest --since 2024-06-01 --topic peacekeeping
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        if actor:
            answers.actor(opened, actor)
        found = changes(opened, since, actor=actor, topic=topic)
    if as_json:
        print_json(found)
        return
    looked_at = (found["looked_at"]["documents"], found["looked_at"]["newest"])
    click.echo(labels("came_in", since=found["since"], count=len(found["documents"])))
    sections: dict[str, Columns] = {
        "undertakings": ledger_columns(labels), "outcomes": ledger_columns(labels),
        "told_again": ledger_columns(labels), "engagements": engagement_columns(labels),
        "conflicts": {"subject": lambda it: about(it, labels), "values": values_told},
        "withdrawn": {"source": lambda it: it["source"], "reason": lambda it: it["status_reason"]},
        "decisions": {"kind": lambda it: it["kind"], "by": lambda it: it["by"], "date": lambda it: it["at"]},
    }  # fmt: skip
    for section, columns in sections.items():
        if rows := found[section]:
            click.echo(f"\n{labels(section)}: {len(rows)}")
            answer(rows, columns, False, labels, looked_at)


def _write(made: bytes, out: Path | None, entry: bytes, labels: Labels) -> None:
    """To a file, and say how many entries it has; else to standard output, and nothing besides."""
    if out is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    else:
        out.write_bytes(made)
        click.echo(labels("written", file=out, count=made.count(entry)))

"""`servanda read`: documents in; readings to the register, or as JSON Lines to standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from servanda.cli.options import register_option
from servanda.engine.local import cores
from servanda.engine.reading import Tally, keep, readings
from servanda.errors import BadInput
from servanda.intake import LANGUAGES, Intake, read_metadata
from servanda.store import open_register

SHOWN = 20  # refused documents named on the terminal; the register lists them all


@click.command("read")
@click.argument("paths", nargs=-1, required=True)
@register_option
@click.option("--json", "as_json", is_flag=True, help="JSON Lines to standard output instead; keeps nothing.")
@click.option("--metadata", type=click.Path(path_type=Path), help="CSV of path, url, publisher, title, published.")
@click.option("--workers", type=click.IntRange(1), help="Processes to read with; else one a processor.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    default=LANGUAGES,
    show_default=True,
    metavar="XX",
    help="Of web archives, take pages in this language (ISO 639-1); may be given again.",
)
@click.option(
    "--engine",
    type=(click.Choice(["ray"]), str),
    metavar="ray ADDRESS",
    help="Read on a cluster (auto, HOST:6379, ray://HOST:10001) or on one started here (local).",
)
@click.option(
    "--shards",
    default="shards",
    show_default=True,
    metavar="DIR|URL",
    help="Where a cluster's machines write what they read, as Parquet; all must reach it.",
)
@click.option("--explain", is_flag=True, help="Print which rule took what, and which nearly did; keeps nothing.")
def read_command(
    paths: tuple[str, ...],
    register: str | None,
    as_json: bool,
    metadata: Path | None,
    workers: int | None,
    languages: tuple[str, ...],
    engine: tuple[str, str] | None,
    shards: str,
    explain: bool,
) -> None:
    """Read files, folders, dumps (.jsonl), web archives (.warc, .wet) or standard input (-) into the register.

    What cannot be read is set aside with its reason and the rest goes on; the exit code is then 1. Reading again what
    the register holds costs nothing, so a run that was stopped is continued by the same command.

    \b
    Examples: servanda read my-folder/ page.html dump.jsonl.gz
              servanda read texts/ --metadata texts.csv --register press.db
              servanda read page.txt --json
              servanda read s3://archive/2024/ --engine ray auto --shards s3://archive/shards
    """
    intake = Intake(paths, read_metadata(metadata) if metadata else None, languages=languages)
    if explain:
        from servanda.cli.explained import explained

        _write(intake, explained(intake))
    elif engine:
        from servanda.cli.cluster import read_on_cluster

        read_on_cluster(intake, engine[1], shards, register, as_json)
    elif as_json:
        _write(intake, readings(intake, workers or cores()))
    else:
        _keep(intake, register, workers or cores())


def _write(intake: Intake, found: Iterator[bytes | BadInput]) -> None:
    out, refused = sys.stdout.buffer, 0
    for item in found:
        if isinstance(item, BadInput):
            refused += 1
            click.echo(f"set aside: {item}", err=True)
        else:
            out.write(item + b"\n")
    out.flush()
    _remark(intake)
    if refused:
        raise SystemExit(1)


def _keep(intake: Intake, register: str | None, workers: int) -> None:
    with open_register(register, create=True) as opened, _progress(intake) as progress:
        tally = keep(opened, intake, workers, progress)
        shown = opened.shown
    _remark(intake)
    finish(tally, shown)


def finish(tally: Tally, register: str) -> None:
    """Say what became of the documents; exit code 1 where some were set aside, 130 where it was stopped."""
    for refused in tally.refused[:SHOWN]:
        click.echo(f"set aside: {refused}", err=True)
    if len(tally.refused) > SHOWN:
        click.echo(f"… and {len(tally.refused) - SHOWN} more: servanda set-aside", err=True)
    click.echo(told(tally, register))
    if tally.stopped:
        click.echo("stopped; the same command goes on from here", err=True)
        raise SystemExit(130)
    if tally.refused:
        raise SystemExit(1)


def told(tally: Tally, register: str) -> str:
    """What became of the documents, in one line."""
    kept = tally.kept
    parts = [
        (kept.added, "new"),
        (kept.replaced, "read anew"),
        (kept.unchanged, "as before"),
        (kept.superseding, "in place of an older text of their source"),
        (len(tally.refused), "set aside (servanda set-aside lists them)"),
    ]
    return f"{register}: {tally.seen} documents: " + (", ".join(f"{n} {what}" for n, what in parts if n) or "none")


def _remark(intake: Intake) -> None:
    if intake.passed_over:
        click.echo(f"passed over {intake.passed_over} files of other kinds in the folders", err=True)
    if intake.other_language:
        click.echo(f"passed over {intake.other_language} pages in other languages: --language takes them", err=True)
    if intake.metadata and (unused := intake.metadata.unused()):
        click.echo(f"{unused} rows of the metadata match no document", err=True)


@contextmanager
def _progress(intake: Intake) -> Iterator[Callable[[Tally], None]]:
    """A bar over the bytes on standard error, with documents a second; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda tally: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=intake.total() or None)

        def show(tally: Tally) -> None:
            took = bar.tasks[0].elapsed or 0
            rate = f", {tally.seen / took:.0f}/s" if took > 1 else ""
            bar.update(task, completed=intake.taken, description=f"{tally.seen} documents{rate}")

        yield show

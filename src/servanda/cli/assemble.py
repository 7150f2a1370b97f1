"""`servanda assemble`: put together what is told across documents, beforehand rather than at the next question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from servanda.answers.assembly import Progress as Told
from servanda.answers.assembly import bring_up_to_date, rebuild
from servanda.cli.options import register_option
from servanda.store import extent, open_register


@click.command("assemble")
@click.option("--rebuild", "anew", is_flag=True, help="Drop what was put together, and make all of it again.")
@register_option
def assemble_command(anew: bool, register: str | None) -> None:
    """Bring engagements, undertakings, actors, stories, conflicts and the search index up to date.

    The next question does the same by itself; after a large reading this does it beforehand, showing how far it is.

    Example: servanda assemble --rebuild
    """
    with open_register(register) as opened, _progress() as told:
        (rebuild if anew else bring_up_to_date)(opened, told)
        documents, newest = extent(opened)
        shown = opened.shown
    click.echo(f"{shown}: {documents} documents, the newest of {newest or 'an unknown date'}: up to date")


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar for each stage on standard error; nothing where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield told

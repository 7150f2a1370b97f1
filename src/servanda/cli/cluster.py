"""Reading on a cluster, and taking into the register what was read there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce

import click

from servanda.cli.options import register_option
from servanda.cli.read import finish
from servanda.engine.loading import load_shards
from servanda.engine.reading import Tally
from servanda.engine.shards import Mark, Read, Shards
from servanda.errors import BadInput
from servanda.intake import Intake
from servanda.intake.parcels import parcels
from servanda.store import open_register


def read_on_cluster(intake: Intake, address: str, folder: str, register: str | None, as_json: bool) -> None:
    """Read into shards on the cluster of Ray at an address; then to the register, or as JSON Lines."""
    from servanda.engine.cluster import Ray, read_parcels

    shards, marks = Shards(folder), list[Mark]()
    with Ray(address) as cluster, _counted("parcels read") as count:
        for shelved in read_parcels(cluster, parcels(intake.paths, intake.metadata, intake.languages), shards):
            marks.append(shelved.mark)
            count(1, shelved.mark.documents)
    marks.sort(key=lambda mark: mark.number)
    if as_json:
        _print(shards, marks)
    else:
        _load(shards, marks, register)


def _print(shards: Shards, marks: list[Mark]) -> None:
    rows = [row for mark in marks for row in shards.read(mark)]
    for row in rows:
        if isinstance(row, Read):
            sys.stdout.buffer.write(row.reading + b"\n")
        else:
            click.echo(f"set aside: {row.source}: {row.reason}", err=True)
    sys.stdout.buffer.flush()
    if any(mark.refused for mark in marks):
        raise SystemExit(1)


@click.command("load")
@click.argument("folder")
@register_option
def load_command(folder: str, register: str | None) -> None:
    """Take shards that were read on a cluster, of a folder or address, into the register, each document once.

    Example: servanda load s3://archive/shards --register press.db
    """
    shards = Shards(folder)
    found = list(shards.marks())
    if not found:
        raise BadInput(folder, "no finished shards are there: servanda read --engine ray ADDRESS --shards makes them")
    _load(shards, found, register)


def _load(shards: Shards, marks: Sequence[Mark | BadInput], register: str | None) -> None:
    tallies = []
    with open_register(register, create=True) as opened, _counted("shards loaded") as count:
        for mark in marks:
            tallies.append(load_shards(opened, shards, [mark], lambda tally: None))
            count(1, tallies[-1].seen)
        shown = opened.shown
    finish(reduce(_together, tallies, Tally()), shown)


def _together(one: Tally, other: Tally) -> Tally:
    return Tally(one.kept + other.kept, one.refused + other.refused)


@contextmanager
def _counted(what: str) -> Iterator[Callable[[int, int], None]]:
    """A line on a terminal's standard error that counts parcels and documents, with documents a second."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    shown = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    done = [0, 0]
    with shown as bar:
        task = bar.add_task(what, total=None)

        def count(parcels: int, documents: int) -> None:
            done[0] += parcels
            done[1] += documents
            took = bar.tasks[0].elapsed or 0
            rate = f", {done[1] / took:.0f}/s" if took > 1 else ""
            bar.update(task, description=f"{done[0]} {what}, {done[1]} documents{rate}")

        yield count

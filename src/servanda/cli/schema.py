"""`servanda schema`: the shape of what `servanda read --json` writes."""

from __future__ import annotations

import json

import click

from servanda.contract import reading_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of a reading: of each line that `servanda read --json` writes."""
    click.echo(json.dumps(reading_schema(), ensure_ascii=False, indent=1))

"""The command line."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from pathlib import Path

import click

from servanda import Document, read
from servanda.cli.evaluate import evaluate
from servanda.cli.lexicon import lexicon
from servanda.cli.schema import schema


@click.group()
@click.version_option(package_name="servanda")
def main() -> None:
    """Servanda: who met whom, who promised what, on which page, and whether it came about."""


@main.command("read")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def read_command(paths: tuple[Path, ...], as_json: bool) -> None:
    """Read documents."""
    for path in paths:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        click.echo(json.dumps(asdict(read(Document(text, str(path)))), ensure_ascii=False))


for command in (evaluate, lexicon, schema):
    main.add_command(command)

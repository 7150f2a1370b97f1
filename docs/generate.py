"""Write the pages of docs/ that are taken from the code; with --check only say which are out of date (exit code 1)."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from servanda.cli import main
from servanda.contract import reading_schema
from servanda.vocabulary import FILES, Entry

HERE = Path(__file__).parent
NOTE = "<!-- Written by `make docs`; do not edit. -->\n"


def commands() -> str:
    """Every command with its help."""
    pages = [NOTE, "# Commands\n", *(_command(path, command) for path, command in walk("servanda", main))]
    return "\n".join(pages)


def walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, by name."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            if below := command.get_command(context, name):
                yield from walk(f"{path} {name}", below)


def _command(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path, terminal_width=100, max_content_width=100)
    return f"## {path}\n\n```\n{command.get_help(context)}\n```\n"


def vocabulary() -> str:
    """What each data file may say."""
    module = sys.modules["servanda.vocabulary"]
    pages = [NOTE, "# What a data file may say\n", _paragraphs(inspect.getdoc(module) or ""), "", "## Every entry\n"]
    pages += [_fields(Entry, ()), ""]
    for file, kind in sorted(FILES.items()):
        pages += [f"## {file}.yaml\n", _paragraphs(inspect.getdoc(kind) or ""), ""]
        pages += [_fields(kind, tuple(Entry.model_fields)), ""]
    return "\n".join(pages)


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _fields(kind: type[Entry], left_out: tuple[str, ...]) -> str:
    rows = ["| key | value | if left out |", "|---|---|---|"]
    for name, info in kind.model_fields.items():
        if name not in left_out:
            default = (
                "must be given" if info.is_required() else f"`{json.dumps(info.get_default(), ensure_ascii=False)}`"
            )
            rows.append(f"| `{name}` | {_type(info.annotation)} | {default} |")
    return "\n".join(rows) if len(rows) > 2 else "No keys of its own."


def _type(annotation: object) -> str:
    name = (
        annotation.__name__ if isinstance(annotation, type) and not hasattr(annotation, "__args__") else str(annotation)
    )
    name = re.sub(r"Annotated\[(\w+), \w+\(func=<.+?>\)\]", r"\1", name)  # a function is shown by its address
    name = re.sub(r"tuple\[(.+), \.\.\.\]", r"list of \1", name.replace("typing.", ""))
    return (
        re.sub(r"Literal\[(.+?)\]", r"\1", name)
        .replace("|", "or")
        .replace("NoneType", "nothing")
        .replace("None", "nothing")
    )


PAGES = {
    "commands.md": commands,
    "vocabulary.md": vocabulary,
    "reading.schema.json": lambda: json.dumps(reading_schema(), ensure_ascii=False, indent=1) + "\n",
}


def stale() -> list[str]:
    """The pages that are not what the code says now."""
    return [name for name, page in PAGES.items() if not _same(HERE / name, page())]


def _same(path: Path, page: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == page


def run(check: bool) -> int:
    """Write the stale pages, or with `check` only name them. The exit code."""
    for name in (names := stale()):
        if not check:
            (HERE / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"docs/{name} is out of date: make docs" if check else f"docs/{name} written")
    return int(check and bool(names))


if __name__ == "__main__":
    sys.exit(run("--check" in sys.argv))

"""Commands that are listed without being loaded: what one says of itself stands in its source."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from pathlib import Path

import click

LANGUAGE = "servanda.language"  # in a context's meta: what --lang says
IDS = "servanda.ids"  # there too: whether tables show the ids of their rows


class Listed(click.Group):
    """Commands by where their function is (`package.module:function`), in this order; loaded when one is called."""

    where: dict[str, str]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order in which one meets them."""
        return list(self.where)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, its module loaded."""
        where = self.where.get(cmd_name)
        if where is None:
            return None
        module, _, name = where.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of the help: all modules together take a second to load."""
        unloaded = {name: click.Command(name, help=told(at)) for name, at in self.where.items()}
        _Unloaded(commands=unloaded).format_commands(ctx, formatter)


class _Unloaded(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def told(where: str) -> str:
    """What the function at `package.module:function`, a neighbour of this module, says of itself."""
    module, _, name = where.partition(":")
    return _docstrings(module.rpartition(".")[2])[name]


@cache
def _docstrings(module: str) -> dict[str, str]:
    tree = ast.parse(Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8"))
    return {node.name: ast.get_docstring(node) or "" for node in tree.body if isinstance(node, ast.FunctionDef)}

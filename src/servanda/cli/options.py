"""Options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, TypeVar

import click

from servanda.cli.listing import IDS, LANGUAGE
from servanda.types import TOPICS

Function = TypeVar("Function", bound=Callable[..., Any])


def _register(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    """As given after the command, else before it; else `settings.register_address` decides."""
    return value or ctx.find_root().params.get("register")


def register_option(command: Function) -> Function:
    """`--register FILE|URL`: the address, or None where none is given."""
    return click.option(
        "--register",
        metavar="FILE|URL",
        callback=_register,
        help="SQLite file or postgresql:// URL; else SERVANDA_REGISTER, else servanda.db.",
    )(command)


def json_option(command: Function) -> Function:
    """`--json`, as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")(command)


def _language(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    chosen: str | None = value or ctx.find_root().params.get("lang")
    ctx.meta[LANGUAGE] = chosen
    return chosen


def lang_option(command: Function) -> Function:
    """`--lang en|vi`: the language of headings, or None where the environment decides."""
    return click.option(
        "--lang", type=click.Choice(["en", "vi"]), callback=_language, help="Language of headings; else that of LANG."
    )(command)


class _Topic(click.Choice[str]):
    """One of the topics; for a word that is none, those that come near."""

    name = "topic"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.choices:
            return value
        near = get_close_matches(value.lower(), self.choices)
        said = f"near: {', '.join(near)}" if near else f"there are {', '.join(self.choices)}"
        return self.fail(f"{value} is no topic; {said}")


def topic_option(command: Function) -> Function:
    """`--topic`: one of the topics, or None."""
    return click.option("--topic", type=_Topic(TOPICS), metavar="TOPIC", help="Only this topic: peacekeeping, trade …")(
        command
    )


def asking(command: Function) -> Function:
    """The options of every command that asks the register."""
    return register_option(json_option(lang_option(command)))


def _ids(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta[IDS] = value


def listing(command: Function) -> Function:
    """The options of a command that lists records: those of `asking`, and `--ids`."""
    told = "Also each row's id, for cite, explain-outcome, explain-merge and judge."
    return asking(click.option("--ids", is_flag=True, expose_value=False, callback=_ids, help=told)(command))

"""`servanda accounts`: who may use a public desk, and the tokens of programs."""

from __future__ import annotations

import sys
from dataclasses import asdict
from operator import itemgetter

import click

from servanda.cli.options import asking, register_option
from servanda.cli.register import Columns, answer
from servanda.desk.accounts.passwords import hashed
from servanda.labels import Labels
from servanda.store import open_register
from servanda.store.accounts import (
    ROLES,
    Role,
    account,
    add_account,
    add_token,
    all_accounts,
    all_tokens,
    change_account,
    revoke_token,
)

ROLE = click.Choice(ROLES)


@click.group("accounts")
def accounts_command() -> None:
    """Who may use a public desk (servanda serve --public), as reader, reviewer or editor; and tokens for programs.

    Example: servanda accounts add "Nguyễn Lan" --role reviewer --register press.db
    """


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password (ten characters or more)", hide_input=True, confirmation_prompt=True))


def _role(given: str) -> Role:
    return next(it for it in ROLES if it == given)


PASSWORD_STDIN = click.option("--password-stdin", is_flag=True, help="Take the password from the first line of input.")


@accounts_command.command("add")
@click.argument("name")
@click.option("--role", type=ROLE, default="reader", show_default=True, help="What they may do.")
@click.option("--no-password", is_flag=True, help="Only by token, or by the word of a proxy in front.")
@PASSWORD_STDIN
@register_option
def add(name: str, role: str, no_password: bool, password_stdin: bool, register: str | None) -> None:
    """A new account; the password is asked for, and never shown.

    Example: servanda accounts add "Nguyễn Lan" --role editor
    """
    with open_register(register) as opened:
        made = add_account(opened, name, _role(role), None if no_password else hashed(_password(password_stdin)))
    click.echo(f"{made.name}: {made.role}")


@accounts_command.command("list")
@asking
def listed(register: str | None, as_json: bool, lang: str | None) -> None:
    """Every account and what it may do.

    Example: servanda accounts list
    """
    with open_register(register) as opened:
        rows = [{k: v for k, v in asdict(it).items() if k != "password"} | {"password": it.password is not None}
                for it in all_accounts(opened)]  # fmt: skip
    columns: Columns = {it: itemgetter(it) for it in ("name", "role", "created_at", "disabled_at")}
    if not rows and not as_json:
        click.echo('No accounts yet: servanda accounts add "NAME" --role editor')
        return
    answer(rows, columns, as_json, Labels(lang), 0)


@accounts_command.command("password")
@click.argument("name")
@PASSWORD_STDIN
@register_option
def password(name: str, password_stdin: bool, register: str | None) -> None:
    """Another password; whoever is signed in under this name is signed out.

    Example: servanda accounts password "Nguyễn Lan"
    """
    with open_register(register) as opened:
        account(opened, name)
        changed = change_account(opened, name, password=hashed(_password(password_stdin)))
    click.echo(f"{changed.name}: password changed")


@accounts_command.command("role")
@click.argument("name")
@click.argument("role", type=ROLE)
@register_option
def role(name: str, role: str, register: str | None) -> None:
    """Another role.

    Example: servanda accounts role "Nguyễn Lan" editor
    """
    with open_register(register) as opened:
        changed = change_account(opened, name, role=_role(role))
    click.echo(f"{changed.name}: {changed.role}")


@accounts_command.command("disable")
@click.argument("name")
@click.option("--back", is_flag=True, help="Let them in again.")
@register_option
def disable(name: str, back: bool, register: str | None) -> None:
    """Nobody signs in under this name any more, nor by its tokens; what they decided stays.

    Example: servanda accounts disable "Nguyễn Lan"
    """
    with open_register(register) as opened:
        changed = change_account(opened, name, disabled=not back)
    click.echo(f"{changed.name}: {'disabled' if changed.disabled_at else changed.role}")


@accounts_command.command("token")
@click.argument("name")
@click.option("--role", type=ROLE, help="No more than this; else all that the account may do.")
@click.option("--label", help="What it is for.")
@register_option
def token(name: str, role: str | None, label: str | None, register: str | None) -> None:
    """A token for a program, shown this once: curl -H "Authorization: Bearer TOKEN" …/api/v1/review

    Example: servanda accounts token "Nguyễn Lan" --role reader --label "weekly report"
    """
    with open_register(register) as opened:
        number, secret = add_token(opened, name, role=_role(role) if role else None, label=label)
    click.echo(secret)
    click.echo(f"token {number}; it is not kept and cannot be shown again", err=True)


@accounts_command.command("tokens")
@asking
def tokens(register: str | None, as_json: bool, lang: str | None) -> None:
    """Every token: whose it is, what it may do, when it was used last.

    Example: servanda accounts tokens
    """
    with open_register(register) as opened:
        rows = [asdict(it) for it in all_tokens(opened)]
    columns: Columns = {it: itemgetter(it) for it in ("id", "account", "role", "label", "used_at", "revoked_at")}
    if not rows and not as_json:
        click.echo('No tokens yet: servanda accounts token "NAME"')
        return
    answer(rows, columns, as_json, Labels(lang), 0)


@accounts_command.command("revoke")
@click.argument("number", type=int)
@register_option
def revoke(number: int, register: str | None) -> None:
    """A token that is good no more.

    Example: servanda accounts revoke 3
    """
    with open_register(register) as opened:
        revoke_token(opened, number)
    click.echo(f"token {number}: revoked")

"""`servanda serve`: the desk over a register, in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.cli.options import register_option


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--public", is_flag=True, help="Demand sign-in; needed on any address but this machine's own.")
@click.option("--lang", "language", type=click.Choice(["vi", "en"]), default="vi", show_default=True,
              help="For readers whose browser asks for neither language.")  # fmt: skip
@click.option("--host-name", "hosts", multiple=True, metavar="NAME",
              help="A name under which the desk is reached; others are refused. May be given again.")  # fmt: skip
@click.option("--trusted-header", metavar="HEADER", help="In which a proxy in front names who has signed in there.")
@click.option("--trusted-proxy", "proxies", multiple=True, metavar="ADDRESS", default=("127.0.0.1", "::1"),
              show_default=True, help="From where that header is believed. May be given again.")  # fmt: skip
@register_option
def serve_command(
    host: str, port: int, public: bool, language: str, hosts: tuple[str, ...], trusted_header: str | None,
    proxies: tuple[str, ...], register: str | None,
) -> None:  # fmt: skip
    """Look, search and check the register in a browser, at http://127.0.0.1:8000.

    \b
    Examples: servanda serve --register press.db
              servanda serve --public --host 0.0.0.0 --host-name desk.example.org
              servanda serve --public --trusted-header Remote-User
    """  # fmt: skip
    import uvicorn

    from servanda.desk.app import create_app
    from servanda.desk.settings import LANGUAGES, Settings

    if not public and not _local(host):
        raise click.UsageError(f"--host {host} lets others in: add --public, which demands sign-in")
    chosen = next(it for it in LANGUAGES if it == language)
    settings = Settings.of(register, public=public, language=chosen, hosts=tuple(it.lower() for it in hosts),
                           trusted_header=trusted_header, trusted_proxies=proxies, alone=True)  # fmt: skip
    click.echo(f"{settings.register}: http://{host}:{port} (Ctrl+C ends it)")
    if told := _missing(settings.register):
        click.echo(told, err=True)
    uvicorn.run(create_app(settings), host=host, port=port, log_level="warning", server_header=False,
                proxy_headers=False)  # fmt: skip


def _missing(register: str) -> str | None:
    """What to do where the register is not there; None where it is, or is on a server."""
    if "://" in register or Path(register).exists():
        return None
    return (f"{register}: no register here yet. Read documents into it, and the page shows them by itself: "
            f"servanda read PATH… --register {register}")  # fmt: skip


def _local(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")

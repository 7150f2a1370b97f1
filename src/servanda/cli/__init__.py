"""The command line. A command is a function in a module of this package, and a line in COMMANDS."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from servanda.cli.listing import LANGUAGE, Listed
from servanda.errors import NotFound, ServandaError
from servanda.labels import Labels

COMMANDS = {
    "read": "servanda.cli.read:read_command",
    "load": "servanda.cli.cluster:load_command",
    "summary": "servanda.cli.summary:summary_command",
    "show": "servanda.cli.show:show_command",
    "holder": "servanda.cli.holder:holder_command",
    "engagements": "servanda.cli.across:engagements_command",
    "stories": "servanda.cli.across:stories_command",
    "conflicts": "servanda.cli.across:conflicts_command",
    "explain-merge": "servanda.cli.across:explain_merge_command",
    "ledger": "servanda.cli.ledger:ledger_command",
    "due": "servanda.cli.ledger:due_command",
    "programme": "servanda.cli.programme:programme_command",
    "enter": "servanda.cli.enter:enter_group",
    "calendar": "servanda.cli.alerts:calendar_command",
    "watch": "servanda.cli.alerts:watch_group",
    "feed": "servanda.cli.alerts:feed_command",
    "digest": "servanda.cli.alerts:digest_command",
    "explain-outcome": "servanda.cli.ledger:explain_outcome_command",
    "acts": "servanda.cli.register:acts_command",
    "contributions": "servanda.cli.register:contributions_command",
    "agreements": "servanda.cli.register:agreements_command",
    "import-un": "servanda.cli.official:import_un_command",
    "reconcile": "servanda.cli.official:reconcile_command",
    "brief": "servanda.cli.brief:brief_command",
    "cite": "servanda.cli.cite:cite_command",
    "review": "servanda.cli.review:review_command",
    "judge": "servanda.cli.review:judge_command",
    "judgements": "servanda.cli.review:judgements_command",
    "documents": "servanda.cli.register:documents_command",
    "set-aside": "servanda.cli.register:set_aside_command",
    "withdraw": "servanda.cli.register:withdraw_command",
    "assemble": "servanda.cli.assemble:assemble_command",
    "verify": "servanda.cli.register:verify_command",
    "serve": "servanda.cli.serve:serve_command",
    "accounts": "servanda.cli.accounts:accounts_command",
    "evaluate": "servanda.cli.evaluate:evaluate",
    "lexicon": "servanda.cli.lexicon:lexicon",
    "schema": "servanda.cli.schema:schema",
}


class Commands(Listed):
    """Commands of this table; errors made on purpose end in one line and an exit code."""

    where = COMMANDS

    def invoke(self, ctx: click.Context) -> Any:
        """Exit code 1 where nothing was found, 2 where the register or a data file cannot be used."""
        try:
            return super().invoke(ctx)
        except ServandaError as error:
            told = Labels(ctx.meta.get(LANGUAGE) or ctx.params.get("lang")).reason(str(error))
            click.echo(f"servanda: {told or error}", err=True)
            ctx.exit(1 if isinstance(error, NotFound) else 2)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            if error.filename is None:
                raise
            click.echo(f"servanda: {error.filename}: {error.strerror}", err=True)
            ctx.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--register", metavar="FILE|URL", help="The register, for every command; may also follow the command.")
@click.option("--lang", type=click.Choice(["en", "vi"]), help="Language of headings; else that of LANG.")
@click.version_option(package_name="servanda")
def main(register: str | None, lang: str | None) -> None:
    """Servanda: who met whom, who promised what, on which page, and whether it came about.

    \b
    servanda read my-folder/ page.html dump.jsonl.gz    read documents into the register
    servanda summary                                    what it holds, in a few lines
    servanda show "Bùi Thanh Sơn"                       everything it says of one actor
    """

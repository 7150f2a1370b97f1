"""`servanda brief`: one page on a counterpart, each line cited."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from servanda.answers.brief import brief
from servanda.cli.options import lang_option, register_option, topic_option
from servanda.desk.briefs.files import WRITTEN
from servanda.desk.briefs.wording import worded
from servanda.desk.settings import Language
from servanda.labels import Labels, spoken
from servanda.store import open_register

KINDS = tuple(WRITTEN)


@click.command("brief")
@click.option("--with", "name", required=True, metavar="ACTOR", help="The counterpart: a name, a code or an id.")
@click.option("--for", "home", default="VN", show_default=True, metavar="STATE", help="For whom the brief is.")
@topic_option
@click.option("--since", metavar="DATE", help="Only from DATE on (2015, 2015-09 …).")
@click.option("--until", metavar="DATE", help="Only until DATE.")
@click.option("--format", "kind", type=click.Choice(KINDS), help="Else as --out ends, else md.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; else standard output.")
@lang_option
@register_option
def brief_command(
    name: str, home: str, topic: str | None, since: str | None, until: str | None, kind: str | None, out: Path | None,
    lang: str | None, register: str | None,
) -> None:  # fmt: skip
    """What a reader would put on one page before a visit: meetings, requests, promises, agreements, each line cited.

    \b
    Examples: servanda brief --with Iran
              servanda brief --with JP --topic peacekeeping --since 2015 --out nhat-ban.docx --lang vi
    """  # fmt: skip
    kind = kind or (out.suffix[1:].lower() if out else "md")
    if kind not in KINDS:
        raise click.UsageError(f"{out} is neither .md, .html nor .docx; name it so, or add --format")
    language: Language = "vi" if (lang or spoken()) == "vi" else "en"
    with open_register(register) as opened:
        made = worded(brief(opened, name, home=home, topic=topic, since=since, until=until), language)
    if kind == "docx" and out is None and sys.stdout.isatty():
        raise click.UsageError("a DOCX file is not for the terminal; add --out FILE.docx")
    told = WRITTEN[kind](made, language)
    if out is None:
        sys.stdout.buffer.write(told)
        return
    out.write_bytes(told)
    cited = Labels(language)("passages_cited", count=len(made.sources))
    click.echo(f"{out}: {made.title}, {cited}")

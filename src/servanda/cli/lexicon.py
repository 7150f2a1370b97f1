"""`servanda lexicon`: the tools of those who extend a language; none needs Python."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Iterator

import click

from servanda.cli import explained
from servanda.coverage import Coverage, cover
from servanda.examples import failures, fires_by
from servanda.intake import Intake
from servanda.lexicon import Lexicon, load
from servanda.pipeline import read
from servanda.read.explain import Explanation, made
from servanda.types import Document

LANGUAGE = click.option("--language", default="vi", show_default=True, help="The folder under lang/.")
PATHS = click.argument("paths", nargs=-1, required=True)


@click.group()
def lexicon() -> None:
    """Check, explain and extend the data files of a language."""


@lexicon.command()
@LANGUAGE
def validate(language: str) -> None:
    """Load every data file, and read every example and counterexample.

    Says how many entries, examples and counterexamples each file has. Exit code 1 where one does not hold.
    """
    words = load(language)
    found = [message for file, entries in words.files.items() for e in entries for message in failures(file, e, words)]
    click.echo(f"{'file':24}{'entries':>9}{'examples':>10}{'counter':>9}")
    for file, entries in sorted(words.files.items()):
        examples = sum(len(e.examples) for e in entries)
        counterexamples = sum(len(e.counterexamples) for e in entries)
        click.echo(f"{file + '.yaml':24}{len(entries):9}{examples:10}{counterexamples:9}")
    for message in found:
        click.echo(message, err=True)
    if found:
        click.echo(f"{len(found)} examples do not hold", err=True)
        sys.exit(1)


@lexicon.command()
@click.argument("sentence")
@LANGUAGE
def explain(sentence: str, language: str) -> None:
    """Which rules make which facts of SENTENCE (`-`: standard input), and which nearly did and why they did not."""
    text = unicodedata.normalize("NFC", sys.stdin.read() if sentence == "-" else sentence)
    for line in explained.explain(Document(text, "sentence"), load(language)):
        click.echo(line)


@lexicon.command()
@PATHS
@click.option("--rule", help="Only facts of this rule.")
@click.option("-n", "--number", default=10, show_default=True, help="How many.")
@click.option("--seed", default=0, show_default=True, help="Another seed, another sample.")
@LANGUAGE
def sample(paths: tuple[str, ...], rule: str | None, number: int, seed: int, language: str) -> None:
    """Random facts of the documents in PATHS beside their words: to see whether a rule is right on texts never seen."""
    words, draw, kept, seen = load(language), random.Random(seed), list[tuple[str, Explanation]](), 0
    for document in documents(paths):
        for e in made(document.text, read(document, words)):
            if rule and not fires_by(rule, e.rule):
                continue
            seen += 1
            if len(kept) < number:
                kept.append((document.source, e))
            elif (at := draw.randrange(seen)) < number:
                kept[at] = (document.source, e)
    for source, e in kept:
        click.echo(f"{source}\n  {e.what}\n    by {e.rule or 'no named rule'}: “{explained.shortened(e.words, 300)}”")
    click.echo(f"{len(kept)} of {seen} facts" + (f" by {rule}" if rule else ""))


@lexicon.command()
@PATHS
@click.option("-n", "--number", default=30, show_default=True, help="How many of each list.")
@LANGUAGE
def coverage(paths: tuple[str, ...], number: int, language: str) -> None:
    """What the lexicon does not know of the documents in PATHS, as Markdown.

    Documents without any engagement, the most frequent unknown names before verbs of speech, hits by rule, and rules
    that never fire.
    """
    words = load(language)
    for line in reported(cover(documents(paths), words), words, number):
        click.echo(line)


def reported(found: Coverage, words: Lexicon, number: int) -> Iterator[str]:
    """The report in Markdown, line by line."""
    yield f"{found.documents} documents, {found.characters:,} characters"
    share = len(found.eventless) / max(1, found.documents)
    yield f"\n## Documents without any engagement: {len(found.eventless)} ({share:.1%})\n"
    yield from (f"- {source}" for source in found.eventless[:number])
    yield "\n## Facts\n"
    yield from (f"- {kind}: {count}" for kind, count in found.facts.most_common())
    yield "\n## Names before verbs of speech that no actor covers\n"
    yield from (f"- {name}: {count}" for name, count in found.unknown.most_common(number))
    yield "\n## Facts by rule\n"
    yield from (f"- `{rule}`: {count}" for rule, count in found.rules.most_common())
    never = found.never(words)
    yield f"\n## Rules that never fire: {len(never)}\n"
    yield from (f"- `{rule}`" for rule in never)


def documents(paths: tuple[str, ...]) -> Iterator[Document]:
    """Every document that the paths hold; those that cannot be read are named on standard error and left out."""
    for found in Intake(paths):
        if isinstance(found, Document):
            yield found
        else:
            click.echo(f"left out: {found}", err=True)

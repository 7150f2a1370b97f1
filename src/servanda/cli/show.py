"""`servanda show NAME`: everything the register says of one actor."""

from __future__ import annotations

from typing import Any

import click

from servanda.answers.gathered import engagement_row
from servanda.cli.options import asking
from servanda.cli.output import Labels, Row, console, print_json, print_table, quote, where_in_short
from servanda.cli.register import (
    Columns,
    act_columns,
    agreement_columns,
    contribution_columns,
    engagement_columns,
)
from servanda.errors import NotFound
from servanda.keep.assemble import NEEDS, UNNEEDED, newest_first
from servanda.keep.profile import profiles
from servanda.keep.resolve import Resolution, resolve
from servanda.keep.telling import tellings
from servanda.store import Register, all_names, decided, extent, filed, named, open_register
from servanda.store.sheets import name_key

KINDS = (*NEEDS, "plan", "date")
FACTS = ("engagements", "acts_given", "acts_received", "positions", "contributions", "agreements", "quarantined")
NEAR, LISTED = 70, 5  # likeness of 100; how many near matches are named


@click.command("show")
@click.argument("name")
@click.option("--with", "other", metavar="NAME", help="Only facts that also name this one.")
@click.option("--topic", help="Only facts on this topic (peacekeeping, trade …).")
@click.option("--since", metavar="DATE", help="Only facts dated DATE (2019, 2019-03 …) or later.")
@asking
def show_command(
    name: str,
    other: str | None,
    topic: str | None,
    since: str | None,
    register: str | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Posts, engagements, acts given and received, contributions of NAME, each cited, newest first.

    NAME may be written without accents, or be a state's or mission's code.

    \b
    Examples: servanda show "Bùi Thanh Sơn" --with Iran --since 2024
              servanda show UNISFA --json
    """  # fmt: skip
    with open_register(register) as opened:
        found = [chosen(profile, other, topic, since) for profile in find(opened, name)]
    if as_json:
        print_json(found)
        return
    labels = Labels(lang)
    for profile in found:
        _print(profile, labels)


def find(register: Register, name: str) -> list[Row]:
    """The profiles of those so named. Raises NotFound with near matches."""
    places = named(register, name)
    documents = list(filed(register, KINDS, without=UNNEEDED, numbers=places)) if places else []
    found = profiles(documents, places)
    if not found:
        raise NotFound(_not_found(register, name))
    resolution = resolve(tellings(documents), decided(register))
    return [{**profile, "engagements": _once(profile["engagements"], resolution)} for profile in found]


def _once(told: list[Row], resolution: Resolution) -> list[Row]:
    """Engagements each once, however many documents tell them, newest first."""
    own = {it["id"] for it in told}
    ids = {telling.key: it.id for it in resolution.engagements for telling in it.tellings}
    found = [it for it in resolution.engagements if any(telling.key in own for telling in it.tellings)]
    return newest_first(engagement_row(it, ids) for it in found)


def chosen(profile: Row, other: str | None, topic: str | None, since: str | None) -> Row:
    """A profile with only the facts that name `other` too, are on `topic`, and dated `since` or later."""

    def keep(fact: Row) -> bool:
        dated = fact.get("date") or fact.get("due") or ""
        return (
            (other is None or name_key(other) in _named(fact))
            and (topic is None or topic in fact.get("topics", ()))
            and (since is None or (dated[:1].isdigit() and dated.split("/")[-1] >= since))
        )

    return {key: [it for it in value if keep(it)] if key in FACTS else value for key, value in profile.items()}


def _named(fact: Row) -> set[str]:
    """Names and codes of all whom a fact names, as names are looked up."""
    actors = [fact.get(key) for key in ("speaker", "addressee", "contributor", "mission")]
    actors += [*fact.get("participants", ()), *fact.get("parties", ())]
    return {name_key(it[key]) for it in actors if it for key in ("id", "name", "code") if it.get(key)}


def _not_found(register: Register, name: str) -> str:
    from rapidfuzz import fuzz, process

    near = process.extract(name_key(name), all_names(register), scorer=fuzz.ratio, score_cutoff=NEAR, limit=LISTED)
    spelt = dict.fromkeys(_spelt(register, match) for match, *_ in near)
    advice = f"near: {', '.join(spelt)}" if near else "servanda documents lists what was read"
    documents, newest = extent(register)
    latest = f", the newest of {newest}" if newest else ""
    return f"{name}: not named in the {documents} documents of {register.shown}{latest}; {advice}"


def _spelt(register: Register, key: str) -> str:
    """A name as the first document that has it writes it."""
    ((number, places), *_) = named(register, key).items()
    (document,) = filed(register, ("actor",), without=UNNEEDED, status=None, numbers=[number])
    written = (it.value or "" for place in places for it in document.records[place].statements)
    return next((value for value in written if name_key(value) == key), key)


def _print(profile: Row, labels: Labels) -> None:
    out = console()
    codes = f" [{', '.join(profile['codes'])}]" if profile["codes"] else ""
    read_in = f"{len(profile['documents'])} {labels('documents').lower()}"
    out.print(f"{profile['name']}{codes} ({labels(profile['kind'])}, {read_in})")
    sections: dict[str, Columns] = {
        "posts": {
            "post": lambda it: f"{it['post']} ({labels('former')})" if it["former"] else it["post"],
            "published": lambda it: ", ".join(it["published"]),
            "source": where_in_short,
            "quote": quote,
        },
        "engagements": engagement_columns(labels),
        "acts_given": act_columns(labels),
        "acts_received": act_columns(labels),
        "positions": {"source": where_in_short, "quote": quote},
        "contributions": contribution_columns(labels),
        "agreements": agreement_columns(labels),
        "quarantined": {"source": where_in_short, "quote": quote},
    }
    for section, columns in sections.items():
        _section(labels(section), profile[section], columns, labels)


def _section(title: str, rows: list[Any], columns: Columns, labels: Labels) -> None:
    if rows:
        console().print(f"\n{title}", style="bold")
        print_table(rows, columns, labels)

"""`servanda show NAME`: everything the register says of one actor."""

from __future__ import annotations

from typing import Any

import click

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
from servanda.keep.assemble import NEEDS, UNNEEDED
from servanda.keep.profile import profiles
from servanda.store import Register, all_names, filed, named, open_register
from servanda.store.sheets import name_key

NEAR, LISTED = 70, 5  # likeness of 100; how many near matches are named


@click.command("show")
@click.argument("name")
@asking
def show_command(name: str, register: str | None, as_json: bool, lang: str | None) -> None:
    """Posts, engagements, acts given and received, contributions of NAME, each cited, newest first.

    NAME may be written without accents, or be a state's or mission's code.

    \b
    Examples: servanda show "Bùi Thanh Sơn"
              servanda show UNISFA --json
    """
    with open_register(register) as opened:
        found = find(opened, name)
    if as_json:
        print_json(found)
        return
    labels = Labels(lang)
    for profile in found:
        _print(profile, labels)


def find(register: Register, name: str) -> list[Row]:
    """The profiles of those so named. Raises NotFound with near matches."""
    places = named(register, name)
    found = profiles(filed(register, NEEDS, without=UNNEEDED, numbers=places), places) if places else []
    if not found:
        raise NotFound(_not_found(register, name))
    return found


def _not_found(register: Register, name: str) -> str:
    from rapidfuzz import fuzz, process

    near = process.extract(name_key(name), all_names(register), scorer=fuzz.ratio, score_cutoff=NEAR, limit=LISTED)
    looked = sum(1 for _ in filed(register))
    spelt = dict.fromkeys(_spelt(register, match) for match, *_ in near)
    advice = f"near: {', '.join(spelt)}" if near else "servanda documents lists what was read"
    return f"{name}: not named in the {looked} documents of {register.shown}; {advice}"


def _spelt(register: Register, key: str) -> str:
    """A name as the first document that has it writes it."""
    ((number, places), *_) = named(register, key).items()
    (document,) = filed(register, ("actor",), without=UNNEEDED, status=None, numbers=[number])
    written = (it.value or "" for place in places for it in document.records[place].statements)
    return next((value for value in written if name_key(value) == key), key)


def _print(profile: Row, labels: Labels) -> None:
    out = console()
    codes = f" [{', '.join(profile['codes'])}]" if profile["codes"] else ""
    out.print(
        f"{profile['name']}{codes} ({labels(profile['kind'])}, {len(profile['documents'])} {labels('documents')})"
    )
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

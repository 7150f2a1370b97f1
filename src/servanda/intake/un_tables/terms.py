"""The words of the UN's tables: heads, kinds of personnel, names of states. Data in schema/un_tables.yaml."""

from __future__ import annotations

import unicodedata
from functools import cache

from babel import Locale
from pydantic import BaseModel, ConfigDict

from servanda.datafile import schema_file


class Terms(BaseModel):
    """What each word of a table means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, list[str]]
    centred: list[str]
    totals: dict[str, list[str]]
    types: dict[str, str]
    countries: dict[str, str]


@cache
def terms() -> Terms:
    """The data file, checked. Raises BadData."""
    return schema_file("un_tables.yaml", Terms)


@cache
def _columns() -> dict[str, str]:
    return {plain(word): column for column, words in terms().columns.items() for word in words}


def column_of(head: str) -> str | None:
    """Which column a head opens: country, mission, type, male, female, total, as_of.

    `UNPOL M` opens `Individual Police/male`. None for any other word.
    """
    column = _columns().get(plain(head))
    if column is None and " " in head:
        kind, sex = head.rsplit(" ", 1)
        if personnel_type(kind) and _columns().get(plain(sex)) in ("male", "female"):
            return f"{personnel_type(kind)}/{_columns()[plain(sex)]}"
    return column


@cache
def _territories() -> dict[str, str]:
    names = Locale("en").territories.items()
    found = {
        plain(name): code for code, name in names if len(code) == 2 and code.isalpha() and code not in ("EU", "UN")
    }
    return found | {plain(name): code for name, code in terms().countries.items()}


@cache
def country_code(name: str) -> str | None:
    """ISO 3166 alpha-2 of a country as the UN prints it; None for no country."""
    return _territories().get(plain(name))


@cache
def personnel_type(printed: str) -> str | None:
    """The name under which a kind of personnel is kept; None for a word that is none."""
    return _types().get(plain(printed))


@cache
def _types() -> dict[str, str]:
    return {plain(printed): kept for printed, kept in terms().types.items()}


def plain(name: str) -> str:
    """Lower case, without accents, marks and doubled spaces."""
    low = unicodedata.normalize("NFD", name.lower().replace("’", "'"))
    return " ".join("".join(c for c in low if not unicodedata.combining(c)).replace("&", "and").split())

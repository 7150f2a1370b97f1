"""Where a place's name lies: a town as a point, a state as an area; anything else is not put on a map."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.core import get_global

from servanda.desk.languages import country
from servanda.desk.settings import Language
from servanda.folding import fold
from servanda.lexicon import load
from servanda.store.sheets import name_key
from servanda.vocabulary import State
from servanda.yamlfile import yaml_file

FILE = Path(__file__).with_name("places.yaml")
BEFORE = re.compile(r"^(?:thu do|thanh pho|tp\.?|tinh|nuoc|cong hoa|tru so .*? (?:o|tai)) ")  # in the key of a name


@dataclass(slots=True, frozen=True)
class Place:
    """`at`: (longitude, latitude) in degrees, None for a state, which is an area; `state`: its ISO code."""

    id: str
    name: str
    state: str | None
    at: tuple[float, float] | None

    def called(self, language: Language) -> str:
        """As Vietnamese pages write it; for readers of English its English name."""
        if language == "vi":
            return self.name
        return self.id.partition(".")[2] if self.at else country(self.state or "", language)

    @property
    def numeric(self) -> str | None:
        """The ISO 3166-1 number of the state, as world-atlas names its areas."""
        return numbers().get(self.state or "")


def locate(place: str | None) -> Place | None:
    """The town or the state that a place names, the most exact part of it first: `Hà Nội, Việt Nam` is Hà Nội."""
    for part in (place or "").split(","):
        key = name_key(part)
        known = key if key in named() else BEFORE.sub("", key)
        if found := accented().get(fold(part.strip())) if known in twofold() else named().get(known):
            return found
    return None


def told(place: str, language: Language) -> str:
    """A place as a page tells it; for readers of English with the towns and states in it by their English names."""
    if language == "vi":
        return place
    return ", ".join(_told(part.strip(), language) for part in place.split(","))


def _told(part: str, language: Language) -> str:
    found = locate(part) if name_key(part) not in twofold() else None
    return found.called(language) if found else part


@cache
def named() -> dict[str, Place]:
    """Towns and states by the key of each of their names; a name of both is the state's (Singapore)."""
    towns = {name_key(w): Place(it["id"], it["words"][0], it["state"], _at(it)) for it in _file()["towns"]
             for w in it["words"]}  # fmt: skip
    states = {name_key(w): Place(it.id, it.words[0], it.id, None) for it in load().entries("states", State)
              for w in it.words}  # fmt: skip
    return towns | states


@cache
def twofold() -> frozenset[str]:
    """Keys of names that only their accents tell apart: Nha Trang, a town, and Nhà Trắng, the White House."""
    places = {(name_key(name), place.id) for name, place in accented().items()}
    return frozenset(key for key, meant in Counter(key for key, _ in places).items() if meant > 1)


@cache
def accented() -> dict[str, Place]:
    """Towns by each of their names as it is written, accents and all."""
    return {fold(word): Place(it["id"], it["words"][0], it["state"], _at(it)) for it in _file()["towns"]
            for word in it["words"]}  # fmt: skip


@cache
def seats() -> dict[str, tuple[str, tuple[float, float]]]:
    """The headquarters of each mission, by its acronym: the town, and where it lies."""
    return {it["id"]: (it["seat"], _at(it)) for it in _file()["missions"]}


@cache
def numbers() -> dict[str, str]:
    """The ISO 3166-1 number of each two-letter code."""
    aliases = get_global("territory_aliases")
    return {codes[0]: number for number, codes in aliases.items() if number.isdigit() and len(codes) == 1}


@cache
def _file() -> dict[str, Any]:
    known: dict[str, Any] = yaml_file(FILE)
    return known


def _at(it: dict[str, Any]) -> tuple[float, float]:
    return it["at"][0], it["at"][1]

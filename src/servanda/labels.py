"""The words for what records say, in both languages: one place for the command line, the desk and what is exported."""

from __future__ import annotations

import locale
import os
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("labels.yaml")


class Labels:
    """The words of one language; what it lacks is said in English, and what both lack as it stands."""

    def __init__(self, language: str | None) -> None:
        known = _labels()
        self.words = known["en"] | known.get(language or spoken(), {})

    def __call__(self, key: str | None, **values: object) -> str:
        words = self.words.get(key or "", (key or "").replace("_", " "))
        return words.format(**values) if values else words

    def of(self, sort: str, key: str | None) -> str:
        """What a value is called where it is of this sort: a plan that is an agreement, a visit that is a state's."""
        return self.words.get(f"{sort}.{key}") or self(key)


@cache
def _labels() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return known


def spoken() -> str:
    """The language of the environment, `vi` or else `en`."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "vi" if (said or locale.getlocale()[0] or "").lower().startswith("vi") else "en"

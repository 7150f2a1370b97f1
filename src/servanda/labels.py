"""The words for what records say, in both languages: one place for the command line, the desk and what is exported."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from servanda.yamlfile import yaml_file

FILE = Path(__file__).with_name("labels.yaml")
REASONS = Path(__file__).with_name("reasons.yaml")


class Labels:
    """The words of one language; what it lacks is said in English, and what both lack as it stands."""

    def __init__(self, language: str | None) -> None:
        known = _labels()
        self.language = language or spoken()
        self.words = known["en"] | known.get(self.language, {})

    def __call__(self, key: str | None, **values: object) -> str:
        words = self.words.get(key or "", (key or "").replace("_", " "))
        return words.format(**values) if values else words

    def of(self, sort: str, key: str | None) -> str:
        """What a value is called where it is of this sort: a plan that is an agreement, a visit that is a state's."""
        return self.words.get(f"{sort}.{key}") or self(key)

    def counted(self, n: int | None, key: str | None) -> str:
        """What so many of these are called, where this language has another word for one or for many."""
        own = _labels().get(self.language, {})
        return own.get(f"{'one' if n == 1 else 'many'}.{key}" if n is not None else "") or self(key)

    def reason(self, told: str, date: Callable[[str], str] = str) -> str | None:
        """A line that the register gives in English (a reason, an error) in this language; None where it has no words
        for it. `date` says an EDTF date."""
        if self.language == "en":
            return told
        for pattern, words in _reasons(self.language):
            if found := pattern.fullmatch(told):
                return words.format(**{k: self._part(k, v, date) for k, v in found.groupdict(default="").items()})
        return None

    def _part(self, name: str, said: str, date: Callable[[str], str]) -> str:
        """A group of a reason: what is called `date…` is said as one, `label…` by its label, `more…` as a reason."""
        if name.startswith("more"):
            return self.reason(said, date) or said
        return date(said) if name.startswith("date") else self(said).lower() if name.startswith("label") else said


@cache
def _reasons(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    entries = yaml_file(REASONS)
    return tuple((re.compile(it["en"], re.DOTALL), it[language]) for it in entries if language in it)


@cache
def _labels() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = yaml_file(FILE)
    return known


def spoken() -> str:
    """The language of the environment, `vi` or else `en`."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "vi" if (said or locale.getlocale()[0] or "").lower().startswith("vi") else "en"

"""Reasons that the register gives in English (why a value is preferred, why a status stands), said in the reader's
language where its catalogue knows them."""

from __future__ import annotations

import re
from functools import cache

import yaml
from markupsafe import Markup, escape

from servanda.desk.dates import said
from servanda.desk.hostile import seen
from servanda.desk.settings import LOCALES, Language


def reason(told: str | None, language: Language) -> Markup:
    """The reason in the reader's language, else in English, marked as such."""
    if not told:
        return Markup("")
    for pattern, words in _known(language):
        if found := pattern.fullmatch(told):
            groups = {k: said(v, language) if k.startswith("date") else v for k, v in found.groupdict().items()}
            return escape(seen(words.format(**groups)))
    shown = escape(seen(told))
    return shown if language == "en" else Markup('<span lang="en">{}</span>').format(shown)


@cache
def _known(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    path = LOCALES / language / "reasons.yaml"
    entries = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
    return tuple((re.compile(entry["en"]), entry[language]) for entry in entries)

"""Reasons and errors that the register gives in English, said in the language of the reader."""

from __future__ import annotations

import re

from babel.numbers import format_decimal
from markupsafe import Markup, escape

from servanda.desk.dates import said
from servanda.desk.hostile import seen
from servanda.desk.settings import Language
from servanda.labels import Labels

DAY = re.compile(r"\b\d{4}(?:-\d\d){1,2}(?:/\d{4}(?:-\d\d){1,2})?\b")
COUNT = re.compile(r"(?<!\S)[1-9]\d{3,}(?= (?:documents|texts|tài liệu|bài)\b)")


def reason(told: str | None, language: Language) -> Markup:
    """The reason in the reader's language, else in English, marked as such."""
    if not told:
        return Markup("")
    words = spoken(told, language)
    if words is None:
        return Markup('<span lang="en">{}</span>').format(seen(told))
    return escape(seen(words))


def spoken(told: str, language: Language) -> str | None:
    """The reason in the reader's language as plain text, its dates and numbers as the language writes them; None where
    it has no words for it."""
    words = Labels(language).reason(told, lambda edtf: said(edtf, language))
    if words is None:
        return None
    dated = words if language == "vi" else DAY.sub(lambda it: said(it[0], language), words)
    return COUNT.sub(lambda it: format_decimal(int(it[0]), locale=language), dated)

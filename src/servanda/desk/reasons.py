"""Reasons and errors that the register gives in English, said in the language of the reader."""

from __future__ import annotations

from markupsafe import Markup, escape

from servanda.desk.dates import said
from servanda.desk.hostile import seen
from servanda.desk.settings import Language
from servanda.labels import Labels


def reason(told: str | None, language: Language) -> Markup:
    """The reason in the reader's language, else in English, marked as such."""
    if not told:
        return Markup("")
    words = Labels(language).reason(told, lambda edtf: said(edtf, language))
    if words is None:
        return Markup('<span lang="en">{}</span>').format(seen(told))
    return escape(seen(words))

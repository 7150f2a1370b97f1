"""The desk's two languages: catalogues of messages, and which one a request is answered in."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from fastapi import Request

from servanda.desk.settings import LANGUAGES, LOCALES, THEMES, Language, Settings, Theme
from servanda.labels import Labels

YEAR = 365 * 24 * 3600  # seconds that a choice is remembered


@cache
def translations(language: Language) -> Translations:
    """Every area's messages in one language."""
    merged = Catalog(locale=language)
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    merged[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)


def language_of(request: Request) -> Language:
    """What the reader chose, else what the browser asks for, else the desk's."""
    chosen = request.cookies.get("language")
    settings: Settings = request.app.state.settings
    return next((it for it in LANGUAGES if it == chosen), None) or _accepted(request) or settings.language


def _accepted(request: Request) -> Language | None:
    said = request.headers.get("accept-language", "")[:200].lower()
    wanted = [part.split(";")[0].strip()[:2] for part in said.split(",")]
    return next((it for part in wanted for it in LANGUAGES if it == part), None)


def theme_of(request: Request) -> Theme:
    """Light or dark where the reader chose, else as the system has it."""
    chosen = request.cookies.get("theme")
    return next((it for it in THEMES if it == chosen), "auto")


@cache
def country(code: str, language: str) -> str:
    """What a state is called that the UN's tables give by its ISO code; the code where it is none."""
    return str(Locale.parse(language).territories.get(code, code))


@cache
def _labels(language: Language) -> Labels:
    return Labels(language)


def called(actor: str | None, name: str, language: Language) -> str:
    """What an actor is called: as the pages have it; for readers of English a state or a body of the world by its
    English name, a mission by its acronym, since the pages are Vietnamese."""
    kind, _, code = (actor or "").partition("-")
    if language == "vi" or not code.isupper():
        return name
    if kind == "organisation":
        return _labels(language).words.get(f"body.{code}", name)
    return {"state": country(code, language), "mission": code}.get(kind, name)

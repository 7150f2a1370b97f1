"""Gathers the desk's messages into its catalogues (`make messages`); with --check only says what lacks a translation.

Each area has a catalogue a language, `locale/LANGUAGE/AREA.po`; messages of frame and pages are in `desk.po`.
What is in the code no more is dropped; what is new waits, empty, for its Vietnamese. English messages say themselves.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from servanda.desk.settings import HERE, LANGUAGES, LOCALES

METHODS = {".py": ("python", {}), ".html": ("jinja2.ext:babel_extract", {"trimmed": "true", "silent": "false"})}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
            "count": (1, 2), "say": None}  # fmt: skip
OWN = ("accounts", "api", "briefs", "citations", "pictures", "review")  # areas with a catalogue of their own


def gathered() -> dict[str, Catalog]:
    """Every area's messages, as the code has them."""
    found = {area: Catalog() for area in ("desk", *OWN)}
    for path in sorted(_files()):
        method, options = METHODS[path.suffix]
        for _, messages, _, context in extract_from_file(method, path, KEYWORDS, options=dict(options)):
            found[_area(path)].add(messages, context=context)
    return {area: catalog for area, catalog in found.items() if len(catalog)}


def unseen() -> Iterator[str]:
    """Places where a message stands within an f-string, in which gathering does not see it."""
    for path in (it for it in _files() if it.suffix == ".py"):
        inside = (call for it in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(it, ast.JoinedStr)
                  for call in ast.walk(it) if isinstance(call, ast.Call))  # fmt: skip
        for call in inside:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
            said = [it for it in call.args[:1] if isinstance(it, ast.Constant) and isinstance(it.value, str)]
            if name in KEYWORDS and said:
                yield f"{path.relative_to(HERE)}:{call.lineno}: {said[0].value!r} stands within an f-string"


def _files() -> Iterator[Path]:
    kept = (path for suffix in METHODS for path in HERE.rglob(f"*{suffix}"))
    return (path for path in kept if "assets" not in path.parts and "static" not in path.parts)


def _area(path: Path) -> str:
    parts = path.relative_to(HERE).parts
    return next((part for part in parts[:2] if part in OWN), "desk")


def merged(area: str, language: str, wanted: Catalog) -> Catalog:
    """The catalogue of an area in one language with just these messages, each with the translation it has."""
    known = _read(area, language)
    header = f"# Messages of the desk: {area}."
    made = Catalog(locale=language, header_comment=header, project="Servanda", version="desk", fuzzy=False)
    for message in sorted(wanted, key=lambda it: (str(it.id), it.context or "")):
        if message.id:
            made.add(message.id, _said(message, known, language), context=message.context, flags=message.flags)
    return made


def _read(area: str, language: str) -> Catalog:
    path = LOCALES / language / f"{area}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _said(message: Message, known: Catalog, language: str) -> str | tuple[str, ...] | list[str]:
    if language == "en":
        return message.id
    before = known.get(message.id, message.context)
    return before.string if before else ("",) if isinstance(message.id, tuple | list) else ""


def missing(catalog: Catalog) -> list[str]:
    """The messages without a translation."""
    return [str(it.id) for it in catalog if it.id and not all(it.string if it.pluralizable else [it.string])]


def write(area: str, language: str, catalog: Catalog) -> None:
    """The catalogue as a file that changes only where a message does."""
    path = LOCALES / language / f"{area}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True, omit_header=False, sort_output=False)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(
        b"\n".join(
            line
            for line in lines
            if b"-Date:" not in line and b"Last-Translator" not in line and b"Report-Msgid" not in line
        )
    )


def main(check: bool) -> int:
    """Exit code 1 where --check finds a message without a translation, or one that gathering does not see."""
    hidden = list(unseen()) if check else []
    print(*hidden, sep="\n", end="\n" if hidden else "")
    lacking = len(hidden)
    for area, wanted in gathered().items():
        for language in LANGUAGES:
            catalog = merged(area, language, wanted)
            if not check:
                write(area, language, catalog)
                continue
            present = _read(area, language)
            absent = [str(it.id) for it in wanted if it.id and present.get(it.id, it.context) is None]
            for message in dict.fromkeys([*absent, *missing(catalog)]):
                lacking += 1
                print(f"{language}/{area}.po: {message}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))

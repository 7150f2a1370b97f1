"""Short forms for people: addresses of documents, cut quotes, counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args
from urllib.parse import urlsplit

from babel.numbers import format_decimal

from servanda.labels import Labels
from servanda.types import EngagementKind

CODE = re.compile(r"[A-Z]{2}")
KNOWN = re.compile(r"(?:state|mission|organisation)-([A-Z][A-Z0-9]+)")  # an id that a code leads to
SHORT = 48  # characters of a document's short name


def place(source: str) -> str:
    """Which document, in short: the host and the end of an address, the name of a file."""
    parts = urlsplit(source) if source.startswith(("http://", "https://")) else None
    if parts is None:
        return _end(source.rsplit("/", 1)[-1] or source)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    return f"{parts.netloc.removeprefix('www.')}/…/{_end(last)}" if last else parts.netloc


def _end(name: str) -> str:
    return name if len(name) <= SHORT else "…" + name[-SHORT:]


def asked(name: str) -> str:
    """A name as a reader would type it: the code of what is known by one (`state-JP` is JP), else as it stands."""
    known = KNOWN.fullmatch(name)
    return known[1] if known else name


def cut(words: str, longest: int = 320) -> str:
    """The words on one line, the end of long ones left out."""
    words = " ".join(words.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def sentence(words: str) -> str:
    """With a capital at the beginning."""
    return words[:1].upper() + words[1:]


def counting(labels: Labels) -> Callable[[Mapping[str, int]], str]:
    """Says counts by kind: `3 engagements, 1 act`."""

    def counted(counts: Mapping[str, int]) -> str:
        said = {kind: format_decimal(n, locale=labels.language) for kind, n in counts.items() if n}
        return ", ".join(f"{n} {labels(_plural(kind, counts[kind])).lower()}" for kind, n in said.items())

    return counted


def about(row: Mapping[str, Any], labels: Labels) -> str:
    """What a conflict is about: `Meeting: A, B`; a state that is known by its code by its preferred name."""
    told = str(row["subject"])
    if CODE.fullmatch(told) and row["property"] == "spelling":
        return str(row["preferred"])
    kind, colon, rest = told.partition(": ")
    return f"{sentence(labels(kind))}: {rest}" if colon and kind in get_args(EngagementKind) else told


def _plural(kind: str, n: int) -> str:
    one = kind.removesuffix("s")
    return one if n == 1 else f"{one}s"

"""Values of one property set side by side: all kept, one preferred, and on what ground."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from servanda.keep.telling import Passage

FIGURE = re.compile(r"\d")
Origin = Callable[[str], str]  # from a source to the first text that it is a copy of, or to itself


@dataclass(slots=True, frozen=True)
class Value:
    """A value and the words that say it."""

    value: str
    passage: Passage


@dataclass(slots=True, frozen=True)
class Conflict:
    """One subject and property with its values; `preferred` is one of them, `why` says on what ground."""

    subject: str
    property: str
    values: tuple[Value, ...]
    preferred: str
    why: str


def side_by_side(
    subject: str, name: str, values: Sequence[Value], origin: Origin, written: Mapping[str, str] | None = None
) -> Conflict:
    """The value that most texts of their own tell, copies counted once; else the fullest; else the one told last.

    `written` leads from sources to the days (EDTF) of their publication, where these are known.
    """
    unique = list({(v.value, v.passage.source): v for v in values}.values())
    told: dict[str, list[str]] = defaultdict(list)
    for value in unique:
        told[value.value].append(value.passage.source)
    preferred, why = _preferred(told, origin, written or {})
    return Conflict(subject, name, tuple(unique), preferred, why)


def _preferred(told: Mapping[str, Sequence[str]], origin: Origin, written: Mapping[str, str]) -> tuple[str, str]:
    texts = {value: {origin(source) for source in sources} for value, sources in told.items()}
    most = max(map(len, texts.values()))
    leading = [value for value, own in texts.items() if len(own) == most]
    copies = sum(len(set(sources)) for sources in told.values()) > sum(map(len, texts.values()))
    if len(leading) == 1:
        total = len(set().union(*texts.values()))
        return leading[0], f"told by {most} of {total} texts" + (", copies counted once" if copies else "")
    full = _fullest(leading)
    if full:
        return full, "the most exact; as many texts tell the others"
    days = {value: max((written.get(source, "") for source in told[value]), default="") for value in leading}
    if len(set(days.values())) > 1:
        return max(leading, key=lambda value: days[value]), "published last, and may correct the others"
    return leading[-1], "the last told; as many tell the others"


def _fullest(values: Iterable[str]) -> str | None:
    """A day rather than its month, a number rather than what is more or less than one."""
    ranked = sorted(values, key=_exactness, reverse=True)
    return ranked[0] if len(ranked) > 1 and _exactness(ranked[0]) > _exactness(ranked[1]) else None


def _exactness(value: str) -> int:
    if not FIGURE.search(value):
        return 0
    return len(value) if FIGURE.match(value[:1]) or value.startswith("X") else 1


def alone(source: str) -> str:
    """Every source a text of its own."""
    return source

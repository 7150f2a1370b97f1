"""Values of one property set side by side: all kept, one preferred, and on what ground."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from servanda.keep.telling import Passage

FIGURE = re.compile(r"\d")
Origins = Callable[[Iterable[str]], Mapping[str, str]]  # from sources to the first of those that are one text


@dataclass(slots=True, frozen=True)
class Value:
    """A value and the words that say it."""

    value: str
    passage: Passage


Found = tuple[str, str, list[Value]]  # subject, property, values


@dataclass(slots=True, frozen=True)
class Conflict:
    """One subject and property with its values; `preferred` is one of them, `why` says on what ground."""

    subject: str
    property: str
    values: tuple[Value, ...]
    preferred: str
    why: str


def side_by_side(
    subject: str, name: str, values: Sequence[Value], origins: Origins, written: Mapping[str, str] | None = None
) -> Conflict:
    """The value that most texts of their own tell, copies counted once; else the fullest; else the one told last.

    `written` leads from sources to the days (EDTF) of their publication, where these are known.
    """
    unique = list({(v.value, v.passage.source): v for v in values}.values())
    told: dict[str, list[str]] = defaultdict(list)
    for value in unique:
        told[value.value].append(value.passage.source)
    own = origins(v.passage.source for v in unique)
    preferred, why = _preferred(told, own, written or {})
    return Conflict(subject, name, tuple(unique), preferred, why)


def _preferred(
    told: Mapping[str, Sequence[str]], own: Mapping[str, str], written: Mapping[str, str]
) -> tuple[str, str]:
    texts = {value: {own.get(source, source) for source in sources} for value, sources in told.items()}
    most = max(map(len, texts.values()))
    leading = [value for value, them in texts.items() if len(them) == most]
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

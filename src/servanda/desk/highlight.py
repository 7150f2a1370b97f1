"""A document's text cut where anything begins or ends, so that spans which overlap can all be shown.

Pure: text and marks in, segments out. Offsets are code points; segments follow one another and hold the whole text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, TypeAlias

Role: TypeAlias = Literal["fact", "noise", "name", "cited"]


@dataclass(slots=True, frozen=True)
class Mark:
    """Something to show from `start` to `end`: a fact's words (`what` its kind, `ref` its number), noise (`what` its
    kind, `ref` the reason), an actor's name (`ref` its id), or the words that were asked for."""

    start: int
    end: int
    role: Role
    what: str = ""
    ref: Any = None


@dataclass(slots=True)
class Segment:
    """A stretch of text under the same marks. `opens` are the facts that begin here, `anchors` every fact's span that
    does, as `START-END`; `noise` is the mark it lies in, `begins_noise` whether that begins here."""

    start: int
    text: str
    kinds: tuple[str, ...] = ()
    facts: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()
    noise: Mark | None = None
    begins_noise: bool = False
    actor: str | None = None
    cited: bool = False
    begins_cited: bool = False


@dataclass(slots=True)
class _Open:
    """The marks over the place reached, by role; each role's in the order in which they began."""

    marks: dict[Role, list[Mark]] = field(default_factory=lambda: defaultdict(list))

    def last(self, role: Role) -> Mark | None:
        return self.marks[role][-1] if self.marks[role] else None


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text in segments. Marks beyond the text are cut to it, and empty ones left out."""
    held = [m for m in (_within(mark, len(text)) for mark in marks) if m.start < m.end]
    starting: dict[int, list[Mark]] = defaultdict(list)
    ending: dict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(held, key=lambda m: (m.start, -m.end)):
        starting[mark.start].append(mark)
        ending[mark.end].append(mark)
    bounds = sorted({0, len(text), *starting, *ending})
    return list(_walk(text, bounds, starting, ending))


def _within(mark: Mark, length: int) -> Mark:
    start, end = max(mark.start, 0), min(mark.end, length)
    return mark if (start, end) == (mark.start, mark.end) else Mark(start, end, mark.role, mark.what, mark.ref)


def _walk(
    text: str, bounds: Sequence[int], starting: dict[int, list[Mark]], ending: dict[int, list[Mark]]
) -> Iterator[Segment]:
    over = _Open()
    for start, end in pairwise(bounds):
        for mark in ending.get(start, ()):
            over.marks[mark.role].remove(mark)
        new = starting.get(start, [])
        for mark in new:
            over.marks[mark.role].append(mark)
        yield _segment(text[start:end], start, over, new)


def _segment(words: str, start: int, over: _Open, new: Sequence[Mark]) -> Segment:
    facts, noise, name = over.marks["fact"], over.last("noise"), over.last("name")
    begun = [mark for mark in new if mark.role == "fact"]
    return Segment(
        start,
        words,
        kinds=tuple(dict.fromkeys(mark.what for mark in facts)),
        facts=tuple(dict.fromkeys(mark.ref for mark in facts)),
        opens=tuple(dict.fromkeys(mark.ref for mark in begun)),
        anchors=tuple(dict.fromkeys(f"{mark.start}-{mark.end}" for mark in begun)),
        noise=noise,
        begins_noise=noise is not None and noise in new,
        actor=name.ref if name else None,
        cited=bool(over.marks["cited"]),
        begins_cited=any(mark.role == "cited" for mark in new),
    )

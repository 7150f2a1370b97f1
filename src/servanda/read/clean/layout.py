"""The lines of a page and the blocks that blank lines make of them."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.types import Span


@dataclass(slots=True)
class Line:
    """A line that is not blank, without the white space around it; `block` counts the runs of blank lines before it."""

    start: int
    end: int
    block: int

    @property
    def span(self) -> Span:
        return self.start, self.end

    def __len__(self) -> int:
        return self.end - self.start


def lines_of(text: str) -> list[Line]:
    """Every line of a text that is not blank."""
    found: list[Line] = []
    at, block, blank = 0, 0, False
    for raw in text.split("\n"):
        kept = raw.strip()
        if kept:
            block += blank and bool(found)
            start = at + len(raw) - len(raw.lstrip())
            found.append(Line(start, start + len(kept), block))
        blank = not kept
        at += len(raw) + 1
    return found

"""Repeats: a standfirst that the body says again, and captions that stand twice."""

from __future__ import annotations

from servanda.read.clean.layout import Line
from servanda.read.page import Page
from servanda.tokens import beside

ENOUGH, NEAR = 1.455, 0.66
LONGEST = 130


def likeness(page: Page, line: Line, start: int) -> tuple[float, float]:
    """How far the text from `start` on says a line again: its pairs of words in one stretch, its triples anywhere."""
    tokens = page.tokens
    said = ~tokens.mark
    words, starts = tokens.numbers[said], tokens.starts[said]
    first, last, begin = starts.searchsorted((line.start, line.end, start)).tolist()
    if not 4 <= last - first <= LONGEST:
        return 0.0, 0.0
    pairs = beside(words[:-1], words[1:])
    triples = beside(pairs[:-1], words[2:])
    told = set(triples[first : last - 2].tolist())
    again = len(told.intersection(triples[begin:].tolist())) / len(told)
    if again < ENOUGH - 1:
        return 0.0, again
    told = set(pairs[first : last - 1].tolist())
    return _densest(pairs[begin:].tolist(), told, int(1.6 * (last - first)) + 2) / len(told), again


def _densest(body: list[int], pairs: set[int], width: int) -> int:
    """The most of these pairs that stand within `width` words of each other."""
    seen: dict[int, int] = {}
    best = 0
    queue: list[tuple[int, int]] = []
    head = 0
    for at, pair in enumerate(body):
        if pair not in pairs:
            continue
        queue.append((at, pair))
        seen[pair] = seen.get(pair, 0) + 1
        while queue[head][0] <= at - width:
            old = queue[head][1]
            seen[old] -= 1
            if not seen[old]:
                del seen[old]
            head += 1
        best = max(best, len(seen))
    return best


def repeats(page: Page, line: Line, start: int) -> bool:
    """The text from `start` on says the line again, word for word or nearly so."""
    near, triples = likeness(page, line, start)
    return near >= NEAR and near + triples >= ENOUGH

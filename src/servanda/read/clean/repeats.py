"""Repeats: a standfirst that the body says again, and captions that stand twice."""

from __future__ import annotations

import re
from itertools import pairwise

from servanda.read.clean.layout import Line
from servanda.read.page import Page

WORD = re.compile(r"\w+")
ENOUGH, NEAR = 1.455, 0.66
LONGEST = 130


def likeness(page: Page, line: Line, start: int) -> tuple[float, float]:
    """How far the text from `start` on says a line again: its pairs of words in one stretch, its triples anywhere."""
    told = WORD.findall(page.folded, line.start, line.end)
    if not 4 <= len(told) <= LONGEST:
        return 0.0, 0.0
    body = WORD.findall(page.folded, start)
    pairs = set(pairwise(told))
    triples = set(zip(told, told[1:], told[2:], strict=False))
    again = len(triples.intersection(zip(body, body[1:], body[2:], strict=False))) / len(triples)
    if again < ENOUGH - 1:
        return 0.0, again
    return _densest(body, pairs, int(1.6 * len(told)) + 2) / len(pairs), again


def _densest(body: list[str], pairs: set[tuple[str, str]], width: int) -> int:
    """The most of these pairs that stand within `width` words of each other."""
    seen: dict[tuple[str, str], int] = {}
    best = 0
    queue: list[tuple[int, tuple[str, str]]] = []
    head = 0
    for at, pair in enumerate(pairwise(body)):
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

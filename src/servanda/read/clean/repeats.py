"""Repeats: a standfirst that the body says again, and captions that stand twice."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise, repeat

from servanda.read.clean.layout import Line
from servanda.read.page import MARKS, Page

ENOUGH, NEAR = 1.455, 0.66
LONGEST = 130
OTHER, MARK = 0, LONGEST + 1  # numbers that stand for a word the line does not have, and for a mark


def likeness(page: Page, line: Line, start: int) -> tuple[float, float]:
    """How far the text from `start` on says a line again: its pairs of words in one stretch, its triples anywhere.

    Words are compared by number, one byte each.
    """
    starts, words = page.words
    first, last = bisect_left(starts, line.start), bisect_left(starts, line.end)
    told = [word for word in words[first:last] if word not in MARKS]
    if not 4 <= len(told) <= LONGEST:
        return 0.0, 0.0
    numbers = dict.fromkeys(MARKS, MARK) | {word: number for number, word in enumerate(told, 1)}
    body = bytes(map(numbers.get, words[bisect_left(starts, start) :], repeat(OTHER))).translate(None, bytes([MARK]))
    numbered = bytes(map(numbers.__getitem__, told))
    triples = {numbered[at : at + 3] for at in range(len(numbered) - 2)}
    again = sum(triple in body for triple in triples) / len(triples)
    if again < ENOUGH - 1:
        return 0.0, again
    pairs = set(pairwise(numbered))
    return _densest(body, pairs, int(1.6 * len(told)) + 2) / len(pairs), again


def _densest(body: bytes, pairs: set[tuple[int, int]], width: int) -> int:
    """The most of these pairs that stand within `width` words of each other."""
    seen: dict[tuple[int, int], int] = {}
    best = 0
    queue: list[tuple[int, tuple[int, int]]] = []
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

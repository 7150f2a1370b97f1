"""Topics: what a passage is about, from the words of `topics.yaml`."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from servanda.read.page import Page

START = attrgetter("start")


def topics_of(page: Page, start: int, end: int) -> list[str]:
    """The ids of the topics named in `text[start:end]`, each once, in the order in which the text names them."""
    hits = page.hits.get("topics", [])
    found: dict[str, None] = {}
    for index in range(bisect_left(hits, start, key=START), len(hits)):
        hit = hits[index]
        if hit.start >= end:
            break
        if hit.end <= end:
            found[hit.entry.id] = None
    return list(found)

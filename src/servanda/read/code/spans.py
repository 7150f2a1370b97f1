"""Spans: which words of a clause a fact quotes: from its subject to the end of its content, 20 to 400 code points."""

from __future__ import annotations

from servanda.read.code.clauses import Predicate
from servanda.read.code.walk import grammar, role_of
from servanda.read.page import Page

LONGEST = 400
ASIDE = 60  # code points of content before a comma may end it


def span_of(page: Page, predicate: Predicate) -> tuple[int, int]:
    """The clause from its subject or its first word to the end of its content, cut at a word."""
    start, end = predicate.clause, _content_end(page, predicate)
    if end - start > LONGEST:
        space = page.text.rfind(" ", predicate.content, start + LONGEST)
        end = space if space > predicate.content else end
    return start, min(end, start + 2 * LONGEST)


def _content_end(page: Page, predicate: Predicate) -> int:
    """Before a comma that leads to a condition or an aside: `…, ngay cả khi`, `…, trong đó`."""
    known, at = grammar(page), predicate.content + ASIDE
    limit = min(predicate.end, predicate.content + LONGEST)
    while (at := page.text.find(", ", at, limit)) > 0:
        word = known.opens.get(at + 2)
        if word is not None and role_of(word) in ("condition", "adverb", "besides", "including"):
            return at
        at += 1
    return max(predicate.end, predicate.content)

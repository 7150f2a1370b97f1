"""Grafts: paragraphs of another article, told by names and words that the rest of the page does not share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from servanda.read.clean.layout import Line
from servanda.read.page import Page
from servanda.types import Noise, Span

WORD = re.compile(r"[^\W\d_]+")
ENDED = re.compile(r"/\.\s*$")
SHORTEST, LEAST_LINES, WITHIN = 90, 4, 0.06


@dataclass(slots=True)
class Paragraph:
    """A line with what it names and its pairs of words."""

    line: Line
    names: set[str]
    pairs: set[tuple[str, str]]


def grafts(page: Page, lines: list[Line], article: list[int], spam: int | None) -> list[Noise]:
    """Paragraphs that do not belong. `spam` is where the first spam line starts: a graft mostly stands right before it.

    A page needs four long paragraphs to be compared with; the first two are never grafts. Without spam only the last
    can be one, after the article's end mark.
    """
    long = [lines[i] for i in article if len(lines[i]) >= SHORTEST]
    if len(long) < LEAST_LINES:
        return []
    marked = _ends(page, long[-2])
    if spam is None and not marked and page.refusals is None:
        return []
    paragraphs = [_paragraph(page, line) for line in long]
    names = Counter(name for p in paragraphs for name in p.names)
    pairs = Counter(pair for p in paragraphs for pair in p.pairs)
    shares = [_share(p, pairs) for p in paragraphs]
    usual = sum(shares) / len(shares)
    found = []
    for at in range(2, len(paragraphs)):
        this = paragraphs[at]
        known = sum(names[name] > 1 for name in this.names)
        last = at == len(paragraphs) - 1
        if _alien(this, known, shares[at], usual, last and marked, last and spam is not None, spam is not None):
            why = f"shares {known} names and {shares[at]:.0%} of its pairs of words with the rest"
            found.append(Noise(*this.line.span, "foreign", why, "vi.noise.graft"))
        elif shares[at] < usual / 3:
            page.refuse(
                "vi.noise.graft", *this.line.span, f"shares {known} names and {shares[at]:.0%} of its pairs of words"
            )
    return found if len(found) <= 1 + len(paragraphs) // 8 else []


def _ends(page: Page, line: Line) -> bool:
    """The line bears the mark that ends an article."""
    return bool(ENDED.search(page.text, max(0, line.end - 8), line.end))


def _share(this: Paragraph, pairs: Counter[tuple[str, str]]) -> float:
    """How much of a paragraph stands in others too, from 0 to 1."""
    return sum(pairs[pair] > 1 for pair in this.pairs) / max(1, len(this.pairs))


def _alien(this: Paragraph, known: int, share: float, usual: float, marked: bool, spam: bool, tampered: bool) -> bool:
    """After the article's end mark or right before spam little must be strange; within the article everything."""
    size = len(this.pairs)
    if marked or spam:
        most, part = (0.22, 0.6) if marked and spam else (0.15, 0.45)
        return size >= 20 and known <= 1 and share <= most and share <= part * usual
    return tampered and size >= 25 and known == 0 and len(this.names) > 1 and share <= WITHIN


def _paragraph(page: Page, line: Line) -> Paragraph:
    words = [(m.start(), m.end()) for m in WORD.finditer(page.text, line.start, line.end)]
    folded = [page.folded[slice(*span)] for span in words]
    return Paragraph(line, set(_names(page.text, words, folded)), set(pairwise(folded)))


def _names(text: str, words: list[Span], folded: list[str]) -> Iterator[str]:
    """Runs of two or more capitalised words, and single ones inside a sentence."""
    run: list[int] = []
    for at, (start, _) in enumerate([*words, (len(text), len(text))]):
        capital = start < len(text) and text[start].isupper()
        if run and not (capital and start - words[run[-1]][1] == 1):
            first = words[run[0]][0]
            if len(run) > 1 or (run[0] and first - words[run[0] - 1][1] == 1):
                yield " ".join(folded[run[0] : run[-1] + 1])
            run = []
        if capital:
            run.append(at)

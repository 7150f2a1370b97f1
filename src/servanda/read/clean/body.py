"""The noise of the article's own lines: tails, credits, captions and repeats."""

from __future__ import annotations

from servanda.read.clean.captions import probability
from servanda.read.clean.credits import credits_of
from servanda.read.clean.header import Header
from servanda.read.clean.layout import Line
from servanda.read.clean.repeats import repeats
from servanda.read.clean.tails import Tail, read_tail
from servanda.read.clean.units import Unit, units_of
from servanda.read.clean.words import Words
from servanda.read.page import Page
from servanda.read.segment import Grammar, grammar
from servanda.types import Noise

SURE, CREDITED = 0.9, 0.02
OPEN = 0.5


def body_noise(page: Page, header: Header, lines: list[Line], words: Words) -> list[Noise]:
    """The noise below the header."""
    sentences = grammar(page.lexicon)
    tail = read_tail(page, header, lines, words, sentences)
    found = list(tail.noise)
    article = [i for i in range(header.body, len(lines)) if i not in tail.lines]
    credits = credits_of(page, sentences.openings, words)
    units = units_of(page, lines, article, credits, sentences)
    found.extend(_captions(page, units, tail))
    found.extend(_standfirst(page, lines, article, header))
    return found


def _captions(page: Page, units: list[Unit], tail: Tail) -> list[Noise]:
    found: list[Noise] = []
    for index, unit in enumerate(units):
        chance = probability(page, units, index)
        words = page.folded[unit.start : unit.words_end].rstrip(" .")
        if words in tail.captions:
            found.append(Noise(unit.start, unit.end, "caption", "stands again among the captions", "vi.noise.caption.twice"))
        elif unit.credit:
            start = unit.start if chance >= CREDITED else unit.credit.start
            found.append(Noise(start, unit.end, "caption", f"with a credit, {chance:.2f}", unit.credit.rule))
            if unit.start == unit.credit.start and index and units[index - 1].line == unit.line:
                found.extend(_before(page, units, index - 1))
        elif chance >= (OPEN if unit.open else SURE):
            found.append(Noise(unit.start, unit.end, "caption", f"reads as a caption, {chance:.2f}", "vi.noise.caption.model"))
    return found


def _before(page: Page, units: list[Unit], index: int) -> list[Noise]:
    """The caption that ended in a full stop before its credit."""
    chance, unit = probability(page, units, index), units[index]
    if chance < 0.3:
        return []
    return [Noise(unit.start, unit.end, "caption", f"before a credit, {chance:.2f}", "vi.noise.photo")]


def _standfirst(page: Page, lines: list[Line], article: list[int], header: Header) -> list[Noise]:
    """The first line under the headline, and a dump's summary, where the body says them again."""
    found: list[Noise] = []
    if header.title and len(article) > 1:
        first = lines[article[0]]
        if len(first) < 700 and repeats(page, first, lines[article[1]].start):
            found.append(Noise(*first.span, "duplicate", "the body says it again", "vi.noise.standfirst"))
    return found


__all__ = ["Grammar", "body_noise"]

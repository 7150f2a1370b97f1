"""The units of the article's lines: sentences, and captions that stand among them with or without a full stop."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.read.clean.credits import Credit
from servanda.read.clean.layout import Line
from servanda.read.page import Page
from servanda.read.segment import Grammar, broken

LEAST_WORDS = 4
WHOLE_LINE = 260
LONGEST_SENTENCE = 2000


@dataclass(slots=True)
class Unit:
    """A stretch of a line that may be a caption. `words_end` is where a credit starts, else `end`.

    `open` is true where the next unit starts without a full stop before it: only captions end so.
    """

    start: int
    end: int
    line: int
    words_end: int
    credit: Credit | None = None
    open: bool = False
    first: bool = False
    last: bool = False
    kept: bool = False


def units_of(page: Page, lines: list[Line], indices: list[int], credits: list[Credit], words: Grammar) -> list[Unit]:
    """The units of the lines with these indices, in order; a line is split finest, and `body` joins again."""
    found: list[Unit] = []
    at = 0
    for index in indices:
        line = lines[index]
        while at < len(credits) and credits[at].end <= line.start:
            at += 1
        after = at
        while after < len(credits) and credits[after].start < line.end:
            after += 1
        inner = _of_line(page, line, index, credits[at:after], words)
        if inner:
            inner[0].first = inner[-1].last = True
        found.extend(inner)
        at = after
    return found


def _of_line(page: Page, line: Line, index: int, credits: list[Credit], words: Grammar) -> list[Unit]:
    found: list[Unit] = []
    start = line.start
    if credits and len(line) <= WHOLE_LINE and credits[0].end >= line.end - 1 and not credits[0].intro:
        return [Unit(line.start, line.end, index, max(line.start, credits[0].start), credits[0])]
    for credit in credits:
        if credit.intro or credit.start < start:
            continue
        found.extend(_sentences(page, start, credit.start, index, words, credit))
        start = credit.end
        while start < line.end and page.text[start] in " .\t":
            start += 1
    found.extend(_sentences(page, start, line.end, index, words, None))
    return found


def _sentences(page: Page, start: int, end: int, line: int, words: Grammar, credit: Credit | None) -> list[Unit]:
    found = [
        unit
        for span in broken(page, start, end, words)
        for unit in _split(page.text, *span, line, words)
        if unit.end > unit.start
    ]
    if credit:
        if (found and page.text[found[-1].end - 1] not in ".!?…") or (found and found[-1].end >= credit.start - 2):
            found[-1].credit, found[-1].end = credit, credit.end
        else:
            found.append(Unit(credit.start, credit.end, line, credit.start, credit))
    return found


def _split(text: str, start: int, end: int, line: int, words: Grammar) -> list[Unit]:
    """A sentence in two or more where words that only open sentences stand inside it."""
    if end - start > LONGEST_SENTENCE:
        return [Unit(start, end, line, end)]
    found: list[Unit] = []
    for match in words.inner.finditer(text, start, end):
        if match["next"][0].isupper() and _capital_before(text, start, match.start()):
            continue
        if not words.opens(match["word"], match["next"]) or _quoted(text, start, match.start()):
            continue
        last = text[text.rfind(" ", start, match.start()) + 1 : match.start()]
        if last in words.bindings or text.count(" ", start, match.start()) < LEAST_WORDS - 1:
            continue
        if text.count(" ", match.end(), end) >= LEAST_WORDS:
            found.append(Unit(start, match.start(), line, match.start(), open=True))
            start = match.end()
    found.append(Unit(start, end, line, end))
    return found


def _capital_before(text: str, start: int, at: int) -> bool:
    """The word that ends here has a capital: a name may go on."""
    return text[max(start, text.rfind(" ", start, at) + 1)].isupper()


def _quoted(text: str, start: int, at: int) -> bool:
    """Within quotation marks or brackets opened since the start."""
    return (
        text.count("“", start, at) > text.count("”", start, at)
        or text.count('"', start, at) % 2 == 1
        or text.count("(", start, at) > text.count(")", start, at)
    )

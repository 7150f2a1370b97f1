"""Strays: short lines that are no sentences and share next to no word with the rest of the page, whatever they sell."""

from __future__ import annotations

from servanda.read.clean.layout import Line
from servanda.read.page import Page
from servanda.tokens import again, beside, summed
from servanda.types import Noise

ENDED, CALLS = '.…?:;,"”’»', "!"  # what a stray does not end in; what it ends in only if it is long enough
OPENED = '"“‘«-–—+'  # speech, and items of lists
LONGEST = 160
LEAST_WORDS, LEAST_CALL, LEAST_REST = 6, 8, 150
SHARED_PAIRS, SHARED_WORDS = 0.1, 0.4


def strays(page: Page, lines: list[Line], article: list[int]) -> list[Noise]:
    """The lines among those of these indices that may belong to no article about what the page is about.

    A heading inside an article says in other words what its paragraphs say; a stray's words stand nowhere else.
    """
    doubtful = [lines[at] for at in article[page.title is None :] if _is_no_sentence(page, lines[at])]
    tokens = page.tokens
    if not doubtful or len(tokens.starts) < LEAST_REST:
        return []
    said = ~tokens.mark
    words, starts = tokens.numbers[said], tokens.starts[said]
    told, pairs = summed(again(words)), summed(again(beside(words[:-1], words[1:])))
    found = []
    for line in doubtful:
        first, last = starts.searchsorted(line.span).tolist()
        size = last - first
        if size < (LEAST_CALL if page.text[line.end - 1] in CALLS else LEAST_WORDS):
            continue
        shared, beside_it = (told[last] - told[first]) / size, (pairs[last - 1] - pairs[first]) / (size - 1)
        if shared <= SHARED_WORDS and beside_it <= SHARED_PAIRS:
            why = f"no sentence, and shares {shared:.0%} of its words with the page"
            found.append(Noise(*line.span, "spam", why, "vi.noise.stray"))
    return found


def _is_no_sentence(page: Page, line: Line) -> bool:
    return len(line) <= LONGEST and page.text[line.end - 1] not in ENDED and page.text[line.start] not in OPENED

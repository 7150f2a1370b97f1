"""Segment: the sentences of the article, without its noise, and the quoted speech on them."""

from __future__ import annotations

import re

from servanda.read.page import Page, Sentence

END = re.compile(r"(?<=[.!?…])\s+|\n+")


def segment(page: Page) -> list[Sentence]:
    """The sentences of the page in order, noise left out."""
    found, start, paragraph = [], 0, 0
    for match in [*END.finditer(page.text), None]:
        end = match.start() if match else len(page.text)
        if page.text[start:end].strip():
            found.append(Sentence(start, end, paragraph))
        if match:
            paragraph += "\n" in match.group()
            start = match.end()
    return found

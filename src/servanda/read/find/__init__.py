"""Find: the noun phrases that name persons, states, organisations and missions, titles and posts with them."""

from __future__ import annotations

from servanda.read.page import Mention, Page


def find_mentions(page: Page) -> list[Mention]:
    """The mentions on the article's sentences, in order of start."""
    return []

"""Link: which mentions of a page are one actor; fills `Mention.actors` and returns the actors."""

from __future__ import annotations

from servanda.read.page import Page
from servanda.types import Actor


def link(page: Page) -> list[Actor]:
    """The actors of the page, each with its names, code, posts and mentions."""
    return []

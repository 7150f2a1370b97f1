"""Clean: what on the page is not the article, with the kind and the reason of each span; title and date of publication."""

from __future__ import annotations

from servanda.read.page import Page
from servanda.types import Noise


def clean(page: Page) -> list[Noise]:
    """The noise of the page; also sets `page.title` and `page.published`."""
    return []

"""Code the acts of a page."""

from __future__ import annotations

from servanda.read.page import Page
from servanda.types import Act


def code_acts(page: Page) -> list[Act]:
    """The acts that the article tells, in order of start."""
    return []

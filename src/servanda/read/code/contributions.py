"""Code the contributions of a page."""

from __future__ import annotations

from servanda.read.page import Page
from servanda.types import Contribution


def code_contributions(page: Page) -> list[Contribution]:
    """The contributions that the article tells, in order of start."""
    return []

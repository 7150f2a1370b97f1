"""Code the agreements of a page."""

from __future__ import annotations

from servanda.read.page import Page
from servanda.types import Agreement


def code_agreements(page: Page) -> list[Agreement]:
    """The agreements that the article tells, in order of start."""
    return []

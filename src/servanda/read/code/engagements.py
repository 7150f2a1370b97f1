"""Code the engagements of a page."""

from __future__ import annotations

from servanda.read.page import Page
from servanda.types import Engagement


def code_engagements(page: Page) -> list[Engagement]:
    """The engagements that the article tells, in order of start."""
    return []

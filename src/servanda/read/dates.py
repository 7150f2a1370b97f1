"""Dates: every expression that resolves to a calendar date or range, as EDTF; a year only where something fixes it."""

from __future__ import annotations

from servanda.read.page import Page
from servanda.types import DateExpression


def find_dates(page: Page) -> list[DateExpression]:
    """The dates of the article in order."""
    return []

"""Review in the browser: one question at a time by keyboard, by forms where there is no JavaScript."""

from servanda.desk.review.routes import router

__all__ = ["router"]

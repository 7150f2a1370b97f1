"""Briefs: one page on a counterpart as a reader would write it, each line cited; on screen, Markdown or DOCX."""

from servanda.desk.briefs.routes import router

__all__ = ["router"]

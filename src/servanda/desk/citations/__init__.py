"""Permanent links to a fact's words, and the words in the forms in which they are copied."""

from servanda.desk.citations.routes import router

__all__ = ["router"]

"""A brief as a file: Markdown, a page that stands alone, or a document for a word processor."""

from __future__ import annotations

from collections.abc import Callable

from servanda.desk.briefs.markdown import markdown
from servanda.desk.briefs.word import MIME, docx
from servanda.desk.briefs.wording import Worded
from servanda.desk.rendering import environment
from servanda.desk.settings import Language

TYPES = {"md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8", "docx": MIME}


def _markdown(made: Worded, _: Language) -> bytes:
    return markdown(made).encode("utf-8", "replace")


def _alone(made: Worded, language: Language) -> bytes:
    return environment(language).get_template("briefs/alone.html").render(brief=made).encode("utf-8", "replace")


def _docx(made: Worded, _: Language) -> bytes:
    return docx(made)


WRITTEN: dict[str, Callable[[Worded, Language], bytes]] = {"md": _markdown, "html": _alone, "docx": _docx}

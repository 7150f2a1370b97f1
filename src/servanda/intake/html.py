"""A web page: the article as trafilatura finds it, the page's own metadata, and the bytes as received."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from servanda.errors import BadInput
from servanda.intake.encodings import decode
from servanda.intake.text import refuse_binary, whole
from servanda.types import Document

DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|!--)", re.IGNORECASE)
META = re.compile(r"<meta\b([^<>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([A-Za-z:_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
LINKED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
STAMPED = re.compile(r"<time\b([^<>]*\bpubdate\b[^<>]*)>", re.IGNORECASE)
DATES = ("article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
         "dc.date.issued", "dcterms.issued", "dc.date", "date.created", "parsely-pub-date", "date")  # fmt: skip
CALENDAR = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d])")
TITLES = ("og:title", "twitter:title", "dc.title")
PUBLISHERS = ("og:site_name", "application-name", "dc.publisher")


def looks_like_html(data: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    return PAGE.match(data[:8192]) is not None


def html_document(data: bytes, source: str) -> Document:
    """A page's document; its text is the title and the article. Raises BadInput where no article is found."""
    refuse_binary(data, source)
    declared = DECLARED.search(data[:8192])
    page, note = decode(data, source, declared[1].decode("ascii") if declared else None)
    meta = _meta(page)
    title = _first(meta, TITLES) or _tag(page, "title")
    text = whole(_article(page, title, source), source)
    return Document(
        text,
        source,
        url=_first(meta, ("og:url",)),
        title=title,
        publisher=_first(meta, PUBLISHERS),
        published=_published(page, meta),
        media_type="text/html",
        raw=data,
        note=note,
    )


def _article(page: str, title: str | None, source: str) -> str:
    import trafilatura

    try:
        body = trafilatura.extract(page, include_comments=False, include_tables=True, with_metadata=False)
    except Exception as error:  # whatever a broken page does to the extractor is this page's fault alone
        raise BadInput(source, f"the page cannot be taken apart: {type(error).__name__}: {error}") from error
    if not body or not body.strip():
        raise BadInput(source, "no article found in the page")
    return body if not title or title in body[:2000] else f"{title}\n\n{body}"


def _meta(page: str) -> dict[str, str]:
    """The page's <meta> elements by name, property or itemprop, in lower case; the first of each."""
    found: dict[str, str] = {}
    for element in META.finditer(page):
        attributes = _attributes(element[1])
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and attributes.get("content", "").strip():
            found.setdefault(name.lower(), attributes["content"].strip())
    return found


def _attributes(element: str) -> dict[str, str]:
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(element)}


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _tag(page: str, name: str) -> str | None:
    found = re.search(rf"<{name}\b[^>]*>([^<]+)</{name}>", page, re.IGNORECASE)
    return " ".join(unescape(found[1]).split()) or None if found else None


def _published(page: str, meta: dict[str, str]) -> str | None:
    """The date, as far as the page's metadata gives one; never the clock, never a guess from the text."""
    stamped = STAMPED.search(page)
    linked = LINKED.search(page)
    said: list[Any] = [_first(meta, DATES), linked and linked[1]]
    said.append(_attributes(stamped[1]).get("datetime") if stamped else None)
    dates = (CALENDAR.match(value.strip()) for value in said if value)
    return next((date[0] for date in dates if date and "01" <= date[2] <= "12"), None)

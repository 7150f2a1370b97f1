"""Every kind of page of a desk, found as a reader finds them: by its links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx

EACH = 2  # pages of one kind, such as two actors
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
PASSED = re.compile(r"^/(static|api|preferences|sign-out|openapi)|\.(csv|json|docx|html|md|ics|xml|atom|bib|txt)$")
RECORD = re.compile(r"^/(actors|engagements|undertakings|programmes|facts|documents|missions|cite)/[^/]+")


def pages(base: str) -> tuple[list[str], list[str]]:
    """Paths of pages that links lead to from the home page, at most EACH of one kind; and links that lead nowhere."""
    found = dict(_walk(base))
    return [path for path, status in found.items() if status < 400], [
        f"{path}: {status}" for path, status in found.items() if status >= 400
    ]


def kind(path: str) -> str:
    """What kind of page a path is of: the path without the record's id, and the names of its parameters."""
    parts = urlsplit(path)
    return RECORD.sub(r"/\1/ID", parts.path)


def _walk(base: str) -> Iterator[tuple[str, int]]:
    waiting, seen, kinds = ["/"], {"/"}, Counter[str]()
    with httpx.Client(base_url=base, timeout=30, headers={"accept": "text/html"}, follow_redirects=True) as client:
        while waiting:
            path = waiting.pop(0)
            if kinds[kind(path)] >= EACH:
                continue
            answer = client.get(path)
            if "text/html" not in answer.headers["content-type"]:
                continue
            kinds[kind(path)] += 1
            yield path, answer.status_code
            for link in LINK.findall(answer.text):
                target = _path(base, path, link.replace("&amp;", "&"))
                if target and target not in seen:
                    seen.add(target)
                    waiting.append(target)


def _path(base: str, here: str, link: str) -> str | None:
    target = urlsplit(urldefrag(urljoin(base + here, link)).url)
    if target.netloc != urlsplit(base).netloc or PASSED.search(target.path):
        return None
    return target.path + (f"?{target.query}" if target.query else "")

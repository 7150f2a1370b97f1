"""Pictures of every kind of page, narrow and wide, light and dark, with an index to look through them.

    python tools/screenshots.py REGISTER FOLDER      (make screenshots)

Needs a Chromium on the PATH. Pages are found by their links from the home page.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from playwright.sync_api import Browser, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from browser.conftest import CHROMIUM, MISSING, serve
from browser.walk import kind, pages

WIDTHS = (360, 1920)
THEMES = ("light", "dark")
PATIENCE = 60_000  # milliseconds that a picture is waited for
TALLEST = 2400  # pixels of a page that are kept
HOME = "state-VN"  # for whom a brief is made unless another is named
LANGUAGES = {360: "vi", 1920: "en"}


def main() -> int:
    """Take them; 1 where there is no browser."""
    register, folder = Path(sys.argv[1]), Path(sys.argv[2])
    if CHROMIUM is None:
        print(MISSING, file=sys.stderr)
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for desk in serve(register):
        shown = _once(pages(desk.url)[0]) | _asked(desk.url)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM)
            for path, name in shown.items():
                print(f"{name}: {path[:100]}")
            for width in WIDTHS:
                for theme in THEMES:
                    _take(browser, desk.url, shown, folder, width, theme)
    (folder / "index.html").write_text("\n".join(_index(shown)), encoding="utf-8")
    print(f"{len(shown) * len(WIDTHS) * len(THEMES)} pictures: {folder / 'index.html'}")
    return 0


def _once(paths: list[str]) -> dict[str, str]:
    """One path of each kind, with a name for its files."""
    first: dict[str, str] = {}
    for path in paths:
        first.setdefault(kind(path), path)
    return {path: re.sub(r"\W+", "-", name).strip("-") or "home" for name, path in first.items()}


def _asked(base: str) -> dict[str, str]:
    """Pages that no link leads to first: where something is asked, of each kind of actor, where nothing is found."""
    with httpx.Client(base_url=f"{base}/api/v1", timeout=30) as api:
        actors = {kind: _most_named(api, kind) for kind in ("person", "organisation", "mission", "state")}
        documents = api.get("/documents", params={"limit": 1}).json()["rows"]
    found = {f"/actors/{quote(id)}": f"actors-{kind}" for kind, id in actors.items() if id}
    if others := [id for id in (actors["person"], actors["organisation"], actors["state"]) if id and id != HOME]:
        found[f"/brief?{urlencode({'actor': others[-1]})}"] = "brief-made"
    for row in documents:
        found[f"/review/new?{urlencode({'source': row['source'], 'kind': 'engagement'})}"] = "review-new"
    return found | {
        "/search?q=h%C3%B2a+b%C3%ACnh": "search-found", "/search?q=xyzzy": "search-nothing", "/sign-in": "sign-in",
        "/actors/nobody": "not-found", "/timeline?since=1900": "timeline-all",
    }  # fmt: skip


def _most_named(api: httpx.Client, kind: str) -> str | None:
    rows = api.get("/actors", params={"kind": kind, "limit": 200}).json()["rows"]
    others = [row for row in rows if row["id"] != HOME] or rows
    return str(max(others, key=lambda row: row["documents"])["id"]) if others else None


def _take(browser: Browser, base: str, shown: dict[str, str], folder: Path, width: int, theme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale=LANGUAGES[width])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    for path, name in shown.items():
        page.goto(base + path)
        expect(page.locator("figure[data-picture]:not([data-drawn])")).to_have_count(0, timeout=PATIENCE)
        page.wait_for_timeout(150)
        tall = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
        clip = {"x": 0, "y": 0, "width": width, "height": tall}
        page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True, clip=clip)
    context.close()


def _index(shown: dict[str, str]) -> Iterator[str]:
    yield '<!doctype html><meta charset="utf-8"><title>Screenshots</title>'
    for path, name in shown.items():
        yield f"<h2>{escape(name)}</h2><p>{escape(path)}</p>"
        for width in WIDTHS:
            for theme in THEMES:
                file = f"{name}-{width}-{theme}.png"
                alt = f"{escape(name)}, {width} pixels, {theme}"
                yield f'<a href="{file}"><img src="{file}" height="400" alt="{alt}"></a>'


if __name__ == "__main__":
    sys.exit(main())

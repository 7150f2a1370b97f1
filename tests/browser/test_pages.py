"""Every page: accessible, silent in the console, within its policy, no wider than a telephone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from browser.conftest import AXE_FILE, Desk, watched
from browser.walk import pages

SERIOUS = ("serious", "critical")
WINDOWS = {"narrow": (360, "dark", "light"), "wide": (1920, "light", "dark")}
AXE = "async (rules) => (await axe.run(document, {resultTypes: ['violations'], ...rules})).violations"
CONTRAST = {"runOnly": ["color-contrast"]}  # all that another theme may change
NARROW = """() => [...document.querySelectorAll("caption, th, td, p, li, h1, h2, h3, dt, dd, label")]
    .filter((it) => it.offsetWidth > 1 && it.offsetHeight > 6 * it.offsetWidth && it.textContent.trim().length > 8)
    .map((it) => it.textContent.trim().slice(0, 40))"""
Window = tuple[BrowserContext, str]


@pytest.fixture(scope="module")
def paths(seeds_or_samples: Desk) -> list[str]:
    """Every kind of page of the desk."""
    found, nowhere = pages(seeds_or_samples.url)
    assert len(found) > 15, (found, nowhere)
    return found


def test_no_link_leads_nowhere(seeds_or_samples: Desk) -> None:
    assert pages(seeds_or_samples.url)[1] == []


@pytest.fixture(scope="module")
def seeds_or_samples(request: pytest.FixtureRequest) -> Desk:
    """The seeds where they are, since they have the UN's tables; else the samples."""
    try:
        return request.getfixturevalue("seeds")  # type: ignore[no-any-return]
    except pytest.skip.Exception:
        return request.getfixturevalue("samples")  # type: ignore[no-any-return]


@pytest.fixture(params=WINDOWS)
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Window]:
    """A window of a width in pixels and a theme, and the other theme."""
    width, theme, other = WINDOWS[request.param]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    if AXE_FILE.is_file():
        context.add_init_script(path=AXE_FILE)
    yield context, other
    context.close()


def test_every_page_holds_in_both_windows_and_themes(window: Window, paths: list[str], seeds_or_samples: Desk) -> None:
    context, other = window
    found = watched(context, seeds_or_samples.url)
    wrong: list[str] = []
    for path in paths:
        page = found.open(path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [f"{path}: {wide} pixels wider than the window"] if wide > 0 else []
        wrong += [f"{path}: letters one below the other: {words}" for words in page.evaluate(NARROW)]
        wrong += _violations(page, path, other)
    assert "\n".join(wrong + found.wrong) == ""
    if not AXE_FILE.is_file():
        pytest.skip("axe-core is not installed (make assets): everything but accessibility was looked at")


def _violations(page: Any, path: str, other: str) -> list[str]:
    if not AXE_FILE.is_file():
        return []
    found = page.evaluate(AXE, {})
    page.emulate_media(color_scheme=other)
    found += [{**it, "id": f"{it['id']}, {other}"} for it in page.evaluate(AXE, CONTRAST)]
    page.emulate_media(color_scheme=None)
    return [f"{path}: {it['id']}: {_places(it)}" for it in found if it["impact"] in SERIOUS]


def _places(violation: Any) -> str:
    nodes = violation["nodes"][:3]
    return f"{json.dumps([node['target'] for node in nodes])} {nodes[0]['failureSummary'][:300]}"


def test_pages_read_without_javascript(browser: Browser, paths: list[str], seeds_or_samples: Desk) -> None:
    """Each has a heading and words, and a picture's page its table; nothing is hidden that only a script would show."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for path in paths:
        page.goto(seeds_or_samples.url + path)
        assert page.locator("h1").first.is_visible(), path
        assert len(page.locator("main").inner_text()) > 60, path
        if page.locator("figure[data-picture]").count():
            assert page.locator("main table:visible, main ul:visible").count(), path
    context.close()

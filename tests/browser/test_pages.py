"""Every page: accessible, silent in the console, within its policy, no wider than a telephone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from browser.conftest import AXE, Desk, watched
from browser.walk import pages

SERIOUS = ("serious", "critical")
WINDOWS = {"narrow and dark": (360, "dark"), "narrow and light": (360, "light"), "wide and light": (1920, "light"),
           "wide and dark": (1920, "dark")}  # fmt: skip
AXE_RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


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
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A window of a width in pixels and a theme."""
    width, theme = WINDOWS[request.param]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
    if AXE.is_file():
        context.add_init_script(path=AXE)
    yield context
    context.close()


def test_every_page_holds_in_every_window(window: BrowserContext, paths: list[str], seeds_or_samples: Desk) -> None:
    found = watched(window, seeds_or_samples.url)
    wrong: list[str] = []
    for path in paths:
        page = found.open(path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [f"{path}: {wide} pixels wider than the window"] if wide > 0 else []
        wrong += [f"{path}: {it}" for it in _violations(page)] if AXE.is_file() else []
    assert wrong + found.wrong == []
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (make assets): everything but accessibility was looked at")


def _violations(page: Any) -> list[str]:
    found = [it for it in page.evaluate(AXE_RUN) if it["impact"] in SERIOUS]
    return [f"{it['id']}: {json.dumps([node['target'] for node in it['nodes'][:3]])} {it['nodes'][0]['failureSummary'][:300]}"
            for it in found]  # fmt: skip


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

"""Pictures draw, lead to their quotes by mouse and by keys, move, and are saved."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest import MonkeyPatch

from browser.conftest import Desk, Watched, watched

PICTURES = ("/timeline", "/network", "/map", "/charts", "/calendar")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_draws_and_its_marks_lead_to_quotes(look: Watched, path: str) -> None:
    page = look.open(path)
    figure = page.locator("figure[data-picture]")
    expect(figure).to_have_attribute("data-drawn", "yes")
    mark = figure.locator(".picture-stage a.mark").first
    if path == "/calendar":
        mark.click()
        assert "/undertakings/" in page.url or "/engagements/" in page.url
    else:
        mark.focus()
        mark.press("Enter")
        quotes = figure.locator(".picture-quotes")
        expect(quotes).to_be_visible()
        quotes.locator("blockquote a").first.click()
    expect(page.locator("blockquote, .text").first).to_be_visible()
    assert look.wrong == []


@pytest.mark.parametrize("path", PICTURES)
def test_every_mark_carries_the_words_it_stands_on(look: Watched, path: str) -> None:
    page = look.open(path)
    address = page.locator("figure[data-picture]").get_attribute("data-source")
    data = page.request.get(look.base + str(address)).json()
    marks = [mark for value in data.values() if isinstance(value, list) for mark in value
             if isinstance(mark, dict) and "quotes" in mark]  # fmt: skip
    assert marks
    told = [mark for mark in marks if "mission" not in str(mark["id"])]
    assert all(mark["quotes"] and all(it["words"] and it["href"] for it in mark["quotes"]) for mark in told)


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_is_saved_as_svg_png_and_csv(look: Watched, path: str, tmp_path: Path) -> None:
    page = look.open(path)
    svg = ElementTree.fromstring(_saved(page, 'button[data-do="svg"]', tmp_path).decode())
    assert svg.tag == f"{SVG}svg" and svg.find(f"{SVG}title") is not None
    words = " ".join("".join(it.itertext()) for it in svg.iter(f"{SVG}text"))
    assert len(words) > 20 and "Servanda" in words
    assert not [it for it in svg.iter() if it.tag in (f"{SVG}script", f"{SVG}foreignObject")]
    assert _saved(page, 'button[data-do="png"]', tmp_path).startswith(b"\x89PNG")
    rows = list(csv.reader(StringIO(_saved(page, ".picture-bar a[download]", tmp_path).decode("utf-8-sig"))))
    assert len(rows) > 1 and len({len(row) for row in rows}) == 1
    assert look.wrong == []


def _saved(page: Page, button: str, folder: Path) -> bytes:
    with page.expect_download() as waiting:
        page.locator(button).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file.read_bytes()


@pytest.mark.parametrize("path", ["/network", "/map"])
def test_keys_move_and_zoom(look: Watched, path: str) -> None:
    page = look.open(path)
    stage, layer = page.locator(".picture-stage"), page.locator(".picture-stage svg > g")
    stage.focus()
    before = layer.get_attribute("transform")
    for key in ("+", "ArrowRight"):
        stage.press(key)
        assert layer.get_attribute("transform") != before
        before = layer.get_attribute("transform")


def test_the_timeline_goes_from_years_to_days(look: Watched) -> None:
    page = look.open("/timeline")
    axis = page.locator(".vis-time-axis.vis-foreground").first
    years = axis.inner_text()
    assert "201" in years and "202" in years
    stage = page.locator(".picture-stage")
    stage.focus()
    for _ in range(16):
        stage.press("+")
        page.wait_for_timeout(60)
    page.wait_for_timeout(700)
    assert axis.inner_text() != years
    days = " ".join(axis.locator(".vis-text.vis-minor:not(.vis-measure)").all_text_contents())
    assert re.search(r"\b(?:[1-9]|[12]\d|3[01])\b", days), days


def test_zooming_in_stays_with_what_there_is(look: Watched) -> None:
    page = look.open("/timeline?since=1900")
    seen = page.locator(".picture-timeline .vis-item .mark, .picture-timeline .vis-item .span")
    for _ in range(9):
        page.locator('button[data-do="in"]').click()
        page.wait_for_timeout(350)
        expect(seen.first).to_be_attached()
    assert look.wrong == []


def test_too_many_marks_are_columns_wide_enough_to_open(
    samples: Desk, browser: Browser, monkeypatch: MonkeyPatch
) -> None:
    monkeypatch.setattr("servanda.desk.pictures.timeline.DRAWN", 3)
    context = browser.new_context(viewport={"width": 360, "height": 900}, locale="vi")
    look = watched(context, samples.url)
    page = look.open("/timeline")
    columns = page.locator(".picture-stage button.span")
    least = columns.evaluate_all("them => Math.min(...them.map((it) => it.getBoundingClientRect().width))")
    feet = columns.evaluate_all("them => them.map((it) => Math.round(it.getBoundingClientRect().bottom))")
    assert least >= 8 and max(feet) - min(feet) <= 1
    told = columns.evaluate_all("them => them.map((it) => it.title)")
    columns.first.click()
    expect(page.get_by_title(told[0], exact=True)).to_have_count(0)
    assert look.wrong == []
    context.close()


def test_no_name_of_the_map_is_cut_by_its_edge(samples: Desk, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 900}, locale="vi")
    look = watched(context, samples.url)
    towns = [{"id": name, "title": name, "count": 9, "at": at, "note": "", "href": "/", "quotes": [], "more": 0}
             for name, at in (("New York", [-74, 40.7]), ("Wellington", [174.8, -41.3]))]  # fmt: skip
    data = {"towns": towns, "countries": [], "missions": [], "says": ""}
    look.page.route("**/pictures/map.json*", lambda it: it.fulfill(json=data))
    page = look.open("/map")
    stage = page.locator(".picture-stage").bounding_box()
    names = page.locator('.picture-stage .mark text[display="inline"]')
    boxes = [box for box in (name.bounding_box() for name in names.all()) if box]
    assert stage and boxes
    shown = [box for box in boxes if stage["x"] <= box["x"] + box["width"] / 2 <= stage["x"] + stage["width"]]
    assert [
        it for it in shown if it["x"] < stage["x"] - 1 or it["x"] + it["width"] > stage["x"] + stage["width"] + 1
    ] == []
    context.close()


def test_what_has_no_year_stands_apart(ask: Watched) -> None:
    page = ask.open("/timeline")
    apart = page.locator("h2", has_text="Year unknown")
    expect(apart).to_be_visible()
    data = page.request.get(ask.base + "/pictures/timeline.json").json()
    assert data["marks"] and not [mark for mark in data["marks"] if mark["edtf"].startswith("XXXX")]


def test_the_network_follows_its_actor_and_says_what_it_leaves_out(ask: Watched) -> None:
    page = ask.open("/network?most=4")
    before = page.locator("h1").inner_text()
    assert page.locator(".picture-stage .actor").count() <= 5
    page.locator("table a", has_text="Put in the middle").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() != before


def test_a_country_is_an_area_and_never_a_point(ask: Watched) -> None:
    page = ask.open("/map")
    data = page.request.get(ask.base + "/pictures/map.json").json()
    assert data["countries"] and all("at" not in it for it in data["countries"])
    areas = page.locator(".picture-stage .mark.country")
    assert areas.count() == len(data["countries"])
    assert page.locator(".picture-stage .mark.country .sign").count() == 0


def test_the_uns_figures_stand_beside_the_press_and_are_not_added_to_it(ask: Watched) -> None:
    page = ask.open("/charts?state=VN")
    data = page.request.get(ask.base + "/pictures/chart.json?state=VN").json()
    june = next(it for it in data["official"] if it["id"] == "2025-06-30")
    assert (june["count"], june["women"]) == (277, 44)
    measures = {mark["measure"] for mark in data["claims"]}
    panels = page.locator(".picture-stage .panel").count()
    assert panels == len(measures | {"strength"})

"""Documents of unknown hands: scripts, event handlers, overrides of direction and enormous words are only text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.conftest import Desk, assembled, read, serve, watched
from browser.walk import pages

SCRIPT = "<script>window.hacked = 1; alert(1)</script>"
HANDLER = "\"><img src=x onerror='window.hacked = 1; alert(2)'>"
LINK = '<a href="javascript:window.hacked=1">x</a>{{ 7 * 7 }}{% raw %}'
OVERRIDE = "\u202egnirongi\u202c \u2067\u200f"
ENORMOUS = "Á" * 6000
TITLE = f"Bộ trưởng Bùi Thanh Sơn {SCRIPT} tiếp Đại sứ {HANDLER}"
TEXT = f"""{TITLE}

Ngày 12/3/2024, tại Hà Nội{HANDLER}, Bộ trưởng Bùi Thanh Sơn {SCRIPT} tiếp Đại sứ Nhật Bản {OVERRIDE} Ito Naoki.

Bộ trưởng Bùi Thanh Sơn đề nghị Nhật Bản {LINK} hỗ trợ huấn luyện gìn giữ hòa bình trong năm 2025. Đại sứ
{ENORMOUS} cam kết Nhật Bản sẽ tặng 5 xe {SCRIPT} cho Cục Gìn giữ hòa bình Việt Nam trước tháng 6/2024.
"""
WIDE = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over hostile documents."""
    folder = tmp_path_factory.mktemp("hostile")
    told = {"publisher": f"Báo {SCRIPT}{OVERRIDE}", "published": "2024-03-12"}
    records = [{"id": "1" + HANDLER, "url": f"https://example.org/{SCRIPT}", "title": TITLE, "text": TEXT, **told},
               {"id": "2", "url": "javascript:alert(3)", "title": ENORMOUS, "text": f"{ENORMOUS} {TEXT}"}]  # fmt: skip
    file = folder / "hostile.jsonl"
    file.write_text("\n".join(json.dumps(it) for it in records), encoding="utf-8")
    (folder / "plain.txt").write_text(TEXT, encoding="utf-8")
    register = Path(folder / "register.db")
    read(register, file, folder / "plain.txt")
    assembled(register)
    yield from serve(register)


def test_hostile_documents_are_only_text(hostile: Desk, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    found = watched(context, hostile.url)
    paths = pages(hostile.url)[0]
    assert any(path.startswith("/document?") for path in paths)
    wrong = []
    for path in paths:
        page = found.open(path)
        wrong += [f"{path}: ran"] if page.evaluate("window.hacked") else []
        wide = page.evaluate(WIDE)
        wrong += [f"{path}: {wide} pixels wider than the window"] if wide > 0 else []
        wrong += [f"{path}: {it}" for it in page.evaluate(LEFT)]
    assert "\n".join(wrong + found.wrong) == ""
    context.close()


LEFT = """() => {
  const within = (selector) => [...document.querySelectorAll(selector)].map((it) => it.outerHTML.slice(0, 80));
  const signs = document.body.innerText.match(/[\\u202a-\\u202e\\u2066-\\u2069\\u200f]/g) ?? [];
  return [...within('img, main script, iframe, object, [onerror], [onclick], a[href^="javascript"]'),
    ...signs.map((it) => 'U+' + it.codePointAt(0).toString(16))];
}"""


def test_what_a_reader_types_is_only_text(hostile: Desk, browser: Browser) -> None:
    context = browser.new_context()
    found = watched(context, hostile.url)
    page = found.open("/")
    page.locator("#find").fill(f"Bùi {SCRIPT}{HANDLER}{OVERRIDE}")
    page.locator("#find").press("Enter")
    page.wait_for_load_state("networkidle")
    assert not page.evaluate("window.hacked") and found.wrong == []
    for path in ("/timeline", "/network", "/map", "/charts", "/calendar", "/engagements"):
        answer = page.goto(f"{hostile.url}{path}?actor={SCRIPT}&state={SCRIPT}")
        assert answer is not None and answer.status in (200, 404), path
        assert not page.evaluate("window.hacked")
    context.close()

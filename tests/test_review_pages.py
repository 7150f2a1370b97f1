"""Review in the browser: by forms alone, by keys in Chromium, and never overwriting another's decision."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, Playwright

from servanda import Document, answers, read
from servanda.answers.assembly import bring_up_to_date
from servanda.desk.accounts.users import NAME_COOKIE
from servanda.desk.app import create_app
from servanda.desk.settings import THREADS, Settings
from servanda.keep.statements import records
from servanda.review import open_questions
from servanda.store import decided, file, open_register, sheet

HERE = "http://127.0.0.1:8000"
CHROMIUM = Path("/usr/bin/chromium")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@pytest.fixture
def path(tmp_path: Path, news: str) -> str:
    made = str(tmp_path / "press.db")
    hostile = Document(news.replace("Umeda Kunio", "Umeda <script>alert(1)</script> Kunio"), "b.txt")
    with open_register(made, create=True) as register:
        for document in (Document(news, "a.txt", published="2019-03-12"), hostile):
            reading = read(document)
            file(register, [sheet(document, reading, records(reading, document.text))])
        bring_up_to_date(register)
    return made


def decisions(path: str) -> list[tuple[str, str]]:
    with open_register(path) as register:
        return [(it.kind, it.by) for it in decided(register)]


def queue(path: str, about: str | None = None) -> list[str]:
    with open_register(path) as register:
        return [it.address for it in open_questions(register).entries if about in (None, it.about)]


def fields(html: str, kind: str) -> dict[str, str]:
    """What the form for this kind of decision sends."""
    for form in html.split("<form")[1:]:
        found = dict(HIDDEN.findall(form.split("</form>")[0]))
        if found.get("kind") == kind:
            return found
    raise AssertionError(f"no form for {kind}")


def plain(html: str) -> str:
    """The words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_the_whole_way_by_forms_alone(path: str) -> None:
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        before = queue(path)
        shown = desk.get("/review").text
        assert f"/ {len(before)}" in shown or str(len(before)) in shown
        form = fields(shown, "confirmed")
        assert form["address"] == before[0]
        after = desk.post("/review", data=form)
        assert after.status_code == 200 and queue(path) == before[1:]  # and the next is shown
        assert fields(after.text, "confirmed")["address"] == before[1]
        undone = desk.post("/review/undo", data={"form": form["form"], "number": "1", "n": "0"})
        assert undone.status_code == 200 and queue(path) == before
        again = {"form": form["form"], "number": "1"}
        told = desk.post("/review/undo", data=again, headers={"accept-language": "en"})
        assert told.status_code == 409 and "took decision 1 back already" in told.text
        form = fields(desk.get("/review/question", params={"id": before[1]}).text, "rejected")
        assert desk.post("/review", data=form).status_code == 200
        assert [kind for kind, _ in decisions(path)] == ["rejected"]
        listed = desk.get("/review/decisions").text
        assert listed.count('class="entry') == 2 and "undone" in listed
        assert desk.get("/review/queue", params={"about": "undertaking"}).status_code == 200


def test_a_decision_waits_for_who_writes_and_a_page_does_not(path: str) -> None:
    settings = Settings(register=path, busy_seconds=0.1, writing_seconds=20)
    with (
        TestClient(create_app(settings), base_url=HERE) as desk,
        closing(sqlite3.connect(path, check_same_thread=False)) as other,
    ):
        form = fields(desk.get("/review").text, "confirmed")
        other.execute("BEGIN IMMEDIATE")
        done = threading.Timer(1.0, other.rollback)
        done.start()
        assert desk.get("/review/queue").status_code == 200 and not done.finished.is_set()
        assert desk.post("/review", data=form).status_code == 200 and done.finished.is_set()
    assert [kind for kind, _ in decisions(path)] == ["confirmed"]


def test_a_decision_that_waited_in_vain_says_that_it_was_not_kept(path: str) -> None:
    settings = Settings(register=path, busy_seconds=0.1, writing_seconds=0.1)
    with TestClient(create_app(settings), base_url=HERE) as desk, closing(sqlite3.connect(path)) as other:
        form = fields(desk.get("/review").text, "confirmed")
        other.execute("BEGIN IMMEDIATE")
        late = desk.post("/review", data=form, headers={"accept-language": "en"})
        assert late.status_code == 503 and "What you sent was not kept" in late.text
        assert 'http-equiv="refresh"' not in late.text  # it would lead on as if it were kept
    assert decisions(path) == []


def test_the_home_page_is_told_what_waits(path: str) -> None:
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        assert 'hx-get="/review/waiting"' in desk.get("/").text
        shown = desk.get("/review/waiting", headers={"hx-request": "true", "accept-language": "en"}).text
        assert f"All {len(queue(path))}" in shown and "<html" not in shown and 'href="/review?n=0"' in shown


def test_a_correction_and_a_refused_one(path: str) -> None:
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        (address, *_) = queue(path, "engagement")
        form = fields(desk.get("/review/question", params={"id": address}).text, "corrected")
        wrong = desk.post("/review", data={**form, "property": "date", "value": "hôm kia"})
        assert wrong.status_code == 422 and "hôm kia" in wrong.text and decisions(path) == []
        right = desk.post("/review", data={**form, "property": "date", "value": "2019-03-13"})
        assert right.status_code == 200 and plain(right.text).count("12/3/2019 → 13/3/2019") == 2  # and as decided
        again = {"form": form["form"], "number": "1", "n": "", "address": address}
        assert desk.post("/review/undo", data=again).url.params["id"] == address  # back at the same question
        desk.headers["accept-language"] = "vi"
        form = fields(desk.get("/review/question", params={"id": address}).text, "corrected")
        added = plain(desk.post("/review", data={**form, "property": "occasion", "value": "lễ kỷ niệm"}).text)
        assert "∅ → lễ kỷ niệm" in added  # what no page says stands there, too
        form = fields(desk.get("/review/question", params={"id": address}).text, "corrected")
        said = plain(desk.post("/review", data={**form, "property": "status", "value": "cancelled"}).text)
        assert "→ cancelled" not in said, said
        assert "đã diễn ra → hủy" in said


def test_who_comes_second_is_told_and_nothing_is_overwritten(path: str) -> None:
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        form = fields(desk.get("/review").text, "confirmed")
        assert desk.post("/review", data={**form, "kind": "rejected"}).status_code == 200
        late = desk.post("/review", data=form, headers={"accept-language": "en"})
        assert late.status_code == 409 and "decided: rejected" in late.text
        told = desk.post("/review", data=form, headers={"accept-language": "vi"}).text
        assert "đã quyết định: " in told and "Quyết định của bạn không được lưu" in told
        assert [kind for kind, _ in decisions(path)] == ["rejected"]


def test_forged_forms_do_nothing(path: str) -> None:
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        form = fields(desk.get("/review").text, "confirmed")
        assert desk.post("/review", data={**form, "form": "x"}).status_code == 403
        assert desk.post("/review", data=form, headers={"Origin": "https://evil.example"}).status_code == 403
        assert decisions(path) == []
        assert desk.get("/review/question", params={"id": "act:0"}).status_code == 404
        assert desk.get("/review", params={"n": 99999}).status_code == 200  # the last there is


@pytest.mark.parametrize(
    ("address", "data", "status", "said"),
    [
        ("/review/undo", {}, 422, "there is nothing to take back"),
        ("/review/undo", {"number": "7"}, 404, "no judgement 7"),
        ("/review/undo", {"number": "x"}, 422, "number: "),
        ("/review", {"address": "judgement:x", "kind": "undo", "until": "0.0"}, 404, "no such decision"),
        ("/review", {"address": f"judgement:{'9' * 40}", "kind": "undo", "until": "0.0"}, 404, "no such decision"),
        ("/review", {"address": "act:0", "kind": "confirmed", "until": "0.0"}, 404, "no such question"),
    ],
)
def test_what_cannot_be_done_says_that_nothing_was_changed(
    path: str, address: str, data: dict[str, str], status: int, said: str
) -> None:
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        form = fields(desk.get("/review").text, "confirmed")["form"]
        told = desk.post(address, data={"form": form, **data}, headers={"accept-language": "en"})
        assert told.status_code == status and said in told.text and "<h1>Nothing was changed</h1>" in told.text


def test_a_fact_is_entered_by_hand(path: str) -> None:
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        chosen = desk.get("/review/new", params={"source": "a.txt"})
        assert "kind=agreement" in chosen.text.replace("&amp;", "&")
        shown = desk.get("/review/new", params={"source": "a.txt", "kind": "engagement", "start": 0, "end": 15}).text
        form = fields(shown, "engagement")
        given = {**form, "quote": "Bộ trưởng Ngoại giao tiếp Đại sứ", "status": "held", "participant": "A; B"}
        assert desk.post("/review/new", data=given).status_code == 422  # of no kind
        form["kind"] = "position"
        made = {**form, "kind": "position", "quote": "Bộ trưởng Ngoại giao tiếp Đại sứ", "speaker": "Umeda Kunio"}
        assert desk.post("/review/new", data=made).status_code == 200
        assert [kind for kind, _ in decisions(path)] == ["created"]
        assert desk.get("/review/new", params={"source": "z.txt"}).status_code == 404


def test_a_refused_fact_is_not_written_again(path: str) -> None:
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        shown = desk.get("/review/new", params={"source": "a.txt", "kind": "position"}).text
        said = {"quote": "lời không có ở đó", "speaker": "Umeda Kunio", "reason": "cable 7", "start": "9" * 5000}
        told = desk.post("/review/new", data=fields(shown, "position") | said, headers={"accept-language": "en"})
        assert told.status_code == 422 and "these words do not stand in a.txt" in told.text
        assert 'value="Umeda Kunio"' in told.text and 'value="cable 7"' in told.text and said["quote"] in told.text


def test_who_corrected_a_fact_is_told_wherever_it_is_shown(path: str) -> None:
    with TestClient(create_app(Settings(register=path)), base_url=HERE, headers={"accept-language": "en"}) as desk:
        desk.cookies.set(NAME_COOKIE, "Lan")
        (address, *_) = queue(path, "engagement")
        id = address.partition(":")[2]
        assert desk.get(f"/api/v1/engagements/{id}").json()["judged"] == []
        form = fields(desk.get("/review/question", params={"id": address}).text, "corrected")
        desk.post("/review", data={**form, "property": "place", "value": "Cần Thơ", "reason": "cable 7"})
        one = desk.get(f"/api/v1/engagements/{id}").json()
        (told,) = one["judged"]
        assert (one["place"], told["by"], told["value"], told["reason"]) == ("Cần Thơ", "Lan", "Cần Thơ", "cable 7")
        listed = {it["id"]: it["judged"] for it in desk.get("/api/v1/engagements").json()["rows"]}
        assert listed[one["id"]] == [told]
        for shown in (f"/engagements/{one['id']}", "/engagements", f"/document?source={one['evidence'][0]['source']}"):
            assert ": Hà Nội → Cần Thơ · Lan ·" in plain(desk.get(shown).text), shown


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        warnings.warn("CHROMIUM IS NOT INSTALLED: review was not tried in a browser", stacklevel=1)
        pytest.skip("CHROMIUM IS NOT INSTALLED: apt-get install chromium")
    opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture
def served(path: str) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(register=path)), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def test_readers_are_not_kept_waiting_by_decisions_that_wait(served: str, path: str) -> None:
    """More decisions than pages are made at once wait for who is writing, and a page is made all the same."""
    many = 2 * THREADS
    with httpx.Client(base_url=served, timeout=60) as desk, closing(sqlite3.connect(path)) as other:
        form = fields(desk.get("/review").text, "confirmed")
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(many) as reviewers:
            waiting = [reviewers.submit(desk.post, "/review", data=form) for _ in range(many)]
            time.sleep(1)
            shown = desk.get("/documents", timeout=10).status_code
            assert shown == 200 and not any(it.done() for it in waiting)
            other.rollback()
            assert sorted(it.result().status_code for it in waiting) == [303] + [409] * (many - 1)
    assert [kind for kind, _ in decisions(path)] == ["confirmed"]


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(base_url=served, locale="en-GB")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda it: said.append(it.text) if it.type == "error" else None)
    opened.on("dialog", lambda it: said.append(f"dialog: {it.message}"))
    yield opened
    context.close()
    assert said == []


def test_by_keys_in_a_browser(page: Page, path: str) -> None:
    before = queue(path)
    page.goto("/review")
    address = page.locator("input[name=address]").first
    assert address.get_attribute("value") == before[0]
    page.keyboard.press("n")
    page.wait_for_url("**n=1**")
    assert address.get_attribute("value") == before[1]
    page.keyboard.press("r")
    page.wait_for_url("**done=1**")
    assert [kind for kind, _ in decisions(path)] == ["rejected"]
    page.keyboard.press("u")
    page.wait_for_url(lambda url: "done" not in url)
    assert decisions(path) == [] and address.get_attribute("value") == before[1]
    page.goto("/review?about=engagement")
    page.keyboard.press("e")  # opens the fields, the first of them in focus
    assert page.evaluate("document.activeElement.name") in ("value", "was")
    page.locator("#f-place").fill("cr")  # typing in a field decides nothing
    page.keyboard.press("Enter")
    page.wait_for_url("**done=2**")
    assert [kind for kind, _ in decisions(path)] == ["corrected"]


def test_a_missed_fact_is_entered_by_keys_on_words_chosen_in_the_text(page: Page, path: str) -> None:
    page.goto("/document?source=a.txt")
    words = page.evaluate("""() => {
        const text = [...document.querySelectorAll("article.text")][0];
        const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf("Umeda Kunio");
            if (at >= 0) { getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + 11); break; }
        }
        return getSelection().toString();
    }""")
    assert words == "Umeda Kunio"
    page.keyboard.press("f")
    page.wait_for_url("**/review/new?**")
    assert "start=" in page.url and "quote=Umeda" in page.url
    page.get_by_role("link", name="Position", exact=True).click()
    assert page.locator("#quote").input_value() == words
    page.locator("#f-speaker").fill("Umeda Kunio")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/decisions")
    assert [kind for kind, _ in decisions(path)] == ["created"]


def add(path: str, *documents: Document) -> None:
    with open_register(path) as register:
        for document in documents:
            reading = read(document)
            file(register, [sheet(document, reading, records(reading, document.text))])
        bring_up_to_date(register)


def test_two_people_are_set_beside_each_other_and_decided_by_keys(page: Page, path: str) -> None:
    met = "Tin\n\nNgày 3/3/2017, Bộ trưởng Ngoại giao Phạm Bình Minh tiếp ông Nguyễn Văn Mẫu tại Hà Nội.\n"
    thanks = "Tin\n\nNgày 9/5/2017, ông Nguyễn Văn Mẫu cảm ơn Bộ trưởng Ngoại giao Phạm Bình Minh.\n"
    add(path, Document(met, "c.txt", published="2017-03-04"), Document(thanks, "d.txt", published="2017-05-10"))
    page.goto("/review?about=people")
    assert page.locator("article.question h2").all_inner_texts() == ["Nguyễn Văn Mẫu"] * 2
    assert page.locator("article.question mark").count() == 2
    page.keyboard.press("s")
    page.wait_for_url("**done=1**")
    assert [kind for kind, _ in decisions(path)] == ["same"] and queue(path, "people") == []
    page.keyboard.press("u")
    page.wait_for_url(lambda url: "done" not in url)
    assert decisions(path) == [] and len(queue(path, "people")) == 1
    page.goto("/review?about=people")
    page.keyboard.press("a")
    page.wait_for_url("**done=2**")
    assert [kind for kind, _ in decisions(path)] == ["not_same"] and queue(path, "people") == []


def test_a_status_is_set_a_telling_split_off_and_one_goes_back_by_keys(page: Page, path: str) -> None:
    page.goto("/review?about=undertaking&n=1")
    page.keyboard.press("p")
    page.wait_for_url("**n=0**")
    page.keyboard.press("t")
    page.locator("#status").select_option("kept")
    page.keyboard.press("Enter")  # where the status is chosen
    page.wait_for_url("**done=1**")
    shared = next(it for it in queue(path, "engagement"))
    page.goto(f"/review/question?id={shared}")
    page.keyboard.press("a")
    page.locator("input[name=telling]").first.check()
    page.keyboard.press("Enter")
    page.wait_for_url("**done=2**")
    assert [kind for kind, _ in decisions(path)] == ["status", "not_same"]


def meetings(path: str, month: str) -> list[str]:
    """The engagements of a month, by a key of each."""
    with open_register(path) as register:
        rows = [row for row in answers.engagements(register).rows if (row["date"] or "").startswith(month)]
        return [answers.engagement(register, row["id"])["tellings"][0]["key"] for row in rows]


def test_two_meetings_are_made_one_by_a_key_and_two_again(page: Page, path: str) -> None:
    told = "Tin\n\nNgày {}/3/2017, Bộ trưởng Ngoại giao Phạm Bình Minh tiếp Đại sứ Nhật Bản Umeda Kunio tại Hà Nội.\n"
    for name, day in (("c.txt", 3), ("d.txt", 9)):
        add(path, Document(told.format(day), name, published="2017-03-12"))
    held = meetings(path, "2017-03")
    assert len(held) == 2
    page.goto(f"/review/question?id=merge:{'%2B'.join(held)}")
    assert page.locator("article.question mark").count() == 2
    page.keyboard.press("s")
    page.wait_for_url("**done=1**")
    assert [kind for kind, _ in decisions(path)] == ["same"] and len(meetings(path, "2017-03")) == 1
    page.keyboard.press("u")
    page.wait_for_url(lambda url: "done" not in url)
    assert decisions(path) == [] and len(meetings(path, "2017-03")) == 2


def test_of_two_who_decide_at_once_the_second_is_told_who_was_first(browser: Browser, served: str, path: str) -> None:
    contexts = [browser.new_context(base_url=served, locale="en-GB") for _ in range(2)]
    lan, minh = (context.new_page() for context in contexts)
    for page, name in ((lan, "Lan"), (minh, "Minh")):
        page.context.add_cookies([{"name": NAME_COOKIE, "value": name, "url": served}])
        page.goto("/review")
    lan.keyboard.press("c")
    lan.wait_for_url("**done=1**")
    minh.keyboard.press("r")
    said = minh.locator("p.warning[role=alert]")
    said.wait_for()
    assert "Lan decided: confirmed" in said.inner_text() and "Lan" in minh.locator(".marks").inner_text()
    assert decisions(path) == [("confirmed", "Lan")]
    minh.keyboard.press("r")  # having seen it
    minh.wait_for_url("**done=2**")
    assert decisions(path) == [("confirmed", "Lan"), ("rejected", "Minh")]
    for context in contexts:
        context.close()

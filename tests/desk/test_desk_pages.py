"""The desk's pages, asked as a browser without JavaScript asks."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from desk.conftest import browser, read
from servanda.answers import document
from servanda.desk.pages.lists import LISTINGS
from servanda.desk.registers import PATIENCE
from servanda.store import open_register
from servanda.store.sheets import name_key

PLAIN = ("/", "/search", "/search?q=nhat+ban", "/about", "/set-aside", "/official", "/official?state=vn", "/compare")
EVERY = (*PLAIN, *(listing.path for listing in LISTINGS))


class _Page(HTMLParser):
    """The tags of a page, and whether each that must be closed is."""

    VOID = frozenset(("meta", "link", "input", "br", "img", "hr"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def shown(desk: TestClient, path: str) -> str:
    """The page at a path."""
    answer = desk.get(path)
    assert answer.status_code == 200, (path, answer.text[-600:])
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


def links(text: str, begin: str) -> list[str]:
    """The addresses of a page that begin so."""
    found = [it["href"] for it in _Page(text).all("a") if it.get("href")]
    return [href for href in found if href and href.startswith(begin)]


@pytest.mark.parametrize("path", EVERY)
def test_every_page_is_well_formed_and_can_be_found_and_read(desk: TestClient, path: str) -> None:
    page = _Page(shown(desk, path))
    assert page.wrong == [] and page.open == []
    assert len(page.all("h1")) == 1 and len(page.all("main")) == 1
    assert page.all("html")[0]["lang"] == "en"
    ids = [it["id"] for _, it in page.tags if it.get("id")]
    assert len(ids) == len(set(ids))
    named = {it.get("for") for it in page.all("label")}
    inside = [n for n, (tag, _) in enumerate(page.tags) if tag == "label"]
    assert named and inside
    for attributes in (it for _, it in page.tags):
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert all(it.get("src") for it in page.all("script")) and not page.all("style")


@pytest.mark.parametrize("path", ["/", "/search?q=x", "/nowhere", "/static/desk.css", "/document?source=none"])
def test_nothing_runs_or_frames_but_what_is_ours(desk: TestClient, path: str) -> None:
    headers = desk.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


def test_a_citation_lands_on_its_words(desk: TestClient) -> None:
    first = links(shown(desk, "/engagements"), "/document?source=")[0]
    address, _, anchor = first.partition("#")
    text = shown(desk, address)
    assert f'id="{anchor}"' in text
    start, end = map(int, re.findall(r"at=(\d+)-(\d+)", first)[0])
    framed = "".join(re.findall(r'<span class="cited">(.*?)</span>(?!</)', text, re.S))
    assert end > start and framed


def test_a_document_shows_each_fact_in_the_text_and_beside_it(desk: TestClient, kept: Path) -> None:
    source = str(kept.parent / "samples" / "geneva.txt")
    with open_register(str(kept)) as register:
        facts = document(register, source)["facts"]
    text = shown(desk, f"/document?{urlencode({'source': source})}")
    assert len(facts) > 3
    for n in range(1, len(facts) + 1):
        assert f'href="#f{n}"' in text and f'id="f{n}"' in text
    for fact in facts:
        assert f'id="c{fact["start"]}-{fact["end"]}"' in text


def test_from_a_list_one_comes_to_an_engagement_an_undertaking_and_an_actor(desk: TestClient) -> None:
    engagement = next(it for it in links(shown(desk, "/engagements"), "/engagements/"))
    assert "The words that tell it" in shown(desk, engagement)
    undertaking = next(it for it in links(shown(desk, "/undertakings"), "/undertakings/"))
    told = shown(desk, undertaking)
    assert "What was undertaken" in told and "What came of it" in told
    assert "Every fact that was weighed" in shown(desk, f"{undertaking}/why")
    actor = next(it for it in links(told, "/actors/"))
    assert "Undertakings given" in shown(desk, actor)


def test_names_and_codes_lead_to_the_page_of_their_actor(desk: TestClient) -> None:
    for name in ("nhat ban", "Nhật Bản", "jp"):
        answer = desk.get(f"/actors/{name}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/actors/state-JP")


@pytest.mark.parametrize("asked", ["Nhật Bản", "nhat ban", "NHAT BA", "nhật b"])
def test_search_needs_no_accents_and_no_last_letters(desk: TestClient, asked: str) -> None:
    assert "/actors/state-JP" in shown(desk, f"/search?{urlencode({'q': asked})}")


def test_search_narrows_by_its_facets(desk: TestClient) -> None:
    text = shown(desk, "/search?q=nhat+ban")
    kinds = [it for it in links(text, "/search?") if "kind=" in it]
    assert kinds
    assert len(links(shown(desk, kinds[0]), "/search?")) > 0


def test_search_counts_who_takes_part_and_each_narrowing_can_be_taken_back(desk: TestClient) -> None:
    text = shown(desk, "/search?q=viet+nam&since=2000")
    actors = [it for it in links(text, "/search?") if "actor=" in it]
    assert actors and "actor=state-VN" in actors[0]
    narrowed = shown(desk, actors[0])
    assert "Narrowed to:" in narrowed and "Actor: <bdi>Vietnam</bdi>" in narrowed
    back = [it for it in links(narrowed, "/search?") if "since=2000" in it and "actor=" not in it]
    assert back and shown(desk, back[0]).count("Narrowed to:") == 1


def test_a_filter_of_a_list_is_kept_in_its_address(desk: TestClient) -> None:
    text = shown(desk, "/engagements?kind=visit&actor=vn")
    assert '<option value="visit" selected>' in text and 'value="vn"' in text


@pytest.mark.parametrize(("path", "entry"), [("/actors/JP", "Actors"), ("/actors/UNMISS", "Missions"),
                                             ("/missions", "Missions"), ("/compare", "Documents"),
                                             ("/search?q=a", "Search")])  # fmt: skip
def test_the_navigation_marks_where_one_is(desk: TestClient, path: str, entry: str) -> None:
    marked = re.findall(r'<a href="/[a-z-]+" aria-current="page">(.*?)</a>', shown(desk, path))
    assert marked == [entry]


def test_actors_are_listed_by_how_many_documents_name_them_or_by_name(desk: TestClient) -> None:
    def listed(path: str) -> list[tuple[str, int]]:
        row = r'<p class="what"><a href="/actors/[^"]*"><bdi>(.*?)</bdi>.*?about">(\d+) tài liệu'
        rows = re.findall(row, desk.get(path, headers={"accept-language": "vi"}).text, re.S)
        return [(name, int(count)) for name, count in rows]

    most, named = listed("/actors"), listed("/actors?order=name")
    assert [count for _, count in most] == sorted((count for _, count in most), reverse=True) and most[0][1] > 1
    assert [name for name, _ in named] == sorted((name for name, _ in named), key=name_key) != [it for it, _ in most]
    assert "/actors?order=name" in links(shown(desk, "/actors"), "/actors?")
    states = listed("/actors?kind=state")
    both = [it for it in most if it in states]
    assert both and both == states[: len(both)]
    assert desk.get("/actors?order=most").status_code == 400


def test_lists_go_on_where_they_stopped(kept: Path) -> None:
    from servanda.desk.pages import listing

    rows, listing.ROWS = listing.ROWS, 5
    try:
        with browser(kept) as desk:
            first = shown(desk, "/acts")
            following = next(it for it in links(first, "/acts?") if "cursor=" in it)
            second = shown(desk, following)
    finally:
        listing.ROWS = rows
    assert not set(links(first, "/document?")) & set(links(second, "/document?")) or first != second
    assert "From the beginning" in second


def test_a_part_of_a_page_is_enough_for_what_asks_while_one_types(desk: TestClient) -> None:
    part = desk.get("/search?q=nhat", headers={"HX-Request": "true"})
    assert "<html" not in part.text and 'id="rows"' in part.text
    assert "HX-Request" in part.headers["vary"]


def test_exhortations_are_hidden_and_counted(desk: TestClient) -> None:
    hidden = shown(desk, "/undertakings")
    told = re.search(r"(\d+) exhortations? (?:is|are) hidden", hidden)
    every = shown(desk, "/undertakings?exhortations=1")
    if told is None:
        pytest.skip("no exhortation is read in samples/")
    assert every.count('class="entry"') == hidden.count('class="entry"') + int(told[1])


@pytest.mark.parametrize("path", ["/engagements/ffff", "/undertakings/ffff", "/actors/Nhat%20Bann", "/documents/ffff",
                                  "/document?source=samples/genev.txt", "/nowhere"])  # fmt: skip
def test_what_is_not_there_is_said_with_near_matches(desk: TestClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404 and "<h1>Not found</h1>" in answer.text
    if "Bann" in path:
        assert "near: Nhật Bản" in answer.text
    if path != "/nowhere":
        assert "documents of" in answer.text


@pytest.mark.parametrize("path", ["/", "/engagements", "/static/desk.css", "/api/v1/engagements", "/nowhere"])
def test_head_is_answered_as_get_is_without_the_body(desk: TestClient, path: str) -> None:
    head, get = desk.head(path), desk.get(path)
    assert head.status_code == get.status_code and head.content == b""
    for name in ("content-type", "content-length", "etag", "content-security-policy"):
        assert head.headers.get(name) == get.headers.get(name), name


@pytest.mark.parametrize("path", ["/search?" + urlencode({"q": "x" * 10_000}), "/engagements?cursor=%00broken",
                                  "/engagements?cursor=bm8", "/engagements?kind=dance", "/engagements?since=soon",
                                  "/actors?kind=" + "y" * 400, "/document", "/document?source=x&at=9-3",
                                  "/preferences?language=xx"])  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_a_reason(desk: TestClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code in (400, 422) and 'role="alert"' in answer.text
    problem = desk.get(path, headers={"accept": "application/json"})
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == answer.status_code and problem.json()["detail"]


def test_hostile_text_is_shown_and_does_nothing(desk: TestClient, kept: Path) -> None:
    source = str(kept.parent / "hostile.txt")
    for path in (f"/document?{urlencode({'source': source})}", "/engagements", "/search?q=dao+nguoc", "/undertakings"):
        text = shown(desk, path)
        assert "<script>alert" not in text and "<img src=x" not in text and "\u202e" not in text and "\x07" not in text
    text = shown(desk, f"/document?{urlencode({'source': source})}")
    assert "&lt;script&gt;" in text and "⟦U+202E⟧" in text and "␇" in text and "{{ 7*7 }}" in text


def test_hostile_questions_are_only_shown(desk: TestClient) -> None:
    for asked in ('"><script>alert(1)</script>', "{{7*7}}", "' OR 1=1 --", "%00\u202e", "NEAR(a b)", '"', "*", "a:b"):
        for path in ("/search?q=", "/engagements?place=", "/actors/"):
            answer = desk.get(path + urlencode({"": asked})[1:])
            assert answer.status_code in (200, 400, 404), (path, asked)
            assert "<script>alert" not in answer.text and "\u202e" not in answer.text and ">49<" not in answer.text


def test_the_choice_of_language_and_colours_is_remembered(kept: Path) -> None:
    with browser(kept, "fr") as desk:
        assert '<html lang="vi"' in shown(desk, "/about")
        answer = desk.get("/preferences?language=en&back=/about%3Fx%3D1", follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["location"] == "/about?x=1"
        assert '<html lang="en"' in shown(desk, "/about")
        desk.get("/preferences?theme=dark")
        assert 'data-theme="dark"' in shown(desk, "/about")
    with browser(kept, "vi,en;q=0.5") as desk:
        assert "Đã đọc những gì" in shown(desk, "/about")


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/\n/x"])
def test_a_choice_leads_back_to_the_desk_only(desk: TestClient, back: str) -> None:
    answer = desk.get("/preferences?" + urlencode({"theme": "light", "back": back}), follow_redirects=False)
    assert answer.headers["location"] == "/"
    desk.cookies.clear()


def test_a_missing_register_is_said_and_found_again_when_it_is_there(tmp_path: Path, kept: Path) -> None:
    later = tmp_path / "later.db"
    with browser(later) as desk:
        answer = desk.get("/")
        assert answer.status_code == 503 and answer.headers["retry-after"]
        assert "no register here" in answer.text and '<meta http-equiv="refresh"' in answer.text
        later.write_bytes(kept.read_bytes())
        until(lambda: desk.get("/about").status_code == 200)
        later.unlink()
        assert desk.get("/").status_code == 503


def test_a_locked_register_is_said_and_looked_at_again_when_it_is_free(tmp_path: Path, kept: Path) -> None:
    copy = tmp_path / "locked.db"
    copy.write_bytes(kept.read_bytes())
    holder = sqlite3.connect(copy, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    with browser(copy) as desk:
        begun = time.monotonic()
        answer = desk.get("/about")
        assert answer.status_code == 503 and "another program is writing" in answer.text
        assert time.monotonic() - begun < 10
        holder.execute("ROLLBACK")
        holder.close()
        until(lambda: desk.get("/about").status_code == 200)


def test_a_damaged_register_is_said_and_read_again_when_it_is_restored(tmp_path: Path, kept: Path) -> None:
    copy, whole = tmp_path / "desk.db", kept.read_bytes()
    copy.write_bytes(whole)
    paths = 6 * ("/about", "/engagements", "/search?q=viet", "/api/v1/undertakings")

    def asked(desk: TestClient) -> set[int]:
        with ThreadPoolExecutor(8) as readers:  # so that there are several connections
            return set(readers.map(lambda path: desk.get(path).status_code, paths))

    with browser(copy) as desk:
        until(lambda: asked(desk) == {200})
        with copy.open("r+b") as file:
            file.truncate(8192)
        assert 503 in asked(desk) and "is damaged" in "".join(desk.get(path).text for path in paths)
        with copy.open("r+b") as file:  # the same file, as cp writes it
            file.write(whole)
        until(lambda: asked(desk) == {200})


def test_what_is_no_register_is_said(tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("no database at all, however long it is " * 50)
    with browser(tmp_path / "no.db") as desk:
        answer = desk.get("/")
    assert answer.status_code == 503 and "is not a register" in answer.text


def test_no_page_says_where_the_register_lies(desk: TestClient, kept: Path, tmp_path: Path) -> None:
    for path in ("/about", "/engagements/ffff", "/cite/ffff", "/api/v1/engagements/ffff"):
        told = desk.get(path).text
        assert kept.name in told and str(kept.parent) not in told, path
    with browser(tmp_path / "later.db") as missing:
        for path in ("/", "/api/v1/engagements"):
            answer = missing.get(path)
            assert answer.status_code == 503 and "later.db: no register here" in answer.text
            assert str(tmp_path) not in answer.text


@pytest.mark.parametrize("url", ["postgres://lan:m%40t@127.0.0.1:1/press", "postgresql://lan:mat@nowhere.invalid/press",
                                 "postgresql://lan:mat@127.0.0.1:no/press"])  # fmt: skip
def test_no_page_says_who_opens_a_database_where_and_how(url: str) -> None:
    pytest.importorskip("psycopg")
    with browser(url) as desk:
        answer = desk.get("/api/v1/engagements")
    detail = answer.json()["detail"]
    assert answer.status_code == 503 and detail in ("press: cannot be reached", "press: not a database URL")
    assert "lan" not in detail.split() and "127" not in answer.text and "nowhere" not in answer.text


def test_what_is_read_meanwhile_shows_up(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ngày 3/4/2023, Bộ trưởng Bùi Thanh Sơn tiếp Đại sứ Pháp tại Hà Nội.", "utf-8")
    (tmp_path / "b.txt").write_text("Ngày 9/5/2023, Chủ tịch nước Võ Văn Thưởng thăm Lào.", "utf-8")
    register = tmp_path / "growing.db"
    read(register, tmp_path / "a.txt")
    with browser(register) as desk:
        until(lambda: "Pháp" in desk.get("/documents?actor=FR").text or "a.txt" in desk.get("/documents").text)
        read(register, tmp_path / "b.txt")
        until(lambda: "b.txt" in desk.get("/documents").text)


def until(holds: object, seconds: float = 20) -> None:
    """Wait until something holds."""
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "not within so many seconds"
        time.sleep(0.2)


def test_pages_wait_once_for_what_is_put_together_and_then_show_what_was(tmp_path: Path, kept: Path) -> None:
    copy = tmp_path / "desk.db"
    copy.write_bytes(kept.read_bytes())
    with browser(copy) as desk, closing(sqlite3.connect(copy, isolation_level=None)) as other:
        until(lambda: desk.get("/about").status_code == 200)
        (tmp_path / "more.txt").write_text("Đại sứ Umeda Kunio cam kết Nhật Bản sẽ hỗ trợ Việt Nam.", encoding="utf-8")
        read(copy, tmp_path / "more.txt")
        other.execute("BEGIN IMMEDIATE")  # nothing can be put together
        answer = desk.get("/about")
        assert answer.status_code == 200 and "this page shows the state before" in answer.text
        begun = time.monotonic()
        for path in ("/about", "/documents", "/engagements"):
            assert "this page shows the state before" in desk.get(path).text
        assert time.monotonic() - begun < PATIENCE
        other.execute("ROLLBACK")
        until(lambda: "this page shows the state before" not in desk.get("/about").text)


def test_many_read_at_once(desk: TestClient) -> None:
    paths = [EVERY[n % len(EVERY)] for n in range(60)]
    before = threading.active_count()
    with ThreadPoolExecutor(10) as readers:
        found = list(readers.map(lambda path: desk.get(path).status_code, paths))
    assert set(found) == {200} and threading.active_count() < before + 40


def test_a_text_by_its_id_leads_to_its_document(desk: TestClient, kept: Path) -> None:
    with open_register(str(kept)) as register:
        found = document(register, str(kept.parent / "samples" / "geneva.txt"))
    answer = desk.get(f"/documents/{found['id']}", follow_redirects=False)
    assert answer.status_code == 303 and "geneva.txt" in answer.headers["location"]


def test_two_documents_are_compared_word_for_word(desk: TestClient, kept: Path) -> None:
    folder = kept.parent / "samples"
    pair = {"a": str(folder / "benh-vien-so-1.txt"), "b": str(folder / "benh-vien-so-2.txt")}
    text = shown(desk, f"/compare?{urlencode(pair)}")
    assert "Only in the first" in text and "is shared word for word" in text


def test_a_programme_shows_each_step_as_planned_beside_what_was_held(desk: TestClient) -> None:
    first = next(it for it in links(shown(desk, "/programmes"), "/programmes/"))
    text = shown(desk, first)
    assert text.count('aria-label="Planned"') == text.count('aria-label="Held"') == text.count('class="step"') > 1


def test_a_fact_leads_to_its_permanent_citation(desk: TestClient) -> None:
    cited = links(shown(desk, "/contributions"), "/cite/")
    assert cited and "BibTeX" in shown(desk, cited[0])

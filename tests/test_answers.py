"""The read model: listings page by page, single records by any of their ids, what is not there said helpfully."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from servanda import Document, answers, read
from servanda.errors import BadQuestion, NotFound
from servanda.keep.statements import records
from servanda.store import Register, file, open_register, sheet, withdraw

AGAIN = """Nhật Bản giúp đào tạo công binh

Chiều 12/3/2019, Bộ trưởng Ngoại giao Phạm Bình Minh đã tiếp Đại sứ Nhật Bản Umeda Kunio tại Hà Nội.
"""
PLAN = """Chủ tịch nước sắp thăm Ấn Độ

Chủ tịch nước Trần Đại Quang sẽ thăm Ấn Độ vào ngày 2/4/2019.
"""


def keep(register: Register, *documents: Document) -> None:
    sheets = [sheet(d, (reading := read(d)), records(reading, d.text)) for d in documents]
    file(register, sheets)


@pytest.fixture
def register(address: str, news: str) -> Iterator[Register]:
    with open_register(address, create=True) as opened:
        keep(
            opened,
            Document(news, "a.txt", published="2019-03-12", publisher="Báo A"),
            Document(AGAIN, "b.txt", published="2019-03-13", publisher="Báo B"),
            Document(PLAN, "c.txt", published="2019-03-20", publisher="Báo A"),
        )
        yield opened


def test_an_engagement_is_told_once_with_all_its_documents(register: Register) -> None:
    page = answers.engagements(register, actor="Umeda Kunio")
    (row,) = page.rows
    assert row["documents"] == ["a.txt", "b.txt"] and page.total == 1 and page.looked_at == (3, "2019-03-20")
    shown = answers.engagement(register, row["id"])
    for telling in shown["tellings"]:
        assert answers.engagement(register, telling["key"])["id"] == row["id"]


def test_pages_follow_one_another_and_hold_every_row_once(register: Register) -> None:
    whole = answers.engagements(register, limit=None)
    assert whole.total == len(whole.rows) >= 2 and whole.next is None
    first = answers.engagements(register, limit=1)
    assert first.next and first.rows == whole.rows[:1]
    assert answers.engagements(register, limit=1, cursor=first.next).rows == whole.rows[1:2]


@pytest.mark.parametrize("cursor", ["", "!!", "eyJhIjoxfQ", "WzFd", "x" * 5000, "é"])
def test_a_broken_cursor_is_refused(register: Register, cursor: str) -> None:
    with pytest.raises(BadQuestion):
        answers.engagements(register, cursor=cursor)


def test_engagements_are_chosen_by_who_when_and_what(register: Register) -> None:
    def found(**how: str) -> int:
        return answers.engagements(register, **how).total  # type: ignore[arg-type]

    assert found(actor="JP") == found(actor="state-JP") == found(actor="nhat ban")
    assert found(actor="Phạm Bình Minh", with_="Umeda Kunio") == 1
    assert found(actor="Phạm Bình Minh", with_="Trần Đại Quang") == 0
    assert found(until="2019-03-31") + found(since="2019-04-01") == found()
    assert found(place="ha noi") == 1 and found(status="planned") >= 1 and found(kind="exercise") == 0
    with pytest.raises(BadQuestion):
        found(since="yesterday")


def test_an_unknown_id_names_near_matches(register: Register) -> None:
    with pytest.raises(NotFound, match=r"Phạm Bình Minh"):
        answers.actor(register, "Phạm Bình Mình An")
    with pytest.raises(NotFound, match=r"3 documents.*2019-03-20"):
        answers.engagement(register, "0" * 16)


def test_an_actor_has_names_posts_and_counts(register: Register) -> None:
    minh = answers.actor(register, "pham binh minh")
    assert minh["kind"] == "person" and minh["counts"]["engagements"] == 1
    assert any(p["first"] == "2019-03-12" and p["evidence"] for p in minh["posts"])
    assert answers.actor(register, minh["id"])["id"] == minh["id"]
    assert answers.actor(register, "unmiss")["code"] == "UNMISS"


def test_undertakings_have_parties_and_hide_exhortations(register: Register) -> None:
    everything = answers.undertakings(register, exhortations=True)
    shown = answers.undertakings(register)
    assert everything.total == shown.total + shown.hidden
    pledge = next(r for r in everything.rows if r["kind"] == "pledge")
    assert [it["actor"] for it in pledge["by_actors"]] and answers.undertaking(register, pledge["id"])["id"]
    due = answers.undertakings(register, due_until="2019-12-31", exhortations=True)
    assert [r["due"] for r in due.rows] == sorted(r["due"] for r in due.rows) and due.total >= 1


def test_a_document_shows_every_fact_in_its_place(register: Register) -> None:
    shown = answers.document(register, "a.txt")
    assert shown["facts"] and all(shown["text"][f["start"] : f["end"]] == f["quote"] for f in shown["facts"])
    assert any(f["engagement"] for f in shown["facts"]) and any(f["undertaking"] for f in shown["facts"])
    assert all(shown["text"][m["start"] : m["end"]] for a in shown["actors"] for m in a["mentions"])


def test_search_ignores_accents_and_completes_the_last_word(register: Register) -> None:
    for words in ("Phạm Bình Minh", "pham binh mi", "PHAM  BINH M"):
        found = answers.search(register, words)
        assert "actor" in {row["kind"] for row in found.rows}, words
        assert found.facets is not None and found.facets["kind"]["document"] == 2
    assert answers.search(register, "dai su umeda", kind="document", source="Báo B").total == 1
    assert answers.search(register, "không có chữ này").rows == []
    for words in ("", "  ?! ", "x" * 10_000):
        with pytest.raises(BadQuestion):
            answers.search(register, words)


def test_what_is_withdrawn_leaves_every_answer_but_its_own_page(register: Register) -> None:
    withdraw(register, "b.txt", by="Lan", reason="retracted")
    (row,) = answers.engagements(register, actor="Umeda Kunio").rows
    assert row["documents"] == ["a.txt"]
    assert answers.document(register, "b.txt")["status"] == "withdrawn"
    assert answers.documents(register, status="withdrawn").total == 1
    assert answers.search(register, "umeda kunio", kind="document").total == 1


def test_home_says_what_is_new_due_and_overdue(register: Register) -> None:
    shown = answers.home(register)
    assert shown["new"][0]["source"] == "c.txt" and shown["looked_at"]["documents"] == 3
    assert any(u["due"] == "2019-04-02" for u in shown["due"]) and shown["overdue"] == []

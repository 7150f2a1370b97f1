"""Search: the same on both databases, the best first, who takes part counted, honest about what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from servanda import Document, answers, read
from servanda.answers import finding, hits, quoting
from servanda.answers.asking import asking
from servanda.answers.assembly import ORDER
from servanda.folding import bare
from servanda.keep.statements import records
from servanda.store import Register, file, open_register, sheet
from servanda.store.derived import searchable

MEETING = """Bộ trưởng tiếp Đại sứ

Chiều {day}/3/2019, Bộ trưởng Ngoại giao Phạm Bình Minh đã tiếp Đại sứ Nhật Bản Umeda Kunio tại Hà Nội. \
Việt Nam cảm ơn Nhật Bản đã giúp đào tạo công binh cho bệnh viện dã chiến ở Phái bộ UNMISS.
"""
SCATTERED = """Chuyện ở xã

Sau trận chiến, dân xã đưa người bệnh đi qua đường đã vắng tới một học viện cũ, theo lời Bộ trưởng Ngoại giao Iran.
"""
VISIT = """Thăm Ấn Độ

Chủ tịch nước Trần Đại Quang sẽ thăm Ấn Độ vào ngày 2/4/2019 và bàn về hợp tác với Ấn Độ.
"""


@pytest.fixture
def register(address: str) -> Iterator[Register]:
    told = [Document(MEETING.format(day=day), f"{day}.txt", published=f"2019-03-{day}") for day in range(11, 17)]
    told += [Document(SCATTERED, "x.txt", published="2020-01-01"), Document(VISIT, "y.txt", published="2019-03-20")]
    with open_register(address, create=True) as opened:
        file(opened, [sheet(d, (reading := read(d)), records(reading, d.text)) for d in told])
        yield opened


def every(register: Register, words: str, **narrowed: str) -> Any:
    return answers.search(register, words, limit=None, **narrowed)


def test_each_actor_and_mission_leads_to_as_many_as_were_counted(register: Register) -> None:
    whole = every(register, "nhat ban")
    assert whole.facets and whole.named and whole.sample is None
    counts = whole.facets["actor"]
    assert counts["state-JP"] > 1 and list(counts.values()) == sorted(counts.values(), reverse=True)
    assert set(whole.named) == {*counts, *whole.facets["mission"]}
    for facet in ("actor", "mission"):
        for id, count in whole.facets[facet].items():
            assert every(register, "nhat ban", **{facet: id}).total == count, id
    assert all(whole.named[id]["kind"] == "mission" for id in whole.facets["mission"])
    assert not any(whole.named[id]["kind"] == "mission" for id in counts)


def test_the_actor_of_this_name_comes_first_in_any_language(register: Register) -> None:
    for words in ("nhat ban", "Nhật Bản", "Japan", "JP"):
        assert every(register, words).rows[0]["id"] == "state-JP", words
    assert every(register, "Umeda Kunio").rows[0]["kind"] == "actor"


def test_words_together_come_before_words_apart_and_are_shown(register: Register) -> None:
    rows = every(register, "benh vien da chien", kind="document").rows
    assert [row["id"] for row in rows][-1] == "x.txt" and len(rows) == 7
    for row in rows[:-1]:
        assert "bệnh viện dã chiến" in row["quote"]


def test_every_kind_has_its_best_on_the_first_page(register: Register) -> None:
    kinds = [row["kind"] for row in every(register, "nhat ban").rows]
    assert len(set(kinds)) > 2 and kinds != sorted(kinds, key=ORDER.index)
    first = list(dict.fromkeys(kinds))
    assert first == sorted(first, key=ORDER.index) and all(kinds[:12].count(kind) <= 6 for kind in first)


def test_the_last_that_have_words_are_those_of_the_whole_index(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "LATELY", 2)
    monkeypatch.setattr(finding, "LATE_TEXTS", 2)
    finding._late.cache_clear()
    with asking(register) as question:
        rows = question.rows(select(searchable.c.number, searchable.c.sort, searchable.c.words))
        for words in (["nhat"], ["nhat", "ban"], ["umeda", "kun"], ["hop", "tac"], ["khong", "co"], ["n"], ["minh"]):
            own = [r.number for r in rows if r.sort != "document" and finding.holds(r.words, words)]
            for most in (1, 3, 100):
                last = {n // 10**12: sorted(m for m in own if m // 10**12 == n // 10**12)[-most:] for n in own}
                found = finding.last_with(question, words, [sort for sort in ORDER if sort != "document"], most)
                assert sorted(found) == sorted(n for those in last.values() for n in those), (words, most)
            texts = set(finding.last_with(question, words, ["document"], 100))
            documents = [r.number for r in rows if r.sort == "document"]
            assert finding.having(question, words, "document", documents) == texts
    finding._late.cache_clear()


def test_narrowed_to_what_is_rare_all_is_looked_at_else_it_says_what_was_not(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hits, "NARROWED", 1)
    told = every(register, "bo truong", actor="Umeda Kunio")
    assert told.total > 2 and told.sample is None and not told.more_than
    assert every(register, "bo truong", actor="nobody at all").total == 0
    monkeypatch.setattr(hits, "LED", 0)
    some = every(register, "bo truong", actor="Umeda Kunio")
    assert some.total < told.total and some.sample == 1 and some.more_than


def test_single_letters_long_questions_and_other_scripts_are_answered(register: Register) -> None:
    for words in ("n", "đ", "a b", "武文俊", "x" * 64, "nhat " * 200, "' OR 1=1 --", '"nhat" ban*', "a:* & !b", "_ _"):
        assert every(register, words).total >= 0
    assert every(register, "nhat " * 150).total == every(register, "nhat nhat").total > 0


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="Σ")))
def test_letters_are_those_of_folding(text: str) -> None:
    told = quoting.letters(text)
    assert len(told) == len(text)
    latin = [n for n, letter in enumerate(text) if ord(letter) < quoting.LATIN]
    assert [told[n] for n in latin] == [bare(text)[n] for n in latin]


def test_a_place_without_the_words_is_the_beginning() -> None:
    assert quoting.place("không có gì", ["nhat"]) == (0, 11)
    text = "x " * 300 + "bệnh viện dã chiến" + " y" * 300
    start, end = quoting.place(text, ["benh", "vien", "da", "chi"])
    assert text[start:end][quoting.AROUND :].startswith("bệnh viện dã chiến") and end - start == 2 * quoting.AROUND

"""Through whom a fact reached the page: the chain of those who cite one another, on sentences written for it."""

from __future__ import annotations

import pytest

from servanda.keep.statements import records
from servanda.pipeline import read
from servanda.types import Document

NOTICE = "Phóng viên TTXVN tại Jakarta dẫn thông báo ngày 3/6 của Ban Thư ký ASEAN cho biết "


def told(text: str) -> list[tuple[str | None, list[str]]]:
    """Who asserts every act, and through whom, by their first names."""
    found = read(Document(text, "test"))
    names = {actor.id: actor.names[0] for actor in found.actors}
    return [(names.get(act.asserted_by or ""), [names[via] for via in act.asserted_via]) for act in found.acts]


@pytest.mark.parametrize(
    ("text", "by", "via"),
    [
        (NOTICE + "Nhật Bản ủng hộ Lào.", "Ban Thư ký ASEAN", ["TTXVN"]),
        (
            "Theo phóng viên TTXVN tại Jakarta, thông báo của Ban Thư ký ASEAN cho biết Nhật Bản ủng hộ Lào.",
            "Ban Thư ký ASEAN",
            ["TTXVN"],
        ),
        ("Reuters dẫn lời Tổng thống Nga Vladimir Putin kêu gọi Mỹ rút quân.", "Vladimir Putin", ["Reuters"]),
        ("Theo hãng Yonhap, Ngoại trưởng Nga Sergei Lavrov nói rằng Nga ủng hộ Lào.", "Sergei Lavrov", ["Yonhap"]),
        ("Theo hãng Yonhap, Nhật Bản ủng hộ Hàn Quốc.", "Yonhap", []),
        ("Ngoại trưởng Nga Sergei Lavrov nói rằng Nga ủng hộ Lào.", "Sergei Lavrov", []),
        ("Nhật Bản ủng hộ Lào.", None, []),
    ],
)
def test_the_chain_runs_from_the_outermost_to_who_asserts(text: str, by: str | None, via: list[str]):
    assert told(text) == [(by, via)]


def test_a_notice_cited_in_the_lead_stands_behind_the_page():
    text = (
        NOTICE + "cuộc họp đã kết thúc.\n\nNhật Bản ủng hộ Lào.\n\nNgoại trưởng Nga Sergei Lavrov nói Nga ủng hộ Lào."
    )
    assert told(text) == [("Ban Thư ký ASEAN", ["TTXVN"]), ("Sergei Lavrov", ["TTXVN", "Ban Thư ký ASEAN"])]


def test_words_cited_in_one_sentence_hold_for_it_alone():
    text = "Reuters dẫn lời Ngoại trưởng Nga Sergei Lavrov cho biết Nga ủng hộ Lào. Nhật Bản ủng hộ Hàn Quốc."
    assert told(text) == [("Sergei Lavrov", ["Reuters"]), (None, [])]


def test_two_notices_cited_on_a_page_hold_for_their_own_sentences():
    text = NOTICE + "Nhật Bản ủng hộ Lào. "
    text += "Reuters dẫn thông báo của Liên hợp quốc cho biết Nga ủng hộ Lào. Nhật Bản ủng hộ Hàn Quốc."
    assert told(text) == [("Ban Thư ký ASEAN", ["TTXVN"]), ("Liên hợp quốc", ["Reuters"]), (None, [])]


def test_an_envoy_is_no_reporter():
    text = "Theo đặc phái viên Liên hợp quốc, các bên đã sẵn sàng. Nhật Bản ủng hộ Lào."
    assert told(text) == [(None, [])]


def test_the_chain_is_kept_with_the_record():
    text = NOTICE + "Nhật Bản ủng hộ Lào."
    (act,) = [record for record in records(read(Document(text, "test")), text) if record.kind == "act"]
    assert [s.value for s in act.statements if s.property == "asserted_via"] == ["TTXVN"]
    assert {s.asserted_by for s in act.statements if s.property in ("type", "speaker")} == {"Ban Thư ký ASEAN"}


SIGNED = """Ngoại trưởng Nhật Bản thăm Kenya

Ngoại trưởng Nhật Bản Taro Kono đã gặp Tổng thống Kenya William Ruto tại Nairobi, Reuters đưa tin.
Ông Kono khẳng định Nhật Bản sẽ tiếp tục hỗ trợ Kenya.
"""


@pytest.mark.parametrize(
    ("signature", "via"),
    [
        ("Mai Lan (Theo Reuters)", ["Reuters"]),
        ("Mai Lan", []),
        ("Mai Lan (Theo Reuters, AFP)", []),
        ("Mai Lan (AFP)", []),
    ],
)
def test_an_agency_signs_for_the_page_where_the_article_names_it_alone(signature, via):
    assert told(SIGNED + signature)[-1] == ("Taro Kono", via)


@pytest.mark.parametrize(
    ("closing", "by"),
    [
        ("theo thông cáo của Bộ Ngoại giao Kenya", "Bộ Ngoại giao Kenya"),
        ("thông cáo của Bộ Ngoại giao Kenya cho biết", "Bộ Ngoại giao Kenya"),
        ("Reuters đưa tin", "Reuters"),
        ("hãng tin Kenya cho hay", None),
        ("nhưng Bộ Ngoại giao Kenya cho biết sẽ không dự họp", None),
    ],
)
def test_a_source_may_close_the_sentence(closing, by):
    assert told(f"Nhật Bản thăm dò\n\nNhật Bản cảm ơn Lào, {closing}.")[0][0] == by

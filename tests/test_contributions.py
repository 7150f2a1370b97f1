"""Contributions to peace operations: who gives what to which mission, how many, and how far it has come."""

from __future__ import annotations

import pytest

from servanda.lexicon import load
from servanda.pipeline import read
from servanda.read.code.contributions import code_contributions
from servanda.read.page import Sentence, open_page
from servanda.types import Document

HEAD = "Bản tin về gìn giữ hòa bình\n\nViệt Nam tham gia hoạt động gìn giữ hòa bình Liên hợp quốc.\n\n"


def contributions(text):
    reading = read(Document(HEAD + text, "test"))
    codes = {actor.id: actor.code for actor in reading.actors}
    return [
        (codes[f.contributor], f.what, f.count, f.women, f.status, f.measure, codes.get(f.mission or ""))
        for f in reading.contributions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sáng 24/3/2021, Bộ Quốc phòng tổ chức lễ tiễn Bệnh viện dã chiến cấp 2 số 3 lên đường làm nhiệm vụ "
            "gìn giữ hòa bình tại Phái bộ Nam Sudan (UNMISS).",
            ("VN", "level_2_hospital", None, None, "deployed", "movement", "UNMISS"),
        ),
        (
            "Đội Công binh số 1 của Việt Nam với 184 cán bộ, chiến sĩ, trong đó có 21 nữ quân nhân, đã lên đường làm "
            "nhiệm vụ tại Phái bộ UNISFA.",
            ("VN", "engineering_unit", 184, 21, "deployed", "movement", "UNISFA"),
        ),
        (
            "Đến nay, Việt Nam đã cử hơn 500 lượt cán bộ, sĩ quan đi gìn giữ hòa bình tại Nam Sudan và "
            "Cộng hòa Trung Phi.",
            ("VN", "individual_officers", 500, None, "deployed", "cumulative", None),
        ),
        (
            "Ngày 9/11, Bộ Công an trao quyết định của Chủ tịch nước cử 3 sĩ quan công an đi làm nhiệm vụ "
            "gìn giữ hòa bình tại Phái bộ UNMISS.",
            ("VN", "police_officers", 3, None, "planned", "movement", "UNMISS"),
        ),
        (
            "Việt Nam dự kiến triển khai một đơn vị cảnh sát vũ trang tới phái bộ gìn giữ hòa bình Liên hợp quốc.",
            ("VN", "police_unit", None, None, "planned", "movement", None),
        ),
        (
            "Thiếu tá Nguyễn Văn An và Đại úy Trần Thị Bình được cử làm sĩ quan tham mưu tại Phái bộ MINUSCA.",
            ("VN", "staff_officers", 2, None, "planned", "movement", "MINUSCA"),
        ),
        (
            "Trung Quốc hiện có hơn 2.200 binh sĩ đang tham gia các phái bộ gìn giữ hòa bình của Liên hợp quốc.",
            ("CN", "troops", 2200, None, "deployed", "strength", None),
        ),
        (
            "Campuchia đã cử 224 binh sĩ đến Liban tham gia lực lượng UNIFIL.",
            ("KH", "troops", 224, None, "deployed", "movement", "UNIFIL"),
        ),
        (
            "Nhật Bản rút lực lượng công binh gồm 350 người khỏi phái bộ gìn giữ hòa bình ở Nam Sudan.",
            ("JP", "engineering_unit", 350, None, "returned", "movement", "UNMISS"),
        ),
        (
            "Bệnh viện dã chiến cấp 2 số 5 của Việt Nam đang huấn luyện, sẵn sàng lên đường tới Phái bộ UNMISS.",
            ("VN", "level_2_hospital", None, None, "ready", "movement", "UNMISS"),
        ),
    ],
)
def test_contributions(text, expected):
    assert contributions(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Liên hợp quốc đề nghị Việt Nam cử đội công binh đến các phái bộ.",
        "15 lính gìn giữ hòa bình Tanzania thiệt mạng trong vụ tấn công vào phái bộ ở Congo.",
        "Việt Nam cử 83 sĩ quan tham gia các khóa tập huấn về gìn giữ hòa bình.",
        "Phái bộ có 15.000 quân nhân và 2.000 cảnh sát.",
        "Bệnh viện dã chiến đã mổ 12 ca trong tháng qua.",
        "Hơn một triệu binh sĩ của Liên hợp quốc đến từ 125 nước đã phục vụ hòa bình.",
    ],
)
def test_no_contributions(text):
    assert contributions(text) == []


def test_the_same_contribution_told_twice_is_one():
    text = (
        "Bệnh viện dã chiến cấp 2 số 2 dự kiến lên đường sang Nam Sudan vào tháng 10/2019.\n"
        "63 bác sĩ và y tá của Bệnh viện dã chiến cấp 2 số 2 sẽ sang Nam Sudan gìn giữ hòa bình."
    )
    assert contributions(text) == [("VN", "level_2_hospital", 63, None, "planned", "movement", "UNMISS")]


def test_one_figure_over_two_missions_says_so():
    text = "Đến nay, Việt Nam đã cử 29 lượt sĩ quan đi gìn giữ hòa bình tại Nam Sudan và Cộng hòa Trung Phi."
    (fact,) = read(Document(HEAD + text, "test")).contributions
    assert fact.mission is None
    assert fact.count_scope == "total over UNMISS and MINUSCA"


def test_a_mission_meant_by_its_country_is_marked_inferred():
    reading = read(Document(HEAD + "Việt Nam đã cử 5 sĩ quan làm nhiệm vụ gìn giữ hòa bình tại Nam Sudan.", "test"))
    (fact,) = reading.contributions
    mission = next(actor for actor in reading.actors if actor.id == fact.mission)
    assert mission.code == "UNMISS"
    assert mission.kind == "mission"


def test_every_fact_carries_its_rule_and_an_honest_confidence():
    (fact,) = read(Document(HEAD + "Việt Nam sẵn sàng cử đội công binh gìn giữ hòa bình.", "test")).contributions
    assert fact.rule == "vi.contribution.ready"
    assert 0.5 < fact.confidence < 1


def test_a_grafted_passage_may_leave_its_contributor_unnamed():
    page = open_page(
        Document("Cả ba sĩ quan đã có Thư chấp thuận của Liên hợp quốc, sẵn sàng lên đường.", "test"), load("vi")
    )
    page.sentences = [Sentence(0, len(page.text), 0)]
    assert code_contributions(page) == []
    page.grafted = True
    (fact,) = code_contributions(page)
    assert (fact.contributor, fact.mission, fact.what) == (None, None, "individual_officers")
    assert (fact.count, fact.status, fact.measure) == (3, "ready", "movement")


def test_the_day_on_which_it_is_told_is_not_when_a_unit_left():
    text = (
        "Ngày 27/12/2018, Thiếu tướng Nguyễn Văn An cho biết Bệnh viện dã chiến cấp 2 số 1 của Việt Nam đã lên đường "
        "sang phái bộ gìn giữ hòa bình tại Nam Sudan."
    )
    (fact,) = read(Document(text, "test")).contributions
    assert (fact.measure, fact.date) == ("movement", None)


def test_a_total_up_to_a_date_is_of_the_state_named_after_it():
    text = "Tính đến tháng 9/2024, Việt Nam đã cử 1.000 lượt quân nhân tham gia các phái bộ gìn giữ hòa bình."
    assert contributions(text) == [("VN", "troops", 1000, None, "deployed", "cumulative", None)]


def test_a_unit_that_relieves_another_is_on_its_way():
    of_vietnam = "Bệnh viện dã chiến cấp 2 số 6 của Việt Nam {} Bệnh viện dã chiến cấp 2 số 5 tại phái bộ UNMISS."
    (done,), (planned,) = (contributions(of_vietnam.format(verb)) for verb in ("đã thay thế", "sẽ thay thế"))
    assert done == ("VN", "level_2_hospital", None, None, "deployed", "movement", "UNMISS")
    assert planned == ("VN", "level_2_hospital", None, None, "planned", "movement", "UNMISS")

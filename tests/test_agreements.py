"""Agreements between named parties, or adopted by a named body."""

from __future__ import annotations

import pytest

from servanda.pipeline import read
from servanda.types import Document


def agreements(text):
    reading = read(Document("Tin đối ngoại\n\n" + text, "test"))
    codes = {actor.id: actor.code or actor.names[0] for actor in reading.actors}
    return [(f.kind, f.status, sorted(codes[p] for p in f.parties), f.date) for f in reading.agreements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ngày 15-9-2015, Việt Nam và Nhật Bản ký bản ghi nhớ về hợp tác gìn giữ hòa bình.",
            ("memorandum", "signed", ["JP", "VN"], "2015-09-15"),
        ),
        (
            "Hai bên triển khai Hiệp định Thương mại tự do Việt Nam - Hàn Quốc.",
            ("treaty", "in_force", ["KR", "VN"], None),
        ),
        (
            "Việt Nam mong muốn ký kết hiệp định hợp tác thuế với Brazil.",
            ("treaty", "proposed", ["BR", "VN"], None),
        ),
        (
            "Campuchia và Lào ra tuyên bố chung về khí hậu.",
            ("joint_statement", "adopted", ["KH", "LA"], None),
        ),
        (
            "Hội đồng Bảo an Liên hợp quốc ngày 20/12/2017 thông qua Nghị quyết 2394 về Golan.",
            ("resolution", "adopted", ["UNSC"], "2017-12-20"),
        ),
        (
            "Các nước tuân thủ Công ước của Liên hợp quốc về Luật Biển 1982.",
            ("convention", "in_force", ["UN"], "1982"),
        ),
        (
            "Thỏa thuận ngừng bắn giữa Israel và Liban có hiệu lực.",
            ("pact", "in_force", ["IL", "LB"], None),
        ),
    ],
)
def test_agreements(text, expected):
    assert agreements(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Các thỏa thuận đã ký giữa Việt Nam và Lào được rà soát.",
        "Việt Nam và Lào thỏa thuận mở rộng hợp tác.",
        "Ông tuyên bố sẽ ra đi.",
        "Hiệp định này rất quan trọng với Lào và Thái Lan.",
        "Nếu Hội đồng Bảo an Liên hợp quốc thông qua nghị quyết mới, tình hình sẽ khác.",
        "Bản ghi nhớ để trên bàn.",
        "Hiệp định Paris được nhiều nước ủng hộ.",
    ],
)
def test_no_agreements(text):
    assert agreements(text) == []


def test_an_agreement_told_twice_is_one():
    text = "Lào và Thái Lan ký hiệp định biên giới. Hiệp định biên giới giữa Lào và Thái Lan có 5 điều."
    assert len(agreements(text)) == 1


def test_each_agreement_of_a_list_is_signed_with_the_first():
    text = (
        "Ngày 15/9/2015, Việt Nam và Nhật Bản ký Hiệp định tương trợ tư pháp về hình sự và Thỏa thuận kỹ thuật về "
        "chia sẻ thông tin hàng hải."
    )
    assert agreements(text) == [
        ("treaty", "signed", ["JP", "VN"], "2015-09-15"),
        ("pact", "signed", ["JP", "VN"], "2015-09-15"),
    ]


def test_a_signing_told_after_a_name_dates_that_one_and_not_the_next():
    text = (
        "Việt Nam và Nhật Bản hợp tác trên cơ sở bản ghi nhớ về hợp tác giữa hai nước (MOU) ký năm 2011, Tuyên bố tầm "
        "nhìn chung giữa hai nước (JVS) ký năm 2015. Hai nước rất hài lòng."
    )
    assert [(kind, status, date) for kind, status, _, date in agreements(text)] == [
        ("memorandum", "signed", "2011"),
        ("joint_statement", "signed", "2015"),
    ]


def test_several_papers_at_once_are_no_agreement():
    assert agreements("Việt Nam và Nhật Bản trao các văn bản thỏa thuận về thương mại.") == []


def test_a_name_ends_where_something_else_begins():
    document = Document("Tin\n\nViệt Nam và Nhật Bản ra Tuyên bố chung với nhiều nội dung quan trọng.", "test")
    assert [fact.name for fact in read(document).agreements] == ["Tuyên bố chung"]

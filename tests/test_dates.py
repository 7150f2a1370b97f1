"""Dates as EDTF: the forms of the press, what fixes a year and what does not, and what is no date at all."""

from __future__ import annotations

import pytest

from servanda.lexicon import load
from servanda.read.amounts import amounts
from servanda.read.dates import find_dates
from servanda.read.dates.calendar import Partial, last_weekday, parse, shifted
from servanda.read.page import open_page
from servanda.read.segment import segment
from servanda.types import Document


def dates(text, published=None):
    page = open_page(Document(text, "test", published=published), load("vi"))
    page.sentences = segment(page)
    return find_dates(page)


def told(text, published=None):
    return [date.edtf for date in dates(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hội nghị khai mạc ngày 26/2 tại Huế.", ["XXXX-02-26"]),
        ("Chiều 11-10, đoàn rời Hà Nội.", ["XXXX-10-11"]),
        ("Cuộc họp kéo dài hai ngày 1-2/5 ở Vinh.", ["XXXX-05-01/XXXX-05-02"]),
        ("Đoàn ở thăm từ ngày 6 đến 8-12.", ["XXXX-12-06/XXXX-12-08"]),
        ("Chuyến thăm diễn ra từ 28/11-2/12.", ["XXXX-11-28/XXXX-12-02"]),
        ("Lễ ký được tổ chức ngày 13.12.2018.", ["2018-12-13"]),
        ("Ông nhậm chức ngày 26 tháng 2 năm 2024.", ["2024-02-26"]),
        ("Khóa học mở từ 19 đến 20 tháng 11.", ["XXXX-11-19/XXXX-11-20"]),
        ("Ông ở Lào từ ngày 29 đến ngày 31-5-2017.", ["2017-05-29/2017-05-31"]),
        ("Tàu cập cảng từ ngày 30/12 đến 2/1/2020.", ["2019-12-30/2020-01-02"]),
        ("Khóa họp sẽ mở vào tháng 9-2024.", ["2024-09"]),
        ("Họ trở về từ tháng Năm 2016.", ["2016-05"]),
        ("Dự án xong cuối năm 2025.", ["2025"]),
        ("Các năm 2014 và 2015 đều tăng.", ["2014", "2015"]),
        ("Chương trình giai đoạn 2021-2023 đã xong.", ["2021/2023"]),
        ("Kết quả quý III/2019 khả quan.", ["2019-07/2019-09"]),
        ("Nửa đầu năm 2013 có mưa lớn.", ["2013-01/2013-06"]),
        ("Quan hệ có từ thập niên 1990.", ["199X"]),
        ("Sự việc xảy ra lúc 10h30 sáng 25/5.", ["XXXX-05-25"]),
        ("Ngày 5 và 16/4, họ thử pháo.", ["XXXX-04-05", "XXXX-04-16"]),
        ("Ngày 5 và 6/4, họ họp.", ["XXXX-04-05/XXXX-04-06"]),
    ],
)
def test_forms(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Đội chủ nhà thắng 3-1 sau hai hiệp.",
        "Gần 1/3 số đại biểu vắng mặt.",
        "Đường dây nóng trực 24/7.",
        "Nghị quyết 2334 được nhắc lại.",
        "Thông tư 12/2017 đã có hiệu lực.",
        "Xe dùng động cơ 2.0 tăng áp.",
        "Gọi số 0912.345.678 để đặt chỗ.",
        "Phái bộ có 2000 quân nhân.",
        "Lãi suất từ 5-7%/năm.",
        "Có từ 6-7 người bị thương.",
        "Đây là lần thứ hai ông tới thăm.",
        "Ngày 31/4 là ngày không có.",
        "Năm nay, hai bên tăng hợp tác.",
    ],
)
def test_no_dates(text):
    assert told(text) == []


def test_the_documents_own_day_anchors_days_and_relative_words():
    text = "Hôm nay, ông phát biểu. Ngày 27/12, bà đã tới. Tuần trước họ họp. Năm ngoái có lũ."
    assert told(text, "2026-01-02") == ["2026-01-02", "2025-12-27", "2025-12-22/2025-12-28", "2025"]


def test_a_year_alone_fixes_the_year_but_never_today():
    assert told("Hôm nay trời đẹp.", "2017") == []
    assert told("Ngày 22/5, lớp học khai giảng.", "2017") == ["2017-05-22"]


def test_the_same_day_is_the_last_day_told():
    assert told("Sáng 3/4, ông đến Lào. Chiều cùng ngày, ông về. Hôm sau, ông họp.") == [
        "XXXX-04-03",
        "XXXX-04-03",
        "XXXX-04-04",
    ]


def test_a_year_is_taken_from_the_same_day_told_with_it():
    found = dates("Sáng 29-5, Thủ tướng tới Lào. Ông ở thăm từ ngày 29 đến 31-5-2017.")
    assert found[0].edtf == "2017-05-29"
    assert "told again" in found[0].reason


def test_a_year_stays_open_with_a_reason():
    (found,) = dates("Ngày 26/2, ông phát biểu.")
    assert found.edtf == "XXXX-02-26"
    assert found.reason == "nothing fixes the year"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sáng 21/6, hai bên khai trương cửa khẩu. Ngày 21/6/1977, ông qua biên giới lần đầu.", "XXXX-06-21"),
        ("Ngày 5/8, tàu rời cảng. Ngày 5/8/2014, tàu hạ thủy. Tháng 3/2016, tàu vào biên chế.", "XXXX-08-05"),
        ("Ngày 1/6, ông thăm Huế. Dự án sẽ xong vào tháng 11/2020. Năm 2020 là hạn chót.", "XXXX-06-01"),
        ("Ngày 1/6, ông thăm Huế. Dự án mở hồi tháng 4/2019. Nó sẽ xong vào tháng 11/2019.", "2019-06-01"),
    ],
)
def test_a_year_of_history_or_of_a_plan_alone_fixes_no_news(text, expected):
    assert told(text)[0] == expected


def test_a_month_takes_no_year_from_long_before_or_from_one_told_ahead():
    assert told("Tháng 10/1973 có chiến sự. Tháng 5/2016, ông đắc cử nhờ một tin hồi tháng 10.")[-1] == "XXXX-10"
    assert told("Quốc hội đã bầu ông vào tháng 9/2016. Kỳ họp mở vào tháng 9 tới.")[-1] == "XXXX-09"
    assert told("Hai bên gặp nhau tháng 9/2016. Cuộc gặp tháng 9 kéo dài hai giờ.")[-1] == "2016-09"


def test_an_old_day_is_not_the_news_from_which_tonight_is_counted():
    assert told("Nhà sàn hoàn thành ngày 1/5/1958. Năm 2014, khách thăm đông. Tối nay, ông đến nơi.") == [
        "1958-05-01", "2014",
    ]  # fmt: skip


def test_a_later_copys_stamp_does_not_date_the_text():
    text = "Ngày 5/1, Bộ ra mắt đơn vị mới. Đơn vị sẽ lên đường vào tháng 4/2018."
    assert told(text, "2023-06-01")[0] == "XXXX-01-05"


@pytest.mark.parametrize(
    "text", ["", "/", "31/", "ngày", "tháng năm", "1/1/" * 500, "ngày 99/99", "\u0301ngày 2/3\u200b", "năm 2017-" * 300]
)
def test_any_text_is_read_with_valid_spans(text):
    for date in dates(text):
        assert 0 <= date.start < date.end <= len(text)


def test_partial_dates():
    assert parse("XXXX-02-26") == Partial(None, 2, 26)
    assert parse("2017") == Partial(2017)
    assert parse("2017-02-31") is None
    assert parse("soon") is None
    assert shifted(Partial(2020, 1, 31), "month", 1) == (Partial(2020, 2), None)
    assert shifted(Partial(None, 3, 31), "day", 1) is None
    assert last_weekday(Partial(2026, 2, 2), 3) == (Partial(2026, 1, 29), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bảy người", [7]),
        ("mười hai đơn vị", [12]),
        ("một trăm hai mươi lăm lính", [125]),
        ("hai mươi ba", [23]),
        ("1.200 quân và 20.600 dân", [1200, 20600]),
        ("7,7 tỷ đồng", [7_700_000_000]),
        ("hai nghìn ba trăm", [2300]),
        ("20 - 30 vị trí", [None]),
    ],
)
def test_amounts(text, expected):
    page = open_page(Document(text, "test"), load("vi"))
    assert [amount.value for amount in amounts(page, 0, len(text))] == expected


def test_an_approximate_range_keeps_its_ends():
    text = "khoảng 6-8 sĩ quan"
    (amount,) = amounts(open_page(Document(text, "test"), load("vi")), 0, len(text))
    assert (amount.low, amount.high, amount.approx) == (6, 8, True)

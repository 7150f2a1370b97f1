"""What became of promises as later pages tell it in passing, in sentences that are coded as no fact of their own."""

from __future__ import annotations

from functools import cache

import pytest

from servanda import read
from servanda.keep.deeds import marked, sentences, worded
from servanda.keep.follow import Undertaking, ledger
from servanda.keep.resolve import resolve
from servanda.keep.settled import only_may
from servanda.keep.statements import records
from servanda.keep.telling import tellings
from servanda.records import Filed
from servanda.types import Document

Told = tuple[tuple[str | None, str], ...]  # when a page was published, and its text

ABYEI: Told = (
    (
        None,
        """\
Đội Công binh Việt Nam hứa sửa đường cho Abyei
Ngày 15/8/2022, tại Abyei, Tư lệnh lực lượng UNISFA, Thiếu tướng Benjamin Sawyerr, tới thăm Đội Công binh số 1.
Thượng tá Mạc Đức Trọng, Đội trưởng Đội Công binh số 1, cam kết hoàn thành tuyến đường Abyei - Banton trước tháng \
12/2022.
Ông cũng hứa xây tặng Trường trung học Abyei ba phòng học.
Tướng Sawyerr đề nghị Việt Nam cử thêm một phân đội rà phá bom mìn.
Ông kêu gọi Việt Nam xây một trạm bơm nước tại Banton.""",
    ),
    (
        None,
        """\
Tin từ Abyei
Ngày 20/12/2022, tuyến đường Abyei - Banton do Đội Công binh số 1 Việt Nam thi công đã được khánh thành.
Trước đó, Đội Công binh số 1 đã bàn giao ba phòng học cho Trường trung học Abyei.
Cục Gìn giữ hòa bình Việt Nam cho biết Việt Nam không thể cử phân đội rà phá bom mìn tới Abyei vì thiếu phương tiện.
Người dân vẫn mong Việt Nam sẽ xây một trạm bơm nước tại Banton.""",
    ),
)
VACCINE: Told = (
    (
        "2021-06-20",
        """\
Nhật Bản sẽ tặng Việt Nam vaccine
Ngày 20/6, tại Tokyo, Ngoại trưởng Nhật Bản Motegi Toshimitsu tuyên bố Nhật Bản sẽ viện trợ cho Việt Nam thêm 1 triệu \
liều vaccine AstraZeneca trong tháng 7.
Bộ trưởng Ngoại giao Bùi Thanh Sơn đề nghị Nhật Bản chuyển giao công nghệ sản xuất vaccine.
Ba Lan cũng cam kết nhượng lại cho Việt Nam hơn 3 triệu liều vaccine.""",
    ),
    (
        "2021-07-17",
        """\
Việt Nam nhận đủ vaccine
Ngày 16/7, Đại sứ Nhật Bản Yamada Takio dự lễ tại Bộ Y tế. Việt Nam đã nhận đủ 1 triệu liều vaccine mà Nhật Bản cam kết.
Về chuyển giao công nghệ, Đại sứ Yamada Takio cho biết Nhật Bản chưa thể đáp ứng đề nghị của Việt Nam vào lúc này.""",
    ),
)
TALKS: Told = (
    (
        "2017-05-12",
        """\
Nga, Ukraine sẽ đàm phán tại Minsk
Ngày 12/5, Ngoại trưởng Nga Sergei Lavrov cho biết các nhà đàm phán Nga và Ukraine sẽ gặp nhau tại Minsk vào ngày 24/5.
Ngoại trưởng Ukraine Pavlo Klimkin kêu gọi Nga trả tự do cho các thủy thủ Ukraine.""",
    ),
    (
        "2017-05-22",
        """\
Tin Minsk
Cuộc đàm phán giữa Nga và Ukraine tại Minsk dự kiến ngày 24/5 đã bị hoãn sang ngày 7/6 theo đề nghị của phía Ukraine.
Ngoại trưởng Sergei Lavrov khẳng định Nga sẽ không trả tự do cho các thủy thủ Ukraine.""",
    ),
)
BOATS: Told = (
    (
        "2019-09-03",
        """\
Hàn Quốc hứa tặng tàu
Ngày 3/9, tại Seoul, Bộ trưởng Quốc phòng Hàn Quốc Jeong Kyeong-doo cam kết Hàn Quốc sẽ tặng Việt Nam hai tàu tuần tra \
đã qua sử dụng.
Đại tướng Ngô Xuân Lịch đề nghị Hàn Quốc cử giảng viên sang dạy tại Trung tâm Gìn giữ hòa bình Việt Nam.
Nga cam kết gửi quân cảnh tới vùng giảm căng thẳng ở Daraa.""",
    ),
    (
        "2019-09-14",
        """\
Hoãn chuyến thăm
Phía Hàn Quốc khẳng định việc lùi chuyến thăm không ảnh hưởng tới cam kết tặng tàu tuần tra cho Việt Nam.
Ngày 14/9, Nga đã gửi quân cảnh tới vùng giảm căng thẳng ở Daraa.""",
    ),
    (
        "2020-03-19",
        """\
Không còn tàu tuần tra
Ngày 19/3, Đại sứ Hàn Quốc Park Noh-wan cho biết Seoul đã hủy kế hoạch tặng Việt Nam hai tàu tuần tra đã qua sử dụng.
Hai giảng viên Hàn Quốc đã sang dạy tại Trung tâm Gìn giữ hòa bình Việt Nam theo đề nghị của phía Việt Nam.""",
    ),
)


@cache
def entries(told: Told) -> tuple[Undertaking, ...]:
    documents = []
    for number, (published, text) in enumerate(told, 1):
        document = Document(text, f"p{number}", published=published)
        held = Filed(document.source, document.id, None, None, None, published, "vi", False, "current", None, None,
                     "", "", "")  # fmt: skip
        held.number, held.records = number, dict(enumerate(records(read(document), text)))
        documents.append(held)
    texts = {number: text for number, (_, text) in enumerate(told, 1)}
    return tuple(ledger(documents, resolve(tellings(documents)).engagements, texts=texts))


def status(told: Told, words: str) -> set[str]:
    return {e.status for e in entries(told) if any(words in p.quote for p in (e.made, *e.told_again))}


@pytest.mark.parametrize(
    ("told", "words", "outcome"),
    [
        (ABYEI, "hoàn thành tuyến đường", "kept"),
        (ABYEI, "ba phòng học", "kept"),
        (ABYEI, "rà phá bom mìn", "refused"),
        (ABYEI, "trạm bơm nước", "open"),
        (VACCINE, "1 triệu liều", "kept"),
        (VACCINE, "chuyển giao công nghệ", "refused"),
        (VACCINE, "3 triệu liều", "open"),
        (TALKS, "Nga và Ukraine sẽ gặp", "postponed"),
        (TALKS, "kêu gọi Nga trả tự do", "refused"),
        (BOATS, "tặng Việt Nam hai tàu tuần tra", "withdrawn"),
        (BOATS[:2], "tặng Việt Nam hai tàu tuần tra", "open"),
        (BOATS, "cử giảng viên", "kept"),
        (BOATS, "gửi quân cảnh", "kept"),
    ],
)
def test_a_sentence_in_the_words_of_a_promise_tells_what_became_of_it(told: Told, words: str, outcome: str) -> None:
    assert status(told, words) == {outcome}


def test_the_words_that_show_it_are_cited() -> None:
    (entry,) = (e for e in entries(ABYEI) if "ba phòng học" in e.what)
    assert "đã bàn giao ba phòng học" in entry.evidence[0].passage.quote
    assert entry.evidence[0].says == "told as done"


def test_nothing_is_told_without_the_texts() -> None:
    documents = [Filed("p1", "1", None, None, None, None, "vi", False, "current", None, None, "", "", "")]
    assert ledger(documents, resolve(tellings(documents)).engagements) == []


def test_marks_say_how_a_sentence_means_what_it_tells() -> None:
    def kinds(words: str) -> list[str]:
        return [kind for _, kind in marked(words)]

    assert kinds("Lễ ký đã bị hoãn, song không bị hủy bỏ") == ["done", "moved", "not", "off"]
    assert kinds("Không quân sẽ chở hàng") == ["ahead"], "an air force denies nothing"
    assert kinds("Kho vũ khí đã bị phá hủy") == ["done"]


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("cuộc gặp dự kiến vào cuối năm có thể sẽ bị hủy", True),
        ("Điện Kremlin bác bỏ tin hoãn chuyến thăm", True),
        ("cuộc gặp đã bị hủy", False),
        ("chuyến thăm có thể diễn ra sau khi bị hoãn hai lần", False),
        ("chuyến thăm sẽ diễn ra", False),
    ],
)
def test_what_may_be_called_off_is_not_called_off(words: str, may: bool) -> None:
    assert only_may(words) is may


def test_sentences_and_their_own_words() -> None:
    text = "Tin ngắn. Ngày 5/6, đội đã về đến sân bay Nội Bài an toàn."
    (place,) = sentences(text)
    assert text[slice(*place)].startswith("Ngày 5/6")
    assert [w.plain for w in worded("đã về sân bay Nội Bài") if w.own] == ["san", "bay", "noi", "bai"]

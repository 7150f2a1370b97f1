"""Engagements that pages tell in passing, plan, or only speak of: read as what they are, or not at all."""

from __future__ import annotations

import pytest

from servanda import read
from servanda.types import Document, Engagement, Reading

OPENING = (
    "Ngày 26/2/2024, Bộ trưởng Ngoại giao Việt Nam Bùi Thanh Sơn hội đàm với Bộ trưởng Ngoại giao Cuba Bruno Rodriguez "
    "tại Hà Nội.\n"
)


def reading(text: str) -> Reading:
    return read(Document(text, "test"))


def told(text: str) -> list[tuple[str, str, set[str]]]:
    """Kind, status and first names of those who take part, of every engagement."""
    found = reading(text)
    names = {actor.id: actor.names[0] for actor in found.actors}
    return [(e.kind, e.status, {names[p] for p in e.participants}) for e in found.engagements]


def only(text: str) -> Engagement:
    (found,) = reading(text).engagements
    return found


def test_what_will_be_done_at_an_event_plans_it() -> None:
    planned = (
        "Tại Hội nghị cấp cao ASEAN lần thứ 44 ở Vientiane, Thủ tướng Phạm Minh Chính sẽ phát biểu về an ninh biển."
    )
    assert told(planned) == [("conference", "planned", {"Phạm Minh Chính"})]
    assert only(planned.replace("sẽ phát biểu", "đã phát biểu")).status == "held"


def test_what_comes_after_an_event_does_not_plan_it() -> None:
    text = "Sau cuộc hội đàm với Thủ tướng Lý Cường ngày 13/10/2024, Thủ tướng Phạm Minh Chính sẽ thăm Lào."
    assert told(text)[0] == ("meeting", "held", {"Lý Cường", "Phạm Minh Chính"})


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Nhật Bản ủng hộ Việt Nam tổ chức thành công Hội nghị cấp cao APEC vào tháng 11/2027.", "planned"),
        ("Nhật Bản kêu gọi Hội đồng Bảo an Liên hợp quốc họp khẩn ngày 11/9/2024.", "proposed"),
        ("Ngày mai, Thủ tướng Phạm Minh Chính dự Hội nghị quốc tế về lúa gạo tại Cần Thơ.", "planned"),
        ("Hôm qua 5/6/2024, Thủ tướng Phạm Minh Chính dự Hội nghị quốc tế về lúa gạo tại Cần Thơ.", "held"),
    ],
)
def test_status_is_told_before_the_subject_and_at_the_head(text: str, status: str) -> None:
    assert only(text).status == status


@pytest.mark.parametrize(
    "text",
    [
        "Việt Nam và Nhật Bản thường hội đàm về nghề cá.",
        "Nhật Bản để ngỏ khả năng nối lại đàm phán với Triều Tiên.",
        "Hai nước kỷ niệm 45 năm ngày Chủ tịch Fidel Castro thăm Việt Nam.",
        "Cuba là quốc gia đầu tiên mà Thủ tướng Phạm Minh Chính thăm ở châu Mỹ.",
        "Bộ trưởng Bùi Thanh Sơn đã trao đổi điện mừng với Ngoại trưởng Lào Thongsavan Phomvihane.",
        "Thủ tướng Phạm Minh Chính gặp gỡ cộng đồng người Việt Nam tại Lào.",
        "Chương trình được đề ra tại Hội nghị cấp cao ASEAN lần thứ 38 được Việt Nam thực hiện tốt.",
        "Máy bay của Nhật Bản cất cánh để tới sân bay Nội Bài.",
    ],
)
def test_what_is_only_spoken_of_tells_no_engagement(text: str) -> None:
    assert told(text) == []


def test_who_is_glad_of_a_meeting_tells_the_one_under_way() -> None:
    text = OPENING + "Ông Bruno Rodriguez vui mừng được gặp lại Bộ trưởng Bùi Thanh Sơn sau hội nghị năm 2019."
    meeting = only(text)
    assert (meeting.date, len(meeting.told)) == ("2024-02-26", 1)


def test_an_earlier_meeting_recalled_is_another() -> None:
    text = OPENING + "Ông Bruno Rodriguez nhắc lại cuộc gặp với Bộ trưởng Bùi Thanh Sơn tháng 3/2022."
    assert [e.date for e in reading(text).engagements] == ["2024-02-26", "2022-03"]


def test_who_reports_takes_no_part() -> None:
    text = (
        "Bộ Ngoại giao cho biết, tại cuộc hội đàm với Thủ tướng Andrej Babis, Thủ tướng Phạm Minh Chính đã đề nghị "
        "Séc hỗ trợ đào tạo."
    )
    assert told(text) == [("meeting", "held", {"Andrej Babis", "Phạm Minh Chính"})]


def test_who_opens_the_sentence_attends_where_the_verb_stands_first() -> None:
    text = "Phát biểu khai mạc Hội nghị cấp cao ASEAN ngày 13/11/2018, Thủ tướng Singapore Lý Hiển Long nêu ba ưu tiên."
    assert told(text) == [("conference", "held", {"Lý Hiển Long"})]


def test_two_sides_of_a_talk_are_the_host_before_and_the_guest() -> None:
    text = (
        "Ngày 8/7/2017, Thủ tướng Nguyễn Xuân Phúc gặp Thủ tướng Ấn Độ Narendra Modi. Thủ tướng Ấn Độ "
        "Narendra Modi đánh "
        "giá cao Việt Nam. Tại cuộc gặp với Chủ tịch Ủy ban châu Âu Jean-Claude Juncker, hai bên nhất trí mở "
        "rộng thương mại."
    )
    assert told(text)[-1] == ("meeting", "held", {"Nguyễn Xuân Phúc", "Jean-Claude Juncker"})


def test_each_who_is_called_on_is_met_apart() -> None:
    text = (
        "Ngày 9/9/2018, Tổng thống Abdel Fattah hội kiến Thủ tướng Nguyễn Xuân Phúc, Chủ tịch Quốc hội Nguyễn Thị "
        "Kim Ngân."
    )
    assert [kind for kind, _, _ in told(text)] == ["meeting", "meeting"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Tại Hội nghị ngày 5/6/2024 về Công ước Luật Biển 1982, Thủ tướng Phạm Minh Chính phát biểu.", "2024-06-05"),
        ("Thủ tướng Phạm Minh Chính dự Hội nghị về thực thi Công ước Luật Biển năm 1982.", None),
        ("Ngày 5/6/2024, Bộ Y tế tổ chức Hội nghị tổng kết năm 2023 với Nhật Bản.", "2024-06-05"),
        ("Ngày 5/6/2024, có mặt tại Hà Nội. Thủ tướng Phạm Minh Chính dự hội nghị về mục tiêu đến năm 2030.", None),
    ],
)
def test_no_year_of_a_treaty_or_an_aim_dates_an_event(text: str, date: str | None) -> None:
    assert reading(text).engagements[-1].date == date


def test_no_sea_or_land_is_a_venue_but_of_exercises() -> None:
    text = "Ngày 5/6/2024, Việt Nam và Nhật Bản hội đàm về tranh chấp tại Biển Đông."
    assert only(text).place is None
    drill = "Ngày 5/6/2024, Hải quân Ấn Độ đã tổ chức cuộc tập trận chung với Hải quân Nhật Bản tại Biển Đông."
    assert only(drill).place == "Biển Đông"

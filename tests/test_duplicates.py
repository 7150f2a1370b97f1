"""Copies and rewrites of one text, told from reports of one event."""

from __future__ import annotations

from servanda.keep.duplicates import Text, likeness, stories

FACTS = [
    "Chiều nay, đoàn công tác của tỉnh Sao Mai do ông Trần Văn Thử dẫn đầu đã đến thăm trường học ở xã Hoa Lư",
    "Tại buổi làm việc, hai bên trao đổi về cách dạy ngoại ngữ cho học sinh vùng cao và việc sửa lại mái trường",
    "Ông Thử cảm ơn các thầy cô đã giữ lớp trong mùa mưa và mong tỉnh bạn tiếp tục gửi sách cho thư viện nhỏ này",
    "Hiệu trưởng nhà trường cho biết năm học tới sẽ mở thêm hai lớp buổi tối dành cho những người đi làm đồng",
    "Trước đó, đoàn đã thắp hương tại nghĩa trang của xã và tặng quà cho mười gia đình có hoàn cảnh khó khăn",
    "Dịp này, các em học sinh đã hát tặng khách ba bài dân ca do chính các em sưu tầm trong kỳ nghỉ vừa qua",
]
OTHER = [
    "Trường học xã Hoa Lư hôm qua đón những vị khách từ tỉnh Sao Mai, theo lời kể của người gác cổng lâu năm",
    "Bà con đứng kín hai bên đường, ai cũng muốn nhìn tận mắt chiếc xe chở sách mà thư viện chờ suốt một năm",
    "Một phụ huynh nói rằng mái trường dột từ mùa mưa năm kia và chưa có ai hứa ngày nào thợ sẽ đến sửa",
    "Buổi văn nghệ kéo dài tới tối, khách ở lại ăn cơm với thầy cô rồi mới lên đường trở về tỉnh nhà",
]


def page(headline: str, sentences: list[str]) -> str:
    return headline + "\n" + ". ".join(sentences) + "."


HEADLINE = "Đoàn công tác tỉnh Sao Mai thăm trường học xã Hoa Lư"


def test_a_copy_and_a_shortened_rewrite_are_one_story() -> None:
    whole = Text("a", page(HEADLINE, FACTS * 1))
    copy = Text("b", page("Tỉnh Sao Mai thăm trường học Hoa Lư", FACTS[:5]))
    found = stories([whole, copy, Text("c", page("Trường Hoa Lư đón khách", OTHER))])
    assert [(s.original, s.copies) for s in found] == [("a", ("b",))]


def test_two_reports_of_one_event_are_two_stories() -> None:
    one, other = Text("a", page(HEADLINE, FACTS)), Text("b", page(HEADLINE, OTHER + FACTS[4:5]))
    assert not likeness(one, other).same and stories([one, other]) == []


def test_a_text_with_the_same_background_under_another_headline_is_another_story() -> None:
    other = Text("b", page("Người gác cổng kể chuyện mùa mưa", OTHER + FACTS[2:4]))
    assert not likeness(Text("a", page(HEADLINE, FACTS)), other).same


def test_the_original_is_the_earliest_or_credits_nobody_or_is_the_fullest() -> None:
    long, short = page(HEADLINE, FACTS), page(HEADLINE, FACTS[:5])
    assert stories([Text("a", long, "2024-02-27"), Text("b", short, "2024-02-26")])[0].original == "b"
    assert stories([Text("a", long, None, credited=True), Text("b", short)])[0].original == "b"
    assert stories([Text("a", short, "2024"), Text("b", long, "2024")])[0].original == "b"


def test_empty_and_odd_texts_are_no_story() -> None:
    assert stories([]) == []
    assert stories([Text("a", ""), Text("b", ""), Text("c", "\n\n"), Text("d", "một hai"), Text("e", "một hai")]) == []

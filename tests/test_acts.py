"""Acts, positions, topics and who asserts a fact, on sentences written for it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.pipeline import read
from servanda.types import Act, Document, Reading

OPENING = (
    "Ngày 26/2/2024, Bộ trưởng Ngoại giao Việt Nam Bùi Thanh Sơn gặp Bộ trưởng Ngoại giao Cuba Bruno Rodriguez tại "
    "trụ sở Liên hợp quốc.\n"
)


def reading(text: str) -> Reading:
    return read(Document(text, "test"))


def told(text: str) -> list[tuple[str, str, str | None]]:
    """Type, speaker and addressee of every act, by the actors' first names."""
    found = reading(text)
    names = {actor.id: actor.names[0] for actor in found.actors}
    return [(act.type, names[act.speaker], names.get(act.addressee or "")) for act in found.acts]


def only(text: str) -> Act:
    (act,) = reading(text).acts
    return act


def test_joined_predicates_carry_the_subject_on():
    text = OPENING + "Bộ trưởng Bùi Thanh Sơn đánh giá cao vai trò của Cuba, đề nghị Cuba mở rộng hợp tác y tế."
    assert told(text) == [("SUPPORT", "Bùi Thanh Sơn", "Cuba"), ("REQUEST", "Bùi Thanh Sơn", "Cuba")]


def test_joined_predicates_of_one_type_to_one_addressee_are_one_act():
    text = OPENING + "Bộ trưởng Bùi Thanh Sơn cảm ơn Cuba đã giúp đỡ và đánh giá cao đóng góp của Cuba."
    assert told(text) == [("SUPPORT", "Bùi Thanh Sơn", "Cuba")]


def test_an_opening_clause_takes_the_subject_that_follows():
    text = OPENING + "Bày tỏ cảm ơn sự ủng hộ của Việt Nam, ông Bruno Rodriguez khẳng định quan hệ hai nước rất tốt."
    assert told(text)[0] == ("SUPPORT", "Bruno Rodriguez", "Việt Nam")


def test_both_sides_agree_once_each_with_the_same_words():
    found = reading(OPENING + "Hai bên nhất trí tăng cường trao đổi đoàn các cấp.")
    assert [(a.type, a.mode) for a in found.acts] == [("AGREE", "consent")] * 2
    assert found.acts[0].speaker == found.acts[1].addressee and found.acts[1].speaker == found.acts[0].addressee
    assert (found.acts[0].start, found.acts[0].end) == (found.acts[1].start, found.acts[1].end)


def test_the_addressee_is_the_other_side_of_the_talk():
    text = OPENING + "Bộ trưởng Bùi Thanh Sơn đề nghị hai bên sớm mở lại đường bay."
    assert told(text) == [("REQUEST", "Bùi Thanh Sơn", "Bruno Rodriguez")]


def test_direct_speech_belongs_to_its_speaker():
    text = OPENING + '"Chúng tôi cảm ơn Việt Nam đã luôn giúp đỡ", ông Bruno Rodriguez nói.'
    found = reading(text)
    names = {actor.id: actor.names[0] for actor in found.actors}
    (act,) = found.acts
    assert names[act.speaker] == names[act.asserted_by or ""] == "Bruno Rodriguez"


def test_a_report_is_asserted_by_who_reports():
    found = reading("Bộ trưởng Ngoại giao Cuba Bruno Rodriguez cho biết Nhật Bản đã cam kết hỗ trợ Cuba về y tế.")
    names = {actor.id: actor.names[0] for actor in found.actors}
    (act,) = found.acts
    assert (names[act.speaker], names[act.asserted_by or ""]) == ("Nhật Bản", "Bruno Rodriguez")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Reuters đưa tin Tổng thống Nga Vladimir Putin đã cảm ơn Trung Quốc.", "Reuters"),
        ("Ngoại trưởng Nga Sergei Lavrov cho biết Mỹ nói rằng Cuba sẵn sàng đàm phán với Nga.", "Mỹ"),
        ("Tổng thống Nga Vladimir Putin đã cảm ơn Trung Quốc.", None),
    ],
)
def test_the_innermost_report_asserts(text: str, by: str | None):
    found = reading(text)
    names = {actor.id: actor.names[0] for actor in found.actors}
    assert [names.get(act.asserted_by or "") for act in found.acts] == [by]


def test_a_promise_is_due_when_its_words_say_so():
    act = only(OPENING + "Bộ trưởng Bùi Thanh Sơn mời ông Bruno Rodriguez thăm Việt Nam trong tháng 10/2024.")
    assert (act.type, act.mode, act.due) == ("REQUEST", "invitation", "2024-10")


@pytest.mark.parametrize(
    ("content", "due"),
    [
        ("thăm Việt Nam vào tháng 11 năm nay", "XXXX-11"),
        ("thăm Việt Nam ngày 5/3", "2024-03-05"),
        ("thăm Việt Nam trong năm 2024", "2024"),
        ("ký thỏa thuận trước tháng 10/2030 theo Tầm nhìn 2035", "2030-10"),
        ("tôn trọng công ước UNCLOS 1982", None),
        ("dự hội nghị APEC hướng tới 2030", None),
        ("nhắc lại chuyến thăm của mình (tháng 1/2018)", None),
        ("làm rõ vụ việc hôm 5/3", None),
    ],
)
def test_a_due_date_lies_ahead_and_is_no_part_of_a_name(content: str, due: str | None):
    assert only(OPENING + f"Bộ trưởng Bùi Thanh Sơn đề nghị ông Bruno Rodriguez {content}.").due == due


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Nhật Bản trong hôm qua cũng hối thúc Cuba kiềm chế.", ("REQUEST", "Nhật Bản", "Cuba")),
        ("Nhật Bản sẽ tiếp tục hỗ trợ Lào, Ngoại trưởng Nhật Bản Taro Kono cho biết.", ("AGREE", "Taro Kono", "Lào")),
        (
            "Cuộc họp mở ra trong bối cảnh Ngoại trưởng Nhật Bản Taro Kono đe dọa đáp trả Lào nếu thuế tăng.",
            ("THREATEN", "Taro Kono", "Lào"),
        ),
        (
            "Ngoại trưởng Nhật Bản Taro Kono gửi lời chia buồn tới gia đình Tổng thống Lào Bounnhang Vorachith, "
            "Chính phủ và nhân dân Lào.",
            ("SUPPORT", "Taro Kono", "Lào"),
        ),
    ],
)
def test_between_subject_and_verb_after_the_sentence_and_past_the_family(sentence: str, act: tuple[str, str, str]):
    assert told(sentence) == [act]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tổng thư ký Liên hợp quốc António Guterres cảnh báo Nhật Bản về hậu quả nếu rút khỏi hiệp ước.",
        "Nhật Bản từng đề xuất với Lào cắt giảm ngân sách chung của hai nước.",
        "Hãng tin Reuters nhất trí với Lào về giờ phát sóng.",
    ],
)
def test_a_warner_a_reporter_and_the_past_do_nothing(sentence: str):
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("Bộ trưởng Bùi Thanh Sơn cam kết sẽ cử thêm bác sĩ sang Cuba.", "commitment"),
        ("Bộ trưởng Bùi Thanh Sơn khẳng định Việt Nam sẵn sàng cử thêm bác sĩ sang Cuba.", "readiness"),
        ("Bộ trưởng Bùi Thanh Sơn đồng ý với đề xuất của Cuba về y tế.", "acceptance"),
        ("Bộ trưởng Bùi Thanh Sơn nhất trí với Cuba về y tế.", "consent"),
        ("Bộ trưởng Bùi Thanh Sơn từ chối đề nghị của Cuba về y tế.", "refusal"),
        ("Bộ trưởng Bùi Thanh Sơn cảm ơn Cuba đã giúp đỡ.", "thanks"),
        ("Bộ trưởng Bùi Thanh Sơn đề xuất Cuba lập một nhóm công tác chung.", "proposal"),
        ("Bộ trưởng Bùi Thanh Sơn mong muốn Cuba mở rộng hợp tác y tế.", "wish"),
    ],
)
def test_modes(sentence: str, mode: str):
    assert only(OPENING + sentence).mode == mode


@pytest.mark.parametrize(
    "sentence",
    [
        "Bộ trưởng Bùi Thanh Sơn sẽ đề nghị Cuba mở rộng hợp tác y tế.",
        "Sự ủng hộ của Cuba rất quan trọng.",
        "Các cam kết của Cuba đã được thực hiện.",
        "Theo lời mời của Cuba, đoàn sẽ thăm La Habana.",
        "Nếu Việt Nam đề nghị, đoàn chuyên gia sẽ tới.",
        "Bộ trưởng Bùi Thanh Sơn không đề nghị Cuba mở rộng hợp tác.",
        "Cuba mua thêm thiết bị nhằm ủng hộ Việt Nam.",
    ],
)
def test_what_is_announced_denied_or_a_noun_is_no_act(sentence: str):
    assert reading(OPENING + sentence).acts == []


def test_a_headline_tells_no_act_again():
    text = "Việt Nam cảm ơn Cuba\n\nChiều nay, Bộ trưởng Bùi Thanh Sơn cảm ơn Cuba đã giúp đỡ người dân vùng lũ lụt.\n"
    assert [kind for kind, _, _ in told(text)] == ["SUPPORT"]


def test_positions_are_no_acts():
    found = reading(OPENING + "Bộ trưởng Bùi Thanh Sơn khẳng định Việt Nam luôn coi trọng quan hệ đối tác với Cuba.")
    assert found.acts == [] and len(found.positions) >= 1
    assert found.positions[0].topics == ["bilateral"]


def test_topics_stand_in_the_order_of_the_words():
    act = only(OPENING + "Bộ trưởng Bùi Thanh Sơn đề nghị Cuba hợp tác về y tế, thương mại và gìn giữ hòa bình.")
    assert act.topics == ["health", "trade", "peacekeeping"]


WORDS = st.sampled_from(
    [
        "Nga",
        "cảm ơn",
        "hai bên",
        "nhất trí",
        "và",
        ",",
        '"',
        ".",
        "khẳng định",
        "sẽ",
        "Bùi Thanh Sơn",
        "của",
        "\n",
        "ông",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_any_order_of_words_gives_valid_spans(words: list[str]):
    text = " ".join(words)
    found = reading(text)
    known = {actor.id for actor in found.actors}
    for fact in (*found.acts, *found.positions):
        assert 0 <= fact.start < fact.end <= len(text) and fact.speaker in known


@pytest.mark.parametrize("words", ["không được Nhật Bản chấp thuận", "bị Nhật Bản bác bỏ"])
def test_a_refusal_told_in_the_passive_is_one(words: str):
    assert told(f"Đề nghị mở thêm đường bay {words}.") == [("REJECT", "Nhật Bản", None)]


def test_those_named_among_many_speak_with_them():
    text = (
        "Sáu tổ chức khu vực, trong đó có Hiệp hội các quốc gia Đông Nam Á (ASEAN), và Liên hợp quốc cam kết hợp tác."
    )
    assert {speaker for _, speaker, _ in told(text)} == {"Hiệp hội các quốc gia Đông Nam Á", "Liên hợp quốc"}


def test_the_source_of_a_report_is_no_speaker():
    text = OPENING + "Theo Đài truyền hình Việt Nam, Bộ trưởng Bùi Thanh Sơn đề nghị Cuba mở rộng hợp tác y tế."
    assert told(text) == [("REQUEST", "Bùi Thanh Sơn", "Cuba")]


def test_who_holds_an_office_of_either_side_speaks():
    text = (
        "Ngày 23/8/2019, Thủ tướng Việt Nam Nguyễn Xuân Phúc hội đàm với Thủ tướng Úc Scott Morrison. Thủ "
        "tướng hai nước "
        "đồng ý xây dựng chiến lược mới."
    )
    assert told(text) == [
        ("AGREE", "Nguyễn Xuân Phúc", "Scott Morrison"),
        ("AGREE", "Scott Morrison", "Nguyễn Xuân Phúc"),
    ]


def test_two_who_open_a_sentence_with_their_posts_both_speak():
    text = "Ngoại trưởng Nga Sergei Lavrov, Ngoại trưởng Lào Thongsavan Phomvihane tuần trước kêu gọi Israel ngừng bắn."
    assert [(kind, who) for kind, who, _ in told(text)] == [
        ("REQUEST", "Sergei Lavrov"),
        ("REQUEST", "Thongsavan Phomvihane"),
    ]


def test_a_capital_asked_or_declared_to_do_something_is_its_state():
    text = "Tổng thống Nga Vladimir Putin tuyên bố Moscow ủng hộ sáng kiến của Trung Quốc, yêu cầu Kiev rút quân."
    assert told(text) == [("SUPPORT", "Vladimir Putin", "Trung Quốc"), ("REQUEST", "Vladimir Putin", "Kiev")]


@pytest.mark.parametrize(
    "text",
    [
        "Ông Bruno Rodriguez nhậm chức với khí thế mới, quyết tâm cao.",
        "Ông Bruno Rodriguez nêu các thỏa thuận mà Cuba tham gia.",
        "Ông Bruno Rodriguez nói về tình đoàn kết anh em giữa hai nước.",
        "Tổng vốn cam kết lên đến 18 tỷ USD, ông Bruno Rodriguez nói.",
        "Ông Bruno Rodriguez nêu rõ, vị thế của Cuba được khẳng định và đề cao trên thế giới.",
        "Ông Bruno Rodriguez cho biết, các cơ quan của Cuba cần tham mưu, đề xuất các giải pháp với Việt Nam.",
    ],
)
def test_a_noun_is_no_act(text):
    assert told(OPENING + text) == []


def test_a_request_is_not_to_whose_visit_it_tells_of():
    text = (
        OPENING
        + "Bộ trưởng Bùi Thanh Sơn đề nghị trong chuyến thăm tới của Bộ trưởng Y tế Cuba Jose Portal, hai bên ký kết."
    )
    assert ("REQUEST", "Bùi Thanh Sơn", "Bruno Rodriguez") in told(text)


def test_what_goes_on_after_a_name_within_the_content_is_said_by_the_subject():
    text = "Tổng thống Nga Vladimir Putin lên án hành động của Israel đồng thời kêu gọi Iran kiềm chế."
    assert told(text) == [("ACCUSE", "Vladimir Putin", "Israel"), ("REQUEST", "Vladimir Putin", "Iran")]


def test_what_a_text_told_of_says_is_nobodys_act():
    text = "Nhật Bản ủng hộ báo cáo của Cuba, trong đó lên án Triều Tiên thử tên lửa."
    assert told(text) == [("SUPPORT", "Nhật Bản", "Cuba")]


def test_what_one_expresses_may_be_of_ones_own_side():
    text = OPENING + "Bộ trưởng Bùi Thanh Sơn bày tỏ sự ủng hộ của Việt Nam đối với Cuba."
    assert told(text) == [("SUPPORT", "Bùi Thanh Sơn", "Cuba")]


def test_nobody_promises_what_another_state_will_do():
    text = "Tổng thống Nga Vladimir Putin cho rằng Mỹ sẽ tiếp tục hỗ trợ Nhật Bản."
    assert told(text) == []


def test_a_paper_asks_for_nothing_in_what_it_reports_of_others():
    text = "Hãng tin Reuters cho biết danh sách gồm 13 điểm, yêu cầu Qatar đóng cửa căn cứ."
    assert "REQUEST" not in [kind for kind, *_ in told(text)]


def test_who_does_not_talk_himself_is_not_heard_by_whom_another_of_his_side_meets():
    text = OPENING + "Thứ trưởng Ngoại giao Việt Nam Hà Kim Ngọc đánh giá cao nỗ lực của các bên."
    assert told(text) == [("SUPPORT", "Hà Kim Ngọc", None)]


def test_the_day_of_a_report_is_no_due_date():
    text = "Ngày 26/2/2024, Nhật Bản cam kết gửi bốn tàu cho Lào, hãng tin Reuters cho biết ngày 28/2."
    assert only(text).due is None


@pytest.mark.parametrize(
    "text",
    [
        "Dự án cần thời gian để được Cuba ủng hộ.",
        "Ông Bruno Rodriguez hy vọng cuộc gặp giữa Nga và Nhật Bản sẽ thành công.",
    ],
)
def test_an_aim_or_a_hope_for_others_is_no_act(text):
    assert told(OPENING + text) == []


def test_what_two_joined_predicates_have_in_common_tells_the_addressee_of_both():
    text = "Việt Nam phản đối và kiên quyết bác bỏ quyết định của Trung Quốc."
    assert told(text) == [("ACCUSE", "Việt Nam", "Trung Quốc"), ("REJECT", "Việt Nam", "Trung Quốc")]


def test_who_reports_what_a_person_did_does_not_do_it():
    text = "Văn phòng Tổng thống Hàn Quốc cho biết Tổng thống Moon Jae-in đã yêu cầu Nhật Bản xin lỗi."
    assert told(text) == [("REQUEST", "Moon Jae-in", "Nhật Bản")]


def test_a_refusal_is_to_whose_demand_it_is():
    text = "Nhật Bản từ chối đề nghị nới lỏng lệnh trừng phạt Triều Tiên của Trung Quốc."
    assert told(text) == [("REJECT", "Nhật Bản", "Trung Quốc")]


def test_where_something_holds_is_nobody_it_is_agreed_with():
    text = "Lãnh đạo Nga - Mỹ đã nhất trí về lệnh ngừng bắn ở miền Nam Syria."
    assert told(text) == [("AGREE", "Nga", "Mỹ"), ("AGREE", "Mỹ", "Nga")]


def test_two_who_open_a_sentence_on_their_talk_are_its_sides():
    text = (
        "Tổng thống Nga Vladimir Putin và Thủ tướng Đức Olaf Scholz điện đàm ngày 7/2/2024 về việc Nga và Ukraine giao "
        "tranh ở miền đông Ukraine.\n"
        "Hai bên nhất trí nối lại đàm phán."
    )
    assert set(told(text)) == {("AGREE", "Nga", "Đức"), ("AGREE", "Đức", "Nga")}


def test_a_guest_who_is_told_by_a_body_that_is_not_named_otherwise_ends_the_talk_before():
    text = OPENING + (
        "Bộ trưởng Bùi Thanh Sơn đề nghị hai bên sớm mở lại đường bay.\n"
        "Tiếp Chủ tịch Hãng Vận tải Sao Biển, Bộ trưởng Bùi Thanh Sơn đánh giá cao kết quả kinh doanh vừa qua."
    )
    assert told(text)[0][2] == "Bruno Rodriguez"
    assert told(text)[-1][2] != "Bruno Rodriguez"


def test_who_receives_someone_holds_no_office_of_the_guest():
    text = OPENING + (
        "Gặp lãnh đạo Hiệp hội Gạo châu Phi (AGP), Thủ tướng Phạm Minh Chính đề nghị AGP mua thêm gạo của Việt Nam."
    )
    chinh = next(actor for actor in reading(text).actors if actor.names[0] == "Phạm Minh Chính")
    assert [post.text for post in chinh.posts] == ["Thủ tướng"]


def test_an_office_of_a_state_is_on_its_side_and_has_no_part_in_talks_of_others():
    text = (
        "Ngày 7/2/2024, Thủ tướng Việt Nam Phạm Minh Chính thăm Nhà Trắng.\n"
        "Tổng thống Mỹ Joe Biden hoan nghênh việc ký kết các hợp đồng và mong muốn hợp tác chặt chẽ hơn."
    )
    assert {addressee for _, _, addressee in told(text)} == {"Phạm Minh Chính"}


@pytest.mark.parametrize("text", ["báo chí Pháp ca ngợi Nhật Bản", "tờ báo Pháp chỉ trích Nhật Bản"])
def test_the_press_of_a_state_does_not_speak_for_it(text):
    assert told("Năm 2024, theo ghi nhận thì " + text + " về việc tổ chức giải đấu.") == []


def test_a_quality_among_others_is_no_act():
    text = OPENING + "Bộ trưởng Bùi Thanh Sơn nhắc lại con đường của một Việt Nam độc lập, tự do, thống nhất, đổi mới."
    assert told(text) == []


def test_a_term_that_ends_later_does_not_make_what_is_signed_today_old():
    text = OPENING + "Việt Nam và Cuba đã ký Chương trình hợp tác năm 2024. Hai nước có tầm nhìn 2045."
    assert ("COOPERATE", "Việt Nam", "Cuba") in told(text)


def test_a_rank_alone_stands_for_its_holder():
    text = (
        "Ngày 26/2/2024, Đại tướng Phan Văn Giang tiếp Đại sứ Cuba Orlando Hernández.\n"
        "Đại tướng đề nghị Cuba mở rộng hợp tác quân y."
    )
    assert told(text) == [("REQUEST", "Phan Văn Giang", "Cuba")]


def test_a_capital_acts_also_where_an_adverb_stands_before_its_verb():
    text = "Nhật Bản cáo buộc Triều Tiên phóng tên lửa. Bình Nhưỡng kiên quyết phủ nhận cáo buộc của Nhật Bản."

    assert ("REJECT", "Triều Tiên", "Nhật Bản") in told(text)


def test_orders_to_ones_own_people_are_no_request_to_the_guest():
    text = OPENING + "Bộ trưởng Bùi Thanh Sơn đã chỉ đạo các đơn vị của Bộ chuẩn bị chu đáo cho chuyến thăm."
    assert told(text) == []


def test_two_who_open_a_sentence_both_agree_after_what_else_they_did():
    text = OPENING + (
        "Bộ trưởng Bùi Thanh Sơn và Bộ trưởng Bruno Rodriguez đã trao đổi ý kiến về tình hình khu vực, thống nhất tăng "
        "cường trao đổi đoàn."
    )
    assert [(kind, who) for kind, who, _ in told(text)] == [("AGREE", "Bùi Thanh Sơn"), ("AGREE", "Bruno Rodriguez")]


def test_a_sentence_that_only_goes_on_has_the_subject_of_the_one_before():
    text = OPENING + "Bộ trưởng Bùi Thanh Sơn điểm lại hợp tác y tế. Đồng thời đề nghị Cuba mở rộng hợp tác dược."
    assert told(text) == [("REQUEST", "Bùi Thanh Sơn", "Cuba")]


def test_praise_is_to_whose_the_praised_is_rather_than_to_the_guest():
    text = OPENING + "Bộ trưởng Bùi Thanh Sơn ủng hộ vai trò trung tâm của ASEAN trong khu vực."
    assert told(text) == [("SUPPORT", "Bùi Thanh Sơn", "ASEAN")]


def test_a_wish_to_many_is_not_to_the_body_they_are_asked_to_help_into():
    text = (
        "Ngày 26/2/2024, Thủ tướng Việt Nam Phạm Minh Chính phát biểu.\n"
        "Thủ tướng mong muốn các nước ủng hộ Việt Nam vào Hội đồng Nhân quyền Liên hợp quốc."
    )
    assert told(text) == [("REQUEST", "Phạm Minh Chính", None)]


def test_who_must_answer_for_something_is_accused_and_who_faces_something_is_asked_nothing():
    text = "Năm 2024, Ngoại trưởng Nga Sergei Lavrov nói Ukraine phải chịu trách nhiệm về vụ việc tại Nga."
    assert told(text) == [("ACCUSE", "Sergei Lavrov", "Ukraine")]
    assert told("Năm 2024, Ngoại trưởng Nga Sergei Lavrov nói Ukraine đang phải đối mặt với mùa đông tại Nga.") == []


def test_an_invitation_that_is_passed_on_is_to_the_guest_and_not_to_whose_it_is():
    text = OPENING + (
        "Bộ trưởng Bùi Thanh Sơn chuyển lời mời của Thủ tướng Phạm Minh Chính tới Chủ tịch Cuba Miguel Díaz-Canel thăm "
        "Việt Nam."
    )
    assert told(text) == [("REQUEST", "Bùi Thanh Sơn", "Miguel Díaz-Canel")]


def test_what_is_given_may_be_told_by_its_amount_but_not_of_old_days():
    assert told(OPENING + "Việt Nam tặng Cuba 5.000 tấn gạo.") == [("AID", "Việt Nam", "Cuba")]
    assert told(OPENING + "Việt Nam từng viện trợ Cuba 5.000 tấn gạo.") == []


def test_what_would_be_done_under_a_condition_nobody_states_is_no_promise():
    assert told(OPENING + "Nếu Cuba mở cửa thị trường, Việt Nam sẽ hỗ trợ lúa gạo.") == []


def test_both_sides_promise_nothing_that_somebody_only_believes():
    text = (
        "Ngày 26/2/2024, Bộ trưởng Tô Lâm gặp Tổng Thư ký Interpol Jurgen Stock tại Hà Nội.\n"
        "Tổng Thư ký Jurgen Stock tin tưởng, sang năm, hai bên sẽ tăng cường truy nã."
    )
    assert told(text) == []


def test_both_sides_are_those_of_the_visit_that_their_sentence_tells():
    text = (
        "Ngày 26/2/2024, Thủ tướng Việt Nam Phạm Minh Chính hội đàm với Tổng Thư ký Liên hợp quốc António Guterres.\n"
        "Chuyến thăm Hoa Kỳ của Thủ tướng đã thành công, hai bên cam kết phát triển quan hệ Việt Nam - Hoa Kỳ."
    )
    assert set(told(text)) == {("AGREE", "Việt Nam", "Hoa Kỳ"), ("AGREE", "Hoa Kỳ", "Việt Nam")}


def test_what_two_sides_build_together_is_not_to_whom_they_promise_it():
    text = OPENING + "Việt Nam và Cuba sẽ tiếp tục hợp tác xây dựng Trung tâm Công nghệ sinh học tại Việt Nam."
    assert set(told(text)) == {("AGREE", "Việt Nam", "Cuba"), ("AGREE", "Cuba", "Việt Nam")}

"""Engagements: who met whom, when, where, how sure, and what is one and the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda import read
from servanda.lexicon import load
from servanda.read.code.engagements.context import compiled
from servanda.read.code.engagements.merge import near
from servanda.read.code.engagements.sight import UNKNOWN
from servanda.read.likelihood import likelihood, weights
from servanda.types import Document, Engagement, Reading
from servanda.vocabulary import EngagementContext, EngagementRule


def reading(text: str) -> Reading:
    return read(Document(text, "test"))


def told(text: str) -> list[Engagement]:
    return reading(text).engagements


def only(text: str) -> Engagement:
    found = told(text)
    assert len(found) == 1, [(e.kind, e.rule, text[e.start : e.end]) for e in found]
    return found[0]


def names(text: str, engagement: Engagement) -> set[str]:
    actors = {actor.id: actor.names[0] for actor in reading(text).actors}
    return {actors[p] for p in engagement.participants}


def test_a_reception_has_a_host_a_guest_a_day_and_a_place() -> None:
    text = "Chiều 5/9/2023, tại Hà Nội, Bộ trưởng Bùi Thanh Sơn đã tiếp ông Jean-Pierre Lacroix."
    meeting = only(text)
    assert (meeting.kind, meeting.form, meeting.status, meeting.date) == ("meeting", "received", "held", "2023-09-05")
    assert meeting.place == "Hà Nội"
    assert sorted(meeting.roles.values()) == ["guest", "host"]
    assert names(text, meeting) == {"Bùi Thanh Sơn", "Jean-Pierre Lacroix"}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("đã hội đàm với", "held"),
        ("sẽ hội đàm với", "planned"),
        ("dự kiến sẽ hội đàm với", "planned"),
        ("mong muốn hội đàm với", "proposed"),
    ],
)
def test_the_words_before_a_cue_tell_its_status(words: str, status: str) -> None:
    text = f"Ngày 13/10/2024, Thủ tướng Phạm Minh Chính {words} Thủ tướng Lý Cường."
    assert only(text).status == status


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 13/10/2024, Thủ tướng Phạm Minh Chính không hội đàm với Thủ tướng Lý Cường.",
        "Nếu Thủ tướng Phạm Minh Chính gặp Tổng thống Joko Widodo, hai bên sẽ bàn về thương mại.",
        "Việt Nam tiếp tục cử cán bộ tới Nam Sudan.",
        "Đội công binh Việt Nam gặp khó khăn do mùa mưa tại Abyei.",
        "Hai bên trao đổi về tình hình khu vực.",
    ],
)
def test_denials_conditions_and_look_alikes_tell_none(text: str) -> None:
    assert told(text) == []


def test_a_page_without_accents_tells_the_same_status() -> None:
    text = (
        "Thu tuong Nguyen Xuan Phuc hoi dam voi Tong thong Donald Trump\n\n"
        "Chieu 31/5/2017, Thu tuong Nguyen Xuan Phuc da hoi dam voi Tong thong Hoa Ky Donald Trump. "
        "Hai ben trao doi ve thuong mai. Thu tuong Nguyen Xuan Phuc se tham chinh thuc Nhat Ban vao thang 6/2018."
    )
    assert [e.status for e in told(text)] == ["held", "planned"]


def test_a_headline_and_its_body_tell_one_engagement() -> None:
    text = (
        "Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Lý Cường\n\n"
        "Sáng 13/10/2024, tại Hà Nội, Thủ tướng Phạm Minh Chính đã hội đàm với Thủ tướng Trung Quốc Lý Cường. "
        "Hai bên trao đổi về thương mại.\n"
    )
    meeting = only(text)
    assert meeting.date == "2024-10-13"
    assert meeting.start > text.index("\n") and meeting.told


def test_an_invitation_formula_names_the_host_of_a_visit() -> None:
    text = (
        "Từ ngày 29 đến 31/5/2017, Thủ tướng Nguyễn Xuân Phúc đã thăm chính thức Hoa Kỳ "
        "theo lời mời của Tổng thống Donald Trump."
    )
    visit = only(text)
    assert (visit.kind, visit.form, visit.date) == ("visit", "official", "2017-05-29/2017-05-31")
    assert names(text, visit) == {"Nguyễn Xuân Phúc", "Donald Trump"}


def test_who_invites_is_the_host_of_the_visit_proposed() -> None:
    text = "Bộ trưởng Bùi Thanh Sơn đã mời Ngoại trưởng Hàn Quốc Cho Tae-yul thăm Việt Nam trong năm 2025."
    visit = only(text)
    assert (visit.kind, visit.status) == ("visit", "proposed")
    called = {actor.id: actor.names[0] for actor in reading(text).actors}
    assert {called[a]: role for a, role in visit.roles.items()} == {"Bùi Thanh Sơn": "host", "Cho Tae-yul": "guest"}


def test_what_is_done_on_a_visit_is_part_of_it() -> None:
    text = (
        "Từ ngày 8 đến 11/7/2017, Thủ tướng Nguyễn Xuân Phúc đã thăm chính thức Hà Lan. "
        "Thủ tướng Nguyễn Xuân Phúc đã hội đàm với Thủ tướng Mark Rutte."
    )
    visit, meeting = told(text)
    assert (visit.kind, meeting.kind, meeting.part_of) == ("visit", "meeting", visit.id)
    assert meeting.date == "2017-07-08/2017-07-11"


def test_coordinated_predicates_share_a_subject_and_a_status() -> None:
    text = (
        "Ngày 30/5/2017, Thủ tướng Nguyễn Xuân Phúc sẽ hội đàm với Tổng thống Donald Trump, "
        "gặp Tổng thư ký Antonio Guterres."
    )
    first, second = told(text)
    assert {first.status, second.status} == {"planned"}
    assert names(text, second) == {"Nguyễn Xuân Phúc", "Antonio Guterres"}


def test_a_conference_keeps_its_name() -> None:
    text = "Ngày 3/6/2016, tại Singapore, Thượng tướng Nguyễn Chí Vịnh đã tham dự Đối thoại Shangri-La lần thứ 15."
    conference = only(text)
    assert conference.kind == "conference"
    assert conference.occasion == "Đối thoại Shangri-La lần thứ 15"


def test_who_chairs_a_conference_and_who_chair_it_together() -> None:
    alone = "Ngày 5/9/2023, Thủ tướng Phạm Minh Chính đã chủ trì hội nghị quốc tế về an ninh lương thực."
    assert list(only(alone).roles.values()) == ["chair"]
    both = (
        "Ngày 5/9/2023, Thủ tướng Phạm Minh Chính và Thủ tướng Lý Cường đã chủ trì hội nghị quốc tế "
        "về an ninh lương thực."
    )
    assert list(only(both).roles.values()) == ["co-chair", "co-chair"]


def test_a_spokesman_who_tells_of_a_meeting_takes_no_part_in_it() -> None:
    text = (
        "Ngày 3/7/2018, người phát ngôn Steffen Seibert cho biết Thủ tướng Angela Merkel có kế hoạch "
        "gặp Tổng thống Donald Trump vào ngày 11/7/2018."
    )
    meeting = only(text)
    assert names(text, meeting) == {"Angela Merkel", "Donald Trump"}
    assert (meeting.status, meeting.date) == ("planned", "2018-07-11")


def test_the_day_of_something_else_is_not_the_day_of_a_meeting() -> None:
    text = (
        "Lệnh ngừng bắn có hiệu lực từ 9/7/2017 được nêu ra sau cuộc hội đàm giữa "
        "Tổng thống Vladimir Putin và Tổng thống Donald Trump hôm 7/7/2017."
    )
    assert only(text).date == "2017-07-07"


def test_a_delegation_and_who_leads_it_pay_one_visit() -> None:
    text = (
        "Ngày 23/12/2018, ông Vyacheslav Volodin bắt đầu thăm chính thức Việt Nam.\n"
        "Đoàn đại biểu Quốc hội Nga thăm chính thức Việt Nam theo lời mời của "
        "Chủ tịch Quốc hội Nguyễn Thị Kim Ngân.\n"
    )
    visit = only(text)
    assert "Vyacheslav Volodin" in names(text, visit) and visit.told


def test_talks_to_come_are_between_those_who_were_told_to_talk() -> None:
    text = (
        "Ngày 10/5/2017, Ngoại trưởng Sergei Lavrov gặp Ngoại trưởng Rex Tillerson. "
        "Cuộc gặp tiếp theo sẽ diễn ra tại Geneva vào ngày 17/7/2017."
    )
    past, coming = told(text)
    assert (past.status, coming.status, coming.date) == ("held", "planned", "2017-07-17")
    assert names(text, coming) == {"Sergei Lavrov", "Rex Tillerson"}


def test_all_who_organise_a_conference_together_take_part() -> None:
    text = (
        "Ngày 17/12/2018, Quốc hội Việt Nam phối hợp với Liên minh Nghị viện Thế giới "
        "tổ chức hội nghị về phát triển bền vững."
    )
    assert len(only(text).participants) == 2


def test_each_who_is_called_on_is_an_engagement_of_its_own() -> None:
    text = (
        "Ngày 26/6/2017, Chủ tịch Quốc hội Heng Samrin đến chào Tổng Bí thư Nguyễn Phú Trọng, "
        "Chủ tịch nước Trần Đại Quang."
    )
    assert [len(e.participants) for e in told(text)] == [2, 2]


def test_a_page_of_nothing_of_the_field_tells_none() -> None:
    shop = "Cửa hàng mới bán xe và phụ tùng cho khách trong thành phố. " * 10
    text = "Ngày 3/6/2017, ông Nguyễn Văn Nam và ông Trần Văn Bình đã dự lễ khai trương cửa hàng tại Hà Nội. "
    assert told(text) and not told(text + shop)


def test_dates_that_may_be_one_day() -> None:
    assert near("2017-05", "2017-05-29") and near(None, "2017") and near("2017-05-29/2017-05-31", "2017-05-30")
    assert not near("2017-05-28", "2017-05-29/2017-05-31")


def test_without_a_model_an_engagement_is_as_likely_as_not() -> None:
    assert likelihood(["meeting held"], weights("xx", "engagements"), UNKNOWN) == 0.5


def test_every_rule_with_a_kind_has_an_example_and_every_pattern_compiles() -> None:
    lexicon = load("vi")
    rules = lexicon.entries("engagements", EngagementRule)
    unshown = [r.id for r in rules if r.kind and r.shape != "attend" and not r.examples]
    assert unshown == []
    patterns = lexicon.entries("engagement_context", EngagementContext)
    assert all(compiled(entry.pattern, bare) for entry in patterns for bare in (False, True))


PIECES = [
    "Thủ tướng Phạm Minh Chính ", "Tổng thống Joko Widodo ", "Hà Nội ", "hai bên ", "ngày 5/9 ", "tiếp ",
    "thăm ", "hội nghị ", "đón ", "tại sân bay có ", "các cuộc gặp ", "mời ", "được ", "với ", "của ", "và ",
    ", ", ". ", "(", ")", "\n", "\u200b",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_order_of_words_gives_valid_engagements(words: list[str]) -> None:
    text = "".join(words)
    found = reading(text)
    ids = {actor.id for actor in found.actors}
    for fact in found.engagements:
        assert 0 <= fact.start < fact.end <= len(text)
        assert set(fact.participants) <= ids and len(set(fact.participants)) == len(fact.participants)
        assert fact.part_of is None or fact.part_of in {e.id for e in found.engagements} - {fact.id}
        assert 0 <= fact.confidence <= 1
        assert all(0 <= start < end <= len(text) for start, end in fact.told)


def test_a_sentence_on_an_engagement_alone_adds_its_days() -> None:
    text = (
        "Thủ tướng Phạm Minh Chính sẽ thăm chính thức Nhật Bản. Chuyến thăm diễn ra từ ngày 3/9/2024 đến ngày 5/9/2024."
    )
    visit = only(text)
    assert (visit.status, visit.date) == ("planned", "2024-09-03/2024-09-05")
    assert [text[start:end] for start, end in visit.told] == ["Chuyến thăm diễn ra từ ngày 3/9/2024 đến ngày 5/9/2024"]


def test_a_welcome_tells_the_visit_of_its_guest_again() -> None:
    text = (
        "Ngày 3/9/2024, Thủ tướng Phạm Minh Chính thăm chính thức Nhật Bản. "
        "Lễ đón chính thức Thủ tướng Phạm Minh Chính diễn ra tại Tokyo."
    )
    visit = next(e for e in told(text) if e.kind == "visit")
    assert any("Lễ đón" in text[start:end] for start, end in visit.told)


def test_an_accepted_invitation_is_a_visit_to_come() -> None:
    text = "Tổng thống Joko Widodo đã nhận lời mời thăm Việt Nam của Thủ tướng Phạm Minh Chính."
    assert only(text).status == "planned"


def test_what_ought_to_be_held_is_not_told() -> None:
    assert told("Nhật Bản nên hội đàm với Thái Lan về vùng biển chung.") == []


def test_each_event_of_a_list_has_the_date_of_its_own_aside() -> None:
    text = (
        "Ngày 3/9/2022, Nhật Bản và Thái Lan bàn về các hoạt động dự kiến được tổ chức như hội nghị lập kế hoạch "
        "giữa kỳ tại Hà Nội (tháng 12-2022), hội nghị lập kế hoạch lần cuối tại Tokyo (tháng 4-2023) và diễn tập "
        "cuối kỳ (tháng 9-2023)."
    )
    dates = [(e.kind, e.date) for e in told(text) if e.kind in ("conference", "exercise")]
    assert dates == [("conference", "2022-12"), ("conference", "2023-04"), ("exercise", "2023-09")]


def test_the_words_of_an_event_run_from_its_verb_to_the_end_of_its_name() -> None:
    text = (
        "Ngày 3/9/2024, Thủ tướng Phạm Minh Chính thăm Nhật Bản và tham dự Hội nghị Tương lai châu Á lần thứ 29 "
        "tại Tokyo."
    )
    event = next(e for e in told(text) if e.kind == "conference")
    assert text[event.start : event.end] == "tham dự Hội nghị Tương lai châu Á lần thứ 29"


@pytest.mark.parametrize("told", ["gặp", "tiếp", "đã gặp"])
def test_who_is_met_and_then_invited_is_the_guest_of_a_visit_that_was_not_paid(told: str) -> None:
    text = f"Bộ trưởng Bùi Thanh Sơn {told} Đại sứ Nhật Bản Umeda Kunio và mời ông Umeda Kunio thăm Hà Giang."
    met = [e for e in read(Document(text, "a")).engagements if e.kind == "meeting"]
    assert [e.status for e in met] == ["held"] and len(met[0].participants) == 2
    assert not [e for e in read(Document(text, "a")).engagements if e.kind == "visit" and e.status == "held"]


def test_a_guest_of_honour_is_nobody_who_was_invited_to_a_meeting() -> None:
    text = "Thủ tướng Nguyễn Xuân Phúc dự lễ khai mạc Hội nghị với tư cách khách mời của chủ nhà Lào; gặp gỡ báo chí."
    assert not [e for e in read(Document(text, "a")).engagements if e.status == "proposed"]


def test_a_place_ends_before_who_acts_there() -> None:
    text = (
        "Ngày 22/5/2017, trong một buổi lễ tổ chức ở Quảng Ngãi, Mỹ đã bàn giao sáu xuồng cho Cảnh sát biển Việt Nam."
    )
    assert {e.place for e in told(text)} == {"Quảng Ngãi"}
    assert {"Mỹ", "Cảnh sát biển Việt Nam"} <= {name for e in told(text) for name in names(text, e)}


def test_two_nouns_of_one_event_are_one_name_and_a_session_is_its_own() -> None:
    forum = "Ngày 11/5/2017, Thủ tướng Nguyễn Xuân Phúc tham dự Hội nghị Diễn đàn Kinh tế thế giới về ASEAN."
    assert only(forum).occasion == "Hội nghị Diễn đàn Kinh tế thế giới về ASEAN"
    session = "Ngày 12/5/2017, Thủ tướng Nguyễn Xuân Phúc tham dự Phiên bế mạc Hội nghị WEF ASEAN."
    assert told(session)[0].occasion == "Phiên bế mạc"


def test_talks_and_an_audience_in_one_sentence_are_two() -> None:
    text = (
        "Thủ tướng Phạm Minh Chính sẽ hội đàm với Thủ tướng Malaysia Anwar Ibrahim, hội kiến với Quốc vương Malaysia."
    )
    assert [e.form for e in told(text)] == ["talks", "audience"]


def test_one_name_in_two_years_is_two_events() -> None:
    text = (
        "Ngày 12/5/2017, Thủ tướng Phạm Minh Chính đã dự Hội nghị cấp cao Mê Công lần thứ hai tại Phnom Penh. "
        "Năm 2018, Việt Nam sẽ tổ chức Hội nghị cấp cao Mê Công."
    )
    assert [e.date for e in told(text)] == ["2017-05-12", "2018"]


def test_a_body_called_forum_is_no_forum_that_it_holds() -> None:
    assert told("Năm 2017, Diễn đàn Hợp tác Kinh tế châu Á - Thái Bình Dương có 21 thành viên.") == []


def test_who_stands_before_an_exercise_told_by_a_verb_takes_part() -> None:
    text = "Ngày 5/3/2018, Mỹ và Hàn Quốc cho biết sẽ tập trận chung vào tháng 4/2018."
    exercise = only(text)
    assert (exercise.kind, exercise.status, exercise.date) == ("exercise", "planned", "2018-04")
    assert names(text, exercise) == {"Mỹ", "Hàn Quốc"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Bộ trưởng Chu Ngọc Anh đề xuất với Thủ tướng Mahathir Mohamad tại buổi làm việc ở Hòa Lạc.", "held"),
        ("Vấn đề này sẽ được thảo luận trong cuộc gặp giữa Thủ tướng Shinzo Abe và Tổng thống Moon Jae-in.", "planned"),
        ("Nhiều khả năng Thủ tướng Shinzo Abe sẽ gặp Tổng thống Moon Jae-in.", "planned"),
        ("Thủ tướng Shinzo Abe đồng ý gặp Tổng thống Moon Jae-in.", "planned"),
        ("Ngày 5/9/2018, Hội đồng Bảo an Liên hợp quốc nhất trí thông qua nghị quyết về Syria.", "held"),
    ],
)
def test_what_the_words_before_a_cue_make_of_it(text: str, status: str) -> None:
    assert only(text).status == status


def test_who_is_listed_after_a_group_takes_part_in_its_place() -> None:
    text = (
        "Ngày 31/5/2017, Thủ tướng Nguyễn Xuân Phúc điện đàm với một số nghị sĩ đảng Cộng hòa, gồm Thượng nghị sĩ "
        "Orrin Hatch; Thượng nghị sĩ Bob Corker."
    )
    assert names(text, only(text)) == {"Nguyễn Xuân Phúc", "Orrin Hatch", "Bob Corker"}


def test_an_invitation_in_return_is_another_visit_without_a_day() -> None:
    text = (
        "Trong khuôn khổ chuyến thăm chính thức Hoa Kỳ, ngày 31/5/2017, Thủ tướng Nguyễn Xuân Phúc mời các nghị sĩ "
        "Hoa Kỳ thăm Việt Nam."
    )
    assert [(e.status, e.date, e.place) for e in told(text)] == [
        ("held", "2017-05-31", "Hoa Kỳ"),
        ("proposed", None, "Việt Nam"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Bộ trưởng Phạm Bình Minh đánh giá cao phái đoàn đã làm việc tích cực với Đại sứ Marc Knapper.",
        "Đại sứ Sung Kim có vai trò nổi bật trong các cuộc đàm phán với Ngoại trưởng Ri Yong-ho.",
        "Đại sứ Sung Kim cam kết làm việc chặt chẽ với Ngoại trưởng Ri Yong-ho.",
    ],
)
def test_work_spoken_of_is_no_meeting(text: str) -> None:
    assert told(text) == []


def test_who_visits_a_town_visits_its_state() -> None:
    text = "Việt Nam hoan nghênh Nga. Ngày 5/6/2017, Ngoại trưởng Nga Sergei Lavrov thăm Hà Nội."
    assert names(text, only(text)) == {"Sergei Lavrov", "Việt Nam"}
    at_home = "Việt Nam hoan nghênh Nga. Ngày 5/6/2017, Thủ tướng Nguyễn Xuân Phúc thăm Đà Nẵng."
    assert names(at_home, only(at_home)) == {"Nguyễn Xuân Phúc"}


def test_a_delegation_told_of_is_not_led_by_who_tells_of_it() -> None:
    text = "Người phát ngôn Lê Thị Thu Hằng cho biết đoàn tàu hải quân Mỹ sẽ thăm Đà Nẵng từ ngày 5/3/2018."
    visit = only(text)
    assert (visit.status, "Lê Thị Thu Hằng" in names(text, visit)) == ("planned", False)


def test_two_states_told_to_meet_on_a_day_meet() -> None:
    text = "Hai nhà lãnh đạo Nga, Mỹ gặp lần đầu tiên hôm 7/7/2017 tại Hamburg."
    assert names(text, only(text)) == {"Nga", "Mỹ"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ông Shinzo Abe dự kiến gặp ông Moon Jae-in bên lề hội nghị cấp cao APEC ngày 5/6/2018.", "planned"),
        ("Cuộc gặp giữa ông Shinzo Abe và ông Moon Jae-in có thể được tổ chức vào tháng 6/2018.", "proposed"),
    ],
)
def test_what_is_planned_is_planned_with_its_occasion(text: str, found: str) -> None:
    assert {e.status for e in told(text)} == {found}


def test_a_day_right_behind_those_who_meet_is_the_day_of_their_meeting() -> None:
    text = (
        "Sau sự kiện ngày 7/7/2017 tại Đức, Nga chờ cuộc tham vấn giữa Thứ trưởng Nga Sergei Ryabkov và Thứ trưởng Mỹ "
        "Thomas Shannon vào ngày 17/7/2017."
    )
    assert only(text).date == "2017-07-17"


def test_talks_told_by_states_and_then_by_persons_are_one() -> None:
    text = (
        "Việt Nam và Mỹ đã có cuộc đối thoại tại Hà Nội ngày 30/3/2018. Thứ trưởng Mỹ Sandra Oudkirk và Thứ trưởng "
        "Việt Nam Hoàng Quốc Vượng chủ trì cuộc thảo luận."
    )
    meeting = only(text)
    assert (meeting.date, names(text, meeting)) == ("2018-03-30", {"Sandra Oudkirk", "Hoàng Quốc Vượng"})


@pytest.mark.parametrize(
    "text",
    [
        "Bộ trưởng Retno Marsudi muốn hợp tác với Lào tại các diễn đàn khu vực như Hội nghị Cấp cao Đông Á.",
        "Bộ trưởng Retno Marsudi cam kết tham gia những cơ chế lớn như Hội nghị Cấp cao Đông Á.",
        "Đại sứ Retno Marsudi cho biết, chuyến thăm Lào lần này rất quan trọng đối với quan hệ hai nước.",
        "Trong bảy năm qua, Kenya và Ethiopia chưa tiến hành bất cứ cuộc gặp nào.",
    ],
)
def test_what_is_an_example_or_only_spoken_of_is_no_engagement(text: str) -> None:
    assert told(text) == []


def test_a_meeting_of_two_called_a_session_elsewhere_is_one_meeting() -> None:
    text = (
        "Ngày 5/9/2023, Tổng thống William Ruto đã có cuộc họp kín với Thủ tướng Abiy Ahmed. "
        "Cuộc gặp giữa Tổng thống William Ruto và Thủ tướng Abiy Ahmed kéo dài hai giờ tại Nairobi."
    )
    meeting = only(text)
    assert (meeting.kind, meeting.date, meeting.place) == ("meeting", "2023-09-05", "Nairobi")


def test_each_event_of_a_list_has_the_day_behind_its_name_and_is_planned_with_the_first() -> None:
    text = (
        "Thứ trưởng Nguyễn Quốc Dũng chuẩn bị cho Hội nghị Bộ trưởng ASEAN - Kenya tháng 8/2017 và "
        "Hội nghị Cấp cao ASEAN - Kenya vào tháng 11/2017."
    )
    assert [(e.date, e.status) for e in told(text)] == [("2017-08", "planned"), ("2017-11", "planned")]


def test_a_sentence_that_adds_to_what_is_planned_is_planned() -> None:
    text = (
        "Kenya mở rộng quan hệ với các nước\n\nTổng thống William Ruto rời Nairobi. "
        "Tổng thống William Ruto sẽ tham dự hội nghị thượng đỉnh về khí hậu tại Kigali. "
        "Ông cũng tham dự hội nghị cấp cao Liên minh châu Phi tại Addis Ababa."
    )
    assert [e.status for e in told(text)] == ["planned", "planned"]


def test_the_day_behind_who_pays_a_visit_is_its_own() -> None:
    text = (
        "Hai nước nhắc tới chuyến thăm Kenya của Thủ tướng Abiy Ahmed vào tháng 4/2017 và "
        "chuyến thăm Ethiopia của Tổng thống William Ruto vào tháng 11/2015."
    )
    assert [e.date for e in told(text)] == ["2017-04", "2015-11"]


def test_who_speaks_at_an_event_told_before_takes_part_in_it() -> None:
    text = (
        "Kenya và các nước hợp tác về nước sạch\n\n"
        "Ngày 5/9/2023, tại Hà Nội, Bộ Ngoại giao tổ chức lễ ra mắt Trung tâm hợp tác quốc tế về nước sạch. "
        "Phát biểu tại buổi lễ, Đại sứ Marc Knapper cho biết quan hệ hai nước phát triển tốt từ năm 2013."
    )
    ceremony = only(text)
    assert (ceremony.kind, ceremony.date, names(text, ceremony)) == (
        "ceremony", "2023-09-05", {"Bộ Ngoại giao", "Marc Knapper"},
    )  # fmt: skip


def test_a_session_at_which_somebody_speaks_is_its_own() -> None:
    text = (
        "Kenya và các nước hợp tác về nước sạch\n\n"
        "Ngày 5/9/2023, Thủ tướng Phạm Minh Chính tham dự Hội nghị Cấp cao ASEAN lần thứ 43 tại Jakarta. "
        "Phát biểu tại phiên khai mạc, Thủ tướng Phạm Minh Chính nhấn mạnh vai trò của khu vực."
    )
    assert [e.kind for e in told(text)] == ["conference", "conference"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Họ bàn về khả năng tàu huấn luyện Ấn Độ thăm cảng Việt Nam.", "proposed"),
        ("Tổng thống Abiy Ahmed được khuyên công du Kenya.", "proposed"),
        ("Đại sứ Marc Knapper nói về tình hình trước thềm cuộc gặp giữa Kenya và Ethiopia ngày 7/9.", "planned"),
    ],
)
def test_what_is_only_thought_of_or_ahead_is_not_held(text: str, status: str) -> None:
    assert only(text).status == status

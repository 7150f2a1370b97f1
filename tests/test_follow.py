"""Undertakings and what becomes of them."""

from __future__ import annotations

from told import Page, filed

from servanda.keep.follow import Undertaking, ledger, weighed
from servanda.keep.resolve import resolve
from servanda.keep.telling import tellings


def follow(*pages: Page, today: str | None = None) -> list[Undertaking]:
    documents = filed(*pages)
    return ledger(documents, resolve(tellings(documents)).engagements, today)


def visit(source: str, status: str, date: str | None = "2017-05-29/2017-05-31", published: str = "2017") -> Page:
    page = Page(source, published)
    who = page.actor("Lê Văn Thử"), page.state("Mỹ", "US")
    page.engagement("Lê Văn Thử thăm chính thức Mỹ", *who, kind="visit", place="Mỹ", date=date, status=status)
    return page


def unit(source: str, number: int, status: str, date: str | None, **values: str) -> Page:
    page = Page(source, values.pop("published", "2019-07-01"))
    given = {"what": "level_2_hospital", "unit": f"Bệnh viện dã chiến cấp 2 số {number}", "measure": "movement"}
    words = f"Bệnh viện số {number} {status} {date}"
    page.fact("contribution", words, ("contributor", page.state("Việt Nam", "VN")), status=status, date=date, **given)
    return page


def test_a_plan_told_as_held_is_kept_and_told_again_is_one_entry() -> None:
    (entry,) = follow(visit("a", "planned"), visit("b", "planned"), visit("c", "held", "2017-05-30"))
    assert (entry.kind, entry.status, entry.due) == ("plan", "kept", "2017-05-29/2017-05-31")
    assert [p.source for p in entry.told_again] == ["b"]
    assert [e.passage.source for e in entry.evidence] == ["c"]


def test_overdue_says_over_what_it_looked_and_needs_a_due_date() -> None:
    (entry,) = follow(visit("a", "planned"), today="2017-08-01")
    assert entry.status == "overdue" and "no evidence in 1 documents, the newest of 2017-08-01" in entry.history[-1]
    (undated,) = follow(visit("a", "planned", None), today="2030-01-01")
    assert undated.status == "open" and undated.due is None


def test_a_postponed_visit_is_postponed() -> None:
    (entry,) = follow(visit("a", "planned"), visit("b", "postponed"))
    assert entry.status == "postponed"


def test_another_unit_s_departure_keeps_no_promise() -> None:
    promised = unit("a", 2, "planned", "2019-09")
    assert follow(promised, unit("b", 1, "deployed", "2019-10", published="2019-11-02"))[0].status != "kept"
    assert follow(promised, unit("b", 2, "deployed", "2019-09", published="2019-11-02"))[0].status == "kept"


def test_of_equal_evidence_the_first_is_the_same_whichever_page_came_first() -> None:
    shown = [unit(source, 2, "deployed", "2019-09", published="2019-11-02") for source in ("b", "c", "d")]
    for told in (shown, shown[::-1]):
        entry = follow(unit("a", 2, "planned", "2019-09"), *told)[0]
        assert [e.passage.source for e in entry.evidence] == ["b", "c", "d"]


def test_a_departure_before_the_promise_keeps_nothing() -> None:
    (entry,) = follow(unit("a", 2, "planned", "2019-09"), unit("b", 2, "deployed", "2018-10", published="2018-10-02"))
    assert entry.status != "kept"


def test_a_later_date_for_the_same_unit_postpones() -> None:
    first, second = follow(unit("a", 2, "planned", "2019-09"), unit("b", 2, "planned", "2019-11"))
    assert (first.status, first.due) == ("postponed", "2019-09") and first.evidence[0].passage.source == "b"
    assert (second.status, second.due, second.renews) == ("open", "2019-11", first.id)
    assert second.history == ["due told before as a: 2019-09"]


def act(source: str, words: str, *, type: str = "AGREE", mode: str = "commitment", due: str | None = None) -> Page:
    page = Page(source, "2019-07-01")
    speaker, addressee = page.state("Canada", "CA"), page.state("Việt Nam", "VN")
    page.fact("act", words, ("speaker", speaker), ("addressee", addressee), type=type, mode=mode, due=due)
    return page


def test_grades_and_kinds() -> None:
    (vague,) = follow(act("a", "cam kết tăng cường hợp tác"))
    assert (vague.kind, vague.grade, vague.status) == ("pledge", "exhortation", "open")
    (concrete,) = follow(act("a", "cam kết tặng 5 xe cứu thương"))
    assert concrete.grade == "concrete"
    (dated,) = follow(act("a", "mời Bộ trưởng sang thăm", type="REQUEST", mode="invitation", due="2019-12"))
    assert (dated.kind, dated.grade, dated.by, dated.to) == ("invitation", "dated", ["Canada"], ["Việt Nam"])


def test_one_pledge_in_like_words_of_two_documents_is_one_entry() -> None:
    words = "cam kết tặng 5 xe cứu thương cho trường học"
    assert len(follow(act("a", words), act("b", words + " ở vùng cao"))) == 1
    assert len(follow(act("a", words), act("b", "cam kết dạy tiếng Pháp cho cán bộ"))) == 2


def test_acts_that_promise_nothing_are_no_undertakings() -> None:
    assert follow(act("a", "cảm ơn Việt Nam", type="SUPPORT", mode="thanks")) == []


def test_nothing_at_all() -> None:
    assert follow() == [] and follow(Page("a")) == []


def test_what_was_weighed_is_shown_with_its_features() -> None:
    documents = filed(unit("a", 2, "planned", "2019-09"), unit("b", 1, "deployed", "2019-10", published="2019-11-01"))
    engagements = resolve(tellings(documents)).engagements
    (entry,) = ledger(documents, engagements)
    (shown,) = weighed(entry.id, documents, engagements)
    assert entry.status != "kept" and shown.score < shown.least
    assert {name: part for name, _, part in shown.parts}["other_unit"] < 0


def promised(published: str, *dates: str) -> str | None:
    page = Page("a", published)
    act = page.fact("contribution", "Việt Nam sẽ cử bác sĩ", ("contributor", page.state("Việt Nam", "VN")),
                    what="medical", status="planned", measure="movement")  # fmt: skip
    for date in dates:
        record = page.fact("date", date, edtf=date)
        record.start, record.end = act.start, act.start + 2
    (entry,) = follow(page)
    return entry.due


def test_a_promise_is_due_on_the_one_date_to_come_in_its_words() -> None:
    assert promised("2019-07-01", "2019-09") == "2019-09"
    assert promised("2019-07-01", "2019-06") is None
    assert promised("2019-07-01") is None


def talk(
    source: str, status: str, *, other: str = "Trần Văn Mẫu", date: str | None = "2019-09-10", **values: str
) -> Page:
    page = Page(source, values.pop("published", "2019-09-01"))
    words = values.pop("words", f"Lê Văn Thử hội đàm với {other}")
    page.engagement(words, page.actor("Lê Văn Thử"), page.actor(other), date=date, status=status, **values)
    return page


def test_a_meeting_with_someone_else_on_that_day_is_not_the_one_planned() -> None:
    held = talk("b", "held", other="Phạm Thị Khác", published="2019-09-11")
    (entry,) = follow(talk("a", "planned"), held)
    assert entry.status == "overdue" and entry.evidence == []


def test_held_on_another_day_is_changed_and_shows_both() -> None:
    visited = visit("b", "held", "2017-06-12/2017-06-14", published="2017-06-14")
    (entry,) = follow(visit("a", "planned", published="2017-05-20"), visited)
    assert entry.status in ("changed", "overdue") and entry.due == "2017-05-29/2017-05-31"


def audience(source: str, status: str, words: str, published: str) -> Page:
    page = Page(source, published)
    who = page.actor("Lê Văn Thử"), page.state("Nhật Bản", "JP")
    page.engagement(words, *who, date="2017-06-04/2017-06-08", status=status)
    return page


def test_who_is_to_be_met_and_has_no_name_is_known_by_the_words() -> None:
    words = "Lê Văn Thử hội kiến Hoàng hậu và Thái tử Nhật Bản"
    met = audience("b", "held", words, "2017-06-06")
    (entry, *_) = follow(audience("a", "planned", words.replace("hội", "sẽ hội"), "2017-06-01"), met)
    assert entry.status == "kept"
    (entry, *_) = follow(audience("a", "planned", "Lê Văn Thử sẽ gặp giới công thương Nhật Bản", "2017-06-01"), met)
    assert entry.status != "kept"


def test_words_of_an_invitation_are_no_visit() -> None:
    page = Page("b", "2017-06-02")
    who = page.actor("Lê Văn Thử"), page.state("Mỹ", "US")
    told = page.engagement("mời Lê Văn Thử thăm Mỹ", *who, kind="visit", place="Mỹ", date="2017-05-30")
    act = page.fact("act", told.words, ("speaker", who[1]), ("addressee", who[0]), type="REQUEST", mode="invitation")
    act.start, act.end = told.start, told.end
    entries = follow(visit("a", "planned"), page)
    assert all(entry.status != "kept" for entry in entries)


def test_called_off_and_held_contradict_each_other_and_decide_nothing() -> None:
    called_off = talk("b", "cancelled", published="2019")
    (entry,) = follow(talk("a", "planned"), called_off, talk("c", "held", published="2019"))
    assert entry.status == "open" and entry.conflict
    assert {e.says for e in entry.evidence} == {"cancelled", "held"}
    assert any("contradict" in line for line in entry.history)


def test_put_off_and_then_held_is_held_otherwise() -> None:
    (entry,) = follow(talk("a", "planned"), talk("b", "postponed"), talk("c", "held", published="2019-09-11"))
    assert entry.status == "changed" and {e.says for e in entry.evidence} == {"postponed", "held"}


def sent(source: str, status: str, published: str, **values: str | None) -> Page:
    page = Page(source, published)
    given = {"what": "level_2_hospital", "measure": "movement", "status": status, **values}
    contributor = page.state("Việt Nam", "VN")
    page.fact("contribution", f"Việt Nam {given['what']} {status} {source}", ("contributor", contributor), **given)
    return page


def test_an_outcome_from_before_its_promise_is_told_and_not_counted() -> None:
    early = sent("b", "deployed", "2018-10-02", unit="Bệnh viện số 2", date="2018-10-01")
    (entry,) = follow(sent("a", "planned", "2019-07-01", unit="Bệnh viện số 2", date="2019-09"), early)
    assert entry.status == "open" and entry.evidence == []
    assert any("before the promise" in line for line in entry.history)


def test_a_unit_that_left_later_than_planned_came_about_otherwise() -> None:
    planned = sent("a", "planned", "2018-01-05", unit="Bệnh viện số 1", date="2018-04")
    (entry,) = follow(planned, sent("b", "deployed", "2018-10-02", unit="Bệnh viện số 1", date="2018-10-01"))
    assert (entry.status, entry.due) == ("changed", "2018-04")


def test_fewer_than_promised_is_a_part() -> None:
    promised = sent("a", "pledged", "2020-01-05", what="engineering_unit", unit="Đội số 1", count="268")
    left = sent("b", "deployed", "2022-05-02", what="engineering_unit", unit="Đội số 1", count="184", date="2022-05")
    (entry,) = follow(promised, left)
    assert entry.status == "partly_kept"


def test_officers_keep_no_promise_of_a_unit_and_a_unit_none_of_officers() -> None:
    officers = {"what": "police_officers", "count": "3"}
    (unit_promised,) = follow(sent("a", "ready", "2024-10-01", what="police_unit"),
                              sent("b", "deployed", "2025-01-01", date="2025-01", **officers))  # fmt: skip
    assert unit_promised.status == "open"
    (people_promised,) = follow(sent("a", "pledged", "2024-10-01", **officers),
                                sent("b", "deployed", "2025-01-01", what="police_unit", date="2025-01"))  # fmt: skip
    assert people_promised.status == "open"


def test_willingness_is_no_deployment() -> None:
    entries = follow(sent("a", "pledged", "2024-10-01", what="police_unit"),
                     sent("b", "ready", "2025-01-01", what="police_unit"))  # fmt: skip
    assert {entry.status for entry in entries} == {"open"}


def test_people_promised_without_number_are_never_wholly_sent() -> None:
    (entry,) = follow(sent("a", "pledged", "2024-02-26", what="troops"),
                      sent("b", "deployed", "2025-01-01", what="engineering_unit", date="2024-12"))  # fmt: skip
    assert entry.status == "partly_kept"


def test_of_two_units_promised_in_one_breath_one_is_a_part() -> None:
    page = Page("a", "2017-06-01")
    state = page.state("Việt Nam", "VN")
    first = page.fact("contribution", "cử bệnh viện và công binh", ("contributor", state), what="level_2_hospital",
                      status="ready", unit="Bệnh viện số 1")  # fmt: skip
    second = page.fact("contribution", first.words, ("contributor", state), what="engineering_unit", status="ready")
    second.start, second.end = first.start, first.end
    (entry,) = follow(page, sent("b", "deployed", "2018-10-02", unit="Bệnh viện số 1", date="2018-10"))
    assert entry.status == "partly_kept"


def test_a_total_that_grew_is_told_later_though_no_page_has_a_date() -> None:
    before = sent("a", "deployed", "", what="individual_officers", count="2", measure="cumulative")
    more = before.fact("contribution", "sẽ cử thêm sĩ quan", ("contributor", 0), what="individual_officers",
                       status="planned", measure="movement")  # fmt: skip
    grown = sent("b", "deployed", "", what="individual_officers", count="12", measure="cumulative")
    shrunk = sent("b", "deployed", "", what="individual_officers", count="1", measure="cumulative")
    assert more.words and [u.status for u in follow(before, grown)] == ["partly_kept"]
    assert [u.status for u in follow(before, shrunk)] == ["open"]


def test_a_promise_to_a_mission_that_had_ended_is_a_conflict() -> None:
    page = Page("a", "2022-03-01")
    mission = page.actor("UNAMID", "mission", "UNAMID")
    page.fact("contribution", "sẽ cử bệnh viện", ("contributor", page.state("Việt Nam", "VN")), ("mission", mission),
              what="level_2_hospital", status="planned")  # fmt: skip
    (entry,) = follow(page)
    assert entry.conflict and "UNAMID had ended before this was said" in entry.history


def agreed(source: str, status: str, published: str, name: str) -> Page:
    page = Page(source, published)
    parties = page.state("Việt Nam", "VN"), page.state("Canada", "CA")
    page.fact("agreement", f"{status} {name}", *(("party", it) for it in parties), kind="memorandum", status=status,
              name=name)  # fmt: skip
    return page


def test_an_agreement_to_come_is_kept_by_its_signing_and_by_no_other() -> None:
    name = "Bản ghi nhớ về huấn luyện cảnh sát gìn giữ hòa bình"
    planned = agreed("a", "planned", "2019-03-01", name)
    (entry,) = follow(planned, agreed("b", "signed", "2019-08-01", name))
    assert (entry.kind, entry.status) == ("plan", "kept")
    other = agreed("b", "signed", "2019-08-01", "Bản ghi nhớ về vận tải biển")
    assert follow(planned, other)[0].status == "open"
    assert follow(planned, agreed("b", "in_force", "2019-08-01", name))[0].status == "open"


def supported(source: str, published: str, *topics: str) -> Page:
    page = Page(source, published)
    act = page.fact("act", "Canada cam kết hỗ trợ Việt Nam đào tạo", ("speaker", page.state("Canada", "CA")),
                    ("addressee", page.state("Việt Nam", "VN")), type="AGREE", mode="commitment")  # fmt: skip
    for topic in topics:
        act.statements += page.fact("position", "", topic=topic).statements
    return page


def course(source: str, published: str, *topics: str) -> Page:
    page = Page(source, published)
    told = page.engagement("khóa huấn luyện của Canada và Việt Nam", page.state("Canada", "CA"),
                           page.state("Việt Nam", "VN"), kind="training")  # fmt: skip
    for topic in topics:
        told.statements += page.fact("position", "", topic=topic).statements
    return page


def test_support_in_general_is_shown_in_part_by_a_course_on_what_it_was_for() -> None:
    both = ("peacekeeping", "education")
    (entry,) = follow(supported("a", "2018-06-05", *both), course("b", "2019-04-17", *both))
    assert entry.status == "partly_kept" and entry.evidence[0].says == "training"
    (entry,) = follow(supported("a", "2018-06-05", *both), course("b", "2019-04-17", "trade"))
    assert entry.status == "open"


def test_a_plan_told_as_put_off_in_its_own_sentence() -> None:
    page = Page("a", "2017-02-07")
    page.fact(
        "plan", "định khai mạc, nhưng không thành", ("by", page.actor("Lê Văn Thử")), due="2016-10", status="postponed"
    )
    (entry,) = follow(page)
    assert (entry.status, entry.due) == ("postponed", "2016-10") and entry.evidence[0].passage.source == "a"


def test_a_date_of_what_has_happened_is_no_due_date() -> None:
    page = Page("a", "2019-07-01")
    who = page.actor("Lê Văn Thử")
    page.engagement("đã thăm Canada", who, kind="visit", date="2019-08-02")
    act = page.fact("act", "Lê Văn Thử cam kết thực hiện điều đã thỏa thuận", ("speaker", who), type="AGREE")
    date = page.fact("date", "ngày 2/8", edtf="2019-08-02")
    date.start, date.end = act.start, act.start + 2
    assert [u.due for u in follow(page) if u.kind == "pledge"] == [None]


def test_a_date_long_past_when_it_was_said_is_no_due_date() -> None:
    assert follow(act("a", "cam kết thực hiện thỏa thuận đã đạt", due="2018-01"))[0].due is None


def test_the_same_date_told_more_exactly_is_the_due_date() -> None:
    (entry,) = follow(sent("a", "planned", "2018-01-05", unit="Bệnh viện số 1", date="2018"),
                      sent("b", "planned", "2018-02-05", unit="Bệnh viện số 1", date="2018-04"))  # fmt: skip
    assert entry.due == "2018-04" and len(entry.told_again) == 1


def test_overdue_counts_only_documents_that_could_have_told() -> None:
    stranger = Page("z", "2020-05-01")
    stranger.engagement("họp", stranger.actor("Phạm Thị Khác"), stranger.actor("Ngô Văn Lạ"))
    (entry,) = follow(act("a", "cam kết gửi sách", due="2019-08"), stranger)
    assert entry.status == "open", "nobody who could have told it wrote after it was due"
    later = act("b", "cảm ơn mọi người", type="SUPPORT", mode="thanks")
    later.published = "2020-05-01"
    entry = follow(act("a", "cam kết gửi sách", due="2019-08"), later, stranger)[0]
    assert entry.status == "overdue" and "no evidence in 2 documents, the newest of 2020-05-01" in entry.history[-1]


def test_thousands_of_like_exhortations_are_one_entry_and_take_no_more_than_their_number() -> None:
    pages = [
        act(f"p{n}", f"cam kết tăng cường hợp tác nhiều mặt với bạn bè{' năm châu' * (n % 2)}") for n in range(2000)
    ]
    (entry,) = follow(*pages)
    assert entry.grade == "exhortation" and len(entry.told_again) == 1999


def asked(mode: str, *answers: tuple[str, str, str], words: str = "mời Trần Văn Mẫu thăm Hà Nội") -> Page:
    """Lê Văn Thử asks Trần Văn Mẫu, who answers right after, each answer as (words, type, mode)."""
    page = Page("a", "2019-07-01")
    one, other = page.actor("Lê Văn Thử"), page.actor("Trần Văn Mẫu")
    page.fact("act", words, ("speaker", one), ("addressee", other), type="REQUEST", mode=mode)
    for told, type, how in answers:
        page.fact("act", told, ("speaker", other), ("addressee", one), type=type, mode=how)
    return page


def test_a_yes_right_after_an_invitation_accepts_it_with_its_words() -> None:
    found = follow(asked("invitation", ("vui vẻ nhận lời", "AGREE", "acceptance")))
    invited = next(u for u in found if u.kind == "invitation")
    assert invited.status == "accepted" and [e.passage.quote for e in invited.evidence] == ["vui vẻ nhận lời"]


def test_consent_to_something_else_accepts_no_invitation() -> None:
    found = follow(asked("invitation", ("nhất trí tăng cường hợp tác", "AGREE", "consent")))
    assert next(u for u in found if u.kind == "invitation").status == "open"


def test_a_no_right_after_a_request_refuses_it_and_a_pledge_is_not_refused() -> None:
    (entry,) = follow(asked("request", ("từ chối đề nghị này", "REJECT", "refusal")))
    assert entry.status == "refused" and entry.evidence[0].says == "refusal"
    page = act("a", "cam kết tặng 5 xe cứu thương")
    page.fact("act", "từ chối đề nghị này", ("speaker", page.known["Việt Nam"]), type="REJECT", mode="refusal")
    assert follow(page)[0].status == "open"


def test_who_is_given_a_time_and_says_no_refuses_what_was_demanded() -> None:
    page = Page("a", "2017-06-23")
    page.fact(
        "plan", "Qatar có 10 ngày để trả lời", ("by", page.state("Qatar", "QA")), status="demanded", due="2017-07-03"
    )
    other = Page("b", "2017-07-07")
    other.fact("act", "Qatar bác yêu sách", ("speaker", other.state("Qatar", "QA")), type="REJECT", mode="refusal")
    late = Page("c", "2018-07-07")
    late.fact("act", "Qatar bác yêu sách", ("speaker", late.state("Qatar", "QA")), type="REJECT", mode="refusal")
    assert (follow(page, other)[0].kind, follow(page, other)[0].status) == ("request", "refused")
    assert follow(page, late)[0].status != "refused"


def test_what_is_promised_to_one_neighbour_is_not_what_is_promised_to_another() -> None:
    def pledged(source: str, name: str, code: str) -> Page:
        page = Page(source, "2019-07-01")
        sides = page.state("Việt Nam", "VN"), page.state(name, code)
        page.fact("act", "nhất trí tăng cường hợp tác nhiều mặt giữa hai nước", ("speaker", sides[0]),
                  ("addressee", sides[1]), type="AGREE", mode="consent")  # fmt: skip
        return page

    assert len(follow(pledged("a", "Lào", "LA"), pledged("b", "Lào", "LA"))) == 1
    assert len(follow(pledged("a", "Lào", "LA"), pledged("b", "Cuba", "CU"))) == 2


def test_a_date_without_year_has_that_of_the_day_on_which_it_came_about() -> None:
    planned = unit("a", 2, "planned", "XXXX-07", published="")
    (entry,) = follow(planned, unit("b", 2, "deployed", "2016-07", published="2017-03-01"))
    assert (entry.status, entry.due) == ("kept", "2016-07")
    (other,) = follow(planned, unit("b", 2, "deployed", "2016-03", published="2017-03-01"))
    assert other.due == "XXXX-07"


def test_a_mere_year_of_an_undated_page_dates_no_plan() -> None:
    assert follow(visit("a", "planned", "1965", published=""))[0].due is None
    assert follow(visit("a", "planned", "2018", published="2017-03-01"))[0].due == "2018"


def test_home_in_the_name_of_those_met_is_no_other_side() -> None:
    def met(source: str, status: str, other: str) -> Page:
        page = Page(source, "2019-09-01" if status == "planned" else "2019-09-12")
        who = page.actor("Lê Văn Thử", post="Thủ tướng Việt Nam"), page.state("Việt Nam", "VN")
        page.engagement(f"Lê Văn Thử {other} Việt Nam", *who, date="2019-09-10", status=status)
        return page

    planned = met("a", "planned", "gặp cộng đồng người")
    assert follow(planned, met("b", "held", "được phái đoàn đón tiếp, phái đoàn"))[0].status != "kept"


def test_what_was_planned_otherwise_was_due_when_it_came_about() -> None:
    page = Page("a", "2017-06-03")
    council = page.actor("Hội đồng Thử", "organisation")
    page.fact("plan", "Theo kế hoạch ban đầu, Hội đồng Thử sẽ bỏ phiếu kín", ("by", council), status="changed")
    page.engagement("Hội đồng Thử bỏ phiếu công khai", council, date="2017-06-02")
    entry = next(u for u in follow(page) if u.kind == "plan")
    assert (entry.status, entry.due) == ("changed", "2017-06-02")


def test_the_day_right_before_a_plan_goes_before_those_of_the_visit_around_it() -> None:
    page = Page("a", "2017-05-20")
    day = page.fact("date", "Ngày 31/5", edtf="2017-05-31")
    who = page.actor("Lê Văn Thử"), page.actor("Trần Văn Mẫu")
    page.engagement("Lê Văn Thử hội đàm với Trần Văn Mẫu", *who, date="2017-05-29/2017-05-31", status="planned")
    page.records[-1].start = day.end + 2
    assert follow(page)[0].due == "2017-05-31"


def spoken(source: str, of: str, words: str, published: str, *, mode: str = "request", by: str = "Lê Văn Thử") -> Page:
    page = Page(source, published)
    status = "REJECT" if mode == "refusal" else "REQUEST"
    who = page.actor(by) if by == "Lê Văn Thử" else page.state(by, "BE"), page.state(of, "LA" if of == "Lào" else "BE")
    page.fact("act", words, ("speaker", who[0]), ("addressee", who[1]), type=status, mode=mode)
    return page


def test_what_is_refused_long_after_is_what_was_asked_in_the_same_words() -> None:
    words = "phê chuẩn hiệp định bảo hộ đầu tư song phương"
    no = spoken("b", "Lào", f"bác bỏ {words}", "2024-10-10", mode="refusal", by="Bỉ")
    (entry, *_) = follow(spoken("a", "Bỉ", f"đề nghị sớm {words}", "2024-03-13"), no)
    assert entry.status == "refused"
    other = spoken("c", "Bỉ", "đề nghị mở thêm đường bay thẳng tới thủ đô", "2024-03-13")
    assert follow(other, no)[0].status == "open"


def test_what_is_asked_of_one_and_of_another_are_two() -> None:
    words = "đề nghị sớm phê chuẩn hiệp định bảo hộ đầu tư song phương"
    entries = follow(spoken("a", "Bỉ", words, "2024-03-13"), spoken("b", "Lào", words, "2024-03-15"))
    assert [entry.to for entry in entries] == [["Bỉ"], ["Lào"]]
    assert len(follow(spoken("a", "Bỉ", words, "2024-03-13"), spoken("b", "Bỉ", words, "2024-03-15"))) == 1


def test_a_numbered_unit_gone_in_another_month_of_an_unknown_year_came_about_otherwise() -> None:
    def going(source: str, number: int, status: str, date: str) -> Page:
        page = Page(source)
        given = {"what": "engineering_unit", "unit": f"Đội Công binh số {number}", "measure": "movement"}
        state = page.state("Việt Nam", "VN")
        page.fact("contribution", f"Đội {number} {status}", ("contributor", state), status=status, date=date, **given)
        return page

    promised = going("a", 3, "planned", "XXXX-08")
    assert follow(promised, going("b", 3, "deployed", "XXXX-09-24"))[0].status == "changed"
    assert follow(promised, going("b", 2, "deployed", "XXXX-09-24"))[0].status == "open"


def test_an_event_known_by_its_name_needs_nobody_who_plans_it() -> None:
    def course(source: str, record: str, words: str, **values: str) -> Page:
        page = Page(source)
        if record == "plan":
            page.fact("plan", words, status="plan", due="XXXX-08")
        else:
            body = page.actor("Cục Thử", "organisation")
            page.engagement(words, body, kind="training", date="XXXX-08-12", **values)
        return page

    name = "khóa huấn luyện bảo vệ dân thường vùng xung đột"
    plan = course("a", "plan", f"Đơn vị sẽ có một {name} trong tháng 8")
    (entry,) = follow(plan, course("b", "engagement", f"Cục Thử mở {name}", occasion=name))
    assert entry.status == "kept" and entry.evidence[0].passage.source == "b"
    other = "khóa huấn luyện lái xe đường núi"
    assert follow(plan, course("b", "engagement", f"Cục Thử mở {other}", occasion=other))[0].status == "open"


def test_a_promise_is_known_by_its_earliest_page_in_whatever_order_pages_come() -> None:
    def told(source: str, published: str) -> Page:
        page = Page(source, published)
        speaker = page.actor("Bùi Thanh Sơn", post="Bộ trưởng Ngoại giao Việt Nam")
        words = "Bộ trưởng Bùi Thanh Sơn cam kết sẽ gửi bản đồ biên giới đã hoàn thành tới phía Lào"
        page.fact("act", words, ("speaker", speaker), type="AGREE", mode="commitment")
        return page

    later, earlier = told("a", "2024-05-02"), told("b", "2024-05-01")
    for pages in ((later, earlier), (earlier, later)):
        (entry,) = follow(*pages)
        assert (entry.made.source, [p.source for p in entry.told_again]) == ("b", ["a"])

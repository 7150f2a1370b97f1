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


def test_a_departure_before_the_promise_keeps_nothing() -> None:
    (entry,) = follow(unit("a", 2, "planned", "2019-09"), unit("b", 2, "deployed", "2018-10", published="2018-10-02"))
    assert entry.status != "kept"


def test_a_later_date_for_the_same_unit_postpones() -> None:
    first, second = follow(unit("a", 2, "planned", "2019-09"), unit("b", 2, "planned", "2019-11"))
    assert (first.status, first.due) == ("postponed", "2019-09") and first.evidence[0].passage.source == "b"
    assert (second.status, second.due) == ("open", "2019-11")


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
    act = page.fact("act", "Lê Văn Thử cam kết gửi sách", ("speaker", page.actor("Lê Văn Thử")), type="AGREE")
    for date in dates:
        record = page.fact("date", date, edtf=date)
        record.start, record.end = act.start, act.start + 2
    (entry,) = follow(page)
    return entry.due


def test_a_promise_is_due_on_the_one_date_to_come_in_its_words() -> None:
    assert promised("2019-07-01", "2019-09") == "2019-09"
    assert promised("2019-07-01", "2019-06") is None
    assert promised("2019-07-01") is None

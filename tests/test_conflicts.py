"""Where documents disagree: both values kept, one preferred and why; and what only looks like a disagreement."""

from __future__ import annotations

from time import perf_counter

import pytest
from told import Page, filed

from servanda.keep.clock import times
from servanda.keep.conflicts import Conflict, conflicts
from servanda.keep.facts import facts
from servanda.keep.quantities import quantities
from servanda.keep.resolve import resolve
from servanda.keep.telling import tellings
from servanda.records import Filed, Judgement


def found(*pages: Page, texts: dict[str, str] | None = None) -> list[Conflict]:
    documents = filed(*pages)
    words = {d.number: (texts or {}).get(d.source, "") for d in documents}
    return conflicts(documents, resolve(tellings(documents)).engagements, facts(documents), texts=words)


def talks(source: str, date: str, *, place: str = "Hà Nội", guest: str = "Jean Dupont", status: str = "held") -> Page:
    page = Page(source, "2023")
    who = page.actor("Lê Văn Thử", post="Thứ trưởng"), page.actor(guest, post="Quốc vụ khanh")
    page.engagement(f"Lê Văn Thử hội đàm với {guest}", *who, date=date, place=place, status=status, form="talks")
    return page


def unit(source: str, words: str, *, number: int = 2, **values: str) -> Page:
    page = Page(source, "2019")
    state = page.state("Việt Nam", "VN")
    name = f"Bệnh viện dã chiến cấp 2 số {number}"
    given = {"what": "level_2_hospital", "unit": name, "status": "planned", "measure": "movement", **values}
    page.fact("contribution", words, ("contributor", state), **given)
    return page


def test_two_days_are_kept_and_the_one_more_texts_tell_is_preferred() -> None:
    (one,) = found(talks("a", "2023-10-01"), talks("b", "2023-10-02"), talks("c", "2023-10-02"))
    assert (one.property, one.preferred) == ("date", "2023-10-02")
    assert [v.passage.source for v in one.values] == ["a", "b", "c"] and one.why == "told by 2 of 3 texts"


def test_a_plan_beside_a_later_fact_is_no_conflict() -> None:
    assert not found(talks("a", "2023-10-01", status="planned"), talks("b", "2023-10-02"))


def copy_of(document: Filed, original: Filed) -> Filed:
    document.id = original.id
    return document


def test_copies_of_one_text_count_once() -> None:
    documents = filed(talks("a", "2023-10-01"), talks("b", "2023-10-02"), talks("c", "2023-10-02"))
    copy_of(documents[2], documents[1])
    (one,) = conflicts(documents, resolve(tellings(documents)).engagements, [])
    assert "told by" not in one.why


def test_a_day_of_a_visit_is_no_other_day() -> None:
    def visit(source: str, date: str) -> Page:
        page = Page(source, "2023")
        state = page.state("Pháp", "FR")
        page.engagement("Lê Văn Thử thăm Pháp", page.actor("Lê Văn Thử"), state, kind="visit", date=date, place="Pháp")
        return page

    assert not found(visit("a", "2023-10-01/2023-10-04"), visit("b", "2023-10-01"), visit("c", "2023-10-05"))


def test_places_that_differ_by_a_word_on_one_day() -> None:
    (one,) = found(talks("a", "2023-10-01", place="tỉnh Quảng Nam"), talks("b", "2023-10-01", place="Quảng Ngãi"))
    assert one.property == "place" and len(one.values) == 2
    assert not found(talks("a", "2023-10-01", place="Trụ sở Chính phủ"), talks("b", "2023-10-01", place="Hà Nội"))


def test_a_name_spelled_in_two_ways_by_who_takes_part_in_one_thing() -> None:
    pages = talks("a", "2023-10-01", guest="Remy Lambert"), talks("b", "2023-10-01", guest="Remy Lamberte")
    names = [c for c in found(*pages) if c.property == "name"]
    assert [sorted({v.value for v in c.values}) for c in names] == [["Remy Lambert", "Remy Lamberte"]]


def test_numbers_of_one_unit_with_their_more_and_less() -> None:
    pages = (unit("a", "Bệnh viện dã chiến cấp 2 số 2 có gần 70 người", count="70"),
             unit("b", "Bệnh viện dã chiến cấp 2 số 2 có hơn 70 người", count="70"))  # fmt: skip
    (one,) = [c for c in found(*pages) if c.property == "count"]
    assert {v.value for v in one.values} == {"gần 70", "hơn 70"}


def test_what_the_words_count_of_one_numbered_unit() -> None:
    texts = {"a": "Bệnh viện dã chiến cấp 2 số 2 có 11 nữ quân nhân. Bệnh viện dã chiến cấp 2 số 1 có 8 nữ quân nhân.",
             "b": "Trong đó có 10 nữ quân nhân của Bệnh viện dã chiến số 2."}  # fmt: skip
    (one,) = [c for c in found(unit("a", "đi"), unit("b", "đi"), texts=texts) if "nữ" in c.property]
    assert sorted(v.value for v in one.values) == ["10 nữ quân nhân", "11 nữ quân nhân"]
    assert one.subject == "Bệnh viện dã chiến (2)"


def test_a_total_that_grows_is_no_conflict() -> None:
    texts = {"a": "Bệnh viện dã chiến cấp 2 số 2 đã khám 900 bệnh nhân quốc tế.",
             "b": "Bệnh viện dã chiến cấp 2 số 2 đã khám 1.200 bệnh nhân quốc tế."}  # fmt: skip
    first, second = unit("a", "đi"), unit("b", "đi")
    first.published, second.published = "2019-06-01", "2019-08-01"
    assert not found(first, second, texts=texts)
    first.published, second.published = "2019-08-01", "2019-06-01"
    assert len(found(first, second, texts=texts)) == 1


def test_one_text_that_says_more_and_less_than_one_time() -> None:
    texts = {"a": "Sau hơn hai tháng làm nhiệm vụ, đội đã quen việc. Chỉ huy nói sau gần hai tháng, đội đã ổn định."}
    (one,) = found(Page("a"), texts=texts)
    assert one.property == "time since" and len(one.values) == 2


@pytest.mark.parametrize(
    ("text", "value", "bound", "head"),
    [
        ("hơn 1.200 lượt bệnh nhân", 1200, "more", ("lượt", "bệnh", "nhân")),
        ("gần 300 quân nhân.", 300, "less", ("quân", "nhân")),
        ("sau ba tháng làm việc", 3, None, ("tháng", "làm", "việc")),
    ],
)
def test_a_quantity_is_a_number_with_its_bound_and_what_it_counts(
    text: str, value: int, bound: str | None, head: tuple[str, ...]
) -> None:
    (one,) = quantities(text)
    assert (one.value, one.bound, one.head) == (value, bound, head)
    assert text[one.start : one.end].endswith(head[-1])


@pytest.mark.parametrize("text", ["ngày 22/6", "năm 2017.", "Nghị quyết 2356/NQ", "điều 3,5", "thứ ba"])
def test_dates_and_numbers_of_things_are_no_quantities(text: str) -> None:
    assert not list(quantities(text))


def test_absurd_dates_are_no_days() -> None:
    pages = talks("a", "20177-10-01"), talks("b", "2023-10-02"), talks("c", "2023-13-45")
    assert not [c for c in found(*pages) if c.property == "date"]


def test_a_document_with_a_thousand_participants_is_compared_in_time() -> None:
    def crowd(source: str) -> Page:
        page = Page(source, "2023")
        who = [page.actor(f"Nguyễn Văn {chr(65 + n // 26 % 26)}{chr(97 + n % 26)}{n}") for n in range(1000)]
        page.engagement("Đại hội lần thứ 3 của Hội Mẫu", *who, kind="conference", date="2023-05-05",
                        occasion="Đại hội lần thứ 3 của Hội Mẫu toàn quốc")  # fmt: skip
        return page

    start = perf_counter()
    documents = filed(crowd("a"), crowd("b"))
    assert [len(e.tellings) for e in resolve(tellings(documents)).engagements] == [2]
    assert perf_counter() - start < 10


def test_a_judgement_on_what_was_since_read_anew_changes_nothing_else() -> None:
    documents = filed(talks("a", "2023-10-01"), talks("b", "2023-10-01"))
    known = tellings(documents)[0].key
    gone = [Judgement(1, "not_same", known, "0" * 16, None, None, "Mai", "2024-01-01"),
            Judgement(2, "same", "1" * 16, "2" * 16, None, None, "Mai", "2024-01-01")]  # fmt: skip
    assert [len(e.tellings) for e in resolve(tellings(documents), gone).engagements] == [2]


def course(source: str, *, published: str | None = "2023-11-07") -> Page:
    page = Page(source, published)
    bodies = page.actor("Cục Thử", "organisation"), page.actor("Đại sứ quán Thử", "organisation")
    page.engagement("khai mạc khóa huấn luyện", *bodies, kind="training", date="2023-11-06")
    return page


def figures(first: str, second: str, *, published: tuple[str | None, str | None] = ("2023-11-07", "2023-11-07")
            ) -> list[list[str]]:  # fmt: skip
    pages = course("a", published=published[0]), course("b", published=published[1])
    made = found(*pages, texts={"a": first, "b": second})
    return [[v.value for v in c.values] for c in made if c.property not in ("date", "place")]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("Khóa huấn luyện mở cho 32 học viên đến từ chín nước.", "Khóa huấn luyện có 35 học viên các nước.",
         ["32 học viên đến", "35 học viên các"]),
        ("Hai bên ký 3 văn kiện hợp tác.", "Kết thúc, hai bên ký 4 văn kiện hợp tác.",
         ["3 văn kiện hợp", "4 văn kiện hợp"]),
        ("Phía bạn tài trợ 5 triệu USD cho dự án chống sạt lở.", "Họ sẽ tài trợ 7 triệu USD cho dự án chống sạt lở.",
         ["5 triệu USD cho", "7 triệu USD cho"]),
        ("Đây là khóa huấn luyện quốc tế thứ năm tại Hà Nội.", "Đây là khóa huấn luyện quốc tế thứ sáu tại Hà Nội.",
         ["khóa huấn luyện quốc tế thứ năm", "khóa huấn luyện quốc tế thứ sáu"]),
        ("Cuộc diễn tập thực binh tại thao trường có hơn 300 quân nhân dự.",
         "Cuộc diễn tập thực binh tại thao trường có gần 300 binh sĩ dự.",
         ["hơn 300 quân nhân dự", "gần 300 binh sĩ dự"]),
    ],
)  # fmt: skip
def test_figures_of_one_thing_in_documents_of_one_event(first: str, second: str, told: list[str]) -> None:
    assert figures(first, second) == [told]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hai bên ký 3 văn kiện hợp tác.", "Trước đó, ngày 2/3, họ từng dự khóa 12 của trường."),
        ("Khóa huấn luyện có hơn 140 xe máy của đội.", "Khóa huấn luyện có 145 xe máy của đội."),
        ("Kim ngạch thương mại đạt 1,42 tỷ USD.", "Kim ngạch thương mại đạt 1,4 tỷ USD."),
        ("Diễn đàn đón 300 doanh nghiệp Lào tham dự.", "Diễn đàn đón 350 doanh nghiệp các bên tham dự."),
        ("Khóa huấn luyện có 13 học viên, sau thêm 15 học viên.", "Khóa huấn luyện có 16 học viên."),
        ("Khóa huấn luyện có 32 học viên.", "Khóa huấn luyện có 320 học viên."),
    ],
)
def test_figures_that_contradict_nothing(first: str, second: str) -> None:
    assert not figures(first, second)


def test_alike_sentences_of_two_seasons_are_of_two_things() -> None:
    words = "Đội thanh niên tình nguyện của trường trồng {} cây xanh dọc con đường ven biển."
    assert figures(words.format(210), words.format(240)) == [["210 cây xanh dọc", "240 cây xanh dọc"]]
    assert not figures(words.format(210), words.format(240), published=("2022-03-01", "2023-11-07"))


def ranked(source: str, rank: str, published: str) -> Page:
    page = Page(source, published)
    page.actor("Trịnh Văn Thử", post=rank)
    return page


def test_two_ranks_of_one_person_at_one_time() -> None:
    def told(*pages: Page) -> list[str]:
        documents = filed(*pages)
        (*made,) = conflicts(documents, [], [], ranks=frozenset({"trung ta", "thuong ta"}))
        return [v.value for c in made for v in c.values]

    pages = ranked("a", "Trung tá", "2023-10-01"), ranked("b", "Thượng tá", "2023-10-03")
    assert told(*pages) == ["Trung tá", "Thượng tá"]
    assert not told(pages[0], ranked("c", "Thượng tá", "2025-10-03"))


def test_a_place_is_shown_where_it_is_told() -> None:
    texts = {s: f"Lê Văn Thử hội đàm với Jean Dupont tại {p}." for s, p in (("a", "Quảng Nam"), ("b", "Quảng Ngãi"))}
    pages = talks("a", "2023-10-01", place="Quảng Nam"), talks("b", "2023-10-01", place="Quảng Ngãi")
    (one,) = [c for c in found(*pages, texts=texts) if c.property == "place"]
    assert [v.passage.quote for v in one.values] == ["Quảng Nam", "Quảng Ngãi"]


def test_one_text_that_tells_one_sentence_with_two_numbers() -> None:
    words = "Hôm nay, ban tổ chức giải thưởng trao học bổng toàn phần cho {} thành viên đội tuyển thiếu niên."
    (one,) = found(Page("a", "2023-11-07"), texts={"a": f"{words.format(4)} {words.format(3)}"})
    assert [v.value for v in one.values] == ["4 thành viên đội", "3 thành viên đội"]


def test_a_plan_and_what_it_was_put_off_to_do_not_contradict_each_other() -> None:
    def told(source: str, published: str, status: str, date: str, words: str) -> Page:
        page = Page(source, published)
        guest, host = page.actor("Alexander De Croo", post="Thủ tướng Bỉ"), page.state("Việt Nam", "VN")
        page.engagement(f"{date} {words}", guest, host, kind="visit", status=status, date=date, place="Việt Nam")
        page.fact("date", date, edtf=date)
        return page

    pages = filed(
        told("a", "2023-02-10", "planned", "2023-03-14", "Thủ tướng Bỉ Alexander De Croo sẽ thăm chính thức Việt Nam"),
        told("b", "2023-03-10", "postponed", "2023-05-17", "chuyến thăm Việt Nam của Thủ tướng Alexander De Croo lùi"),
        told("c", "2023-05-18", "held", "2023-05-17", "Thủ tướng Bỉ Alexander De Croo thăm chính thức Việt Nam"),
    )
    (engagement,) = resolve(tellings(pages)).engagements
    assert len(engagement.tellings) == 3, "what was put off is one engagement"
    assert conflicts(pages, [engagement], facts(pages)) == []


@pytest.mark.parametrize("head", ["thủy thủ", "học viên", "khẩu đội"])
def test_a_noun_is_no_small_word_for_looking_like_one_without_accents(head: str) -> None:
    from servanda.keep.figures import figures

    page = filed(Page("a"))[0]
    (figure,) = figures(page, f"Tàu Carl Vinson chở 5.500 {head} cập cảng Đà Nẵng.")
    assert figure.what == head


def test_spellings_stand_in_one_order_and_so_is_the_preferred_of_two_equals() -> None:
    for first, second in (("Sergei Lavrov", "Sergey Lavrov"), ("Dmitri Medvedev", "Dmitry Medvedev"),
                          ("Pavel Klimkin", "Pavlo Klimkin"), ("Irgo Morgulov", "Igor Morgulov")):  # fmt: skip
        pages = []
        for source, name in (("a", first), ("b", second)):
            page = Page(source, "2017-05-30")
            who = page.actor(name), page.actor("Phạm Bình Minh")
            page.engagement(f"Phạm Bình Minh gặp {name}", *who, date="2017-05-30")
            pages.append(page)
        (told,) = [c for c in found(*pages) if c.property == "name"]
        assert [v.value for v in told.values] == sorted((first, second))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("cất cánh lúc 10h30 cùng ngày", [("clock", 630)]),
        ("diễn ra vào lúc 9 giờ sáng 4/6", [("clock", 540)]),
        ("hội đàm kéo dài 2 giờ 15 phút", [("minutes", 135)]),
        ("họp kín trong khoảng 45 phút", [("minutes", 45)]),
        ("gặp nhau lúc 12h giờ Damascus", []),
        ("hội đàm kết thúc lúc 16h", []),
        ("công bố lúc 17h30 giờ địa phương", []),
        ("sau 3 giờ làm việc", []),
    ],
)
def test_hours_are_told_by_the_clock_of_the_place(words: str, told: list[tuple[str, float]]) -> None:
    assert [(it.head[0], it.value) for it in times(words)] == told


def departure(source: str) -> Page:
    page = Page(source, "2023-05-01")
    page.engagement("lễ xuất quân của Đội Công binh", page.actor("Đội Công binh", kind="organisation"),
                    kind="ceremony", date="2023-04-26", occasion="lễ xuất quân của Đội Công binh")  # fmt: skip
    return page


def test_hours_of_one_departure_told_otherwise() -> None:
    first = "Máy bay C-17 của Australia chở Đội Công binh cất cánh lúc 10h30 tại sân bay Nội Bài."
    other = "Máy bay C-17 của Australia đưa Đội Công binh rời sân bay Nội Bài lúc 11h30."
    (one,) = [c for c in found(departure("a"), departure("b"), texts={"a": first, "b": other}) if c.property == "clock"]
    assert {v.value for v in one.values} == {"lúc 10h30", "lúc 11h30"}
    for told in ("Đội Công binh đón khách lúc 11h30.", other.replace("lúc 11h30", "lúc 10h35")):
        texts = {"a": first, "b": told}
        assert not [c for c in found(departure("a"), departure("b"), texts=texts) if c.property == "clock"]


def test_all_who_are_of_a_unit_are_counted_under_any_word() -> None:
    first, other = "Bệnh viện dã chiến cấp 2 số 2 gồm 63 quân nhân.", "Bệnh viện dã chiến cấp 2 số 2 gồm 70 thành viên."
    pages = unit("a", first), unit("b", other)
    assert [c for c in found(*pages, texts={"a": first, "b": other}) if c.property == "members"]
    part = "Đợt một, Bệnh viện dã chiến cấp 2 số 2 gồm 60 thành viên."
    pages = unit("a", first), unit("b", part)
    assert not [c for c in found(*pages, texts={"a": first, "b": part}) if c.property == "members"]


def test_a_share_is_no_number() -> None:
    first, other = (
        "Có 90% doanh nghiệp Nhật Bản tại Việt Nam hài lòng.",
        "Có 100 doanh nghiệp Nhật Bản tại Việt Nam hài lòng.",
    )
    assert not found(Page("a", "2023-05-01"), Page("b", "2023-05-01"), texts={"a": first, "b": other})

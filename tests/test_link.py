"""Link: which mentions are one actor, and whom a title alone means. Every sentence is written for this test."""

from __future__ import annotations

import pytest

from servanda import pipeline
from servanda.lexicon import load
from servanda.read.find import find_mentions
from servanda.read.link import link
from servanda.read.link.proposals import readings
from servanda.read.page import Page, Sentence, open_page
from servanda.types import Actor, Document


def read(text: str) -> tuple[Page, list[Actor]]:
    page = open_page(Document(text, "test"), load("vi"))
    page.sentences = [Sentence(0, len(text), 0)]
    page.mentions = find_mentions(page)
    page.actors = link(page)
    return page, page.actors


def meant(text: str, phrase: str) -> list[str]:
    """First names of the actors that the last mention with these words means."""
    page, actors = read(text)
    by_id = {a.id: a.names[0] for a in actors}
    mention = [m for m in page.mentions if page.text[m.start : m.end] == phrase][-1]
    return [by_id[a] for a in mention.actors]


def names(text: str, kind: str) -> list[list[str]]:
    return [a.names for a in read(text)[1] if a.kind == kind]


def test_short_forms_and_misspellings_are_one_person() -> None:
    text = "Ngoại trưởng Mukhtar Tileuberdi đến. Ông Tileuberdi gặp báo chí. Ngoại trưởng Mukhtar Tileuberdy cảm ơn."
    assert names(text, "person") == [["Mukhtar Tileuberdi", "Mukhtar Tileuberdy", "Tileuberdi"]]


def test_a_family_name_is_one_with_and_without_its_article() -> None:
    text = "Thủ tướng Tabu bin Musa Al-Haruni đến. Ông Al Haruni gặp báo chí. Ông Haruni và Bộ trưởng al-Haruni cảm ơn."
    assert [found[0] for found in names(text, "person")] == ["Tabu bin Musa Al-Haruni"]


def test_two_persons_of_one_surname_stay_two() -> None:
    assert len(names("Ông George Weah gặp bà Clar Weah và ông Weah cười.", "person")) == 2


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        (
            "Thủ tướng Phạm Minh Chính tiếp Tổng thống Kenya William Ruto. Sau đó Thủ tướng cảm ơn.",
            "Thủ tướng",
            ["Phạm Minh Chính"],
        ),
        (
            "Thủ tướng Phạm Minh Chính tiếp Tổng thống Kenya William Ruto. Tổng thống Kenya cảm ơn.",
            "Tổng thống Kenya",
            ["William Ruto"],
        ),
        ("Bà Lê Thị Mai gặp ông John Smith. Sau đó bà phát biểu.", "bà", ["Lê Thị Mai"]),
        ("Bà Lê Thị Mai gặp Tổng thống John Smith. Tại đó bà phát biểu.", "bà", ["Lê Thị Mai"]),
        ("Cụ Trần Thị Mùi gặp ông Lê Nam và cụ Mùi vui, nên ông cười.", "ông", ["Lê Nam"]),
        ("Việt Nam và Kenya ký kết. Sau lễ ký, hai nước sẽ hợp tác.", "hai nước", ["Việt Nam", "Kenya"]),
        (
            "Thủ tướng Phạm Minh Chính tiếp Thủ tướng Anwar Ibrahim. Rồi hai Thủ tướng họp báo.",
            "hai Thủ tướng",
            ["Phạm Minh Chính", "Anwar Ibrahim"],
        ),
        ("Kenya cử quân. Chính phủ nước này cho biết đã sẵn sàng.", "nước này", ["Kenya"]),
    ],
)
def test_whom_a_phrase_means(text: str, phrase: str, expected: list[str]) -> None:
    assert meant(text, phrase) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Nam nói chuyện với bà con và những người đàn ông lớn tuổi.",
        "Chủ tịch nước Lê Văn Nam gặp Chủ tịch Viện Mẫu Kenya.",
        "Tổng thống John Smith lên tiếng. Cựu Tổng thống Pháp sẽ ra tòa.",
    ],
)
def test_words_that_are_no_ones(text: str) -> None:
    (who,) = [actor for actor in read(text)[1] if actor.kind == "person"]
    assert len(who.mentions) == 1


def test_a_pronoun_ends_before_a_verb_that_begins_like_a_word_of_address() -> None:
    assert meant("Ông Lê Văn Nam đến. Sau đó ông bác bỏ tin này.", "ông") == ["Lê Văn Nam"]


def test_an_adviser_is_not_a_late_one() -> None:
    (post,) = read("Cố vấn Nhà nước Tabu Irina dự lễ.")[1][0].posts
    assert not post.former


def test_an_office_without_a_named_holder_is_its_state() -> None:
    page, actors = read("Hà Nội đón khách. Thủ tướng Hà Lan sẽ thăm Việt Nam.")
    role = next(m for m in page.mentions if m.kind == "role")
    assert page.text[role.start : role.end] == "Thủ tướng Hà Lan"
    assert role.code == "NL" and role.actors == tuple(a.id for a in actors if a.code == "NL")


def test_an_acronym_and_its_expansion_are_one_body_and_codes_are_not_shared() -> None:
    actors = read(
        "Cơ quan Hợp tác Kenya (KCA) góp vốn. Sau đó KCA rút lui. ASEAN và Liên hợp quốc (LHQ) dự, LHQ khen."
    )[1]
    bodies = [a for a in actors if a.kind == "organisation"]
    assert [a.code for a in bodies] == ["KCA", "ASEAN", "UN"]
    assert bodies[0].names[:2] == ["Cơ quan Hợp tác Kenya", "KCA"]


def test_a_ministry_takes_its_state_from_the_same_page() -> None:
    assert names("Bộ Quốc phòng Kenya thông báo. Theo Bộ Quốc phòng, tàu đã đến.", "organisation") == [
        ["Bộ Quốc phòng Kenya", "Bộ Quốc phòng"]
    ]


def test_former_posts_are_marked() -> None:
    posts = read("Nguyên Chủ tịch nước Trần Đức Lương dự lễ.")[1][0].posts
    assert [(p.text, p.former) for p in posts] == [("Nguyên Chủ tịch nước", True)]


def test_a_post_told_after_the_name_may_be_past_while_others_are_not() -> None:
    posts = read("Thượng tướng Lê Văn Nam, nguyên Thứ trưởng Bộ Quốc phòng, dự lễ.")[1][0].posts
    assert [post.former for post in posts] == [False, True]


def test_names_through_chinese_are_proposed_never_merged() -> None:
    assert readings(load("vi"), "Ruan Wenxiong") == ["Nguyễn Văn Hùng", "阮文雄"]
    assert readings(load("vi"), "John Smith") == []
    person = read("Việt Nam cử đại tá Ruan Wenxiong, người Việt Nam, đi họp.")[1][0]
    assert person.names == ["Ruan Wenxiong"] and "Nguyễn Văn Hùng" in person.proposals


def test_an_office_without_a_state_is_the_home_sides() -> None:
    text = "Thủ tướng Phạm Minh Chính gặp Thủ tướng Lào Sonexay Siphandone. Thủ tướng cảm ơn Lào."
    assert meant(text, "Thủ tướng") == ["Phạm Minh Chính"]


def test_a_post_told_of_a_pronoun_is_the_persons() -> None:
    text = "Ông Trần Văn Minh sinh ở Huế. Ông từng giữ chức Thứ trưởng Bộ Ngoại giao."
    (who,) = [actor for actor in read(text)[1] if actor.kind == "person"]
    assert [post.text for post in who.posts] == ["Thứ trưởng Bộ Ngoại giao"]


def test_an_embassy_is_one_with_and_without_its_seat() -> None:
    text = "Đại sứ quán Lào tại Kenya mở cửa. Đại sứ quán Lào ở Kenya cảm ơn. Đại sứ quán Lào chào mừng."
    assert len(names(text, "organisation")) == 1


def by_name(text: str, phrase: str) -> list[str]:
    """As `meant`, on a page cut into sentences with a headline."""
    found = pipeline.read(Document(text, "test"))
    at = text.rindex(phrase)
    return [a.names[0] for a in found.actors if any(start <= at < end for start, end in a.mentions)]


def test_a_pronoun_goes_on_with_who_opens_the_sentence_before() -> None:
    text = "Gặp gỡ ở Nairobi\n\nTổng thống Kenya William Ruto đã tiếp Thủ tướng Ethiopia Abiy Ahmed. Ông cảm ơn khách."
    assert by_name(text, "Ông") == ["William Ruto"]


@pytest.mark.parametrize(
    ("headline", "phrase", "expected"),
    [
        ("Tổng thống Kenya thăm Ethiopia", "Tổng thống Kenya", ["William Ruto"]),
        ("Thủ tướng tiếp Tổng thống Kenya", "Thủ tướng tiếp", ["Phạm Minh Chính"]),
        ("Đại sứ dự hội nghị", "Đại sứ", []),
    ],
)
def test_an_office_of_the_headline_is_who_is_named_below(headline: str, phrase: str, expected: list[str]) -> None:
    text = headline + "\n\nHôm 3/5, Thủ tướng Phạm Minh Chính đã hội đàm với Tổng thống Kenya William Ruto tại Hà Nội."
    found = pipeline.read(Document(text, "test"))
    assert [a.names[0] for a in found.actors if any(s <= text.index(phrase) < e for s, e in a.mentions)] == expected


def test_both_sides_are_the_states_of_the_two_persons_named_last() -> None:
    text = "Bộ trưởng Quốc phòng Kenya Aden Duale gặp Bộ trưởng Quốc phòng Ethiopia Abraham Belay bàn về Sudan. "
    assert sorted(meant(text + "Hai nước ký bản ghi nhớ.", "Hai nước")) == ["Ethiopia", "Kenya"]


def test_an_initial_stands_for_a_given_name() -> None:
    text = (
        "Thủ tướng Ấn Độ Narendra Modi đến. Ông N.Modi cảm ơn. Ông J. Widodo gặp Tổng thống Joko Widodo. Ông "
        "S. Widodo về."
    )
    assert names(text, "person") == [["Narendra Modi", "N.Modi"], ["Joko Widodo", "J. Widodo"], ["S. Widodo"]]


def test_father_and_son_are_two() -> None:
    text = "Thượng nghị sĩ John McCain đến. Con tàu mang tên Đô đốc John S. McCain Senior."
    assert names(text, "person") == [["John McCain"], ["John S. McCain Senior"]]


def test_an_office_of_another_state_is_not_of_who_holds_its_like() -> None:
    text = (
        "Ngoại trưởng Trung Quốc Vương Nghị và người đồng cấp Julie Bishop gặp nhau. Ngoại trưởng Vương Nghị cảm ơn. "
        "Về phần mình, Ngoại trưởng Australia sẵn sàng."
    )
    assert meant(text, "Ngoại trưởng Australia") == ["Australia"]


def test_a_pronoun_after_the_guest_is_who_opens_the_sentence() -> None:
    text = "Thủ tướng Binali Yildirim cho biết khi hội đàm với Thủ tướng Nguyễn Xuân Phúc, ông đã nêu hai đề nghị."
    assert meant(text, "ông") == ["Binali Yildirim"]


def test_offices_of_one_kind_in_a_row_are_two_people() -> None:
    text = (
        "Chủ tịch Thượng viện Haiti Youri Latortue nêu đề nghị với Chủ tịch Hạ viện Haiti, Chủ "
        "tịch Quốc hội Nguyễn Thị Kim Ngân."
    )
    posts = {a.names[0]: [p.text for p in a.posts] for a in read(text)[1] if a.kind == "person"}
    assert posts["Nguyễn Thị Kim Ngân"] == ["Chủ tịch Quốc hội"]


def test_the_party_of_another_state_is_not_this_countrys() -> None:
    assert names("Ông cảm ơn Đảng, Nhà nước và nhân dân Cuba.", "organisation") == []
    assert names("Ông cảm ơn Đảng, Nhà nước Việt Nam.", "organisation") != []


def test_a_family_name_with_two_letters_swapped_is_the_same_person() -> None:
    _, actors = read("Tổng thống Tabiru tiếp đoàn. Sau đó Tổng thống Tabriu ra về.")
    assert [a.names for a in actors if a.kind == "person"] == [["Tabiru", "Tabriu"]]

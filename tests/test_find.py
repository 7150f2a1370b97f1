"""Find: where names, posts, bodies, states and missions begin and end. Every sentence is written for this test."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.lexicon import load
from servanda.read.find import find_mentions
from servanda.read.page import Mention, Page, Sentence, open_page
from servanda.types import Document


def page_of(text: str) -> Page:
    page = open_page(Document(text, "test"), load("vi"))
    page.sentences = [Sentence(0, len(text), 0)]
    page.mentions = find_mentions(page)
    return page


def words(page: Page, mention: Mention) -> str:
    return page.text[slice(*(mention.name or (mention.start, mention.end)))]


def named(text: str, kind: str) -> list[str]:
    page = page_of(text)
    return [words(page, m) for m in page.mentions if m.kind == kind and m.name]


def posts(text: str) -> list[str]:
    page = page_of(text)
    return [page.text[s:e] for m in page.mentions if m.kind == "person" for s, e in m.posts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng thống Kenya William Ruto tới Hà Nội.", ["William Ruto"]),
        ("Bộ trưởng Bộ Y tế Đào Hồng Lan phát biểu.", ["Đào Hồng Lan"]),
        ("Thủ tướng Nhật Bản Ishiba Shigeru rời Tokyo.", ["Ishiba Shigeru"]),
        ("Tổng thư ký LHQ Ban Ki - moon cảm ơn.", ["Ban Ki - moon"]),
        ("Tổng thống Syria Bashar al-Assad lên tiếng.", ["Bashar al-Assad"]),
        ("Quốc vương Salman bin Abdulaziz Al Saud đón khách.", ["Salman bin Abdulaziz Al Saud"]),
        ("Ông Nguyễn Văn Bình gặp bà Trần Thị Lệ.", ["Nguyễn Văn Bình", "Trần Thị Lệ"]),
        ("Ngoại trưởng Vương Nghị và Kim Jong-un gặp nhau.", ["Vương Nghị", "Kim Jong-un"]),
        ("Tổng thống Đô-nan Trăm đến Hà Nội.", ["Đô-nan Trăm"]),
        ("Ngoại trưởng al-Haruni gặp ông Al Saba và Tổng thống El - Sisi.", ["al-Haruni", "Al Saba", "El - Sisi"]),
        ("Cố vấn An ninh Quốc gia H.R McMaster trả lời.", ["H.R McMaster"]),
        (
            "Chủ tịch Trung Quốc Tập Cận Bình đến. Ông Tập cảm ơn, Chủ tịch Tập đoàn dầu khí dự.",
            ["Tập Cận Bình", "Tập"],
        ),
        ("Ông làm Phó Bí thư tỉnh Yên Bái Ông Đỗ Đức Duy quê Thái Bình.", ["Đỗ Đức Duy"]),
        ("Bà Tabu, cựu thượng nghị sĩ bang New Hampshire, dự họp.", ["Tabu"]),
        ("Sau khi ông Lê Nam đắc cử Tổng thống, Chủ tịch Kenya Tabu Irina gọi điện.", ["Lê Nam", "Tabu Irina"]),
        ("Ngoại trưởng Qatar, Sheikh Tabu al-Haruni, trả lời.", ["Tabu al-Haruni"]),
        ("Quan hệ hai nước dưới thời Obama đã khác.", ["Obama"]),
        (
            "Ông Kim Jong-un đến. Người ta gặp Kim ở ga, Kim nói tiếng Pháp. Kim ngạch tăng.",
            ["Kim Jong-un", "Kim", "Kim"],
        ),
        ("Chiều qua, ông Võ Sỹ Sơn dự họp.", ["Võ Sỹ Sơn"]),
        ("Lời thăm của đồng chí Tổng Bí Thư Lê Văn Nam.", ["Lê Văn Nam"]),
        ("Đại sứ quán Pháp tại Việt Nam mở cửa.", []),
        ("Xe chạy trên đường Nguyễn Trãi rồi rẽ.", []),
    ],
)
def test_persons(text: str, expected: list[str]) -> None:
    assert named(text, "person") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bộ trưởng Ngoại giao Kenya Musalia Mudavadi tới thăm.", ["Bộ trưởng Ngoại giao Kenya"]),
        ("Phó Thủ tướng, Bộ trưởng Ngoại giao Bùi Thanh Sơn dự.", ["Phó Thủ tướng", "Bộ trưởng Ngoại giao"]),
        ("Thượng tướng Hoàng Xuân Chiến, Thứ trưởng Bộ Quốc phòng, dự.", ["Thượng tướng", "Thứ trưởng Bộ Quốc phòng"]),
        (
            "Phó Tổng thư ký LHQ phụ trách các hoạt động hòa bình Jean-Pierre Lacroix cảm ơn.",
            ["Phó Tổng thư ký LHQ phụ trách các hoạt động hòa bình"],
        ),
        (
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ Trần Văn Sơn chủ trì.",
            ["Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"],
        ),
        ("Đại sứ Hà Lan tại Việt Nam Kees van Baar nói.", ["Đại sứ Hà Lan tại Việt Nam"]),
        ("Thị trưởng Rotterdam Tabu Irina dự.", ["Thị trưởng Rotterdam"]),
        ("Tổng thống CH Belarus Tabu Irina dự.", ["Tổng thống CH Belarus"]),
        (
            "Bà Tabu Irina, Giám đốc Chương trình biển đảo của Trường Mẫu, nói.",
            ["Giám đốc Chương trình biển đảo của Trường Mẫu"],
        ),
        ("Ông Lê Văn Nam, Giám đốc cho biết đã ký, rồi về.", ["Giám đốc"]),
        ("Ông Lê Văn Nam, Phó Chủ tịch Hội thơ và Đại tá Trần Văn Bình, dự.", ["Phó Chủ tịch", "Đại tá"]),
        ("Ông Lê Văn Nam nói chuyện với bà con.", []),
    ],
)
def test_posts(text: str, expected: list[str]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bộ Quốc phòng Kenya ra thông cáo.", ["Bộ Quốc phòng Kenya"]),
        ("Bộ Lao động, Thương binh và Xã hội trả lời.", ["Bộ Lao động, Thương binh và Xã hội"]),
        ("Bộ Quốc phòng tổ chức lễ tiễn đoàn.", ["Bộ Quốc phòng"]),
        ("Vấn đề Đài Loan được bàn. Vụ Kenya bắt giữ tàu cá gây ồn ào.", []),
        ("Bộ phim mới rất hay, cán bộ ngoại giao khen.", []),
        ("Cảnh báo Việt Nam về bão, quần đảo Trường Sa có mưa.", []),
        ("Hội đồng Bảo an Liên hợp quốc họp kín.", ["Hội đồng Bảo an Liên hợp quốc", "Liên hợp quốc"]),
        ("Hội đồng bảo an họp, đảng Lao động Úc và Asean vui.", ["Hội đồng bảo an", "đảng Lao động Úc", "Asean"]),
        ("Hội Hữu nghị Việt Nam - Kenya ra mắt.", ["Hội Hữu nghị Việt Nam - Kenya"]),
        ("Tập đoàn Siemens ký thêm hợp đồng, công ty Mỹ chưa ký.", ["Tập đoàn Siemens"]),
        ("Quân đội Hàn Quốc tập trận, hãng tin Yonhap cho biết.", ["Quân đội Hàn Quốc", "Yonhap"]),
    ],
)
def test_bodies(text: str, expected: list[str]) -> None:
    assert named(text, "organisation") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quan hệ Việt - Nhật tốt đẹp, Mỹ-Hàn cũng vậy.", ["VN", "JP", "US", "KR"]),
        ("Bắc Kinh tuyên bố như vậy tại Washington.", ["CN"]),
        ("Theo tờ South China Morning Post, tàu đã đến Nga.", ["RU"]),
        ("Nổ lớn ở New York và New Jersey.", []),
        ("Nước Ô-xtrây-li-a và Nam Xu-đăng ký kết.", ["AU", "SS"]),
        ("Vùng Thái Bình Dương, Nam Mỹ và biển Nhật Bản yên ả.", []),
        ("Anh hùng nói tiếng Anh, bà Thái Hòa nghe.", []),
        ("Hội nghị ở Nam Sudan bàn về Sudan.", ["SS", "SD"]),
    ],
)
def test_states(text: str, expected: list[str]) -> None:
    assert [m.code for m in page_of(text).mentions if m.kind == "state"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đội lên đường tới Phái bộ gìn giữ hòa bình Liên hợp quốc tại Nam Sudan.", ["UNMISS"]),
        ("Phái bộ UNISFA đóng ở khu vực Abyei.", ["UNISFA"]),
        ("Anh làm ở phái bộ LHQ tại Nam Sudan và Cộng hòa Trung Phi.", ["UNMISS", "MINUSCA"]),
        ("Lực lượng gìn giữ hòa bình Liên hợp quốc cần thêm người.", []),
        ("Phái bộ thường trực của Kenya tại Geneva.", []),
    ],
)
def test_missions(text: str, expected: list[str]) -> None:
    codes = [m.code for m in page_of(text).mentions if m.kind == "mission" and m.code]
    assert list(dict.fromkeys(codes)) == expected


def test_without_accents_no_title_is_a_state_and_no_small_word_a_title() -> None:
    page = page_of(
        "Tong Bi thu Tran Van Binh tiep Thu tuong Kenya Tabu Irina tai Ha Noi, trong do co Ngoai truong hai ben. "
        "Hai ben trao doi ve quan he hop tac va cam ket tiep tuc ung ho nhau trong nhung nam toi."
    )
    assert [m.code for m in page.mentions if m.kind == "state"] == ["KE"]
    assert [words(page, m) for m in page.mentions if m.kind == "person" and m.name] == ["Tran Van Binh", "Tabu Irina"]


def test_what_is_inside_a_larger_phrase_says_so() -> None:
    page = page_of("Bộ trưởng Quốc phòng Kenya Aden Duale thăm Nhật Bản.")
    assert {page.text[m.start : m.end]: m.inside for m in page.mentions} == {
        "Bộ trưởng Quốc phòng Kenya Aden Duale": False,
        "Kenya": True,
        "Nhật Bản": False,
    }


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Bộ ", "trưởng ", "Ngoại giao ", "Lê ", "Nga", ", ", "tại ", "ông ", "(", ")", "LHQ ", "\u202e", "É", "\n"]
        )
    )
)
def test_any_words_give_valid_spans(pieces: list[str]) -> None:
    page = page_of("".join(pieces))
    assert all(0 <= m.start < m.end <= len(page.text) for m in page.mentions)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tổng thống A.Lu-ca-sen-cô tiếp đoàn.", "A.Lu-ca-sen-cô"),
        ("Bộ trưởng Jean - Yves Le Drian tiếp đoàn.", "Jean - Yves Le Drian"),
        ("Bà Ursula von der Leyen tiếp đoàn.", "Ursula von der Leyen"),
        ("Ông Kim Yong Chol tiếp đoàn.", "Kim Yong Chol"),
    ],
)
def test_names_run_over_dashes_and_particles(text: str, name: str) -> None:
    assert named(text, "person") == [name]


def test_who_is_met_is_not_who_then_speaks() -> None:
    page = page_of("Tại cuộc gặp Ngoại trưởng Nga, ông Mistura cho biết sẽ hợp tác.")
    (who,) = [m for m in page.mentions if m.kind == "person" and m.name]
    assert (words(page, who), who.posts) == ("Mistura", ())


def test_words_of_an_english_page_are_no_vietnamese_ones_without_accents():
    text = "The second unit will go to UNISFA in 2024, and the first of the officers came home from the mission there. "
    text += "The ministers of the two states spoke of it for an hour with the head of the mission and that was all."
    page = page_of(text)
    assert [words(page, mention) for mention in page.mentions] == ["UNISFA"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bà Tabu Irina, chuyên gia về sông tại Viện Nước Mẫu, đã đến.", ["chuyên gia về sông tại Viện Nước Mẫu"]),
        ("Bà Tabu Irina, một đại diện của Hội Nước Mẫu cho biết mưa ít.", ["đại diện của Hội Nước Mẫu"]),
        ("Ông Tabu Irina, thành viên phái đoàn Kenya, cảm ơn.", ["thành viên phái đoàn Kenya"]),
        ("Ông Lê Văn Mẫu, Giám đốc Trung tâm Nước Mẫu cho biết mưa ít.", ["Giám đốc Trung tâm Nước Mẫu"]),
        ("Ông Tabu Irina, chuyên gia, đã đến.", []),
        ("Ông Tabu Irina, công dân Kenya này đã đến.", []),
        ("Khi đón bà Tabu Irina, chuyên gia Kenya đã cảm ơn.", []),
    ],
)  # fmt: skip
def test_a_post_in_apposition_goes_on_to_the_body_it_is_of(text: str, expected: list[str]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Đoàn hạ cánh xuống sân bay quốc tế John F. Kennedy.",
        "Quảng trường Lý Thái Tổ đông người.",
        "Nhà xuất bản Kim Đồng ra mắt sách.",
        "Tàu khu trục John S. McCain cập cảng.",
        "Giải thưởng Nelson Mandela được trao hôm qua.",
        "Người Duy Ngô Nhĩ sống ở vùng này.",
    ],
)
def test_what_bears_the_name_of_a_person_is_none(text: str) -> None:
    assert named(text, "person") == []


def test_an_office_that_is_voted_on_means_no_holder() -> None:
    page = page_of("Tổng thống Kenya William Ruto đã thắng cuộc bầu cử Tổng thống Kenya.")
    assert [words(page, m) for m in page.mentions if m.kind == "person"] == ["William Ruto"]

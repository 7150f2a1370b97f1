"""What clean takes away, and what it leaves: pages written for these tests."""

from __future__ import annotations

import pytest

from servanda.lexicon import load
from servanda.pipeline import read
from servanda.read.clean import clean
from servanda.read.page import Page, open_page
from servanda.types import Document

BODY = (
    "Sáng nay, hội nghị về gìn giữ hòa bình đã khai mạc tại thủ đô với sự tham dự của đại biểu 20 nước.",
    "Phát biểu khai mạc, Bộ trưởng Lê Văn Mẫu cảm ơn các nước đã cử đại biểu đến dự hội nghị.",
    "Hội nghị sẽ bàn về đào tạo sĩ quan gìn giữ hòa bình và việc cử bệnh viện dã chiến đến phái bộ.",
    "Bộ trưởng Lê Văn Mẫu cho biết hội nghị lần sau sẽ do nước bạn đăng cai vào năm tới.",
)


def cleaned(text: str) -> Page:
    page = open_page(Document(text, "test"), load("vi"))
    page.noise = clean(page)
    return page


def marked(page: Page) -> list[tuple[str, str]]:
    return [(noise.kind, page.text[noise.start : noise.end]) for noise in page.noise]


def test_a_plain_article_loses_nothing():
    page = cleaned("Hội nghị bàn về hòa bình\n" + "\n".join(BODY))
    assert marked(page) == []
    assert page.text[slice(*page.title)] == "Hội nghị bàn về hòa bình"
    assert page.published is None


def test_the_labels_of_a_dump_are_noise_but_headline_and_content_are_not():
    header = (
        "Title: Hội nghị bàn về hòa bình\nSource: Báo Mẫu\nLink: https://mau.example/1\n"
        "Published Date: Thứ ba, 4/3/2031\nContent: "
    )
    page = cleaned(header + " ".join(BODY))
    assert page.text[slice(*page.title)] == "Hội nghị bàn về hòa bình"
    assert page.published == "2031-03-04"
    assert [words for _, words in marked(page)] == [
        "Title:", "Source: Báo Mẫu", "Link: https://mau.example/1", "Published Date: Thứ ba, 4/3/2031", "Content:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Ngày đăng: 2031-03-04T05:06:07+07:00", "2031-03-04"),
        ("2031-03-04 20:17:21", "2031-03-04"),
        ("Thứ ba, 04/03/2031, 20:17 (GMT+7)", "2031-03-04"),
    ],
)
def test_the_day_of_publication_is_read_from_a_stamp(line, published):
    assert cleaned(f"Hội nghị bàn về hòa bình\n{line}\n" + "\n".join(BODY)).published == published


def test_a_day_without_a_year_that_the_text_calls_today():
    assert cleaned("Hôm nay (4/3), hội nghị khai mạc\n" + "\n".join(BODY)).published == "XXXX-03-04"


def test_a_glued_caption_ends_with_its_credit():
    body = [*BODY[:2], "Bộ trưởng Lê Văn Mẫu tại lễ khai mạc. Ảnh: Trần Mẫu/TTXVN Theo chương trình,", *BODY[2:]]
    page = cleaned("Hội nghị bàn về hòa bình\n" + " ".join(body))
    kinds = marked(page)
    assert all("Theo chương trình" not in words for _, words in kinds)
    assert any(words.endswith("Ảnh: Trần Mẫu/TTXVN") for _, words in kinds)


def test_captions_listed_below_are_captions_in_the_body_too():
    caption = "Các đại biểu chụp ảnh lưu niệm tại hội nghị."
    text = "\n".join(["Hội nghị bàn về hòa bình", "", *BODY[:2], caption, *BODY[2:], "Minh Mẫu", "", "", caption])
    page = cleaned(text)
    assert marked(page) == [("caption", caption), ("credit", "Minh Mẫu"), ("caption", caption)]


def test_a_standfirst_that_the_body_says_again_is_a_duplicate():
    page = cleaned("\n".join(["Hội nghị bàn về hòa bình", BODY[1], *BODY]))
    assert marked(page) == [("duplicate", BODY[1])]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Nguồn bài viết : Nhà Cái Mẫu", "spam"),
        ("Mẫu88 nhà cái uy tín số 1, nạp rút nhanh, đăng ký ngay", "spam"),
        ("Quý khách vui lòng liên hệ 0900.111.222 để được tư vấn về dịch vụ của chúng tôi.", "advertisement"),
        ("Xem thêm: Hội nghị lần trước bàn những gì", "related"),
        ("Tin cùng chuyên mục", "related"),
        ("(TTXVN/Vietnam+)", "credit"),
        ("Theo Báo Mẫu", "credit"),
        ("Trang chủ", "navigation"),
        ("English | Français | Tiếng Việt", "navigation"),
        ("-----------------", "navigation"),
        ("https://mau.example/hoi-nghi.html", "navigation"),
    ],
)
def test_whole_lines_of_noise(line, kind):
    assert marked(cleaned("\n".join(["Hội nghị bàn về hòa bình", *BODY, line]))) == [(kind, line)]


def test_a_link_in_brackets():
    link = "[Hội nghị lần trước đã bàn về những việc gì]"
    page = cleaned("Hội nghị bàn về hòa bình\n" + " ".join([*BODY[:2], link, *BODY[2:]]))
    assert marked(page) == [("related", link)]


@pytest.mark.parametrize("byline", ["Trí Mẫu (t/h) Theo Đời sống Plus", "Minh Mẫu - Theo Dân trí", "Dân trí"])
def test_newspapers_that_go_on_in_lower_case_sign_too(byline):
    page = cleaned("Hội nghị bàn về hòa bình\n" + " ".join([*BODY, byline]))
    assert marked(page) == [("credit", byline)]


def test_a_caption_with_a_credit_is_one_each_time_it_stands():
    caption = "Bộ trưởng Lê Văn Mẫu tiếp đoàn đại biểu Kenya. Ảnh: TTXVN"
    page = cleaned("Hội nghị bàn về hòa bình\n" + "\n".join([BODY[0], caption, *BODY[1:3], caption, *BODY[3:]]))
    assert marked(page) == [("caption", caption)] * 2


def test_a_photographer_whose_name_opens_sentences_elsewhere_is_one():
    credit = "Bộ trưởng Lê Văn Mẫu tiếp đoàn đại biểu Kenya. Ảnh: Nhan Sáng/TTXVN"
    page = cleaned("Hội nghị bàn về hòa bình\n" + " ".join([BODY[0], credit, *BODY[1:]]))
    assert marked(page) == [("caption", credit)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Trước cuộc gặp, Bộ trưởng Lê Văn Mẫu đã tiếp ngài Tabu Irina tại trụ sở.",
        "Công an cho biết đã triệt phá đường dây cá độ bóng đá và bắt bốn người.",
        "Công dân cần giúp đỡ xin gọi đường dây nóng của đại sứ quán.",
        "Theo nguồn tin của hãng này, hai bên sẽ gặp lại vào tuần tới.",
        "Vụ việc ảnh hưởng đến quan hệ hai nước, ông nói.",
    ],
)
def test_what_only_looks_like_noise_stays(sentence):
    assert (
        marked(cleaned("\n".join(["Hội nghị bàn về hòa bình", *BODY, sentence, BODY[3].replace("sau", "tới")]))) == []
    )


GRAFT = (
    "Chuyến tàu thứ tư chở lương thực cùng thuốc men rời cảng Mẫu Sơn lúc rạng sáng, thuyền trưởng Hoàng Mẫu kể rằng "
    "biển động mạnh suốt hành trình nhưng toàn bộ thủy thủ vẫn bình an."
)


def test_a_graft_before_spam_is_kept_apart_and_read_as_another_documents():
    longer = [f"{a} {b}" for a, b in zip(BODY, BODY[1:] + BODY[:1], strict=True)]
    text = "\n".join(["Hội nghị bàn về hòa bình", *longer, BODY[0] + "./.", GRAFT, "Nguồn bài viết : Nhà Cái Mẫu"])
    reading = read(Document(text, "test"))
    assert [text[n.start : n.end] for n in reading.noise if n.kind == "foreign"] == [GRAFT]
    assert len(reading.quarantined) == 1
    assert all("Hoàng Mẫu" not in name for actor in reading.actors for name in actor.names)


def test_noise_is_in_order_and_apart():
    page = cleaned("\n".join(["Trang chủ", "Hội nghị", *BODY, BODY[0], "Ảnh: AFP Ảnh: AP", "Theo Báo Mẫu", "Top"]))
    ends = [0, *(noise.end for noise in page.noise)]
    assert all(end <= noise.start < noise.end for end, noise in zip(ends, page.noise, strict=False))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Mẫu79 nhà cái hàng đầu châu Á", "spam"),
        ("KQXS miền Mẫu thứ 7", "spam"),
        ("Vay tín chấp lãi suất thấp, nhận tiền trong ngày", "spam"),
        ("สล็อตเว็บตรง แตกง่าย", "spam"),
        ("Nhập mã MAU30 để được giảm 30%", "advertisement"),
        ("Tin cùng sự kiện", "related"),
        ("Từ khóa: hòa bình, hội nghị", "related"),
        ("Facebook Twitter Zalo Sao chép liên kết", "navigation"),
        ("Bình luận (12)", "navigation"),
        ("Trang web này sử dụng cookie để phục vụ bạn tốt hơn.", "navigation"),
        ("nội thất | cửa cuốn | sân vườn", "navigation"),
        ("© 2031 Báo Mẫu", "navigation"),
        ("Ghi rõ nguồn khi phát hành lại thông tin từ trang này", "credit"),
        ("Thứ ba, 04/03/2031, 20:17 (GMT+7)", "credit"),
        ("Minh Mẫu (theo Reuters)", "credit"),
    ],
)
@pytest.mark.parametrize("place", [1, 2, len(BODY)])
def test_a_line_that_the_web_puts_in_is_noise_wherever_it_stands(line, kind, place):
    lines = [*BODY[:place], line, *BODY[place:]]
    assert marked(cleaned("Hội nghị bàn về hòa bình\n" + "\n".join(lines))) == [(kind, line)]


def test_a_page_about_gambling_is_not_cleaned_of_its_subject():
    told = "Công an tỉnh cho biết đường dây cá cược bóng đá qua mạng do hai người cầm đầu đã bị triệt phá."
    text = "\n".join(["Triệt phá đường dây cá cược", *BODY[:2], told, "Cá cược bóng đá qua mạng gia tăng", *BODY[2:]])
    assert marked(cleaned(text)) == []


def test_a_name_of_an_agency_alone_may_be_a_link_inside_a_sentence():
    text = "\n".join(["Hội nghị bàn về hòa bình", *BODY[:2], "Trả lời hãng", "AFP", "ông cảm ơn các bên.", *BODY[2:]])
    assert marked(cleaned(text)) == []

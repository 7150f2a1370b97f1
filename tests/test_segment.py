"""Where sentences end, in the notation `one | two`; quotations; the turns of an interview."""

from __future__ import annotations

import pytest

from servanda.lexicon import load
from servanda.read.clean import clean
from servanda.read.page import Page, open_page
from servanda.read.segment import breaks, grammar, quotations, segment
from servanda.types import Document


@pytest.mark.parametrize(
    "written",
    [
        "Hai bên đã gặp nhau. | Cuộc gặp kéo dài một giờ.",
        "Hội nghị họp ngày 26.2.2031 tại TP. Mẫu. | Ngày 27.2 sẽ bế mạc.",
        "TS. Lê Văn Mẫu và PGS. Trần Mẫu đã đến. | GS.TS. Hoàng Mẫu vắng mặt.",
        "Thượng nghị sĩ John S. Sample đã đến. | Ông ở lại hai ngày.",
        "Trang tr. 12 có ghi rõ. | Điều đó đúng.",
        "Ông ở P. Mẫu, Q. Mẫu.",
        "Ông nói: “Chúng tôi sẵn sàng. | Chúng tôi sẽ đến.” | Bà đồng ý.",
        "“Chúng tôi sẵn sàng!” ông nói. | Bà đồng ý.",
        "Các nước... đã đến. | Rồi họ về… | Hết./.",
        "Ai sẽ đi? | Chưa rõ.",
        "Kim ngạch đạt 1.500 tỷ đồng. | Mức tăng là 3,5%.",
        "1. Mục đầu của danh sách.",
        "Xem tại mau.vn. | Hết.",
    ],
)
def test_sentences(written):
    parts = written.split(" | ")
    text = " ".join(parts)
    assert [text[a:b] for a, b in breaks(text, 0, len(text), grammar(load("vi")))] == parts


def segmented(text: str) -> Page:
    page = open_page(Document(text, "test"), load("vi"))
    page.noise = clean(page)
    page.sentences = segment(page)
    return page


def test_the_headline_is_marked_and_noise_cuts():
    page = segmented(
        "Hội nghị khai mạc\nHai bên gặp nhau hôm qua. [Hội nghị lần trước đã bàn về những việc gì] Bà cảm ơn nước bạn."
    )
    assert [(page.text[s.start : s.end], s.headline) for s in page.sentences] == [
        ("Hội nghị khai mạc", True), ("Hai bên gặp nhau hôm qua.", False), ("Bà cảm ơn nước bạn.", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Ông nói: “Tốt. Rất tốt.” Bà im lặng.", ["“Tốt. Rất tốt.”"]),
        ('Ông nói: "Tốt. Rất tốt." Bà im lặng.', ['"Tốt. Rất tốt."']),
        ("Ông gọi đó là «bước đầu».", ["«bước đầu»"]),
        ("Ông nói “chưa xong và thôi.", []),
    ],
)
def test_quotations(text, quoted):
    assert [text[a:b] for a, b in quotations(text)] == quoted


def test_a_quotation_touches_every_sentence_of_it():
    page = segmented("Ông nói: “Tốt. Rất tốt.” Bà im lặng.")
    assert [len(sentence.quotes) for sentence in page.sentences] == [1, 1, 0]


def test_interview_turns():
    page = segmented(
        "Cuộc trò chuyện với đại sứ\nPhóng viên đã gặp đại sứ hôm qua.\nPV: Thưa đại sứ, khi nào đoàn đến?\n"
        "Đại sứ: Đoàn đến vào tháng tới.\nChúng tôi rất mong.\nPV: Xin cảm ơn đại sứ."
    )
    assert [s.turn for s in page.sentences] == [None, None, "question", "answer", "answer", "question"]


@pytest.mark.parametrize("text", ["", "\n\n", "...", "“", "a" * 5000, ". " * 3000, "Ông A. " * 2000])
def test_any_text_gives_valid_spans_in_order(text):
    page = segmented(text)
    ends = [0, *(s.end for s in page.sentences)]
    assert all(e <= s.start < s.end <= len(text) for e, s in zip(ends, page.sentences, strict=False))

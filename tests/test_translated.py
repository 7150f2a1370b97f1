"""The signs of machine translation: each stands in its examples, none alone convicts a page."""

from __future__ import annotations

import re

import pytest

from servanda.lexicon import load
from servanda.pipeline import read
from servanda.read.translated import signs
from servanda.types import Document

SIGNS = [pytest.param(sign, pattern, id=sign.id) for sign, pattern in signs(load("vi"))]
MANGLED = (
    "Phó Tổng tham mưu trưởng Quân đội Nhân dân Việt Nam, Đô đốc Chen Guojun, đã đến dự hội nghị,.\n"
    "Ông nói lên sự mong muốn giúp bài học của họ cho nước bạn và đã gửi cán bộ Bảy để tham gia.\n"
)


@pytest.mark.parametrize(("sign", "pattern"), SIGNS)
def test_each_sign_stands_in_its_examples_alone(sign, pattern: re.Pattern[str]):
    assert all(pattern.search(example) for example in sign.examples)
    assert not any(pattern.search(example) for example in sign.counterexamples)


def test_a_mangled_page_is_told_with_its_reasons():
    reading = read(Document(MANGLED, "test"))
    assert reading.machine_translated
    assert any("Chen Guojun" in reason for reason in reading.machine_translated_reasons)


def test_one_slip_is_no_translation():
    reading = read(
        Document("Đô đốc nước bạn đã đến dự hội nghị,.\nHai bên trao đổi về kinh nghiệm của họ với nhau.", "test")
    )
    assert not reading.machine_translated
    assert reading.machine_translated_reasons == []

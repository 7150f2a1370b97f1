"""The caption model: what is summed up for a page at once is what its features weigh one by one."""

from __future__ import annotations

import json
from itertools import pairwise
from math import exp

import pytest

from servanda.lexicon import HERE, load
from servanda.read.clean.captions import LONGEST, Sight
from servanda.read.clean.units import Unit
from servanda.read.page import open_page
from servanda.types import Document

TEXT = """Bộ trưởng Bùi Thanh Sơn tiếp Đại sứ Nhật Bản
Chiều 12/3/2021, tại Hà Nội, Bộ trưởng Bùi Thanh Sơn đã tiếp Đại sứ Nhật Bản đến chào xã giao.
Toàn cảnh buổi tiếp
Bộ trưởng Bùi Thanh Sơn (phải) và Đại sứ Nhật Bản tại buổi tiếp.
Hai bên trao đổi về 63 bác sĩ của bệnh viện dã chiến; Đại sứ hỏi: "Bao giờ họ lên đường?"
Ông"""


def sight(text: str) -> Sight:
    page = open_page(Document(text, "test"), load("vi"))
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n"), len(text) + 1]
    units = [Unit(start, end - 1, line, end - 1) for line, (start, end) in enumerate(pairwise(starts))]
    return Sight(page, units)


@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), TEXT.replace("\n", ".\n"), f"{TEXT}\n{TEXT}"])
def test_the_sum_is_that_of_the_features(text: str) -> None:
    weights = json.loads((HERE / "lang" / "vi" / "captions.json").read_text(encoding="utf-8"))
    seen = sight(text)
    for index, unit in enumerate(seen.units):
        total = sum(weights.get(name, 0.0) for name in ["", *seen.features(index)])
        fits = 8 <= unit.words_end - unit.start <= LONGEST
        expected = 1 / (1 + exp(-max(-30.0, min(30.0, total)))) if fits else 0.0
        assert seen.probability(index) == pytest.approx(expected, abs=1e-9)


def test_names_are_no_words_of_the_model_and_figures_are_all_alike() -> None:
    seen = sight(TEXT)
    features = seen.features(1)
    assert "sơn" not in features and "00" not in features[:1]
    assert "chiều" in features and "00" in features


def test_a_page_without_accents_has_no_captions() -> None:
    assert {sight("Bo truong tiep Dai su tai buoi tiep\nHai ben trao doi").probability(n) for n in (0, 1)} == {0.0}


def test_marks_alone_at_the_end_of_a_page_are_seen_too() -> None:
    assert 0 <= sight(f"{TEXT}\n- . - . - . -").probability(6) <= 1

"""Numbers are found where they stand, however little of a text is looked at."""

from __future__ import annotations

import random

import pytest

from servanda.keep import quantities as q

WORDS = (
    "hơn", "gần", "khoảng", "từ", "trong", "suốt", "ba", "hai", "mười", "năm", "tháng", "quân nhân", "người", "triệu",
    "USD", "1.200", "35", "2,5", "12/3", "2017-05-12", "thứ", "khóa", "một", "x7", "7x", ".", "(", "\n", "  ", "tới",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_a_number_is_tried_only_where_one_begins_and_none_is_missed(seed: int) -> None:
    chance = random.Random(seed)
    folded = q.fold("".join(chance.choice(WORDS) + chance.choice(("", " ", " ", "  ")) for _ in range(400)))
    every = [(it.span(), it.groupdict()) for it in q._pattern().finditer(folded)]
    assert [(it.span(), it.groupdict()) for it in q._numbers(folded)] == every
    assert every


def test_words_before_a_number_belong_to_it() -> None:
    (found,) = q.quantities("Đội đã gặp hơn  300 người dân.")
    assert (found.value, found.bound, found.head[:2], found.start) == (300, "more", ("người", "dân"), 11)

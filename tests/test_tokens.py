"""Words as columns: they are those that a pattern cuts, and a number stands for the letters alone."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from servanda.folding import fold
from servanda.tokens import MARKS, Tokens, Weighed, again, beside, numbers, summed

WORD = re.compile(rf"\w+|[{MARKS}]")
TEXT = "Ngày 26/2, Bộ trưởng Bùi Thanh Sơn hỏi: “Bao giờ họ lên đường?” Họ lên đường ngày 27/2."
TEXTS = st.text(st.characters(codec=None), max_size=60) | st.text("aàA1 90?:_\u0301\U0001d400", max_size=60)


def words_of(text: str) -> list[str]:
    tokens = Tokens(text, fold(text))
    return [fold(text)[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


@given(TEXTS)
def test_words_and_marks_are_those_of_the_pattern(text: str) -> None:
    tokens, found = Tokens(text, fold(text)), list(WORD.finditer(fold(text)))
    assert words_of(text) == [match.group() for match in found]
    assert tokens.mark.tolist() == [match.group() in MARKS for match in found]
    assert tokens.figures.tolist() == [match.start() for match in found if match.group()[0] in "0123456789"]
    assert tokens.capital.tolist() == [text[match.start()].isupper() for match in found]


@given(TEXTS)
def test_the_same_letters_have_the_same_number_wherever_they_stand(text: str) -> None:
    tokens, words = Tokens(text, fold(text)), words_of(text)
    assert tokens.numbers.tolist() == [numbers([word])[0] for word in words]
    assert len(set(tokens.numbers.tolist())) == len(set(words))
    rounded = [re.sub("[1-9]", "0", word) for word in words]
    assert tokens.rounded.tolist() == [numbers([word])[0] for word in rounded]


def test_pairs_that_stand_again_are_found() -> None:
    words = words_of(TEXT)
    known = Tokens(TEXT, fold(TEXT)).numbers
    pairs = [*pairwise(words)]
    assert again(beside(known[:-1], known[1:])).tolist() == [Counter(pairs)[pair] > 1 for pair in pairs]
    assert again(known[:0]).tolist() == [] and again(known[:1]).tolist() == [False]


def test_an_accented_text_has_one_letter_in_twelve_with_a_mark() -> None:
    told = {text: Tokens(text, fold(text)).accented for text in (TEXT, "Hai ben trao doi ve 63 bac si", "1985", "")}
    assert list(told.values()) == [True, False, False, True]


def test_weights_are_found_by_number_and_others_weigh_nothing() -> None:
    names = [f"{one}{two}" for one in "abcdefghijklmnopqrstuvwxyz" for two in range(400)]
    weights = np.arange(1, len(names) + 1, dtype=np.float64)
    weighed = Weighed(numbers(names), weights)
    assert weighed.of(numbers(names)).tolist() == weights.tolist()
    assert not weighed.of(numbers(["a", "b", "a400", "đ1"])).any()
    assert not Weighed(numbers(["a"])[:0], weights[:0]).of(numbers(names)).any()


def test_running_sums_tell_the_sum_of_any_stretch() -> None:
    assert summed(np.array([2.5, 1.0, 4.0])).tolist() == [0, 2.5, 3.5, 7.5]
    assert summed(np.array([True, False, True])).tolist() == [0, 1, 1, 2]

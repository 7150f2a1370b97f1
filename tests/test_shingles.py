"""Words as numbers: equal where the words are, whatever stands around them."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from servanda.keep.duplicates import candidates, keys
from servanda.keep.shingles import PIECE, held, once, runs, words

LETTERS = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])
TEXTS = st.lists(st.text(st.one_of(st.sampled_from("aAoàĐđ ,.\n_1\u0301"), LETTERS)), max_size=5)
SENTENCE = "Đoàn công binh số ba lên đường sang Abyei ngày mai cùng hai mươi bác sĩ của bệnh viện dã chiến. "


def numbers(text: str) -> list[int]:
    return list(map(int, next(iter(words([text])))))


@given(TEXTS)
def test_each_text_has_its_words_whatever_stands_beside_it(texts: list[str]) -> None:
    assert [list(map(int, own)) for own in words(texts)] == list(map(numbers, texts))
    composed = [unicodedata.normalize("NFC", text) for text in texts]
    assert [len(own) for own in words(texts)] == [len(re.findall(r"\w+", text)) for text in composed]


@given(st.text(alphabet="aăâeghioơuưyđ", min_size=1), st.text(alphabet="aăâeghioơuưyđ", min_size=1))
def test_words_have_one_number_exactly_if_they_are_one_word(one: str, other: str) -> None:
    assert (numbers(one) == numbers(other)) == (one == other)


def test_case_composition_and_the_place_of_a_tone_mark_do_not_count_but_the_tone_does() -> None:
    assert numbers("Hoà bình, UỶ BAN") == numbers("hòa  bình ủy ban")
    assert numbers(unicodedata.normalize("NFD", SENTENCE)) == numbers(SENTENCE)
    assert len(set(numbers("ma má mà mả mã mạ am mâ mă"))) == 9


def test_half_a_surrogate_pair_and_letters_beyond_the_first_plane_are_letters() -> None:
    assert len(numbers("a\ud800 b 𝐀𝐁 c")) == 4 and numbers("𝐀𝐁") != numbers("𝐁𝐀")


def test_in_a_text_longer_than_a_piece_all_words_but_one_a_piece_keep_their_number() -> None:
    text = SENTENCE * (3 * PIECE // len(SENTENCE))
    assert numbers(text).count(numbers("Abyei")[0]) >= text.count("Abyei") - 3


def test_runs_keep_their_order_and_are_counted_where_they_stand_twice() -> None:
    three = once(runs(next(iter(words(["một hai ba một hai ba"]))), 3))
    assert len(three) == 3 and held(three, three) == 3
    assert held(three, once(runs(next(iter(words(["ba hai một"]))), 3))) == 0
    assert list(runs(three[:2], 3)) == [] and held(three, three[:0]) == held(three[:0], three) == 0


def test_keys_are_the_same_in_every_process() -> None:
    asked = f"from servanda.keep.duplicates import keys; print(keys([{SENTENCE!r}])[0].tolist())"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    own = keys([SENTENCE])[0].tolist()
    assert told.strip() == str(own) and own == sorted(set(own)) and own[0] >= 0 and own[-1] < 1 << 63
    assert own[0] == 1009259032500486357  # of this release; another number makes every register compare all texts anew


def test_what_stands_in_many_texts_makes_few_pairs() -> None:
    formula = [f"{SENTENCE} Tin số {number}" for number in range(300)]
    found = candidates(formula)
    assert len(found) <= 2 * len(formula) and all(first < second for first, second, _ in found)
    assert candidates([]) == candidates(["", "một"]) == []

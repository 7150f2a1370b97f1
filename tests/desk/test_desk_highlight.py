"""A text with marks that overlap, cut into segments that hold all of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from servanda.desk.highlight import Mark, segments

TEXT = "Bộ trưởng A tiếp Đại sứ B, đề nghị giúp đào tạo."


def test_overlapping_facts_are_both_shown_where_they_overlap() -> None:
    found = segments(TEXT, [Mark(0, 25, "fact", "engagement", 1), Mark(10, 40, "fact", "act", 2)])
    assert [(s.start, s.kinds, s.facts, s.opens) for s in found] == [
        (0, ("engagement",), (1,), (1,)),
        (10, ("engagement", "act"), (1, 2), (2,)),
        (25, ("act",), (2,), ()),
        (40, (), (), ()),
    ]


def test_every_fact_has_an_anchor_of_its_offsets_where_it_begins() -> None:
    found = segments(TEXT, [Mark(3, 9, "fact", "act", 1), Mark(3, 20, "fact", "engagement", 2)])
    assert [(s.start, s.anchors) for s in found if s.anchors] == [(3, ("3-20", "3-9"))]


def test_noise_says_where_it_begins_and_names_link_within_it() -> None:
    noise = Mark(0, 12, "noise", "caption", "names a photographer")
    found = segments(TEXT, [noise, Mark(3, 9, "name", "person", "person-a")])
    assert [(s.noise, s.begins_noise, s.actor) for s in found[:3]] == [
        (noise, True, None),
        (noise, False, "person-a"),
        (noise, False, None),
    ]


def test_marks_beyond_the_text_are_cut_and_empty_ones_left_out() -> None:
    found = segments("abc", [Mark(1, 99, "cited"), Mark(2, 2, "fact", "act", 1), Mark(50, 60, "cited")])
    assert [(s.text, s.cited, s.begins_cited) for s in found] == [("a", False, False), ("bc", True, True)]
    assert segments("", [Mark(0, 5, "cited")]) == []


spans = st.tuples(st.integers(-3, 60), st.integers(-3, 60), st.sampled_from(["fact", "noise", "name", "cited"]))


@given(st.text(max_size=50), st.lists(spans, max_size=12))
def test_segments_hold_the_whole_text_and_each_mark_covers_its_words(
    text: str, given: list[tuple[int, int, str]]
) -> None:
    marks = [Mark(start, end, role, "act", n) for n, (start, end, role) in enumerate(given)]  # type: ignore[arg-type]
    found = segments(text, marks)
    assert "".join(s.text for s in found) == text
    for mark in marks:
        if mark.role == "fact":
            covered = "".join(s.text for s in found if mark.ref in s.facts)
            assert covered == text[max(mark.start, 0) : max(mark.end, 0)]

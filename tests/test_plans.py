"""Plans: what someone is going to do, by when, and what only looks like it; on sentences written for it."""

from __future__ import annotations

import pytest

from servanda import read
from servanda.types import Document


def plans(text: str) -> list[tuple[str | None, str | None, str | None]]:
    """Who, by when and how it came otherwise, of every plan."""
    reading = read(Document(text, "test"))
    names = {actor.id: actor.names[0] for actor in reading.actors}
    return [(names.get(plan.by or ""), plan.due, plan.status) for plan in reading.plans]


def words(text: str) -> list[str]:
    return [text[plan.start : plan.end] for plan in read(Document(text, "test")).plans]


def test_each_step_of_a_plan_has_its_own_date() -> None:
    text = "Nhật Bản dự kiến mở trường nghề tại Lào vào tháng 9/2024, hoàn thành khu nhà ở vào tháng 6/2026."
    assert plans(text) == [("Nhật Bản", "2024-09", None), ("Nhật Bản", "2026-06", None)]
    assert words(text)[1].startswith("hoàn thành")


def test_an_opening_word_of_planning_belongs_to_the_verb_after_it() -> None:
    text = "Theo kế hoạch, trong tháng 9/2024, Nhật Bản sẽ mở trường nghề tại Lào."
    assert plans(text) == [("Nhật Bản", "2024-09", None)]


@pytest.mark.parametrize(
    ("tail", "status"),
    [
        (", tuy nhiên việc này đã bị hoãn", "postponed"),
        (", nhưng kế hoạch không thể thực hiện", "cancelled"),
        ("", None),
    ],
)
def test_the_sentence_tells_that_a_plan_came_otherwise(tail: str, status: str | None) -> None:
    assert plans(f"Nhật Bản dự định mở trường nghề tại Lào vào tháng 9/2024{tail}.") == [
        ("Nhật Bản", "2024-09", status)
    ]


def test_a_paper_that_reports_a_plan_is_not_who_plans() -> None:
    text = "Hãng tin Reuters cho biết Nhật Bản dự kiến mở trường nghề tại Lào trong tháng 9/2024."
    assert plans(text) == [("Nhật Bản", "2024-09", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Giới quan sát nhận định Nhật Bản sẽ mở trường nghề tại Lào.",
        "Nhiều người lo ngại rằng chính quyền mới của Nhật Bản sẽ đóng cửa trường nghề tại Lào.",
        "Nhật Bản sẽ không bao giờ có trường nghề lớn như vậy tại Lào.",
        "Trường nghề tại Lào mở cửa sớm hơn dự kiến của phía Nhật Bản nhiều tháng.",
    ],
)
def test_what_is_only_foreseen_is_no_plan(text: str) -> None:
    assert plans(text) == []


def test_a_deadline_binds_someone() -> None:
    assert plans("Nhật Bản có 10 ngày để trả lời các câu hỏi của Thái Lan.") == [("Nhật Bản", None, None)]

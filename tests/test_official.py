"""Claims of the press beside the UN's tables."""

from __future__ import annotations

import pytest

from servanda.keep.official import Claim, Reconciled, reconcile, series, without_table
from servanda.keep.when import anchored, apart, when
from servanda.records import OfficialFigure


def claim(count: int | None = 274, date: str | None = "2023-12-22", **other: object) -> Claim:
    given = {"country": "VN", "mission": None, "what": "troops", "measure": "strength", "status": "deployed"}
    values = {**given, "women": None, "source": "page", "start": 0, "end": 9, "quote": "so many", **other}
    return Claim(count=count, date=date, **values)  # type: ignore[arg-type]


FIGURES = [
    OfficialFigure("2018-12-31", "VN", None, "Contingent Troops", 53, 10, 63),
    OfficialFigure("2023-12-31", "VN", "MINUSCA", "Staff Officers", 7, 1, 8),
    OfficialFigure("2023-12-31", "VN", "UNISFA", "Troops", 168, 24, 192),
    OfficialFigure("2023-12-31", "VN", "UNMISS", "Individual Police", 2, 1, 3),
    OfficialFigure("2023-12-31", "VN", "UNMISS", "Troops", 60, 11, 71),
    OfficialFigure("2023-12-31", "GH", "UNMISS", "Troops", 600, 110, 710),
]


def one(said: Claim) -> Reconciled:
    return reconcile([said], FIGURES)[0]


def test_a_count_agrees_and_women_differ_by_one_nine_days_apart() -> None:
    found = one(claim(women=36))
    assert (found.outcome, found.as_of, found.days) == ("differs", "2023-12-31", 9)
    assert (found.difference, found.women_difference, found.official_women) == (0, -1, 37)
    assert one(claim()).outcome == "agrees" and one(claim(275)).difference == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (claim(789, measure="cumulative"), "total since a start"),
        (claim(63, measure="movement"), "a movement"),
        (claim(63, status="planned"), "planned, not there"),
        (claim(63, what="level_2_hospital", mission="UNMISS"), "do not tell this unit"),
        (claim(None), "no number"),
        (claim(73, "2018-12", mission="UNMISS"), "gives no mission"),
        (claim(3, what="equipment"), "do not count this"),
    ],
)
def test_what_is_no_strength_stands_beside_and_is_not_compared(said: Claim, why: str) -> None:
    found = one(said)
    assert found.outcome == "beside" and found.difference is None and why in found.reason


def test_kinds_and_missions_are_compared_with_their_own_rows() -> None:
    assert one(claim(3, what="police_officers", mission="UNMISS")).outcome == "agrees"
    assert one(claim(3, what="police_unit", mission="UNMISS")).difference == 3
    assert one(claim(192, "2024-01-10", what="troops", mission="UNISFA")).outcome == "agrees"


@pytest.mark.parametrize("date", ["2020-06-30", "XXXX-12-31", None, "20177-01-01"])
def test_no_table_of_that_date(date: str | None) -> None:
    assert one(claim(76, date)).outcome == "no table of that date"


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("2017-05-29", "2017-05-31", 2), ("2017-05", "2017-05-31", 0), ("XXXX-05-29", "2017-05-29", 0),
        ("XXXX-12-31", "2018-01-01", 1), ("2015-11-19/2015-11-20", "2015-11-20", 0), ("XXXX-01-01", "XXXX-12-31", 1),
        ("2017", "2018-01-02", 2), ("XXXX-12-30/XXXX-01-02", "2018-01-01", 0),
    ],
)  # fmt: skip
def test_days_between_dates(a: str, b: str, days: int) -> None:
    first, second = when(a), when(b)
    assert first and second and apart(first, second) == apart(second, first) == days


@pytest.mark.parametrize(
    "edtf", ["", None, "soon", "2017-13", "2017-02-30", "XXXX", "2018/2017", "2017/..", "20177-01"]
)
def test_what_is_no_date(edtf: str | None) -> None:
    assert when(edtf) is None


def test_a_year_is_taken_from_the_day_of_publication() -> None:
    assert anchored("XXXX-12-30", "2018-01-02") == "2017-12-30" and anchored("XXXX-05-29", "2017") == "XXXX-05-29"


def test_measures_stand_in_one_series_and_are_never_added_up() -> None:
    told = [claim(60, "2023-06-01", mission="UNMISS"), claim(789, "2023-06-01", mission="UNMISS", measure="cumulative"),
            claim(5, None, mission="UNMISS"), claim(9, "2023-06-01")]  # fmt: skip
    found = series(told, FIGURES, country="VN", mission="UNMISS")
    assert [(p.date, p.by, p.measure, p.count) for p in found] == [
        ("2023-06-01", "press", "strength", 60), ("2023-06-01", "press", "cumulative", 789),
        ("2023-12-31", "UN", "strength", 74), (None, "press", "strength", 5)]  # fmt: skip
    assert found[2].kinds == {"Individual Police": 3, "Troops": 71}
    assert [p.count for p in series([], FIGURES, country="VN")] == [63, 274]


def test_a_date_without_a_table_says_which_are_kept() -> None:
    assert without_table("2023-12-31", ["2018-12-31", "2023-12-31"]) is None
    assert without_table("2020-06-30", ["2018-12-31", "2023-12-31"]) == (
        "no table of 2020-06-30: 2 tables are kept, from 2018-12-31 to 2023-12-31; the nearest is of 2018-12-31, "
        "547 days away")  # fmt: skip
    assert "no tables are kept" in (without_table("2020-06-30", []) or "")
    assert without_table("20177-06-30", []) == "20177-06-30 is no date"

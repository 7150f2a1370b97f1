"""What pictures leave out is said, and what they keep is never of an earlier state of the register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from servanda.answers.assembly import bring_up_to_date
from servanda.desk.pictures import calendar
from servanda.store import open_register

from .conftest import browser, read

VISIT = "HÀ NỘI, ngày {day}/3/2024 - {who} sẽ thăm Việt Nam vào ngày 20/6/2024.\n"
GUESTS = (
    "Đại sứ Nhật Bản Ito Naoki",
    "Bộ trưởng Ngoại giao Lào Saleumxay Kommasith",
    "Thủ tướng Campuchia Hun Manet",
    "Bộ trưởng Ngoại giao Ấn Độ Subrahmanyam Jaishankar",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestClient]:
    """A desk over plans for one day."""
    _read(tmp_path, GUESTS[:3])
    with browser(tmp_path / "r.db") as client:
        yield client


def _read(folder: Path, guests: tuple[str, ...]) -> None:
    paths = [folder / f"{GUESTS.index(who)}.txt" for who in guests]
    for n, (path, who) in enumerate(zip(paths, guests, strict=True), 1):
        path.write_text(VISIT.format(day=n, who=who), encoding="utf-8")
    read(folder / "r.db", *paths)
    with open_register(str(folder / "r.db")) as register:
        bring_up_to_date(register)


def test_a_full_day_says_how_much_more_there_is(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "/pictures/calendar.json?month=2024-06"
    every = [it for it in desk.get(asked).json()["marks"] if it["day"] == "2024-06-20"]
    assert len(every) >= 2 and desk.get(asked).json()["more"] == {}
    monkeypatch.setattr(calendar, "EACH", 1)
    less = desk.get(asked).json()
    assert [it["id"] for it in less["marks"]] == [every[0]["id"]] and less["more"] == {"2024-06-20": len(every) - 1}
    assert "of each day the first 1 are drawn" in less["says"]
    shown = desk.get("/calendar?month=2024-06").text
    assert f"and {len(every) - 1} more" in shown and "since=2024-06-20" in shown


def test_a_sum_is_of_the_register_as_it_is(desk: TestClient, tmp_path: Path) -> None:
    def count() -> int:
        months = desk.get("/pictures/calendar.json?month=2024-06").json()["months"]
        return sum(it["count"] for it in months if it["month"] == "2024-06")

    before = count()
    assert before == count() > 0
    _read(tmp_path, GUESTS[3:])
    assert count() > before

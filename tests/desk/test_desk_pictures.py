"""What pictures leave out is said, and what they keep is never of an earlier state of the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from servanda.answers.assembly import bring_up_to_date
from servanda.desk.pictures import calendar
from servanda.desk.pictures.looks import first_look
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


def test_the_first_look_is_where_the_marks_are() -> None:
    usual = Counter({f"20{year}-05-01": 9 for year in range(14, 25)})
    far = usual + Counter({"1717-01-01": 1, "1954-07-21": 2, "2050-01-01": 1})
    assert first_look(usual, ("2014-05-01", "2024-05-01")) == ("2014-05-01", "2024-05-01")
    assert first_look(far, ("1717-01-01", "2050-12-31")) == ("2014-01-01", "2024-12-31")
    assert first_look(Counter(), ("", "")) == ("", "")


def test_what_lies_far_away_is_counted_and_within_reach(tmp_path: Path) -> None:
    months = range(4, 9)
    for n, (who, month) in enumerate((who, month) for who in GUESTS for month in months):
        told = VISIT.format(day=n + 1, who=who).replace("20/6", f"20/{month}")
        (tmp_path / f"{n}.txt").write_text(told, encoding="utf-8")
    old = tmp_path / "old.txt"
    old.write_text("Ngày 21/7/1954, Thủ tướng Phạm Văn Đồng hội đàm với Thủ tướng Pháp Mendès France tại Geneva.\n")
    read(tmp_path / "r.db", tmp_path)
    with open_register(str(tmp_path / "r.db")) as register:
        bring_up_to_date(register)
    with browser(tmp_path / "r.db") as client:
        found = client.get("/pictures/timeline.json", headers={"accept-language": "en"}).json()
    assert found["first"].startswith("1954") and found["from"].startswith("2024"), found
    assert found["before"] == "1 earlier" and found["after"] is None
    assert "1 lies outside the years from 2024 to 2024" in found["says"]

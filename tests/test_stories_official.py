"""Questions about the UN's tables, asked through the commands: what they count, and what they do not tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from servanda.cli import main

TABLES = Path(__file__).parents[2] / "shared" / "reference" / "un_contributions"
MONTHS = ("2018_12", "2022_06", "2023_12", "2025_06")
PAPER = (
    "Việt Nam có 274 quân nhân gìn giữ hòa bình\n\nCục Gìn giữ hòa bình Việt Nam cho biết hiện có 274 quân nhân Việt "
    "Nam, trong đó có 36 nữ, đang làm nhiệm vụ tại các phái bộ gìn giữ hòa bình Liên hợp quốc.\n"
)
Row = dict[str, Any]

pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason=f"no tables at {TABLES}")


def table(month: str) -> str:
    return str(TABLES / f"UN_country_contributions_{month}.pdf")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("tables")
    page = {"id": "p", "url": "https://example.org/p", "text": PAPER, "published": "2023-12-22"}
    (place / "pages.jsonl").write_text(json.dumps(page), encoding="utf-8")
    kept = str(place / "un.db")
    run(kept, "import-un", *map(table, MONTHS))
    run(kept, "read", str(place / "pages.jsonl"))
    return kept


def run(register: str, *command: str) -> Result:
    done = CliRunner().invoke(main, [*command, "--register", register])
    assert done.exit_code == 0, (command, done.output, done.exception)
    return done


def rows(register: str, *command: str) -> list[Row]:
    found: list[Row] = json.loads(run(register, *command, "--json").stdout)
    return found


def test_9_a_paper_agrees_on_all_and_differs_by_one_on_women(register: str) -> None:
    (found,) = rows(register, "reconcile", "VN")
    assert (found["outcome"], found["as_of"], found["days"]) == ("differs", "2023-12-31", 9)
    assert (found["count"], found["official"], found["difference"]) == (274, 274, 0)
    assert (found["women"], found["official_women"], found["women_difference"]) == (36, 37, -1)
    missions: dict[str, int] = {}
    for row in rows(register, "contributions", "--official", "--state", "VN", "--as-of", "2023-12-31"):
        missions[row["mission"]] = missions.get(row["mission"], 0) + row["total"]
    assert missions == {"MINUSCA": 8, "UNISFA": 192, "UNMISS": 74}


def test_10_one_mission_on_one_day_row_by_row(register: str) -> None:
    asked = ("contributions", "--official", "--state", "VN", "--as-of", "2025-06-30")
    found = {
        row["personnel_type"]: (row["total"], row["female"]) for row in rows(register, *asked, "--mission", "UNISFA")
    }
    assert found == {"Experts on Mission": (2, 1), "Individual Police": (3, 1), "Staff Officers": (6, 3),
                     "Troops": (184, 18)}  # fmt: skip
    everywhere = rows(register, *asked)
    assert (sum(r["total"] for r in everywhere), sum(r["female"] for r in everywhere)) == (277, 44)


def test_11_a_date_without_a_table_and_a_table_without_missions_are_said(register: str) -> None:
    copied = run(register, "import-un", table("2020_06")).output
    assert "as of 2022-06-30: the same figures are already kept" in copied
    asked = ("contributions", "--official", "--state", "VN")
    none = run(register, *asked, "--as-of", "2020-06-30", "--json")
    assert json.loads(none.stdout) == []
    assert "no table of 2020-06-30: 4 tables are kept, from 2018-12-31 to 2025-06-30" in none.stderr
    without = run(register, *asked, "--as-of", "2018-12-31", "--mission", "UNMISS", "--json")
    assert "the table of 2018-12-31 gives no mission" in without.stderr
    found = {row["personnel_type"]: row["total"] for row in json.loads(without.stdout)}
    assert found == {"Contingent Troops": 63, "Experts on Mission": 5, "Staff Officers": 5}
    assert sum(row["female"] for row in json.loads(without.stdout)) == 11


def test_a_state_in_a_mission_over_time(register: str) -> None:
    found = rows(register, "contributions", "--state", "VN", "--mission", "UNISFA", "--series")
    assert [(point["date"], point["by"], point["count"]) for point in found] == [
        ("2022-06-30", "UN", 189), ("2023-12-31", "UN", 192), ("2025-06-30", "UN", 195)]  # fmt: skip
    over_all = rows(register, "contributions", "--state", "VN", "--series")
    assert [(p["date"], p["by"], p["count"]) for p in over_all][2:4] == [
        ("2023-12-22", "press", 274), ("2023-12-31", "UN", 274)]  # fmt: skip
    assert over_all[2]["evidence"][0]["quote"] in PAPER


def test_a_series_needs_a_state(register: str) -> None:
    refused = CliRunner().invoke(main, ["contributions", "--series", "--register", register])
    assert refused.exit_code == 2 and "--state" in refused.stderr

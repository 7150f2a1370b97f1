"""Facts by hand: kept with their words, where they are from and who entered them; statements like any other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from servanda.cli import main

CABLE = ("--origin", "Công điện 12", "--dated", "2024-05-01", "--officer", "Lan")
WORDS = "Phía Nhật Bản sẽ huấn luyện mười sĩ quan công binh trong năm 2025."


def run(folder: Path, *asked: str, code: int = 0) -> Any:
    found = CliRunner().invoke(main, [*asked, "--register", str(folder / "r.db")])
    assert found.exit_code == code, found.output
    return found


def told(folder: Path, *asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(folder, *asked, "--json").stdout)
    return found


def pledge(folder: Path) -> dict[str, Any]:
    run(folder, "enter", "undertaking", "--by", "Nhật Bản", "--to", "VN", "--due", "2025", "--words", WORDS, *CABLE)
    (row,) = told(folder, "ledger")
    return row


def test_an_undertaking_of_a_cable_is_one_like_any_other(tmp_path: Path) -> None:
    row = pledge(tmp_path)
    assert (row["kind"], row["by"], row["to"], row["due"], row["status"]) == (
        "pledge",
        ["Nhật Bản"],
        ["VN"],
        "2025",
        "open",
    )
    assert row["made"]["quote"] == WORDS and row["by_actors"][0]["actor"] == "state-JP"
    (document,) = told(tmp_path, "documents")
    assert document["publisher"] == "Lan" and "Công điện 12" in document["note"]
    assert "Japan" not in row["made"]["source"] and row["made"]["source"].startswith("by-hand/")
    assert run(tmp_path, "verify").exit_code == 0


@pytest.mark.parametrize("kind", ["request", "invitation", "proposal", "plan"])
def test_every_kind_of_undertaking_can_be_entered(tmp_path: Path, kind: str) -> None:
    run(
        tmp_path,
        "enter",
        "undertaking",
        "--kind",
        kind,
        "--by",
        "Pháp",
        "--to",
        "VN",
        "--words",
        "Mời sang thăm.",
        *CABLE,
    )
    (row,) = told(tmp_path, "ledger")
    assert row["kind"] == kind and row["by"] == ["Pháp"]


def test_its_outcome_is_set_on_the_words_of_a_note(tmp_path: Path) -> None:
    row = pledge(tmp_path)
    note = ("--origin", "Đại sứ quán", "--dated", "2025-06-02", "--officer", "Minh")
    run(tmp_path, "enter", "outcome", row["id"], "--status", "kept", "--words", "Khóa học đã khai giảng.", *note)
    (after,) = told(tmp_path, "ledger")
    assert after["id"] == row["id"] and after["status"] == "kept"
    assert [it["quote"] for it in after["evidence"]] == ["Khóa học đã khai giảng."]
    assert any("Minh" in line and "Đại sứ quán" in line for line in after["history"])


def test_an_outcome_before_its_promise_is_refused(tmp_path: Path) -> None:
    row = pledge(tmp_path)
    early = ("--origin", "Ghi chép", "--dated", "2023-01-01", "--words", "Đã xong.")
    found = run(tmp_path, "enter", "outcome", row["id"], "--status", "kept", *early, code=2)
    assert "before its promise" in found.output
    assert told(tmp_path, "ledger")[0]["status"] == "open" and len(told(tmp_path, "documents")) == 1


def test_an_engagement_and_a_contribution(tmp_path: Path) -> None:
    met = ("--kind", "meeting", "--participant", "VN", "--participant", "Pháp", "--date", "2024-04-30")
    run(tmp_path, "enter", "engagement", *met, "--words", "Hai bộ đã họp.", *CABLE)
    given = ("--contributor", "VN", "--mission", "UNMISS", "--what", "level_2_hospital", "--count", "63")
    run(tmp_path, "enter", "contribution", *given, "--words", "63 người đã tới Bentiu.", *CABLE)
    (engagement,) = told(tmp_path, "engagements")
    assert {it["actor"] for it in engagement["participants"]} == {"state-VN", "state-FR"}
    (contribution,) = told(tmp_path, "contributions")
    assert contribution["count"] == 63 and contribution["evidence"][0]["quote"] == "63 người đã tới Bentiu."


def test_what_is_entered_can_be_taken_back(tmp_path: Path) -> None:
    pledge(tmp_path)
    run(tmp_path, "review", "--undo", "1", "--by", "Lan")
    assert told(tmp_path, "ledger") == []


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("--by", "VN", "--words", " ", *CABLE), "needs the words"),
        (("--by", "VN", "--words", WORDS, "--origin", "x", "--dated", "20177-01"), "no date"),
        (("--by", "VN", "--due", "soon", "--words", WORDS, *CABLE), "due"),
    ],
)
def test_what_makes_no_entry_is_refused_and_nothing_is_kept(tmp_path: Path, asked: tuple[str, ...], why: str) -> None:
    found = run(tmp_path, "enter", "undertaking", *asked, code=2)
    assert why in found.output
    assert told(tmp_path, "ledger") == told(tmp_path, "documents") == []

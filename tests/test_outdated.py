"""A document withdrawn or corrected: what rested on it alone goes out of every answer, loudly, and is not forgotten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from servanda.cli import main
from servanda.desk.app import create_app
from servanda.desk.settings import Settings

BOTH = """Bộ trưởng Ngoại giao tiếp Đại sứ Nhật Bản

Ngày 12/3/2019, tại Hà Nội, Bộ trưởng Ngoại giao Phạm Bình Minh tiếp Đại sứ Nhật Bản Umeda Kunio.
"""
ALONE = """Đại sứ Nhật Bản cam kết đào tạo

Ngày 15/4/2019, tại Hà Nội, Thứ trưởng Quốc phòng Nguyễn Chí Vịnh gặp Đại sứ Nhật Bản Umeda Kunio. Đại sứ Umeda Kunio \
cam kết Nhật Bản sẽ đào tạo 30 công binh Việt Nam trong năm 2020.
"""


def run(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "400"}).invoke(main, [str(it) for it in arguments], prog_name="servanda")


@pytest.fixture
def press(tmp_path: Path) -> Path:
    for name, text in (("a.txt", BOTH), ("b.txt", f"{BOTH}\nBản tin thứ hai.\n"), ("c.txt", ALONE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    read(tmp_path)
    return tmp_path


def read(press: Path) -> None:
    result = run("read", press, "--register", press / "press.db", "--workers", 1)
    assert result.exit_code == 0, result.output


def answers(press: Path, *arguments: object) -> Any:
    result = run(*arguments, "--json", "--register", press / "press.db")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def told(press: Path, command: str) -> set[str]:
    """The documents on which the rows of a listing rest."""
    rows = answers(press, command)
    return {Path(it["source"]).name for row in rows for it in row.get("evidence") or [row["made"]]} | {
        Path(row["made"]["source"]).name for row in rows if "made" in row
    }


def test_what_rested_on_a_withdrawn_document_alone_is_gone_and_it_is_said(press: Path) -> None:
    assert {"a.txt", "b.txt", "c.txt"} <= told(press, "engagements") and "c.txt" in told(press, "ledger")
    promised = next(it for it in answers(press, "ledger") if Path(it["made"]["source"]).name == "c.txt")
    result = run("withdraw", press / "c.txt", "--by", "Lan", "--reason", "báo gỡ bài", "--register", press / "press.db")
    assert result.exit_code == 0 and "withdrawn" in result.stdout
    for command in ("engagements", "ledger", "acts"):
        assert "c.txt" not in told(press, command), command
    assert told(press, "engagements") == {"a.txt", "b.txt"}
    (kept,) = [it for it in answers(press, "documents") if it["status"] == "withdrawn"]
    assert "Lan" in kept["status_reason"] and "báo gỡ bài" in kept["status_reason"]
    listed = run("documents", "--register", press / "press.db").stdout
    assert {"Lan:", "báo", "gỡ", "bài"} <= set(listed.split()), "the reason stands in the list, folded or not"
    page = TestClient(create_app(Settings(register=str(press / "press.db"))), base_url="http://127.0.0.1:8000")
    gone = page.get(f"/undertakings/{promised['id']}")
    assert gone.status_code == 410 and "/cite/" in str(gone.url) and promised["made"]["quote"] in gone.text
    assert page.get("/undertakings/never-there").status_code == 404
    profile = answers(press, "show", "Umeda Kunio")[0]
    assert [(Path(it["source"]).name, it["status"]) for it in profile["outdated"]] == [("c.txt", "withdrawn")]
    assert profile["outdated"][0]["facts"] >= 2
    shown = run("show", "Umeda Kunio", "--lang", "en", "--register", press / "press.db").stdout
    assert "Out of the answers" in shown and "báo gỡ bài" in " ".join(shown.split())


def test_one_who_was_named_there_alone_is_not_just_unknown(press: Path) -> None:
    assert answers(press, "show", "Nguyễn Chí Vịnh")
    run("withdraw", press / "c.txt", "--by", "Lan", "--reason", "báo gỡ bài", "--register", press / "press.db")
    result = run("show", "Nguyễn Chí Vịnh", "--lang", "en", "--register", press / "press.db")
    assert result.exit_code == 1 and "Out of the answers" in result.stderr and "báo gỡ bài" in result.stderr


def test_what_two_documents_tell_stays_with_the_other(press: Path) -> None:
    run("withdraw", press / "a.txt", "--by", "Lan", "--reason", "sai", "--register", press / "press.db")
    (met,) = [it for it in answers(press, "engagements") if it["date"] == "2019-03-12"]
    assert [Path(it).name for it in met["documents"]] == ["b.txt"]


def test_a_corrected_page_replaces_what_it_said_before(press: Path) -> None:
    (press / "c.txt").write_text(ALONE.split("Đại sứ Umeda Kunio cam kết")[0].replace("15/4", "16/4"), encoding="utf-8")
    read(press)
    dates = {it["date"] for it in answers(press, "engagements")}
    assert "2019-04-16" in dates and "2019-04-15" not in dates
    assert "c.txt" not in told(press, "ledger")
    assert answers(press, "show", "Umeda Kunio")[0]["outdated"] == []  # the newer text still names him
    (press / "c.txt").write_text("Bài viết đã được cập nhật, không còn nội dung cũ.\n", encoding="utf-8")
    read(press)
    (gone, *_) = answers(press, "show", "Umeda Kunio")[0]["outdated"]
    assert gone["status"] == "superseded"

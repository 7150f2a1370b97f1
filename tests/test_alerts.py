"""Calendars, feeds and digests over a register: what they say, and that newer ones replace older ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from servanda.alerts import calendar, changes, feed, results
from servanda.cli import main
from servanda.errors import BadQuestion, NotFound
from servanda.store import Register, judge, keep_watch, open_register, watch, withdraw

NOW = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = {
    "a.txt": "Ngày 26/2/2024, tại Hà Nội, Bộ trưởng Ngoại giao Bùi Thanh Sơn hội đàm với Bộ trưởng Ngoại giao Lào "
    "Saleumxay Kommasith.\nBộ trưởng Ngoại giao Lào sẽ thăm Việt Nam vào tháng 9/2024.",
    "b.txt": "Ngày 27/2/2024, tại Hà Nội, Bộ trưởng Quốc phòng Phan Văn Giang tiếp Đại sứ Nhật Bản Yamada Takio.\n"
    "Nhật Bản cam kết hỗ trợ Việt Nam huấn luyện 20 sĩ quan gìn giữ hòa bình trước tháng 12/2024.",
}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    run(tmp_path, "read", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    with open_register(str(tmp_path / "r.db")) as opened:
        yield opened


def run(folder: Path, *asked: str) -> Any:
    found = CliRunner().invoke(main, [*asked, "--register", str(folder / "r.db")])
    assert found.exit_code == 0, found.output
    return found


def events(data: bytes) -> dict[str, Any]:
    return {str(it["uid"]): it for it in Calendar.from_ical(data).walk("VEVENT")}


def test_a_calendar_holds_every_dated_plan_and_due_date(register: Register) -> None:
    found = events(calendar(register, now=NOW, base="https://desk.example"))
    starts = {it.decoded("dtstart").isoformat() for it in found.values()}
    assert {"2024-09-01"} <= starts
    for uid, event in found.items():
        assert uid.endswith("@servanda") and event["status"] in ("TENTATIVE", "CONFIRMED", "CANCELLED")
        assert str(event["url"]).startswith("https://desk.example/")
        assert ".txt [" in str(event["description"]), "every event shows its words and where they stand"
    (visit,) = (it for it in found.values() if it.decoded("dtstart").isoformat() == "2024-09-01")
    assert visit.decoded("dtend") - visit.decoded("dtstart") == timedelta(days=30), "a month is no day"


def test_a_newer_calendar_replaces_the_older_under_the_same_uids(register: Register, tmp_path: Path) -> None:
    before = events(calendar(register, now=NOW))
    ledger = json.loads(run(tmp_path, "ledger", "--json").stdout)
    plan = next(it for it in ledger if it["due"])
    judge(register, "status", plan["id"], by="Lan", value="withdrawn", reason="told by the embassy")
    after = events(calendar(register, now=NOW + timedelta(hours=1)))
    assert set(before) == set(after)
    assert all(after[uid]["sequence"] > before[uid]["sequence"] for uid in before)


def test_a_kept_question_is_a_feed_whose_entries_keep_their_ids(register: Register, tmp_path: Path) -> None:
    keep_watch(register, "all", {"sort": "undertakings"}, by="Lan")
    tree = ElementTree.fromstring(feed(register, watch(register, "all"), base="https://desk.example"))
    entries = tree.findall(f"{ATOM}entry")
    ids = [it.findtext(f"{ATOM}id") for it in entries]
    assert ids and len(set(ids)) == len(ids) and all(str(it).startswith("urn:servanda:undertaking:") for it in ids)
    assert all("“" in str(it.findtext(f"{ATOM}content")) for it in entries)
    (tmp_path / "c.txt").write_text(
        "Ngày 1/3/2024, Pháp cam kết tặng Việt Nam 5 xe cứu thương trong năm 2025.", "utf-8"
    )
    run(tmp_path, "read", str(tmp_path / "c.txt"))
    again = ElementTree.fromstring(feed(register, watch(register, "all")))
    later = [it.findtext(f"{ATOM}id") for it in again.findall(f"{ATOM}entry")]
    assert set(ids) <= set(later) and len(later) == len(ids) + 1 and later[0] not in ids, "the newest comes first"


def test_a_search_can_be_kept_too(register: Register) -> None:
    found = results(register, {"sort": "search", "words": "huan luyen", "kind": "document"})
    assert [it["sort"] for it in found] == ["document"] and found[0]["quotes"][0]["source"].endswith("b.txt")


def test_what_cannot_be_asked_is_said_before_it_is_kept(register: Register, tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match="cannot be narrowed by place"):
        results(register, {"sort": "undertakings", "place": "Hà Nội"})
    with pytest.raises(NotFound, match="servanda watch add"):
        watch(register, "none")
    asked = ["watch", "add", "x", "--sort", "engagements", "--to", "VN", "--register", str(tmp_path / "r.db")]
    refused = CliRunner().invoke(main, asked)
    assert refused.exit_code == 2 and "cannot be narrowed by to" in refused.output


def test_a_digest_tells_what_came_in_and_what_was_taken_back(register: Register) -> None:
    today = datetime.now(UTC).date()
    found = changes(register, today.isoformat())
    assert len(found["documents"]) == 2 and found["undertakings"] and found["engagements"]
    assert changes(register, (today + timedelta(days=1)).isoformat())["undertakings"] == []
    withdraw(register, found["documents"][0], by="Lan", reason="the paper took it back")
    after = changes(register, today.isoformat())
    assert [it["source"] for it in after["withdrawn"]] == found["documents"][:1]
    assert len(after["documents"]) == 1
    with pytest.raises(BadQuestion):
        changes(register, "yesterday")


def test_the_commands(register: Register, tmp_path: Path) -> None:
    run(tmp_path, "calendar", "--out", str(tmp_path / "a.ics"))
    assert events((tmp_path / "a.ics").read_bytes())
    run(tmp_path, "watch", "add", "japan", "--actor", "JP", "--officer", "Lan")
    assert json.loads(run(tmp_path, "watch", "list", "--json").stdout)[0]["question"] == {
        "sort": "undertakings",
        "actor": "JP",
    }
    assert run(tmp_path, "feed", "japan").stdout_bytes.startswith(b"<?xml")
    assert json.loads(run(tmp_path, "feed", "japan", "--json").stdout)[0]["sort"] == "undertaking"
    assert "2 documents came in" in run(tmp_path, "digest", "--since", "2020").output
    run(tmp_path, "watch", "remove", "japan")
    assert "no watch" in CliRunner().invoke(main, ["feed", "japan", "--register", str(tmp_path / "r.db")]).output

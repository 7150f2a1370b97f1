"""Questions that a register of the five seed pages must answer, asked through the commands: each with its words.

The pages are press texts and stay outside the project; where they are absent, these tests are skipped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from servanda.cli import main

SHARED = Path(__file__).parents[2] / "shared"
SEEDS = SHARED / "seeds"
TABLE = SHARED / "reference" / "un_contributions" / "UN_country_contributions_2025_06.pdf"
Row = dict[str, Any]

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no seed pages at {SEEDS}")


class Asked:
    """A register of the five pages, asked by commands; every answer's words are looked up in the page they cite."""

    def __init__(self, register: Path) -> None:
        self.register = str(register)
        self.texts = {str(page): page.read_text(encoding="utf-8") for page in SEEDS.glob("seed_*.txt")}

    def run(self, *command: str) -> str:
        done = CliRunner().invoke(main, [*command, "--register", self.register])
        assert done.exit_code == 0, (command, done.output, done.exception)
        return done.output

    def rows(self, *command: str) -> list[Row]:
        found: list[Row] = json.loads(self.run(*command, "--json"))
        for said in _cited(found):
            if said["source"] in self.texts:
                assert self.texts[said["source"]][said["start"] : said["end"]] == said["quote"]
        return found

    def show(self, *command: str) -> Row:
        sheet: Row = json.loads(self.run("show", *command, "--json"))[0]
        return sheet


def _cited(found: Any) -> list[Row]:
    if isinstance(found, dict):
        own = [found] if {"source", "start", "end", "quote"} <= found.keys() else []
        return own + [said for value in found.values() for said in _cited(value)]
    return [said for item in found for said in _cited(item)] if isinstance(found, list) else []


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    register = tmp_path_factory.mktemp("stories") / "seeds.db"
    answers = Asked(register)
    answers.run("read", str(SEEDS))
    if TABLE.exists():
        answers.run("import-un", str(TABLE))
    return answers


def page(row: Row) -> str:
    """The number of the seed page on whose words a row stands."""
    said = _cited(row)[0]
    return Path(said["source"]).stem[-3:]


def words(row: Row) -> str:
    return " ".join(said["quote"] for said in _cited(row))


def test_1_the_summit_of_the_future_was_held(asked: Asked) -> None:
    (summit,) = [
        u for u in asked.rows("ledger") if "Thượng đỉnh Tương lai" in u["made"]["quote"] and u["kind"] == "plan"
    ]
    assert (page(summit), summit["due"], summit["status"]) == ("001", "2024-09", "kept")
    assert {page({"it": e}) for e in summit["evidence"]} == {"000"}
    adopted = [a for a in asked.rows("agreements") if "Tương lai" in a["name"] and a["status"] == "adopted"]
    assert [page(a) for a in adopted] == ["000"]
    stamped = [e for e in asked.rows("engagements") if (e["date"] or "").startswith("2025")]
    assert stamped == []


def test_2_where_the_fourth_cycle_stands(asked: Asked) -> None:
    (cycle,) = [p for p in asked.rows("programme", "nhóm chuyên gia gìn giữ hòa bình") if p["kind"] == "cycle"]
    assert (cycle["since"], cycle["until"]) == ("2021", "2023")
    first, *ahead = cycle["steps"]
    assert (first["unit"], first["status"], first["date"]) == ("16", "held", "2022-10-11")
    assert {"Nguyễn Như Cảnh", "Matsuzawa Tomoko"} <= set(first["who"])
    assert [(s["unit"], s["planned"], s["status"]) for s in ahead if s["unit"]] == [("17", "2022-12", "no evidence")]
    assert sorted(s["planned"] for s in ahead) == ["2022-12", "2022-12", "2023-04", "2023-09"]
    assert all("no evidence in" in s["note"] and s["told"] and not s["shown"] for s in ahead)


def test_3_officers_do_not_keep_a_promise_of_police_units(asked: Asked) -> None:
    given = asked.rows("contributions", "--state", "VN")
    (promised,) = [c for c in given if c["what"] == "police"]
    assert (page(promised), promised["status"], promised["asserted_by"]) == ("001", "pledged", "Bùi Thanh Sơn")
    (units,) = [c for c in given if c["what"] == "police_unit"]
    assert (page(units), units["status"], units["asserted_by"]) == ("000", "ready", "Jean-Pierre Lacroix")
    (entry,) = [u for u in asked.rows("ledger") if _overlap(u["made"], units["evidence"][0])]
    assert entry["status"] == "open" and entry["evidence"] == []


def test_3_the_united_nations_count_officers_and_no_unit(asked: Asked) -> None:
    if not TABLE.exists():
        pytest.skip(f"no table at {TABLE}")
    rows = asked.rows("contributions", "--official", "--state", "VN")
    police = {r["mission"]: r["total"] for r in rows if r["personnel_type"] == "Individual Police"}
    assert police == {"UNISFA": 3, "UNMISS": 6}
    assert not [r for r in rows if "Formed" in r["personnel_type"]]


def _overlap(a: Row, b: Row) -> bool:
    return a["source"] == b["source"] and a["start"] < b["end"] and b["start"] < a["end"]


def test_4_whose_approval_stands_in_quarantine(asked: Asked) -> None:
    grafted = [c for c in asked.rows("contributions", "--quarantined") if c.get("quarantined")]
    (officers,) = grafted
    assert (page(officers), officers["count"], officers["what"]) == ("001", 4, "individual_officers")
    assert officers["mission"] is None and officers["date"] is None and officers["contributor"] is None
    assert not [c for c in asked.rows("contributions") if c["count"] == 4]
    assert not [u for u in asked.rows("ledger") if _overlap(u["made"], officers["evidence"][0])]


def test_5_brief_me_on_iran(asked: Asked) -> None:
    iran = [
        a
        for a in asked.rows("acts")
        if "Iran" in {_name(a["speaker"]), _name(a["addressee"])} or "Abdollahian" in _names(a)
    ]
    assert {page(a) for a in iran} == {"001"}
    asks = [a for a in iran if a["type"] == "REQUEST" and _name(a["speaker"]) == "Bùi Thanh Sơn"]
    assert any("Halal" in words(a) for a in asks) and any("doanh nghiệp" in words(a) for a in asks)
    assert any("8/2023" in words(a) and "1/2024" in words(a) for a in asks)
    wishes = [a for a in iran if a["type"] == "REQUEST" and "Abdollahian" in _name(a["speaker"])]
    assert any("thương mại" in words(a) and "giáo dục" in words(a) for a in wishes)
    both = {_name(a["speaker"]) for a in iran if a["type"] == "AGREE"}
    assert {"Việt Nam", "Iran"} <= both
    assert [a for a in wishes if a["mode"] == "invitation"]
    assert not any(sign in words(a) for a in iran for sign in ("USD", "đô la", "tỷ"))


def test_5_the_meeting_with_iran_is_dated(asked: Asked) -> None:
    met = [e for e in asked.rows("engagements") if "Abdollahian" in " ".join(p["name"] for p in e["participants"])
           and e["status"] == "held"]  # fmt: skip
    assert [(e["date"], page(e)) for e in met] == [("2024-02-26", "001")]


def _name(actor: Row | None) -> str:
    return (actor or {}).get("name") or ""


def _names(act: Row) -> str:
    return f"{_name(act['speaker'])} {_name(act['addressee'])}"


def test_6_which_invitations_are_outstanding(asked: Asked) -> None:
    open_ones = [u for u in asked.rows("ledger") if u["kind"] == "invitation"]
    due = {("Dennis Francis" in u["by"] + u["to"] and "Dennis Francis") or "Iran": u["due"] for u in open_ones}
    assert due == {"Dennis Francis": "2024", "Iran": None}
    (undated,) = [u for u in open_ones if u["due"] is None]
    assert undated["status"] in ("open", "accepted"), "without a date, never overdue"


def test_7_what_japan_has_done(asked: Asked) -> None:
    (memorandum,) = [a for a in asked.rows("agreements") if a["kind"] == "memorandum"]
    assert (memorandum["date"], memorandum["status"], page(memorandum)) == ("2015-09-15", "signed", "003")
    assert {p["name"] for p in memorandum["parties"]} == {"Bộ Quốc phòng Việt Nam", "Bộ Quốc phòng Nhật Bản"}
    met = [e for e in asked.rows("engagements") if "Matsuzawa Tomoko" in {p["name"] for p in e["participants"]}]
    received = [e for e in met if e["form"] == "received"]
    assert [e["date"][4:] for e in received] == ["-10-10"]
    assert any("Nguyễn Như Cảnh" in {p["name"] for p in e["participants"]} for e in met)
    japan = [u for u in asked.rows("ledger") if any("Nhật Bản" in name or "Matsuzawa" in name for name in u["by"])]
    assert [u for u in japan if u["kind"] == "pledge"] == []


def test_8_what_was_asked_of_france(asked: Asked) -> None:
    acts = [a for a in asked.rows("acts") if page(a) == "002"]
    asks = [a for a in acts if a["type"] == "REQUEST" and _name(a["addressee"]) == "Pháp"]
    assert len(asks) == 2 and all("đào tạo" in words(a) for a in asks)
    assert [a for a in acts if a["type"] == "AGREE" and "kinh nghiệm" in words(a)]
    assert not [a for a in asked.rows("agreements") if page(a) == "002" and a["status"] in ("signed", "adopted")]
    dates = {e["date"] for e in asked.rows("engagements") if page(e) == "002" and e["date"]}
    assert dates == {"XXXX-11-19/XXXX-11-20"}
    (document,) = [d for d in asked.rows("documents") if d["source"].endswith("seed_002.txt")]
    assert document["machine_translated"] is True
    (sheet,) = [asked.show("Wu Wenjun")]
    assert "Võ Văn Tuấn" not in sheet["names"], "a name for a mangled one is proposed, never asserted"
    officers = [c for c in asked.rows("contributions") if page(c) == "002"]
    assert [(c["mission"], c["what"]) for c in officers] == [(None, "individual_officers")]


def test_8_seven_officers_once(asked: Asked) -> None:
    assert [c["count"] for c in asked.rows("contributions") if page(c) == "002"] == [7]


def test_12_who_committed_what(asked: Asked) -> None:
    acts = [a for a in asked.rows("acts") if page(a) == "004"]
    committed = [a for a in acts if a["type"] == "AGREE"]
    assert {_name(a["speaker"]) for a in committed} <= {"Liên hợp quốc", "Hiệp hội các quốc gia Đông Nam Á"}
    assert any("18 tổ chức khu vực" in words(a) for a in committed)
    proposed = [a for a in acts if a["mode"] == "proposal"]
    assert [_name(a["speaker"]) for a in proposed] == ["Lê Lương Minh"]
    assert any(a["type"] == "SUPPORT" and "AIPR" in words(a) and _name(a["speaker"]) == "Lê Lương Minh" for a in acts)
    (declared,) = [a for a in asked.rows("agreements") if page(a) == "004"]
    assert (declared["date"], declared["status"]) == ("2011", "in_force")
    met = [e for e in asked.rows("engagements") if page(e) == "004"]
    assert [e["date"] for e in met] == ["XXXX-05-01/XXXX-05-02"]
    assert not any(p["name"] in ("Mỹ", "Việt Nam") for e in met for p in e["participants"])

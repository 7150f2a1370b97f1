"""The contracts: the shape of a reading, which module may know which, and that what docs/ says is so."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from servanda.cli import main
from servanda.contract import FILE, reading_schema, records
from servanda.errors import BadData
from servanda.types import Reading

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"


def run(*arguments: str, **options):
    return CliRunner().invoke(main, list(arguments), **options)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """What `read --json` writes of the samples."""
    return run("read", str(SAMPLES), "--json", "--workers", "1").stdout.splitlines()


def test_every_line_is_a_reading(lines):
    readings = [TypeAdapter(Reading).validate_json(line) for line in lines]
    assert len(readings) == 14
    assert len({reading.id for reading in readings}) == 14


def test_every_line_has_the_keys_that_the_schema_names(lines):
    schema = reading_schema()
    for line in lines:
        for key, value in json.loads(line).items():
            told = schema["$defs"]["Reading"]["properties"][key]
            for item in value if isinstance(value, list) and "$ref" in told.get("items", {}) else ():
                kind = told["items"]["$ref"].rpartition("/")[2]
                assert set(item) == set(schema["$defs"][kind]["properties"]), kind


def test_the_schema_says_something_of_every_property():
    for kind in records():
        for name, told in reading_schema()["$defs"][kind]["properties"].items():
            assert told["description"], f"{kind}.{name}"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    due: {", "    when: {", r"reading\.yaml: Act\.(due: is missing|when: no such property)"),
        ("    due: {vi: hạn, says:", "    due: {vi: hạn, means:", r"reading\.yaml: Act\.properties\.due\.says: Field"),
        ("Act:", "Act: [", r"reading\.yaml: cannot be read: while parsing"),
    ],
)
def test_a_broken_schema_file_names_file_key_and_why(tmp_path, old, new, says):
    path = shutil.copy(FILE, tmp_path)
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadData, match=says):
        records(Path(path))


def test_modules_know_one_another_only_as_the_contracts_allow():
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True
    )
    assert found.returncode == 0, found.stdout.decode()


def test_lexicon_explain_names_rules_that_fired_and_that_did_not():
    shown = run("lexicon", "explain", "Bộ trưởng Bùi Thanh Sơn cảm ơn Nhật Bản và không gặp ông Lacroix.").stdout
    assert "person: Bùi Thanh Sơn, Bộ trưởng" in shown
    assert "act SUPPORT thanks Bùi Thanh Sơn → Nhật Bản\n    by vi.support.thank, confidence 0." in shown
    assert "not by vi.meeting.met: denied" in shown


def test_lexicon_explain_reads_standard_input():
    assert "state JP: Nhật Bản" in run("lexicon", "explain", "-", input="Nhật Bản cảm ơn Lào.").stdout


def test_lexicon_sample_shows_facts_of_one_rule():
    shown = run("lexicon", "sample", str(SAMPLES), "--rule", "vi.support.thank", "-n", "2").stdout
    assert shown.count("by vi.support.thank: “") == 2
    assert shown.splitlines()[-1].endswith("facts by vi.support.thank")


def test_lexicon_coverage_reports_what_is_not_known(tmp_path):
    (tmp_path / "a.txt").write_text("Giá vàng hôm nay tăng. Anh Quốc Mẫu khẳng định giá sẽ còn tăng.", encoding="utf-8")
    shown = run("lexicon", "coverage", str(tmp_path), str(SAMPLES / "geneva.txt")).stdout
    assert "Documents without any engagement: 1 (50.0%)" in shown
    assert f"- {tmp_path / 'a.txt'}" in shown
    assert "## Rules that never fire" in shown


def test_evaluate_prints_figures_and_reliability(tmp_path):
    (tmp_path / "a.txt").write_text("Ngày 26/2/2024, Pháp cảm ơn Nhật Bản.", encoding="utf-8")
    gold = {
        "actors": [
            {"id": "f", "kind": "state", "names": ["Pháp"], "code": "FR"},
            {"id": "j", "kind": "state", "names": ["Nhật Bản"], "code": "JP"},
            {"id": "l", "kind": "state", "names": ["Lào"], "code": "LA"},
        ],
        "acts": [{"type": "SUPPORT", "speaker": "f", "addressee": "j", "quote": "Pháp cảm ơn Nhật Bản"}],
    }
    (tmp_path / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    shown = run("evaluate", str(tmp_path), "--errors").stdout
    assert "a: states missed: Lào" in shown
    assert "a: dates wrong: 2024-02-26 'Ngày 26/2/2024'" in shown
    figures = json.loads(run("evaluate", str(tmp_path), "--json").stdout)
    assert figures["states"] == {"precision": 1.0, "recall": 2 / 3, "f1": 0.8, "gold": 3}
    assert figures["acts"]["f1"] == 1.0
    assert sum(b["facts"] for b in figures["reliability"]) == 4


def test_evaluate_names_a_broken_gold_file(tmp_path):
    (tmp_path / "a.txt").write_text("Pháp", encoding="utf-8")
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    found = run("evaluate", str(tmp_path))
    assert found.exit_code == 2
    assert found.stderr.startswith("servanda: a.json: Expecting property name")

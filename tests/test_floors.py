"""The reader is never worse on the gold than it was: floors.json pins the figures (`make floors` raises them)."""

from __future__ import annotations

import pytest
from floors import GOLD, measured, pin, pinned

from servanda.evaluate import digest

here = pytest.mark.skipif(not GOLD.is_dir(), reason=f"no gold readings at {GOLD}: the floors cannot be checked")


@here
def test_figures_are_not_lower_than_pinned():
    figures, floors = measured(GOLD), pinned()["figures"]
    lower = {
        f: f"{figures.get(f, 0.0):.3f} < {floor:.3f}" for f, floor in floors.items() if figures.get(f, 0.0) < floor
    }
    assert not lower, f"lower than pinned (FORCE=1 make floors lowers a floor): {lower}"


@here
def test_figures_are_of_the_data_that_was_pinned():
    assert digest(GOLD) == pinned()["digest"], "the gold has changed: FORCE=1 make floors pins the figures anew"


def gold(folder, quote):
    (folder / "a.txt").write_text("Ngày 26/2/2024, Pháp cảm ơn Nhật Bản.", encoding="utf-8")
    edtf = "2024-02-26"
    (folder / "a.json").write_text(f'{{"dates": [{{"quote": "{quote}", "edtf": "{edtf}"}}]}}', encoding="utf-8")
    return folder


def test_floors_rise_but_fall_only_by_force(tmp_path, monkeypatch):
    monkeypatch.setattr("floors.FILE", tmp_path / "floors.json")
    (tmp_path / "floors.json").write_text('{"digest": "", "figures": {"states": 0.5, "dates": 0.0}}')
    monkeypatch.setattr("floors.measured", lambda folder: {"states": 0.4, "dates": 0.7})
    pin(gold(tmp_path, "26/2/2024"), force=False)
    assert pinned()["figures"] == {"states": 0.5, "dates": 0.7}
    pin(tmp_path, force=True)
    assert pinned()["figures"] == {"states": 0.4, "dates": 0.7}


def test_floors_are_not_set_beside_other_data(tmp_path, tmp_path_factory, monkeypatch):
    pins = tmp_path_factory.mktemp("pins") / "pinned.json"
    monkeypatch.setattr("floors.FILE", pins)
    pins.write_text('{"digest": "0000", "figures": {}}')
    with pytest.raises(SystemExit, match="is not the data"):
        pin(gold(tmp_path, "26/2/2024"), force=False)


def test_measured_reads_and_scores_a_folder(tmp_path):
    assert measured(gold(tmp_path, "26/2/2024"))["dates"] == 1.0

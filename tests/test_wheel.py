"""The wheel carries every data file of the package, and stays small."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "servanda"
LARGEST = 30 * 1024 * 1024


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    """The wheel, built without a network by the build backend of the project itself."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_every_file_of_the_package_is_in_the_wheel(wheel):
    there = {name for name in wheel.namelist() if name.startswith("servanda/")}
    files = (p for p in PACKAGE.rglob("*") if p.is_file() and not {"__pycache__", "assets"} & set(p.parts))
    assert {p.relative_to(PACKAGE.parent).as_posix() for p in files} <= there


def test_the_wheel_is_small_and_says_its_licence(wheel):
    assert Path(wheel.filename or "").stat().st_size < LARGEST
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_the_wheel_carries_what_the_desk_runs_in_a_browser_and_on_what_terms(wheel):
    vendor = "servanda/desk/static/vendor/"
    there = {name.removeprefix(vendor) for name in wheel.namelist() if name.startswith(vendor)}
    assert {"htmx.min.js", "timeline.js", "timeline.css", "network.js", "map.js", "chart.js", "calendar.js"} <= there
    assert not [name for name in wheel.namelist() if "/assets/" in name or "node_modules" in name]
    terms = wheel.read(vendor + "LICENSES.txt").decode()
    for name in ("htmx.org", "cytoscape", "d3-geo", "topojson-client", "vis-timeline", "world-atlas", "moment"):
        assert re.search(rf"^{re.escape(name)} \d+\.\d+\.\d+: \S+", terms, re.M), name


def test_the_assets_are_built_once_and_anew_when_a_source_changes(tmp_path):
    sys.path.insert(0, str(ROOT / "tools"))
    import assets

    for part in ("assets/src", "static/vendor"):
        (tmp_path / "src/servanda/desk" / part).mkdir(parents=True)
    folder = tmp_path / "src/servanda/desk/assets"
    for name in ("package.json", "package-lock.json", "build.mjs", "src/one.js"):
        (folder / name).write_text("{}")
    assert not assets.fresh(tmp_path)
    made = {"inputs": assets._digest(tmp_path), "outputs": []}
    (tmp_path / "src/servanda/desk/static/vendor/built.json").write_text(json.dumps(made))
    assert assets.fresh(tmp_path) and not assets.wanted(tmp_path)
    (folder / "src/one.js").write_text("{ }")
    assert not assets.fresh(tmp_path)


def test_without_node_the_build_asks_for_one_and_says_what_helps(tmp_path, monkeypatch):
    sys.path.insert(0, str(ROOT / "tools"))
    import assets

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    hook = assets.DeskAssets(str(tmp_path), {}, None, None, "", "wheel")
    assert hook.dependencies() == [assets.NODE_WHEEL]
    with pytest.raises(assets.AssetsNotBuilt, match=r"(?s)Node\.js 18 or newer.*SERVANDA_WITHOUT_ASSETS=1") as raised:
        assets.build(tmp_path)
    assert "npm registry" in str(raised.value)
    monkeypatch.setenv(assets.WITHOUT, "1")
    assert hook.dependencies() == []

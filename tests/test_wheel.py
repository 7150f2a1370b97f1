"""The wheel carries every data file of the package, and stays small."""

from __future__ import annotations

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
    files = (p for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    assert {p.relative_to(PACKAGE.parent).as_posix() for p in files} <= there


def test_the_wheel_is_small_and_says_its_licence(wheel):
    assert Path(wheel.filename or "").stat().st_size < LARGEST
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())

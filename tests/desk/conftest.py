"""A desk over a small register of our own texts, asked as a browser without JavaScript asks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from servanda.cli import main
from servanda.desk.app import create_app
from servanda.desk.settings import Settings

SAMPLES = Path(__file__).parents[2] / "samples"
HOSTILE = (
    "Bộ trưởng Bùi Thanh Sơn tiếp Đại sứ Nhật Bản ngày 5/3/2021 <script>alert(1)</script> tại Hà Nội.\n"
    '<img src=x onerror="alert(2)"> Đảo ngược: \u202ecod.exe\u202c và ký tự \x07 lạ. '
    + "dài" * 400
    + "\nBộ trưởng Bùi Thanh Sơn đề nghị Nhật Bản tiếp tục hỗ trợ đào tạo sĩ quan {{ 7*7 }} &lt;b&gt;."
)
Ask = Callable[..., TestClient]


def read(register: Path, *paths: Path) -> None:
    """Read files into a register."""
    result = CliRunner().invoke(main, ["--register", str(register), "read", *map(str, paths)])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of samples/ and of a hostile page; not to be written to."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    copies = folder / "samples"
    shutil.copytree(SAMPLES, copies)
    read(folder / "desk.db", copies, folder / "hostile.txt")
    return folder / "desk.db"


def browser(register: Path, language: str = "en") -> TestClient:
    """A browser at the desk over this register."""
    headers = {"accept": "text/html", "accept-language": language}
    return TestClient(create_app(Settings(str(register), busy_seconds=0.2, writing_seconds=0.2)), base_url="http://127.0.0.1",
                      headers=headers, raise_server_exceptions=False)  # fmt: skip


@pytest.fixture(scope="session")
def desk(kept: Path) -> Iterator[TestClient]:
    """A browser that reads English."""
    with browser(kept) as client:
        for _ in range(30):  # what documents tell is put together once
            if client.get("/").status_code == 200:
                break
        yield client

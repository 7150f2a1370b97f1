"""What tests share: a text to read, and registers of both kinds, each new and gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import warnings
from collections.abc import Callable, Iterator
from glob import glob
from itertools import count
from pathlib import Path

import pytest

Addresses = Callable[[], str]


@pytest.fixture(autouse=True)
def _width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables as wide as where there is no terminal, whatever terminal the tests are run from."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str | None]:
    """The URL of a PostgreSQL server of one's own, for the session; None where PostgreSQL is not installed."""
    found = sorted(glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    if not found:
        yield None
        return
    place = Path("/tmp") if os.geteuid() == 0 else tmp_path_factory.getbasetemp()
    folder = place / f"servanda-postgres-{os.getpid()}"
    folder.mkdir(mode=0o700)
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        shutil.chown(folder, user)
    as_user = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, capture_output=True, cwd=folder)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, tools = folder / "data", Path(found[-1])
    try:
        run(str(tools / "initdb"), "-D", str(data), "-U", "servanda", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run(str(tools / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgresql://servanda@127.0.0.1:{port}/"
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            run(str(tools / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


NUMBERS = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a register may be made: a file that is not there yet, then an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "register.db")
    server = request.getfixturevalue("postgres")
    if server is None:
        warnings.warn("PostgreSQL is not installed: the register was tested on SQLite only", stacklevel=1)
        pytest.skip("POSTGRESQL IS NOT INSTALLED: apt-get install postgresql")
    import psycopg

    name = f"register_{next(NUMBERS)}"
    with psycopg.connect(f"{server}postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return f"{server}{name}"


NEWS = """Bộ trưởng Ngoại giao tiếp Đại sứ Nhật Bản

Ngày 12/3/2019, tại Hà Nội, Bộ trưởng Ngoại giao Phạm Bình Minh tiếp Đại sứ Nhật Bản Umeda Kunio.

Bộ trưởng Phạm Bình Minh cảm ơn Nhật Bản đã giúp đỡ lực lượng gìn giữ hòa bình của Việt Nam. Đại sứ Umeda Kunio \
cam kết Nhật Bản sẽ tiếp tục hỗ trợ Việt Nam đào tạo công binh.

Việt Nam đã cử 63 cán bộ, nhân viên của Bệnh viện dã chiến cấp 2 số 1 tới Phái bộ UNMISS ở Nam Sudan.
"""


@pytest.fixture
def news() -> str:
    """A short piece of news, written for these tests, that holds a meeting, acts and a contribution."""
    return NEWS

"""Where grown registers are kept: SQLite files of a folder, or databases of a PostgreSQL server run from there.

    python bench/database.py FOLDER

runs the server of a folder that `bench/growth.py --postgres --keep FOLDER` left, and prints its URL, until it is
stopped (Ctrl-C): `python bench/desk.py URLgrown_50000` then times pages on it.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from servanda.store import Register, open_register

QUICK = ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -1500000", "temp_store = FILE")
QUICK_SERVER = ("session_replication_role = replica", "synchronous_commit = off", "maintenance_work_mem = '1GB'")
OPTIONS = "-c fsync=off -c shared_buffers=1GB -c max_wal_size=2GB -c checkpoint_timeout=30min"


@dataclass
class Database:
    """Grown registers by their size. `server`: the URL of a PostgreSQL server; else they are files of `folder`."""

    folder: Path
    server: str | None = None

    def address(self, size: int) -> str:
        """Where the register of a size is."""
        return f"{self.server}grown_{size}" if self.server else str(self.folder / f"grown-{size}.db")

    def has(self, size: int) -> bool:
        """Whether it is grown already, to its end."""
        return (self.folder / f"{'postgresql' if self.server else 'sqlite'}-{size}.grown").exists()

    def open(self, size: int) -> Register:
        """A register that is grown."""
        return open_register(self.address(size))

    @contextmanager
    def growing(self, size: int) -> Iterator[Register]:
        """A new register, to be filled as fast as can be: what becomes of it when the machine fails does not matter."""
        self._new(size)
        with open_register(self.address(size), create=True) as register:
            register.engine.dispose()
            event.listen(register.engine, "connect", self._quick)
            yield register
        (self.folder / f"{'postgresql' if self.server else 'sqlite'}-{size}.grown").touch()

    def _quick(self, connection: Any, _: Any) -> None:
        for setting in QUICK_SERVER if self.server else QUICK:
            connection.execute(f"SET {setting}" if self.server else f"PRAGMA {setting}")
        if self.server:
            connection.commit()

    def _new(self, size: int) -> None:
        if self.server is None:
            for ending in ("", "-wal", "-shm"):
                Path(self.address(size) + ending).unlink(missing_ok=True)
            return
        import psycopg

        with psycopg.connect(f"{self.server}postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS grown_{size}")
            connection.execute(f"CREATE DATABASE grown_{size}")

    def processor(self, register: Register) -> float:
        """Seconds of processors that this process has used, and what serves it in a PostgreSQL server here."""
        if self.server is None:
            return time.process_time()
        with register.reading() as connection:
            asked = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() ORDER BY pid"
            serving = connection.execute(text(asked)).scalars().all()
        return time.process_time() + sum(_used(pid) for pid in serving)


def _used(pid: int) -> float:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    return 0.0


@contextmanager
def server(kind: str, folder: Path) -> Iterator[Database]:
    """Registers kept in a folder: `sqlite`, or `postgresql` with a server run for as long as this lasts."""
    if kind == "sqlite":
        yield Database(folder)
        return
    with running(folder / "postgresql") as url:
        yield Database(folder, url)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL server whose data are kept in a folder. Raises RuntimeError where there is none here."""
    found = sorted(glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    if not found and not shutil.which("initdb"):
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
    tools = Path(found[-1]) if found else Path(str(shutil.which("initdb"))).parent
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    as_user = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, user)

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    if not data.exists():
        run(str(tools / "initdb"), "-D", str(data), "-U", "servanda", "-A", "trust", "-E", "UTF8", "--no-sync")
    (data / "postmaster.pid").unlink(missing_ok=True)
    options = f"-p {port} -k /tmp -c listen_addresses=127.0.0.1 {OPTIONS}"
    run(str(tools / "pg_ctl"), "-D", str(data), "-w", "-t", "600", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://servanda@127.0.0.1:{port}/"
    finally:
        run(str(tools / "pg_ctl"), "-D", str(data), "-w", "-m", "fast", "stop")


if __name__ == "__main__":
    with running(Path(sys.argv[1]) / "postgresql") as url, contextlib.suppress(KeyboardInterrupt):
        print(url, flush=True)
        signal.pause()

"""Bad input gets a one-line reason and is set aside; the batch goes on, and the register stays whole."""

from __future__ import annotations

import gzip
import json
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from servanda.cli import main
from servanda.store import filed, open_register, set_asides, verify

SERVANDA = [sys.executable, "-c", "from servanda.cli import main; main(prog_name='servanda')"]


def servanda(*arguments: object, limit: int | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command; with a `limit` in a process in which no file may grow over so many bytes, as on a full disk."""
    command = [str(it) for it in arguments]
    if limit is None:
        done = CliRunner().invoke(main, command, env=environment, prog_name="servanda")
        return subprocess.CompletedProcess(command, done.exit_code, done.stdout, done.stderr)

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run([*SERVANDA, *command], capture_output=True, text=True, timeout=120, preexec_fn=bound)


@pytest.fixture
def bad_folder(tmp_path: Path, news: str) -> Path:
    folder = tmp_path / "input"
    folder.mkdir()
    contents: dict[str, bytes] = {
        "01-empty.txt": b"",
        "02-binary.txt": bytes(range(256)) * 20,
        "03-good.txt": news.encode(),
        "04-no-encoding.txt": bytes(range(128, 256)) * 20,
        "05-dump.jsonl": b"\n".join([json.dumps({"text": news + "1"}).encode(), b"{broken", b'{"title": "no text"}']),
        "06-cut.jsonl.gz": gzip.compress(os.urandom(200_000).hex().encode())[:1000],
        "07-page.html": b"<html><body></body></html>",
        "09-good.txt": news.encode() + b"2",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "08-unreadable.txt").symlink_to(folder / "08-unreadable.txt")
    return folder


def test_a_batch_goes_on_past_everything_bad(bad_folder: Path, tmp_path: Path) -> None:
    register = tmp_path / "press.db"
    done = servanda("read", bad_folder, "--register", register)
    assert done.returncode == 1, done.stderr
    with open_register(str(register)) as opened:
        assert len(list(filed(opened))) == 3
        reasons = {Path(it.source).name: it.reason for it in set_asides(opened)}
        assert verify(opened).broken == []
    expected = {
        "01-empty.txt": "empty",
        "02-binary.txt": "binary",
        "04-no-encoding.txt": "not UTF-8",
        "05-dump.jsonl#2": "not JSON",
        "05-dump.jsonl#3": "no text",
        "06-cut.jsonl.gz": "cut off",
        "07-page.html": "no article",
        "08-unreadable.txt": "cannot be read",
    }
    assert set(reasons) == set(expected)
    for name, reason in expected.items():
        assert reason in reasons[name] and "\n" not in reasons[name]
        assert f"{name}: " in done.stderr
    listed = servanda("set-aside", "--register", register, "--json")
    assert len(json.loads(listed.stdout)) == len(expected)


def test_what_was_mended_is_no_longer_set_aside(bad_folder: Path, tmp_path: Path, news: str) -> None:
    register = tmp_path / "press.db"
    servanda("read", bad_folder, "--register", register)
    (bad_folder / "01-empty.txt").write_text(news + "3", encoding="utf-8")
    (bad_folder / "05-dump.jsonl").write_text(json.dumps({"text": news + "4"}), encoding="utf-8")
    servanda("read", bad_folder, "--register", register)
    with open_register(str(register)) as opened:
        assert not {"01", "05"} & {Path(it.source).name[:2] for it in set_asides(opened)}
        assert len(set_asides(opened)) == 5


def test_json_lines_go_on_too(bad_folder: Path) -> None:
    done = servanda("read", bad_folder, "--json")
    assert done.returncode == 1 and len(done.stdout.splitlines()) == 3
    assert done.stderr.count("set aside: ") == 8


def test_a_name_that_is_not_there(tmp_path: Path, bad_folder: Path) -> None:
    done = servanda("read", tmp_path / "none.txt", bad_folder / "03-good.txt", "--register", tmp_path / "r.db")
    assert done.returncode == 1 and "none.txt: cannot be read: no such file" in done.stderr
    assert "1 new" in done.stdout
    assert servanda("read").returncode == 2


def test_a_full_disk_is_an_error_and_what_was_kept_stays(tmp_path: Path, news: str) -> None:
    register, dump = tmp_path / "press.db", tmp_path / "dump.jsonl"
    first = tmp_path / "first.txt"
    first.write_text(news, encoding="utf-8")
    assert servanda("read", first, "--register", register).returncode == 0
    lines = (json.dumps({"url": f"u/{n}", "text": f"{news}\nSố {n}."}) for n in range(1000))
    dump.write_text("\n".join(lines), encoding="utf-8")
    full = servanda("read", dump, "--register", register, "--workers", "1", limit=1_000_000)
    assert full.returncode == 2, (full.returncode, full.stdout, full.stderr)
    assert "make room on the disk" in full.stderr and len(full.stderr.strip().splitlines()) == 1
    with open_register(str(register)) as opened:
        done = verify(opened)
        assert done.broken == [] and 1 <= done.documents < 1000
    assert servanda("verify", "--register", register).returncode == 0


def test_a_locked_register_is_an_error_and_stays_whole(tmp_path: Path, news: str) -> None:
    register, first, second = tmp_path / "press.db", tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text(news, encoding="utf-8")
    second.write_text(news + "2", encoding="utf-8")
    assert servanda("read", first, "--register", register).returncode == 0
    other = sqlite3.connect(register, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    locked = servanda("read", second, "--register", register, SERVANDA_BUSY_SECONDS="0.2")
    assert locked.returncode == 2 and "another program is writing" in locked.stderr
    assert servanda("verify", "--register", register).returncode == 0  # asking goes on meanwhile
    other.execute("ROLLBACK")
    other.close()
    assert servanda("read", second, "--register", register).returncode == 0


def test_a_register_of_a_newer_release_is_refused(tmp_path: Path, news: str) -> None:
    register, text = tmp_path / "press.db", tmp_path / "1.txt"
    text.write_text(news, encoding="utf-8")
    servanda("read", text, "--register", register)
    with sqlite3.connect(register) as connection:
        connection.execute("UPDATE servanda_version SET version_num = '2099'")
    for command in (["read", text], ["engagements"], ["verify"]):
        done = servanda(*command, "--register", register)
        assert done.returncode == 2 and "newer release" in done.stderr, command
    with sqlite3.connect(register) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (1,)


def test_a_thousand_participants_and_absurd_years_are_kept_as_they_are(tmp_path: Path) -> None:
    names = ", ".join(f"ông Nguyễn Văn {chr(65 + n % 26)}{chr(97 + n // 26)}n" for n in range(600))
    text = tmp_path / "many.txt"
    text.write_text(f"Ngày 12/3/20177, Bộ trưởng Phạm Bình Minh gặp {names} tại Hà Nội.\n", encoding="utf-8")
    assert servanda("read", text, "--register", tmp_path / "r.db").returncode == 0
    assert servanda("verify", "--register", tmp_path / "r.db").returncode == 0

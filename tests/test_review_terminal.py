"""Review at a real terminal: keys pressed one by one, and the commands around it."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from servanda.cli import main
from servanda.store import decided, open_register

SERVANDA = [sys.executable, "-c", "from servanda.cli import main; main(prog_name='servanda')"]
SECONDS = 30.0


class Terminal:
    """A program at a pseudo-terminal: what it writes is read until it says what is waited for."""

    def __init__(self, *arguments: object, **environment: str) -> None:
        self.side, own = pty.openpty()
        given = {**os.environ, "TERM": "xterm", "COLUMNS": "160", "LINES": "60", **environment}
        command = [*SERVANDA, *map(str, arguments)]
        self.process = subprocess.Popen(command, stdin=own, stdout=own, stderr=own, env=given, close_fds=True)
        os.close(own)
        self.said = ""

    def until(self, words: str) -> str:
        """What was written since the last wait, up to these words and a little beyond."""
        end = time.monotonic() + SECONDS
        while words not in self.said:
            assert time.monotonic() < end, f"never said {words!r}; it said {self.said!r}"
            if select.select([self.side], [], [], 0.1)[0]:
                self.said += os.read(self.side, 65536).decode("utf-8", "replace")
        told, self.said = self.said, ""
        return told

    def press(self, keys: str) -> None:
        """Type, as slowly as one who looks: keys pressed before a question stands are dropped on purpose."""
        time.sleep(0.3)
        os.write(self.side, keys.encode())

    def end(self) -> int:
        code = self.process.wait(SECONDS)
        os.close(self.side)
        return code


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(it) for it in arguments], prog_name="servanda")


def listed(*arguments: object) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def register(tmp_path: Path, news: str) -> Path:
    (tmp_path / "a.txt").write_text(news, encoding="utf-8")
    path = tmp_path / "press.db"
    assert run("read", tmp_path / "a.txt", "--register", path, "--workers", 1).exit_code == 0
    return path


def decisions(register: Path) -> list[tuple[str, str]]:
    with open_register(str(register)) as opened:
        return [(it.kind, it.by) for it in decided(opened)]


def test_keys_confirm_reject_undo_and_quit(register: Path) -> None:
    count = len(listed("review", "--register", register))
    assert count >= 4
    desk = Terminal("review", "--register", register, "--lang", "en", "--by", "Nguyễn Lan")
    first = desk.until("[q] quit")
    assert f"1/{count}" in first and "[c] confirm" in first and "a.txt" in first
    desk.press("z")  # a key that means nothing
    desk.press("c")
    assert f"2/{count}" in desk.until("[q] quit")
    desk.press("r")
    assert f"3/{count}" in desk.until("[q] quit")
    assert decisions(register) == [("confirmed", "Nguyễn Lan"), ("rejected", "Nguyễn Lan")]
    desk.press("u")
    assert f"2/{count}" in desk.until("[q] quit")
    assert decisions(register) == [("confirmed", "Nguyễn Lan")]
    desk.press("q")
    assert desk.end() == 0
    assert len(listed("review", "--register", register)) == count - 1


def test_a_field_is_corrected_and_a_wrong_value_asked_again(register: Path) -> None:
    (entry,) = [it for it in listed("review", "--register", register) if it["about"] == "engagement"]
    desk = Terminal("review", "--register", register, "--lang", "en", "--question", entry["question"], "--by", "Lan")
    assert "Phạm Bình Minh" in desk.until("[q] quit")
    desk.press("e")
    told = desk.until("go back")
    number = next(line.strip().split(".")[0] for line in told.splitlines() if line.strip().endswith("Date"))
    desk.press(f"{number}\n")
    desk.until("takes it out")
    desk.press("hôm kia\n")
    assert "is no date" in desk.until("[q] quit")
    desk.press("e")
    desk.until("go back")
    desk.press(f"{number}\n")
    desk.until("takes it out")
    desk.press("2019-03-13\n")
    assert desk.end() == 0
    (kept,) = listed("judgements", "--register", register)
    assert (kept["property"], kept["was"], kept["value"], kept["by"]) == ("date", "2019-03-12", "2019-03-13", "Lan")


def test_who_decided_meanwhile_is_told_and_nothing_is_overwritten(register: Path) -> None:
    address = listed("review", "--register", register)[0]["question"]
    desk = Terminal("review", "--register", register, "--lang", "en", "--question", address, "--by", "Lan")
    desk.until("[q] quit")
    assert run("judge", address, "rejected", "--by", "Minh", "--register", register).exit_code == 0
    desk.press("c")
    assert "Minh decided: rejected" in " ".join(desk.until("[q] quit").split())
    desk.press("q")
    assert desk.end() == 0 and decisions(register) == [("rejected", "Minh")]


def test_decisions_without_a_terminal(register: Path) -> None:
    rows = listed("review", "--register", register)
    assert [it["harm"] for it in rows] == sorted((it["harm"] for it in rows), reverse=True)
    result = run("review", "--register", register)
    assert result.exit_code == 2 and "--json" in result.output
    address = next(it["question"] for it in rows if it["about"] == "undertaking")
    result = run(
        "judge", address, "status", "--value", "kept", "--reason", "biên bản", "--by", "Lan", "--register", register
    )
    assert result.exit_code == 0 and "--undo 1" in result.output
    assert run("judge", address, "status", "--value", "done", "--register", register).exit_code == 2
    assert run("judge", "act:0", "confirmed", "--register", register).exit_code == 1
    assert "Lan" in run("judgements", "--register", register).output
    assert run("review", "--undo", 1, "--by", "Minh", "--register", register).exit_code == 0
    again = run("review", "--undo", 1, "--by", "Minh", "--register", register)
    assert again.exit_code == 2 and "Minh took decision 1 back already" in again.output
    (row,) = listed("judgements", "--register", register)
    assert (row["undone_by"], row["reason"]) == ("Minh", "biên bản")
    assert "No evidence in 1 documents" in run("judgements", "--register", register, "--lang", "en").output


def test_an_empty_queue_says_over_how_many_documents(register: Path) -> None:
    for row in listed("review", "--register", register):
        run("judge", row["question"], "confirmed", "--by", "Lan", "--register", register)
    assert listed("review", "--register", register) == []
    assert "1 documents" in run("review", "--register", register, "--lang", "en").output

"""Streaming of many documents: what a dying process costs, what a broken dump costs, and what the bar says."""

from __future__ import annotations

import gzip
import json
import os
import pty
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from servanda.cli import main
from servanda.engine.local import each
from servanda.errors import BadInput
from servanda.types import Document

SERVANDA = [sys.executable, "-c", "from servanda.cli import main; main(prog_name='servanda')"]
NEWS = "Ngày 12/3/2021, Bộ trưởng Bùi Thanh Sơn đã gặp Đại sứ Nhật Bản tại Hà Nội. Hai bên nhất trí tăng cường hợp tác."
PARENT = os.getpid()


def fragile(document: Document) -> int:
    """The length of a text, unless it tells the process how to die."""
    if os.getpid() != PARENT and "abort" in document.text:
        os.abort()
    if os.getpid() != PARENT and "leave" in document.text:
        os._exit(3)
    return len(document.text)


def documents(number: int, bad: dict[int, str]) -> Iterator[Document]:
    return (Document(bad.get(n, "x") * (1 + n % 3), str(n)) for n in range(number))


@pytest.mark.parametrize(("word", "reason"), [("abort", "SIGABRT"), ("leave", "exit code 3")])
def test_however_a_process_dies_only_its_document_is_lost(word: str, reason: str) -> None:
    found = list(each(fragile, documents(300, {100: word}), 2))
    assert [int(document.source) for document, _ in found if document] == list(range(300))
    refused = [result for _, result in found if isinstance(result, BadInput)]
    assert [it.source for it in refused] == ["100"] and f"died, twice ({reason})" in refused[0].reason


def test_processes_that_die_again_and_again_lose_nothing_else() -> None:
    deadly = dict.fromkeys(range(5, 200, 40), "abort")
    found = [result for _, result in each(fragile, documents(200, deadly), 3)]
    assert [n for n, result in enumerate(found) if isinstance(result, BadInput)] == list(deadly)


def test_a_dump_cut_off_is_reported_and_the_others_go_on(tmp_path: Path) -> None:
    draw = random.Random(7)
    lines = [json.dumps({"url": f"a/{n}", "text": f"{NEWS} Số {n}, {draw.random()}."}) for n in range(400)]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode())[:6000])
    (tmp_path / "b.jsonl").write_text(json.dumps({"url": "b/1", "text": NEWS}), encoding="utf-8")
    command = ["read", str(tmp_path), "--register", str(tmp_path / "r.db"), "--workers", "2"]
    read = CliRunner().invoke(main, command)
    assert read.exit_code == 1 and "cut off" in read.stderr and "1 set aside" in read.stdout
    listed = CliRunner().invoke(main, ["documents", "--register", str(tmp_path / "r.db"), "--json"]).stdout
    sources = [document["source"] for document in json.loads(listed)]
    assert "b/1" in sources and "a/0" in sources


def test_a_terminal_is_told_how_many_how_fast_and_how_long(tmp_path: Path) -> None:
    dump = tmp_path / "a.jsonl"
    lines = (json.dumps({"url": f"a/{n}", "text": f"{NEWS} Số {n}."}) for n in range(700))
    dump.write_text("\n".join(lines), encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [*SERVANDA, "read", str(dump), "--register", str(tmp_path / "r.db"), "--workers", "2"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment)
    os.close(theirs)
    told = "".join(_said(ours))
    assert running.wait(60) == 0
    assert " documents" in told and "/s" in told and "0:00:0" in told


def _said(terminal: int) -> Iterator[str]:
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            return
        if not data:
            return
        yield data.decode("utf-8", "replace")

"""Memory of `servanda read` into a register on ten times the documents."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

from rows import Row, files, texts, write

WHAT, REACH = "memory of reading ten times the documents", "≤ 1.1"
FEW = 3_500
SERVANDA = Path(sys.executable).with_name("servanda")


def measure(smoke: bool) -> Row:
    """The peak of what the command and its processes hold together, on so many documents and on ten times as many."""
    few = 40 if smoke else FEW
    with tempfile.TemporaryDirectory() as folder:
        small = _peak(Path(folder), few)
        large = _peak(Path(folder), 10 * few)
    note = (
        f"{large / 2**20:.0f} MB on {10 * few} documents, {small / 2**20:.0f} MB on {few}, two processes into SQLite: "
        "resident memory of the whole tree, shared pages counted in each"
    )
    return Row(WHAT, large / small, "×", REACH, "", note)


def _documents(count: int) -> Iterable[str]:
    found = list(islice(chain.from_iterable(map(texts, files())), count))
    return (found[at % len(found)] for at in range(count))


def _peak(folder: Path, count: int) -> int:
    """Bytes at most resident while so many documents are read."""
    path = write(folder / f"{count}.jsonl.gz", _documents(count))
    command = [str(SERVANDA), "read", str(path), "--register", str(folder / f"{count}.db"), "--workers", "2"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    most = 0
    while running.poll() is None:
        most = max(most, sum(map(_resident, _tree(running.pid))))
        time.sleep(0.05)
    told = running.communicate()[0]
    if f"{count} documents" not in told:
        raise RuntimeError(f"servanda read ended with {running.returncode}: {told}")
    return most


def _tree(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children")
    try:
        children = told.read_text(encoding="ascii").split()
    except OSError:
        return []
    return [process, *(found for child in children for found in _tree(int(child)))]


def _resident(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), 0)

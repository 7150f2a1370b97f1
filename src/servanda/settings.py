"""What can be set, and what it is when nothing is said."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.metadata import version
from pathlib import Path

REGISTER = "servanda.db"
LARGEST_DOCUMENT = 16 * 2**20  # bytes; no page is longer, and a longer line is no page
HERE = Path(__file__).parent
READING = ("world", "lang", "read")  # what a reading depends on


def register_address(given: str | None = None) -> str:
    """The register's file or URL: as given, else SERVANDA_REGISTER, else `servanda.db` here."""
    return given or os.environ.get("SERVANDA_REGISTER") or REGISTER


def busy_seconds() -> float:
    """How long to wait for a register that another process is writing (SERVANDA_BUSY_SECONDS)."""
    return float(os.environ.get("SERVANDA_BUSY_SECONDS", "60"))


@cache
def release() -> str:
    """This release of the reader: its version, and a digest of the rules, data and code it reads with."""
    return f"{version('servanda')}+{_digest()}"


def _digest() -> str:
    kinds = (".py", ".yaml", ".json", ".txt")
    parts = [path for part in READING for path in (HERE / part).rglob("*") if path.suffix in kinds]
    digest = hashlib.sha256()
    for path in sorted([*parts, *HERE.glob("*.py"), HERE / "keep" / "statements.py"]):
        digest.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]

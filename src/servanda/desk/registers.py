"""The register under the desk: opened when a page first asks, shared by all threads, opened anew when replaced.

Each question takes a connection of the engine's pool for as long as it lasts, so many readers look at once; SQLite in
WAL mode and PostgreSQL let them look while one writes.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from servanda.desk.settings import Settings
from servanda.errors import RegisterError
from servanda.store import Register, open_register


class Registers:
    """Hands out the one register of a desk. Raises RegisterError as long as it cannot be opened, and tries again."""

    def __init__(self, settings: Settings) -> None:
        self.address = settings.register
        self._lock = Lock()
        self._opened: Register | None = None
        self._file: tuple[int, int] | None = None

    def get(self) -> Register:
        """The open register; where its file was removed or replaced, the one there now."""
        file = _identity(self.address)
        opened = self._opened
        if opened is not None and file == self._file:
            return opened
        with self._lock:
            if self._opened is None or file != self._file:
                self.close()
                self._opened, self._file = open_register(self.address), file
            return self._opened

    def close(self) -> None:
        """Let go of every connection."""
        if self._opened is not None:
            self._opened.engine.dispose()
            self._opened = None


def _identity(address: str) -> tuple[int, int] | None:
    """Which file this is; None for a database server. Raises RegisterError where there is no file."""
    if "://" in address:
        return None
    try:
        found = Path(address).stat()
    except OSError as error:
        raise RegisterError(f"{address}: no register here; read documents first: servanda read PATH…") from error
    return found.st_dev, found.st_ino


def opened_register(request: Request) -> Register:
    """The register of this desk."""
    registers: Registers = request.app.state.registers
    return registers.get()


Opened = Annotated[Register, Depends(opened_register)]

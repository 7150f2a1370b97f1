"""The register under the desk: opened when a page first asks, shared by all threads, opened anew when replaced.

Each question takes connections of the engine's pool for as long as it lasts, so many readers look at once; SQLite in
WAL mode and PostgreSQL let them look while one writes. What changed is put together by one thread of its own: a page
waits for it a moment, and then stands on what was, and says so.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from threading import Lock, Thread
from typing import Annotated, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi import Depends, Request

from servanda.answers.assembly import bring_up_to_date, current_state, far
from servanda.answers.assembly.bringing import is_stale
from servanda.desk.settings import THREADS, Settings
from servanda.errors import RegisterError
from servanda.store import Register, open_register

LOG = logging.getLogger("servanda.desk")
PATIENCE = 2.0  # seconds that pages wait for what changed, from when it is begun to be put together
CONNECTIONS = 2  # that one page may hold at a time
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Behind:
    """What is answered is of before the last change; `done` of `all` documents are put together anew, else 0 of 0."""

    done: int = 0
    all: int = 0


class Registers:
    """Hands out the one register of a desk. Raises RegisterError as long as it cannot be used, and tries again.

    `changed` is called when what changed in it was put together.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.changed: Callable[[Registers], None] = _nothing
        self._lock = Lock()
        self._opened: Register | None = None
        self._written: Register | None = None
        self._file: tuple[int, int] | None = None
        self._following: _Following | None = None

    def get(self) -> tuple[Register, Behind | None]:
        """The open register, and how far what changed is put together; None where what it answers is of now."""
        opened = self.opened()
        return opened, self._behind(opened)

    def opened(self) -> Register:
        """The open register, whatever of it was put together; where its file was replaced, the one there now."""
        file = _identity(self.settings.register)
        with self._lock:
            if self._opened is None or file != self._file:
                self._close()
                self._opened = self._open(self.settings.busy_seconds)
                self._written = self._open(self.settings.writing_seconds)
                self._file = file
            return self._opened

    def written(self) -> Register:
        """The same register for what people decide or enter: it waits longer for who else is writing, such as the
        thread that puts together what the last decision changed."""
        opened = self.opened()
        return self._written or opened

    def _open(self, busy: float) -> Register:
        opened = open_register(self.settings.register, readers=CONNECTIONS * THREADS + 2, busy=busy)
        opened.follows = False
        return opened

    def _behind(self, opened: Register) -> Behind | None:
        with opened.reading() as connection:
            if not is_stale(connection):
                return None
        following = self._follow()
        following.join(max(0.0, following.begun + PATIENCE - time.monotonic()))
        with opened.reading() as connection:
            if not is_stale(connection):
                return None
            held, anew = current_state(connection), far(connection)
        if held is None or not held[2]:
            raise RegisterError(f"{opened.shown}: {following.told()}")
        return Behind(*anew) if anew else Behind()

    def _follow(self) -> _Following:
        """The thread that puts together what changed; one at a time."""
        with self._lock:
            if self._following is None or not self._following.is_alive():
                self._following = _Following(self.settings.register, lambda: self.changed(self))
                self._following.start()
            return self._following

    def close(self) -> None:
        """Let go of every connection; who asks next opens the register anew, and sees the file as it is by then."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        for opened in filter(None, (self._opened, self._written)):
            opened.engine.dispose()
        self._opened = self._written = None


def _nothing(registers: Registers) -> None:
    """What a desk that nobody serves does after a change."""


class _Following(Thread):
    """Puts together what changed in the register, and ends."""

    def __init__(self, address: str, after: Callable[[], None]) -> None:
        super().__init__(name="servanda-following", daemon=True)
        self.address, self.after = address, after
        self.begun = time.monotonic()
        self.done, self.total = 0, 0
        self.trouble: str | None = None

    def run(self) -> None:
        try:
            with open_register(self.address) as own:
                bring_up_to_date(own, self._progress)
            self.after()
        except RegisterError as error:
            self.trouble = str(error)
        except Exception:
            LOG.exception("%s: what changed could not be put together", self.address)
            self.trouble = "what its documents tell could not be put together; the desk's log says why"

    def _progress(self, stage: str, done: int, total: int) -> None:
        self.done, self.total = done, total

    def told(self) -> str:
        """Why there is nothing to look at yet."""
        far = f" ({self.done} of {self.total})" if self.total else ""
        return self.trouble or f"what its documents tell is being put together{far}; this is done once"


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
    """The register of this desk; `request.state.behind` says how far its last change is put together."""
    registers: Registers = request.app.state.registers
    opened, request.state.behind = registers.get()
    return opened


Opened = Annotated[Register, Depends(opened_register)]


def written_register(request: Request) -> Register:
    """The register of this desk for what is kept in it, whatever of it is put together: decisions, accounts."""
    registers: Registers = request.app.state.registers
    return registers.written()


Written = Annotated[Register, Depends(written_register)]


_turns: RunVar[CapacityLimiter] = RunVar("servanda_turns")


def in_turn(endpoint: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """An endpoint that writes, and so may wait for who else does: in threads of its own, of which readers need none."""

    @wraps(endpoint)
    async def waiting(*given: P.args, **named: P.kwargs) -> T:
        try:
            turns = _turns.get()
        except LookupError:
            _turns.set(turns := CapacityLimiter(THREADS))
        return await to_thread.run_sync(partial(endpoint, *given, **named), limiter=turns)

    return waiting

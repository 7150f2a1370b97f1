"""The register: one handle on everything kept. Each write is one transaction; failure leaves it as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType

from sqlalchemy import Connection, Engine, insert

from servanda.settings import register_address, release
from servanda.store.connect import READERS, connect, explained, shown_as, writing
from servanda.store.tables import runs


def now() -> str:
    """The register's clock: when something was kept or decided. Never the date of a document or an event."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Register:
    """An open register. Raises RegisterError (see `errors`) from every method where the database fails.

    The functions of `store.filing`, `store.queries`, `store.judging` and `store.official` take one as first argument.
    `follows`: whether answers first put together what changed; else they stand on what was, and someone else does.
    """

    def __init__(self, engine: Engine, shown: str, release: str) -> None:
        self.engine, self.shown, self.release = engine, shown, release
        self.follows = True
        self._run: int | None = None

    def __enter__(self) -> Register:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only looks; long results should be streamed from it."""
        with explained(self.shown), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, one writer at a time; kept whole at its end, or not at all."""
        with writing(self.engine, self.shown) as connection:
            yield connection

    def run(self) -> int:
        """The number of this run of this release, noted in the register before its first write."""
        if self._run is None:
            with self.writing() as connection:
                made = connection.execute(insert(runs).values(release=self.release, at=now()).returning(runs.c.id))
                self._run = made.scalar_one()
        return self._run


def open_register(
    address: str | None = None,
    *,
    create: bool = False,
    as_release: str | None = None,
    readers: int = READERS,
    busy: float | None = None,
) -> Register:
    """The register at `address` (a file or postgresql:// URL), else at SERVANDA_REGISTER, else `servanda.db`.

    `readers`: connections for so many threads; `busy`: seconds to wait where it is locked, else as the settings say.
    Raises RegisterError where there is none (unless `create`), or where it cannot be used, saying what to do.
    """
    address = register_address(address)
    engine = connect(address, create=create, readers=readers, busy=busy)
    return Register(engine, shown_as(address, engine.url), as_release or release())

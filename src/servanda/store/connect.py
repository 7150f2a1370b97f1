"""Opening a register, SQLite file or PostgreSQL by URL: created, brought up to date, or refused with a reason."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from servanda.errors import RegisterError
from servanda.settings import busy_seconds, release

HEAD = max(path.name[:4] for path in (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
READERS = 5  # connections kept open
WRITERS = 7_374_691  # the advisory lock that PostgreSQL's writers take in turn


def connect(address: str, *, create: bool = False, readers: int = READERS, busy: float | None = None) -> Engine:
    """An engine on the register at `address`, its tables up to date, for so many readers at once.

    `busy`: seconds to wait where it is locked, else what the settings say.
    Raises RegisterError where there is none (unless `create`), where it is of a newer release or no register at all.
    """
    url = _url(address)
    shown = shown_as(address, url)
    if url.get_backend_name() == "sqlite" and not create and not _exists(url):
        raise RegisterError(f"{shown}: no register here; read documents first: servanda read PATH… --register {shown}")
    engine = _engine(url, readers, busy_seconds() if busy is None else busy)
    try:
        with explained(shown):
            _bring_up_to_date(engine, shown, create=create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _url(address: str) -> URL:
    if "://" not in address:
        return URL.create("sqlite", database=address)
    try:
        url = make_url(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", address))
    except (ArgumentError, ValueError) as error:
        raise RegisterError(f"{address.split('@')[-1]}: not a database URL") from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise RegisterError(f"{url.drivername}: a register is a file or a postgresql:// URL")
    return url


def shown_as(address: str, url: URL) -> str:
    """The address as messages give it: as the user wrote it, but for a password."""
    if "://" not in address:
        return address
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def _exists(url: URL) -> bool:
    return url.database in (None, "", ":memory:") or Path(url.database or "").exists()


def _engine(url: URL, readers: int, busy: float) -> Engine:
    if url.get_backend_name() == "postgresql":
        try:
            engine = create_engine(url, pool_size=readers, connect_args={"connect_timeout": 10})
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise RegisterError("PostgreSQL needs one more package: pip install 'servanda[postgres]'") from error
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    pooled = {} if url.database in (None, "", ":memory:") else {"pool_size": readers}
    engine = create_engine(url, connect_args={"timeout": busy}, **pooled)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(connection: Any, _: Any) -> None:
    """Questions are short and many: compiling one, or starting processes for it, takes longer than answering it; and
    each is planned for its own values, as how many rows a day or an actor leads to differs a thousandfold. Most of what
    is asked for is in memory, where a row out of order costs little more than the next one."""
    connection.execute("SET jit = off")
    connection.execute("SET plan_cache_mode = force_custom_plan")
    connection.execute("SET max_parallel_workers_per_gather = 0")
    connection.execute("SET random_page_cost = 1.1")
    connection.commit()


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite alone
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON", "cache_size = -16384"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def writing(engine: Engine, shown: str) -> Iterator[Connection]:
    """A transaction of one writer at a time: the next waits its turn. All of it is kept, or none."""
    with explained(shown), engine.connect().execution_options(writing=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
        yield connection


@contextmanager
def explained(shown: str) -> Iterator[None]:
    """Turns a database's failure into a RegisterError that says what to do."""
    try:
        yield
    except Exception as error:
        if not _of_database(error):
            raise
        raise RegisterError(f"{shown}: {_reason(error)}") from error


def _of_database(error: Exception) -> bool:
    """Of SQLAlchemy, or straight from a driver, as COPY's are."""
    return isinstance(error, DBAPIError | sqlite3.Error) or type(error).__module__.startswith("psycopg")


REASONS = (
    (r"database is locked", "another program is writing this register and did not finish; try again, nothing was lost"),
    (r"disk is full|disk I/O error|No space left", "cannot be written ({said}): make room on the disk and run the same"
     " command again; what was kept before is intact"),
    (r"file is not a database", "is not a register (not an SQLite file); name another with --register"),
    (r"unable to open database file", "cannot be opened; does the folder exist, and may you write there?"),
    (r"readonly database|read-only", "may not be written by you; name another with --register"),
    (r"malformed", "is damaged ({said}); restore it from a copy"),
    (r"connection failed|could not connect|Connection refused|failed to resolve|timeout expired",
     "cannot be reached: {said}"),
)  # fmt: skip


def _reason(error: Exception) -> str:
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    for pattern, reason in REASONS:
        if re.search(pattern, said, re.IGNORECASE):
            return reason.format(said=said)
    return said


def _bring_up_to_date(engine: Engine, shown: str, *, create: bool) -> None:
    with engine.connect() as connection:
        revision = _revision(connection, shown)
    if revision == HEAD:
        return
    if revision is None and not create:
        raise RegisterError(f"{shown}: no register here; read documents first: servanda read PATH… --register {shown}")
    if revision is None:
        _let_readers_in(engine)
    with writing(engine, shown) as connection:
        if _revision(connection, shown) != HEAD:
            _migrate(connection, shown)


def _let_readers_in(engine: Engine) -> None:
    """A new SQLite register is kept in WAL mode, once and for good: others may ask while one writes."""
    if engine.dialect.name != "sqlite":
        return
    for _ in range(100):  # another process may be making the same register: SQLite does not wait here by itself
        with contextlib.closing(engine.raw_connection()) as connection, contextlib.suppress(sqlite3.OperationalError):
            connection.cursor().execute("PRAGMA journal_mode = WAL")
            return
        time.sleep(0.05)


def _revision(connection: Connection, shown: str) -> str | None:
    """The register's version; None for an empty database. Raises RegisterError on someone else's tables."""
    tables = set(inspect(connection).get_table_names())
    if "servanda_version" in tables:
        return connection.execute(text("SELECT version_num FROM servanda_version")).scalar()
    if tables:
        raise RegisterError(f"{shown}: is a database, but not a register of Servanda; name another with --register")
    return None


def _migrate(connection: Connection, shown: str) -> None:
    from alembic.command import upgrade
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = migrations(connection)
    revision = _revision(connection, shown)
    try:
        if revision is not None:
            ScriptDirectory.from_config(config).get_revision(revision)
        upgrade(config, "head")
    except CommandError as error:
        raise RegisterError(
            f"{shown}: was written by a newer release of Servanda (its version {revision}, this is {release()}); "
            "update Servanda to use it. Nothing was changed"
        ) from error


def migrations(connection: Connection) -> Any:
    """Alembic's configuration for the migrations in this package, on an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", (Path(__file__).parent / "migrations").as_posix().replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


__all__ = ["HEAD", "connect", "explained", "migrations", "writing"]

"""Inputs set aside: what could not be read, and why, until it can."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update

from servanda.records import SetAside
from servanda.store.register import Register, now
from servanda.store.tables import set_aside


def put_aside(register: Register, refused: Iterable[tuple[str, str, str]]) -> None:
    """Note inputs as (source, the file it came from, reason)."""
    at = now()
    with register.writing() as connection:
        for source, container, reason in refused:
            said = {"container": container, "reason": reason, "last_seen": at}
            known = update(set_aside).where(set_aside.c.source == source).values(**said)
            if connection.execute(known).rowcount == 0:
                connection.execute(insert(set_aside).values(source=source, first_seen=at, **said))


def clear_asides(register: Register, container: str, still: Iterable[str]) -> None:
    """Forget what was set aside from a file that has been read to its end since, but for what `still` is."""
    c = set_aside.c
    with register.reading() as connection:
        found = set(connection.execute(select(c.source).where(c.container == container)).scalars())
    gone = sorted(found - set(still))
    if gone:
        with register.writing() as connection:
            for source in gone:
                connection.execute(delete(set_aside).where(c.source == source))


def set_asides(register: Register) -> list[SetAside]:
    """Everything set aside, by source."""
    c = set_aside.c
    query = select(c.source, c.reason, c.first_seen, c.last_seen).order_by(c.source)
    with register.reading() as connection:
        return [SetAside(*row) for row in connection.execute(query)]

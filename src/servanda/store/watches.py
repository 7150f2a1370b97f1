"""Questions that people keep under a name, to be told what is new."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Column, Table, Text, delete, insert, select

from servanda.errors import NotFound
from servanda.store.register import Register, now
from servanda.store.tables import metadata

watches_table = Table(
    "watches",
    metadata,
    Column("name", Text, primary_key=True),
    Column("question", Text, nullable=False, doc="JSON: `sort`, and what narrows it"),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
)
W = watches_table.c


@dataclass(slots=True, frozen=True)
class Watch:
    """A question kept as `name`: `sort` (undertakings, engagements, search) with what narrows it, by whom and when."""

    name: str
    question: dict[str, str]
    by: str
    at: str


def keep_watch(register: Register, name: str, question: dict[str, str], *, by: str) -> Watch:
    """Keep a question, in the place of one of this name."""
    watch = Watch(name, question, by, now())
    with register.writing() as connection:
        connection.execute(delete(watches_table).where(W.name == name))
        row = {"name": name, "question": json.dumps(question, ensure_ascii=False), "by": by, "at": watch.at}
        connection.execute(insert(watches_table).values(**row))
    return watch


def watches(register: Register) -> list[Watch]:
    """All kept questions, by name."""
    with register.reading() as connection:
        found = connection.execute(select(W.name, W.question, W.by, W.at).order_by(W.name)).all()
    return [Watch(it.name, json.loads(it.question), it.by, it.at) for it in found]


def watch(register: Register, name: str) -> Watch:
    """The question of this name. Raises NotFound, naming those there are."""
    found = {it.name: it for it in watches(register)}
    if name not in found:
        raise NotFound(f"no watch {name!r}; there are: {', '.join(found) or 'none: servanda watch add makes one'}")
    return found[name]


def drop_watch(register: Register, name: str) -> None:
    """Keep this question no longer. Raises NotFound."""
    watch(register, name)
    with register.writing() as connection:
        connection.execute(delete(watches_table).where(W.name == name))

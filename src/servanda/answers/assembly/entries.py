"""Rows that answers list, with what they are chosen by: written, replaced, and counted for each actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import delete, select

from servanda.answers.assembly.indexed import Found, index, unindex
from servanda.answers.assembly.work import Id, Work, days
from servanda.answers.pages import Row
from servanda.store.bulk import add_up, chunks, insert_rows
from servanda.store.derived import actor_counts, entries, entry_keys, entry_links

COLUMNS = ("sort", "id", "kind", "status", "grade", "first_day", "last_day", "place", "about", "told_day", "document",
           "grafted", "row")  # fmt: skip


ALL = ""  # in place of an actor: how many entries of a sort there are
EVERY, YEARLESS = ("all", ""), ("yearless", "")  # links: that of every entry; that of a date without a year
LINK = ("sort", "facet", "value", "first_day", "id", "last_day", "told_day", "kind", "status", "grade", "place",
        "grafted")  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One row of an answer. `links`: (facet, value); `keys`: the records that tell it; `words`: what finds it."""

    sort: str
    id: str
    row: Row
    document: int
    told_day: str
    date: str | None
    kind: str | None = None
    status: str | None = None
    grade: str | None = None
    place: str | None = None
    about: str | None = None
    grafted: bool = False
    links: set[tuple[str, str]] = field(default_factory=set)
    keys: list[Id] = field(default_factory=list)
    found: Found | None = None

    def linked(self) -> list[tuple[Any, ...]]:
        """Its rows of the table of links, one a link and one by which all of its sort are found."""
        first, last = days(self.date)
        every = {*self.links, EVERY} | ({YEARLESS} if self.date and self.date.startswith("XXXX") else set())
        about = (first, self.id, last, self.told_day, self.kind, self.status, self.grade, self.place, self.grafted)
        return [(self.sort, *link, *about) for link in sorted(every)]

    def values(self) -> tuple[Any, ...]:
        """Its row of the table."""
        first, last = days(self.date)
        return (self.sort, self.id, self.kind, self.status, self.grade, first, last, self.place, self.about,
                self.told_day, self.document, self.grafted, orjson.dumps(self.row).decode())  # fmt: skip


def replace_entries(work: Work, sort: str, gone: Iterable[str], made: Sequence[Entry]) -> None:
    """Take entries out and put others in; what each actor takes part in is counted along."""
    gone = sorted({*gone, *(entry.id for entry in made)})
    counted: Counter[tuple[str, str]] = Counter()
    for chunk in chunks(gone):
        links = select(entry_links.c.value).where(
            entry_links.c.sort == sort, entry_links.c.id.in_(chunk), entry_links.c.facet == "actor"
        )
        counted.subtract((actor, sort) for actor in work.connection.execute(links).scalars())
        for table in (entry_links, entry_keys):
            work.connection.execute(delete(table).where(table.c.sort == sort, table.c.id.in_(chunk)))
        went = work.connection.execute(delete(entries).where(entries.c.sort == sort, entries.c.id.in_(chunk)))
        counted[ALL, sort] -= went.rowcount
    unindex(work, sort, gone)
    connection = work.connection
    insert_rows(connection, entries, COLUMNS, [entry.values() for entry in made])
    insert_rows(connection, entry_links, LINK, [row for e in made for row in e.linked()])
    insert_rows(connection, entry_keys, ("document", "key", "sort", "id"),
                [(*key, sort, e.id) for e in made for key in sorted(set(e.keys))])  # fmt: skip
    index(work, [entry.found for entry in made if entry.found])
    counted.update((value, sort) for e in made for facet, value in e.links if facet == "actor")
    counted[ALL, sort] += len(made)
    count(work, counted)


def count(work: Work, counted: Counter[tuple[str, str]]) -> None:
    """Add to (or, below zero, take from) how much of each sort each actor has part in."""
    changes = [(*key, by) for key, by in sorted(counted.items()) if by]
    add_up(work.connection, actor_counts, ("actor", "sort"), ("count",), changes)
    c = actor_counts.c
    for chunk in chunks(sorted({actor for actor, _, by in changes if by < 0})):
        work.connection.execute(delete(actor_counts).where(c.actor.in_(chunk), c.count == 0))


def told_in(work: Work, sorts: Sequence[str], numbers: Iterable[int]) -> set[tuple[str, str]]:
    """The entries (sort, id) that these documents tell, as far as they are put together."""
    c = entry_keys.c
    found: set[tuple[str, str]] = set()
    for chunk in chunks(numbers):
        query = select(c.sort, c.id).where(c.document.in_(chunk), c.sort.in_(sorts))
        found.update((sort, id) for sort, id in work.connection.execute(query))
    return found


def keys_of(work: Work, sort: str, ids: Iterable[str]) -> dict[str, list[Id]]:
    """The records (document, key) that tell each of these entries."""
    c = entry_keys.c
    found: dict[str, list[Id]] = {}
    for chunk in chunks(sorted(ids)):
        query = select(c.id, c.document, c.key).where(c.sort == sort, c.id.in_(chunk))
        for id, document, key in work.connection.execute(query):
            found.setdefault(id, []).append((document, key))
    return found

"""Asking the tables that were put together: one register brought up to date, one connection, listings by index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from rapidfuzz.process import extract
from sqlalchemy import ColumnElement, Connection, Select, exists, func, select, tuple_

from servanda.answers.assembly import bring_up_to_date, current_state
from servanda.answers.naming import state_called
from servanda.answers.pages import LooksAt, Page, Row, cursor_of, key_of, size
from servanda.errors import NotFound
from servanda.store import Register
from servanda.store.derived import actor_counts, actor_names, actors, entries, entry_keys, entry_links
from servanda.store.sheets import name_key

COUNTED = 500  # rows of a listing that are counted
MANY = 5000  # entries that one link leads to: more are not told apart
NEAREST = 5  # near matches named
LIKE = 70  # likeness, of 100, of a near match
E, L = entries.c, entry_links.c


@dataclass(slots=True)
class Question:
    """An open question. `now`: the last day (ISO) that any document is of, where what was due before has passed."""

    register: Register
    connection: Connection
    looked_at: LooksAt
    now: str | None

    def rows(self, query: Any) -> Sequence[Any]:
        """All rows of a query."""
        return self.connection.execute(query).all()

    def known_as(self, name: str) -> list[str]:
        """The ids of the actors of this id, code or name, those of most documents first."""
        n, a, k = actor_names.c, actors.c, actor_counts.c
        named = select(n.actor).where(n.bare == name_key(name)).distinct()
        found = {row[0] for row in self.rows(named)}
        found |= {row[0] for row in self.rows(select(a.id).where((a.id == name) | (a.code == name.upper())))}
        if not found and (code := state_called(" ".join(name.split()))):
            found = {row[0] for row in self.rows(select(a.id).where(a.code == code))}
        told = select(k.actor, k.count).where(k.actor.in_(sorted(found)), k.sort == "document")
        counts = {row.actor: int(row.count) for row in self.rows(told)} if found else {}
        return sorted(found, key=lambda id: (id != name, -counts.get(id, 0), id))

    def how_many(self, sort: str, facet: str, values: Collection[str]) -> int:
        """To how many entries of a sort a link leads, counted to MANY."""
        own = select(L.id).where(L.facet == facet, L.value.in_(sorted(values)), L.sort == sort).limit(MANY).subquery()
        return int(self.rows(select(func.count()).select_from(own))[0][0])

    def missing(self, what: str, id: str, near: Collection[str]) -> NotFound:
        """An error that names near matches, and over how much was looked."""
        names = [match for match, *_ in extract(id, sorted(set(near)), limit=NEAREST, score_cutoff=LIKE)]
        count, newest = self.looked_at
        latest = f", the newest of {newest}" if newest else ""
        advice = f"near: {', '.join(names)}" if names else "none is near"
        shown = id if len(id) <= 80 else f"{id[:80]}…"
        told = f"{shown}: no {what} in the {count} documents of {self.register.shown}{latest}; {advice}"
        return NotFound(told, what, tuple(names))


@contextmanager
def asking(register: Register) -> Iterator[Question]:
    """A question to a register that is up to date; it is brought so first, where it is not."""
    if register.follows:
        bring_up_to_date(register)
    with register.reading() as connection:
        _, _, count, newest, now = current_state(connection) or ("", "", 0, None, None)
        yield Question(register, connection, (count, newest), now)


@dataclass(slots=True)
class Listing:
    """Which entries of a sort are asked for. `links`: (facet, values), any of which; all of these must hold.

    It is answered from the links alone, which know what it is narrowed by; `where` speaks of their columns (`L`).
    """

    sort: str
    links: list[tuple[str, Collection[str]]] = field(default_factory=list)
    where: list[ColumnElement[bool]] = field(default_factory=list)
    ascending: bool = False
    at: tuple[str, str] | None = None  # names of places (bare) from the first to before the second

    def linked(self, facet: str, values: Collection[str] | None) -> Listing:
        """Narrowed to entries with one of these values; None: not narrowed."""
        if values is not None:
            self.links.append((facet, values))
        return self

    def equal(self, **columns: str | None) -> Listing:
        """Narrowed to these values, where they are given."""
        self.where += [L[name] == value for name, value in columns.items() if value is not None]
        return self

    def dated(self, since: str | None, until: str | None) -> Listing:
        """Narrowed to what lies between two days; what has no date only where neither is asked for."""
        self.where += [L.last_day >= since] if since else []
        self.where += [(L.first_day <= until) & (L.first_day > "")] if until else []
        return self

    def led(self, question: Question) -> Listing:
        """With the rarest of its links in front: that one is gone through, the others are looked up."""
        if sum(len(values) == 1 for _, values in self.links) > 1:
            self.links.sort(key=lambda link: question.how_many(self.sort, *link) if len(link[1]) == 1 else MANY)
        return self

    def query(self, *columns: Any) -> Select[Any]:
        """All of them, of columns of the links; where one is of `entries`, those are joined. The first single link
        leads the search, else that of every entry."""
        (facet, values), others = self._lead()
        joined = any(getattr(column, "table", None) is entries for column in columns)
        query = select(*columns).select_from(
            entry_links.join(entries, (E.sort == L.sort) & (E.id == L.id)) if joined else entry_links
        )
        query = query.where(L.facet == facet, L.value == next(iter(values)), L.sort == self.sort)
        where = [*self.where, *_between(L.place, self.at)]
        return query.where(*(_has(*link) for link in others), *where)

    def _lead(self) -> tuple[tuple[str, Collection[str]], list[tuple[str, Collection[str]]]]:
        at = next((n for n, (_, values) in enumerate(self.links) if len(values) == 1), None)
        if at is None:
            return ("all", ("",)), self.links
        return self.links[at], [*self.links[:at], *self.links[at + 1 :]]


def _between(column: ColumnElement[Any], bounds: tuple[str, str] | None) -> list[ColumnElement[bool]]:
    return [column >= bounds[0], column < bounds[1]] if bounds else []


def _has(facet: str, values: Collection[str]) -> ColumnElement[bool]:
    other = entry_links.alias()
    o = other.c
    mine = (o.sort == L.sort) & (o.first_day == L.first_day) & (o.id == L.id)
    return exists().where(o.facet == facet, o.value.in_(sorted(values)), mine)


def listed(question: Question, listing: Listing, cursor: str | None, limit: int | None) -> Page:
    """One page of a listing, the newest first (or the earliest); its rows are as they were put together."""
    keys, count = (L.first_day, L.id), size(limit)
    query = listing.led(question).query(*keys, E.row)
    if cursor is not None:
        after = tuple_(*key_of(cursor, [str, str]))
        query = query.where(tuple_(*keys) > after if listing.ascending else tuple_(*keys) < after)
    query = query.order_by(*(key if listing.ascending else key.desc() for key in keys))
    found = question.rows(query if count is None else query.limit(count + 1))
    shown = found if count is None else found[:count]
    more = len(found) > len(shown)
    total = len(found) if not more and cursor is None else counted(question, listing)
    rows: list[Row] = [orjson.loads(row[2]) for row in shown]
    next_cursor = cursor_of(shown[-1][:2]) if more else None
    return Page(rows, next_cursor, min(total, COUNTED) if count else total, question.looked_at,
                more_than=bool(count) and total > COUNTED)  # fmt: skip


def counted(question: Question, listing: Listing, most: int = COUNTED) -> int:
    """How many entries a listing has, counted to one more than `most`."""
    if listing.at and not listing.links and not listing.where:  # `entries` have them by place
        query = select(E.id).where(E.sort == listing.sort, *_between(E.place, listing.at))
    else:
        query = listing.led(question).query(L.id)
    within = query.limit(most + 1).subquery()
    return int(question.rows(select(func.count()).select_from(within))[0][0])


def entry(question: Question, sort: str, id: str) -> Row | None:
    """One entry by its id, or by that of any record that tells it."""
    found = question.rows(select(E.row).where(E.sort == sort, E.id == id))
    if not found:
        k = entry_keys.c
        present = question.rows(select(k.id).where(k.key == id, k.sort == sort).limit(1))
        found = question.rows(select(E.row).where(E.sort == sort, E.id == present[0][0])) if present else []
    return orjson.loads(found[0][0]) if found else None


def entries_about(question: Question, sort: str, id: str) -> list[Row]:
    """The entries of a sort that are about an engagement, the earliest first."""
    found = question.rows(select(E.first_day, E.id, E.row).where(E.sort == sort, E.about == id))
    return [orjson.loads(row) for _, _, row in sorted(tuple(it) for it in found)]  # few: sorted here, found by index


def near_ids(question: Question, sort: str, id: str) -> list[str]:
    """Ids of a sort that begin as this one does."""
    begun = [E.id.startswith(id[:n], autoescape=True) for n in (4,)] if len(id) >= 4 else []
    return [row[0] for row in question.rows(select(E.id).where(E.sort == sort, *begun).limit(200))]

"""Asking the tables that were put together: one register brought up to date, one connection, listings by index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeAlias, TypeVar, cast, get_args

import orjson
from rapidfuzz.process import extract
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    Text,
    TextClause,
    and_,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    union_all,
)

from servanda.answers.assembly import bring_up_to_date, current_state
from servanda.answers.assembly.bringing import is_stale
from servanda.answers.naming import state_called
from servanda.answers.pages import LooksAt, Page, Row, cursor_of, key_of, size
from servanda.errors import NotFound
from servanda.keep.follow import Grade
from servanda.keep.judged import in_force, mark
from servanda.store import Register
from servanda.store.derived import actor_counts, actor_names, actors, entries, entry_keys, entry_links
from servanda.store.judging import decided_on, standing_at
from servanda.store.sheets import name_key

COUNTED = 500  # rows of a listing that are counted
MANY = 5000  # entries that one link leads to: more are not told apart
NEAREST = 5  # near matches named
LIKE = 70  # likeness, of 100, of a near match
E, L = entries.c, entry_links.c
KEYS = (L.first_day, L.id)  # by which all listings are in order
GRADES = get_args(Grade)
JUDGED = ("engagement", "grafted", "undertaking", "act", "position", "agreement", "contribution")  # by people
T = TypeVar("T")
KEPT = 16  # answers that are kept, of all registers
_kept: dict[tuple[str, str], tuple[object, Any]] = {}


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

    def standing(self) -> object | None:
        """A mark that changes with the register, None while it is being put together."""
        if is_stale(self.connection):
            return None
        return current_state(self.connection), standing_at(self.connection)

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What is made of a register, kept under a name until the register changes."""
        standing, place = self.standing(), (self.register.shown, name)
        if standing is None:
            return make()
        held = _kept.get(place)
        if held is None or held[0] != standing:
            if len(_kept) >= KEPT:
                _kept.clear()
            held = _kept[place] = (standing, make())
        return cast(T, held[1])

    def among(self, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
        """That a column holds one of these values, however many, given as one parameter."""
        if self.connection.dialect.name == "postgresql":
            return column == any_(bindparam(None, sorted(values), ARRAY(column.type)))
        each = func.json_each(orjson.dumps(sorted(values)).decode()).table_valued("value")
        return column.in_(select(each.c.value))

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


Standing: TypeAlias = tuple[tuple[str, ...], list[ColumnElement[bool]]]  # statuses, and what else holds of these
ALL: ColumnElement[str] = literal_column("'all'")  # no parameter: SQLite takes the indexes of every entry only so


@dataclass(slots=True)
class Listing:
    """Which entries of a sort are asked for. `links`: (facet, values), any of which; all of these must hold.

    It is answered from the links alone, which know what it is narrowed by; `where` speaks of their columns (`L`).
    `standings`: any of which holds; `grades`: any of these. None: not narrowed.
    """

    sort: str
    links: list[tuple[str, Collection[str]]] = field(default_factory=list)
    where: list[ColumnElement[bool]] = field(default_factory=list)
    ascending: bool = False
    at: tuple[str, str] | None = None  # names of places (bare) from the first to before the second
    kind: str | None = None
    grades: tuple[str, ...] | None = None
    standings: list[Standing] | None = None

    def linked(self, facet: str, values: Collection[str] | None) -> Listing:
        """Narrowed to entries with one of these values; None: not narrowed."""
        if values is not None:
            self.links.append((facet, values))
        return self

    def equal(self, *, kind: str | None = None, status: str | None = None, grade: str | None = None) -> Listing:
        """Narrowed to these values, where they are given."""
        self.kind = kind or self.kind
        self.grades = (grade,) if grade else self.grades
        self.standings = [((status,), [])] if status else self.standings
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
        query = query.where(L.sort == self.sort, *self._led_by(facet, values, columns))
        return query.where(*(_has(*link) for link in others), *self.where, *self._held(), *_between(L.place, self.at))

    def _led_by(self, facet: str, values: Collection[str], columns: Sequence[Any]) -> list[ColumnElement[bool]]:
        """The link that leads; that of every entry as its own indexes have it, where one of them serves better."""
        by_another = (self.kind, self.standings, self.at) != (None, None, None) or any(it is L.place for it in columns)
        if facet == "all" and by_another:
            return [L.facet == ALL]
        return [L.facet == facet, L.value == next(iter(values))]

    def _held(self) -> list[ColumnElement[bool]]:
        """What holds of the kind, the grade and the status."""
        found = [L.kind == self.kind] if self.kind is not None else []
        found += [_one_of(L.grade, self.grades)] if self.grades is not None else []
        standings = [and_(_one_of(L.status, statuses), *more) for statuses, more in self.standings or ()]
        return [*found, or_(*standings)] if standings else found

    def _lead(self) -> tuple[tuple[str, Collection[str]], list[tuple[str, Collection[str]]]]:
        at = next((n for n, (_, values) in enumerate(self.links) if len(values) == 1), None)
        if at is None:
            return ("all", ("",)), self.links
        return self.links[at], [*self.links[:at], *self.links[at + 1 :]]

    def parts(self) -> list[Listing]:
        """The same as several, each of which is one stretch of an index: of every status and grade that is asked for,
        where nothing rarer leads."""
        if self.links or self.kind is not None or self.standings is None:
            return [self]
        grades: list[tuple[str, ...]] = [(grade,) for grade in self.grades or self._graded()] or [()]
        each: list[Standing] = [((status,), more) for statuses, more in self.standings for status in statuses]
        return [replace(self, grades=grade, standings=[standing]) for standing in each for grade in grades]

    def _graded(self) -> tuple[str, ...]:
        """Every grade that what is listed may have; none where it has no grade."""
        return GRADES if self.sort == "undertaking" else ()

    def ordered(self, query: Select[Any]) -> Select[Any]:
        """In the order in which it is listed. Where there is no grade, by that too: PostgreSQL goes through an index in
        its order only so."""
        keys = (L.grade, *KEYS) if self.grades == () else KEYS
        return query.order_by(*(key if self.ascending else key.desc() for key in keys))


def _between(column: ColumnElement[Any], bounds: tuple[str, str] | None) -> list[ColumnElement[bool]]:
    return [column >= bounds[0], column < bounds[1]] if bounds else []


def _one_of(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    """One of these values; of none, that there is none."""
    if not values:
        return column.is_(None)
    return column == values[0] if len(values) == 1 else column.in_(values)


def _has(facet: str, values: Collection[str]) -> ColumnElement[bool]:
    other = entry_links.alias()
    o = other.c
    mine = (o.sort == L.sort) & (o.first_day == L.first_day) & (o.id == L.id)
    return exists().where(o.facet == facet, o.value.in_(sorted(values)), mine)


def listed(question: Question, listing: Listing, cursor: str | None, limit: int | None) -> Page:
    """One page of a listing, the newest first (or the earliest); its rows are as they were put together."""
    count = size(limit)
    after = None if cursor is None else tuple(key_of(cursor, [str, str]))
    found = _found(question, listing.led(question), after, None if count is None else count + 1)
    shown = found if count is None else found[:count]
    more = len(found) > len(shown)
    total = len(found) if not more and cursor is None else counted(question, listing)
    rows = rows_of(question, listing.sort, [id for _, id in shown])
    next_cursor = cursor_of(shown[-1]) if more else None
    told = with_decisions(question, listing.sort, [rows[id] for _, id in shown if id in rows])
    return Page(told, next_cursor, min(total, COUNTED) if count else total,
                question.looked_at, more_than=bool(count) and total > COUNTED)  # fmt: skip


def _found(
    question: Question, listing: Listing, after: tuple[str, ...] | None, most: int | None
) -> list[tuple[str, str]]:
    """The keys (first day, id) of the first of a listing, or of those that follow a key."""
    parts = listing.parts()
    queries = [part.ordered(part.query(*KEYS)).limit(most) for part in parts]
    if after is not None:
        key = tuple_(*KEYS)
        queries = [query.where(key > after if listing.ascending else key < after) for query in queries]
    found = [(str(day), str(id)) for day, id in question.rows(_together(queries))]
    return (sorted(found, reverse=not listing.ascending) if len(parts) > 1 else found)[:most]


def _together(queries: Sequence[Select[Any]]) -> Any:
    """The rows of all of these, in no order where they are several."""
    if len(queries) == 1:
        return queries[0]
    return union_all(*(select(query.subquery()) for query in queries))


def counted(question: Question, listing: Listing, most: int = COUNTED) -> int:
    """How many entries a listing has, counted to one more than `most`."""
    parts = listing.led(question).parts()
    within = _together([part.ordered(part.query(L.id)).limit(most + 1) for part in parts]).subquery()
    return min(most + 1, int(question.rows(select(func.count()).select_from(within))[0][0]))


def rows_of(question: Question, sort: str, ids: Collection[str]) -> dict[str, Row]:
    """The rows of a sort by their ids, as they were put together."""
    postgres, wanted = question.connection.dialect.name == "postgresql", sorted(ids)
    given = {"sort": sort, "ids": wanted if postgres else orjson.dumps(wanted).decode()}
    return {id: orjson.loads(row) for id, row in question.connection.execute(_rows(postgres), given)}


@cache
def _rows(postgres: bool) -> TextClause:
    """Rows by however many ids: said in words, as they are asked for by every page."""
    if postgres:
        told = text('SELECT id, "row" FROM entries WHERE sort = :sort AND id = ANY (:ids)')
        return told.bindparams(bindparam("ids", type_=ARRAY(Text())))
    return text('SELECT id, "row" FROM entries WHERE sort = :sort AND id IN (SELECT value FROM json_each(:ids))')


def entry(question: Question, sort: str, id: str) -> Row | None:
    """One entry by its id, or by that of any record that tells it."""
    found = question.rows(select(E.row).where(E.sort == sort, E.id == id))
    if not found:
        k = entry_keys.c
        present = question.rows(select(k.id).where(k.key == id, k.sort == sort).limit(1))
        found = question.rows(select(E.row).where(E.sort == sort, E.id == present[0][0])) if present else []
    return orjson.loads(found[0][0]) if found else None


def with_decisions(question: Question, sort: str, rows: list[Row]) -> list[Row]:
    """The rows, each with `judged`: what people decided, oldest first, on any record that tells it (`judged.mark`)."""
    k, keys = entry_keys.c, {row["id"]: {row["id"]} for row in rows if sort in JUDGED}
    if not keys:
        return rows
    for id, key in question.rows(select(k.id, k.key).where(k.sort == sort, question.among(k.id, keys))):
        keys[id].add(key)
    made = in_force(decided_on(question.register, set().union(*keys.values())))
    for row in rows:
        own = keys[row["id"]]
        row["judged"] = [mark(it) for it in made if own & (it.keys | {it.judgement.object or ""})]
    return rows


def entries_about(question: Question, sort: str, id: str) -> list[Row]:
    """The entries of a sort that are about an engagement, the earliest first."""
    found = question.rows(select(E.first_day, E.id, E.row).where(E.sort == sort, E.about == id))
    return [orjson.loads(row) for _, _, row in sorted(tuple(it) for it in found)]  # few: sorted here, found by index


def near_ids(question: Question, sort: str, id: str) -> list[str]:
    """Ids of a sort that begin as this one does."""
    begun = [E.id.startswith(id[:n], autoescape=True) for n in (4,)] if len(id) >= 4 else []
    return [row[0] for row in question.rows(select(E.id).where(E.sort == sort, *begun).limit(200))]

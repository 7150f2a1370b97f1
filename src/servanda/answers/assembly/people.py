"""Actors over all documents: how they are named, and which posts they are seen in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import orjson
from sqlalchemy import delete, select

from servanda.answers.assembly.indexed import Found, index, unindex
from servanda.answers.assembly.known import resolve
from servanda.answers.assembly.sketching import actors_of, redraw
from servanda.answers.assembly.uniting import Identity, United, identity, renamed, united
from servanda.answers.assembly.work import Id, Work, day_of
from servanda.keep.joining import Said
from servanda.keep.telling import actors as told_actors
from servanda.records import Filed, Record
from servanda.store.bulk import add_up, chunks, delete_where, insert_rows
from servanda.store.derived import actor_names, actors, mentions, posts
from servanda.store.sheets import name_key

Named = tuple[str, str]  # an actor's id, a name of it


def people(work: Work, numbers: Collection[int]) -> set[int]:
    """Bring the actors of these documents up to date; all documents that mention one who is another now."""
    said = Said(work.judged.pairs())
    moved = resolve(work, redraw(work, numbers, said), said)
    return moved | refiled(work, numbers, said)


def refiled(work: Work, numbers: Collection[int], said: Said) -> set[int]:
    """File anew who is mentioned in these documents; others that name one whom a decision gave another id."""
    counted: Counter[tuple[Named, bool]] = Counter()
    before = _taken_back(work, numbers, counted)
    whom = united(work, said, numbers)
    now: dict[Id, Identity] = {}
    drawn = actors_of(work, numbers)
    for document in work.documents(numbers):
        counted.update(_file(work, document, drawn, whom, now))
    work.forget(numbers)
    _rename(work, counted)
    _describe(work, {actor for (actor, _), _ in counted}, {it.id: it for it in now.values()})
    return renamed(work, said, before, {id: it.id for id, it in now.items()}, whom) - set(numbers)


def _taken_back(work: Work, numbers: Collection[int], counted: Counter[tuple[Named, bool]]) -> dict[Id, str]:
    """Drop what these documents told, and count it off; of whom each mention was."""
    c, before = mentions.c, dict[Id, str]()
    for chunk in chunks(sorted(numbers)):
        old = select(c.document, c.key, c.actor, c.names).where(c.document.in_(chunk))
        for number, key, actor, names in work.connection.execute(old):
            counted.subtract(_counts(actor, orjson.loads(names)))
            before[number, key] = actor
    for table in (mentions, posts):
        delete_where(work.connection, table, "document", sorted(numbers))
    return before


def _file(work: Work, document: Filed, drawn: dict[Id, str], whom: United, now: dict[Id, Identity]) -> Iterator[Any]:
    rows, held, day, known = [], [], day_of(document), told_actors(document)
    for place, record in document.records.items():
        if record.kind != "actor":
            continue
        id = (document.number, record.key)
        by_itself = identity(known[place], drawn.get(id))
        it = now[id] = whom.get(by_itself.id, by_itself)
        names = [] if record.passage else list(dict.fromkeys(_names(record)))
        rows.append((document.number, place, record.key, it.id, orjson.dumps(names).decode()))
        held += [] if record.passage else list(_posts(document, record, it.id, day))
        yield from _counts(it.id, names)
    insert_rows(work.connection, mentions, ("document", "place", "key", "actor", "names"), rows)
    columns = ("actor", "bare", "former", "day", "document", "start", "end", "post", "words")
    insert_rows(work.connection, posts, columns, list({row[:6]: row for row in held}.values()))


def _names(record: Record) -> list[str]:
    return [s.value for s in record.all("name") if s.value] or [record.words]


def _counts(actor: str, names: Sequence[str]) -> Iterator[tuple[Named, bool]]:
    """Each name once as told; the first also as the fullest."""
    yield from (
        ((actor, name), full) for n, name in enumerate(names) for full in ((False, True) if n == 0 else (False,))
    )


def _posts(document: Filed, record: Record, actor: str, day: str) -> Iterator[tuple[Any, ...]]:
    for s in record.statements:
        if s.property in ("post", "former_post") and s.value:
            former = s.property == "former_post"
            yield (actor, name_key(s.value), former, day, document.number, s.start, s.end, s.value, s.words)


def _rename(work: Work, counted: Counter[tuple[Named, bool]]) -> None:
    """Add to how often each name is told of each actor; names that nobody tells any more go."""
    rows = [(name_key(name), actor, name, counted[(actor, name), True], counted[(actor, name), False])
            for actor, name in sorted({named for named, _ in counted})]  # fmt: skip
    changes = [row for row in rows if row[3] or row[4]]
    add_up(work.connection, actor_names, ("bare", "actor", "name"), ("first", "told"), changes)
    for chunk in chunks(sorted({row[1] for row in changes if row[4] < 0})):
        work.connection.execute(delete(actor_names).where(actor_names.c.actor.in_(chunk), actor_names.c.told <= 0))


def _describe(work: Work, ids: set[str], who: dict[str, Identity]) -> None:
    """Write each actor anew under the name that most documents use; actors without a name go."""
    held: dict[str, tuple[str, str | None]] = {}
    for chunk in chunks(sorted(ids)):
        about = select(actors.c.id, actors.c.kind, actors.c.code).where(actors.c.id.in_(chunk))
        held |= {id: (kind, code) for id, kind, code in work.connection.execute(about)}
    delete_where(work.connection, actors, "id", sorted(ids))
    unindex(work, "actor", sorted(ids))
    rows, found = [], []
    for id, names in _told(work, ids).items():
        kind, code = (who[id].kind, who[id].code) if id in who else held[id]
        name = names[0]
        rows.append((id, kind, name, name_key(name), code))
        words = " ".join([*dict.fromkeys(names), code or ""])
        found.append(Found("actor", id, name, None, words, kind=kind))
    insert_rows(work.connection, actors, ("id", "kind", "name", "bare", "code"), rows)
    index(work, found)


def _told(work: Work, ids: set[str]) -> dict[str, list[str]]:
    """The names of each actor, the one most documents use in full first."""
    c = actor_names.c
    told: dict[str, list[tuple[int, int, str]]] = {}
    for chunk in chunks(sorted(ids)):
        query = select(c.actor, c.first, c.told, c.name).where(c.actor.in_(chunk))
        for actor, first, count, name in work.connection.execute(query):
            told.setdefault(actor, []).append((-first, -count, name))
    return {actor: [name for *_, name in sorted(names)] for actor, names in sorted(told.items())}

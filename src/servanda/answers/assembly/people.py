"""Actors over all documents: which mentions are one, how they are named and which posts they are seen in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import delete, select

from servanda.answers.assembly.indexed import Found, index, unindex
from servanda.answers.assembly.work import Id, Work, day_of
from servanda.keep.actors import identify
from servanda.records import Filed, Record
from servanda.store.bulk import add_up, chunks, delete_where, insert_rows
from servanda.store.derived import actor_names, actors, mentions, posts
from servanda.store.sheets import name_key

Named = tuple[str, str]  # an actor's id, a name of it


@dataclass(slots=True, frozen=True)
class Identity:
    """An actor over all documents."""

    id: str
    kind: str
    code: str | None


def known_by(record: Record) -> Identity:
    """By its code, else its kind and name: all that one document tells by itself."""
    kind, code = record.value("kind") or "organisation", record.value("code")
    return Identity(_slug(kind, code or record.value("name") or record.words, bool(code)), kind, code)


def _slug(kind: str, name: str, code: bool = False) -> str:
    return f"{kind}-{name if code else '-'.join(name_key(name).split())}"


def identities(documents: Iterable[Filed], work: Work) -> dict[Id, Identity]:
    """Each mention's actor, by names, offices, states and company, compared over all these documents."""
    found: dict[Id, Identity] = {}
    taken: set[str] = set()
    for actor in identify(documents, work.judged.pairs()).actors:
        id = _slug(actor.kind, actor.code or actor.name, bool(actor.code))
        id = f"{id}-{actor.id[:6]}" if id in taken else id
        taken.add(id)
        found |= dict.fromkeys((m.id for m in actor.mentions), Identity(id, actor.kind, actor.code))
    return found


def people(work: Work, numbers: Collection[int], known: dict[Id, Identity] | None) -> None:
    """Bring the actors of these documents up to date; `known`: who is who, where all were compared."""
    counted: Counter[tuple[Named, bool]] = Counter()
    for chunk in chunks(sorted(numbers)):
        old = select(mentions.c.actor, mentions.c.names).where(mentions.c.document.in_(chunk))
        for actor, names in work.connection.execute(old):
            counted.subtract(_counts(actor, orjson.loads(names)))
    for table in (mentions, posts):
        delete_where(work.connection, table, "document", sorted(numbers))
    who: dict[str, Identity] = {}
    for document in work.documents(numbers):
        counted.update(_file(work, document, known or {}, who))
    work.forget(numbers)
    _rename(work, counted)
    _describe(work, {actor for (actor, _), _ in counted}, who)


def _file(work: Work, document: Filed, known: dict[Id, Identity], who: dict[str, Identity]) -> Iterator[Any]:
    rows, held, day = [], [], day_of(document)
    for place, record in document.records.items():
        if record.kind != "actor":
            continue
        it = known.get((document.number, record.key)) or known_by(record)
        who[it.id] = it
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

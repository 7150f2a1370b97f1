"""Bodies that people said to be one: all go by the id of one of them, for as long as the decision stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from servanda.answers.assembly.known import slug
from servanda.answers.assembly.sketching import actors_of
from servanda.answers.assembly.work import Id, Work
from servanda.keep.joining import Said
from servanda.keep.judged import touched
from servanda.keep.names import Who
from servanda.keep.telling import actors as told_actors
from servanda.records import Filed
from servanda.store import decided
from servanda.store.bulk import chunks
from servanda.store.derived import mentions

PERSON = "person-"


@dataclass(slots=True, frozen=True)
class Identity:
    """An actor over all documents."""

    id: str
    kind: str
    code: str | None


United = Mapping[str, Identity]  # by the id that a body has by itself


def identity(who: Who, drawn: str | None) -> Identity:
    """The actor of a mention: by its code, else as it was `drawn`; what a grafted passage names, by its name alone."""
    if who.code:
        return Identity(f"{who.kind}-{who.code}", who.kind, who.code)
    return Identity(drawn or slug(who.kind, who.name, who.key if drawn == "" else ""), who.kind, None)


def united(work: Work, said: Said, numbers: Collection[int]) -> United:
    """Whom each body goes by that was said to be the same as another; `numbers`: documents put together now."""
    pairs = list(said.pairs("same"))
    if not pairs:
        return {}
    named = _named(work, {key for pair in pairs for key in pair}, numbers)
    groups: dict[str, dict[str, Identity]] = {}
    for a, b in pairs:
        members = {**named.get(a, {}), **named.get(b, {})}
        for id in tuple(members):
            members |= groups.get(id, {})
        groups |= dict.fromkeys(members, members)
    return {id: min(members.values(), key=_rank) for id, members in groups.items()}


def _rank(it: Identity) -> tuple[bool, str]:
    return it.code is None, it.id


def _named(work: Work, keys: Collection[str], numbers: Collection[int]) -> dict[str, dict[str, Identity]]:
    """The bodies that records of these keys are of, by key: copies of one text share keys."""
    holding = set(numbers)
    for chunk in chunks(sorted(keys)):
        query = select(mentions.c.document, mentions.c.actor).where(mentions.c.key.in_(chunk))
        holding |= {row.document for row in work.rows(query) if not row.actor.startswith(PERSON)}
    found: dict[str, dict[str, Identity]] = {}
    drawn = actors_of(work, holding)
    for document in work.documents(holding):
        for key, it in _bodies(document, keys, drawn):
            found.setdefault(key, {})[it.id] = it
    return found


def _bodies(document: Filed, keys: Collection[str], drawn: Mapping[Id, str]) -> Iterable[tuple[str, Identity]]:
    own = [(place, record.key) for place, record in document.records.items()
           if record.kind == "actor" and record.key in keys and not record.passage]  # fmt: skip
    known = told_actors(document) if own else {}
    for place, key in own:
        if known[place].kind != "person":
            yield key, identity(known[place], drawn.get((document.number, key)))


def renamed(work: Work, said: Said, before: Mapping[Id, str], now: Mapping[Id, str], whom: United) -> set[int]:
    """The documents that name one whom a decision, made or taken back, has given another id: by what it was in some
    documents `before` and is `now`.
    """
    made = (j for j in decided(work.register, undone=True) if j.kind == "same")
    keys = touched(made)[1] | said.keys
    ids = {id for id in (before.keys() | now.keys()) if id[1] in keys}
    gone = {before[id] for id in ids if id in before and before[id] != now.get(id)}
    gone |= {id for id, it in whom.items() if it.id != id and any(now.get(one) == it.id for one in ids)}
    gone = {id for id in gone if not id.startswith(PERSON)}
    query = select(mentions.c.document).distinct()
    return {number for chunk in chunks(sorted(gone))
            for number in work.connection.execute(query.where(mentions.c.actor.in_(chunk))).scalars()}  # fmt: skip

"""Which entries stand between two sides, told by their links alone: the newest of each kind, however much else of
either side is newer.

An entry stands between them where someone of both has part in it, or where no third state has; who of the others in
these is at home is for the asker to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import orjson
from sqlalchemy import ARRAY, Text, TextClause, bindparam, text

from servanda.answers.asking import KEYS, Listing, Question

Bound: TypeAlias = tuple[str, str]  # first day, id
MANY = ("engagement", "undertaking")  # sorts of which several sections speak; of the others half as many are asked for
BOTH, ALONE = 100, 60  # newest entries in which both sides have part; in which the one has part and no third state
ALL = 200  # newest entries of a side where there is no other one, and of its bodies and people
NEAR, FEW = 2000, 40  # newest entries of a counterpart that are looked up one by one; found among these, all are asked
MOST = {"near": BOTH, "far": BOTH, "alone": ALONE, "every": ALL, "members": BOTH, "all_members": ALL}
HALF = {part: most // 2 for part, most in MOST.items()}
TOGETHER, ALONG = ("near", "alone", "members"), ("every", "all_members")
PLAIN = ("sort", "about", "home", "first", "last", "topic", "near_day", "near_id")  # parameters
LISTS = ("members", "ours", "kinds")  # parameters that are lists
OTHER = "FROM entry_links o WHERE o.sort = t.sort AND o.id = t.id AND o.facet || '' = 'actor'"
ON_TOPIC = "SELECT id FROM entry_links WHERE facet = 'topic' AND value = :topic AND sort = :sort"
ELSEWHERE = "substr(o.value, 1, 6) = 'state-' AND o.value NOT IN (:about, :home)"


@dataclass(slots=True, frozen=True)
class Sought:
    """Entries of a sort in which an actor or one of its bodies and people (`members`) has part with one of `ours`
    (None: with anybody), in a period of ISO days, on a topic, of some kinds; `count`: of the sort,
    in how many it has part."""

    sort: str
    about: str
    members: Collection[str]
    ours: Collection[str] | None
    home: str | None
    first: str | None = None
    last: str | None = None
    topic: str | None = None
    kinds: Collection[str] = ()
    count: int = 0


def between(question: Question, sought: Sought) -> tuple[dict[str, tuple[str, str]], bool]:
    """The first day and the day of the first document of such entries, by id; whether there may be more of them."""
    bound = _bound(question, sought)
    rows = _asked(question, sought, ALONG if sought.ours is None else TOGETHER, bound)
    if bound and sought.ours is not None and sum(row.part == "near" for row in rows) < FEW:
        rows += _asked(question, sought, ("far",), None)
    counted = Counter(row.part for row in rows)
    more = any(counted[part] >= most for part, most in (MOST if sought.sort in MANY else HALF).items())
    return {row.id: (row.first_day, row.told_day) for row in rows}, more


def _bound(question: Question, sought: Sought) -> Bound | None:
    """The key (first day, id) from which on the entries of a counterpart are looked up one by one, where it has part in
    more of them."""
    if sought.count <= NEAR:
        return None
    listing = Listing(sought.sort).linked("actor", [sought.about])
    found = question.rows(listing.ordered(listing.query(*KEYS)).offset(NEAR).limit(1))
    return (found[0][0], found[0][1]) if found else None


def _asked(question: Question, sought: Sought, parts: tuple[str, ...], bound: Bound | None) -> list[Any]:
    postgres = question.connection.dialect.name == "postgresql"
    given: dict[str, Any] = {name: getattr(sought, name, None) for name in PLAIN}
    given["near_day"], given["near_id"] = bound or ("", "")
    for name in LISTS:
        values = sorted(getattr(sought, name) or ())
        given[name] = values if postgres else orjson.dumps(values).decode()
    narrowed = tuple(name for name in ("first", "last", "topic", "kinds") if getattr(sought, name))
    told, names = _told(postgres, parts, narrowed + (("near",) if bound else ()), sought.sort in MANY)
    return list(question.connection.execute(told, {name: given[name] for name in names}))


@cache
def _told(
    postgres: bool, parts: tuple[str, ...], narrowed: tuple[str, ...], many: bool
) -> tuple[TextClause, list[str]]:
    """The question, and the names of its parameters."""
    own = "SELECT id, sort, first_day, told_day FROM entry_links t WHERE facet = 'actor' AND sort = :sort"
    own += " AND NOT grafted" + "".join(NARROWED[name] for name in narrowed
                                         if name in NARROWED and (parts != ("far",) or name != "topic"))  # fmt: skip
    kinds = f" AND kind {_among('kinds', postgres)}" if "kinds" in narrowed else ""
    own += kinds
    own += f" AND id IN ({ON_TOPIC})" if parts == ("far",) and "topic" in narrowed else ""
    made = _parts(own, " AND (first_day, id) >= (:near_day, :near_id)" if "near" in narrowed else "",
                  "topic" in narrowed, postgres, MOST if many else HALF, kinds)  # fmt: skip
    each = (f"SELECT id, first_day, told_day, '{part}' AS part FROM ({made[part]}) AS {part}_told" for part in parts)
    told = text(" UNION ALL ".join(each))
    names = [name for name in (*PLAIN, *LISTS) if f":{name}" in told.text]
    typed = (bindparam(name, type_=ARRAY(Text())) for name in names if name in LISTS)
    return (told.bindparams(*typed) if postgres else told), names


def _parts(own: str, near: str, topic: bool, postgres: bool, most: Mapping[str, int], kinds: str) -> dict[str, str]:
    both = _exists(f"{OTHER} AND o.value || '' {_among('ours', postgres)}")
    alone = f"NOT {_exists(f'{OTHER} AND {ELSEWHERE}')}"
    newest = "ORDER BY first_day DESC, id DESC LIMIT"
    about, members = f"{own} AND value = :about", f"{own} AND value {_among('members', postgres)} {newest}"
    ours = f"SELECT id FROM entry_links WHERE facet = 'actor' AND sort = :sort AND value {_among('ours', postgres)}"
    ours += kinds
    found = {
        "near": f"{about}{near} AND {both}",
        "far": f"{about} AND id IN ({ours})" if not topic else f"{about} AND {both}",
        "alone": f"{about}{near} AND {alone}",
        "members": f"SELECT * FROM ({members} {most['all_members']}) AS t WHERE {both} OR {alone}",
        "every": about,
    }
    told = {part: f"{question} {newest} {most[part]}" for part, question in found.items()}
    return told | {"all_members": f"{members} {most['all_members']}"}


def _exists(found: str) -> str:
    """Whether something is found, looked up row by row: the bounds keep PostgreSQL from reading all there is."""
    return f"EXISTS (SELECT 1 {found} LIMIT 1 OFFSET 0)"


def _among(name: str, postgres: bool) -> str:
    return f"= ANY (:{name})" if postgres else f"IN (SELECT value FROM json_each(:{name}))"


NARROWED = {
    "first": " AND (last_day >= :first OR told_day >= :first OR (last_day = '' AND told_day = ''))",
    "last": " AND told_day <= :last AND first_day <= :last",
    "topic": " AND " + _exists("FROM entry_links k WHERE k.facet = 'topic' AND k.value = :topic AND k.sort = t.sort"
                               " AND k.first_day = t.first_day AND k.id = t.id"),
}  # fmt: skip

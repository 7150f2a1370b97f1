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
from typing import Any

import orjson
from sqlalchemy import ARRAY, Text, TextClause, bindparam, text

from servanda.answers.asking import Question

MANY = ("engagement", "undertaking")  # sorts of which several sections speak; of the others half as many are asked for
BOTH, ALONE = 100, 60  # newest entries in which both sides have part; in which the one has part and no third state
ALL = 200  # newest entries of a side where there is no other one, and of its bodies and people
NEAR, FEW = 2000, 40  # newest entries of a counterpart that are looked at first; found among these, all are asked
MOST = {"near": BOTH, "far": BOTH, "alone": ALONE, "every": ALL, "members": BOTH, "all_members": ALL}
HALF = {part: most // 2 for part, most in MOST.items()}
TOGETHER, ALONG = ("near", "alone", "members"), ("every", "all_members")
PLAIN = ("sort", "about", "home", "first", "last", "topic")  # parameters
LISTS = ("members", "ours", "others", "kinds")  # parameters that are lists
NEWEST = "ORDER BY first_day DESC, id DESC LIMIT"
COLUMNS = "SELECT id, sort, first_day, told_day"
OWN = "FROM entry_links WHERE facet = 'actor' AND sort = :sort AND value"
OTHER = "FROM entry_links o WHERE o.sort = t.sort AND o.id = t.id AND o.facet || '' = 'actor'"
ELSEWHERE = "substr(o.value, 1, 6) = 'state-' AND o.value NOT IN (:about, :home)"
SAME = "FROM entry_links k WHERE k.sort = :sort AND k.first_day = t.first_day AND k.id = t.id AND k.facet"
NARROWED = {
    "first": " AND (last_day >= :first OR told_day >= :first OR (last_day = '' AND told_day = ''))",
    "last": " AND told_day <= :last AND first_day <= :last",
    "topic": f" AND EXISTS (SELECT 1 {SAME} = 'topic' AND k.value = :topic)",
}


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

    @property
    def others(self) -> Collection[str]:
        """Of ours those beside the state itself."""
        return [it for it in self.ours or () if it != self.home]


def between(question: Question, sought: Sought) -> tuple[dict[str, tuple[str, str]], bool]:
    """The first day and the day of the first document of such entries, by id; whether there may be more of them."""
    many = sought.ours is not None and sought.count > NEAR
    parts = ALONG if sought.ours is None else TOGETHER
    rows = _asked(question, sought, parts if sought.members else parts[:-1], many)
    if many and sum(row.part == "near" for row in rows) < FEW:
        rows += _asked(question, sought, ("far",), False)
    counted = Counter(row.part for row in rows)
    more = any(counted[part] >= most for part, most in (MOST if sought.sort in MANY else HALF).items())
    return {row.id: (row.first_day, row.told_day) for row in rows}, more


def _asked(question: Question, sought: Sought, parts: tuple[str, ...], near: bool) -> list[Any]:
    """The rows of these parts; `near`: only of the newest entries of the counterpart."""
    postgres = question.connection.dialect.name == "postgresql"
    given: dict[str, Any] = {name: getattr(sought, name, None) for name in PLAIN}
    for name, own in zip(LISTS, (sought.members, sought.ours, sought.others, sought.kinds), strict=True):
        values = sorted(own or ())
        given[name] = values if postgres else orjson.dumps(values).decode()
    narrowed = tuple(name for name in ("first", "last", "topic", "kinds") if getattr(sought, name))
    told, names = _told(postgres, parts, narrowed + (("near",) if near else ()), sought.sort in MANY)
    return list(question.connection.execute(told, {name: given[name] for name in names}))


@cache
def _told(
    postgres: bool, parts: tuple[str, ...], narrowed: tuple[str, ...], many: bool
) -> tuple[TextClause, list[str]]:
    """The question, and the names of its parameters."""
    own = "".join(NARROWED.get(name, f" AND kind {_among('kinds', postgres)}") for name in narrowed if name != "near")
    links = f"(SELECT * {OWN} = :about{f' {NEWEST} {NEAR + 1}' if 'near' in narrowed else ''}) AS t"
    about = f"{COLUMNS} FROM {links} WHERE NOT grafted{own}"
    members = f"{COLUMNS} FROM (SELECT * {OWN} {_among('members', postgres)}) AS t WHERE NOT grafted{own}"
    sifted = "topic" in narrowed and parts[-1] not in ALONG
    mine = f"{COLUMNS} FROM mine t WHERE true" if sifted else about
    made = _parts(mine, members, postgres, MOST if many else HALF)
    each = (f"SELECT id, first_day, told_day, '{part}' AS part FROM ({made[part]}) AS {part}_told" for part in parts)
    told = (f"WITH mine AS MATERIALIZED ({about}) " if sifted else "") + " UNION ALL ".join(each)
    names = [name for name in (*PLAIN, *LISTS) if f":{name}" in told]
    typed = (bindparam(name, type_=ARRAY(Text())) for name in names if name in LISTS)
    return (text(told).bindparams(*typed) if postgres else text(told)), names


def _parts(about: str, members: str, postgres: bool, most: Mapping[str, int]) -> dict[str, str]:
    """Each part. Where both have part is found along the two stretches of the index in which the links of either lie,
    from the newest on; who else has part in an entry is looked up entry by entry."""
    both = _exists(f"{OTHER} AND o.value || '' {_among('ours', postgres)}")
    alone = f"NOT {_exists(f'{OTHER} AND {ELSEWHERE}')}"
    chosen = f"SELECT * FROM ({members} {NEWEST} {most['all_members']}) AS t WHERE {both} OR {alone}"
    home = f"{about} AND EXISTS (SELECT 1 {SAME} = 'actor' AND k.value = :home) {NEWEST} {most['near']}"
    ours = f"{about} AND (first_day, id) IN (SELECT first_day, id {OWN} {_among('others', postgres)})"
    shared = f"SELECT * FROM ({home}) AS h UNION SELECT * FROM ({ours} {NEWEST} {most['near']}) AS o"
    found = {
        "near": f"SELECT * FROM ({shared}) AS t",
        "far": f"SELECT * FROM ({shared}) AS t",
        "alone": f"{about} AND {alone}",
        "members": chosen,
        "every": about,
        "all_members": members,
    }
    return {part: f"{question} {NEWEST} {most[part]}" for part, question in found.items()}


def _exists(found: str) -> str:
    """Whether something is found, looked up row by row: the bounds keep PostgreSQL from reading all there is."""
    return f"EXISTS (SELECT 1 {found} LIMIT 1 OFFSET 0)"


def _among(name: str, postgres: bool) -> str:
    return f"= ANY (:{name})" if postgres else f"IN (SELECT value FROM json_each(:{name}))"

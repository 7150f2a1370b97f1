"""A brief: for a counterpart, a topic and a period, what a reader would put on one page, each line with its words.

Nothing is worded here and nothing is summed: every line is a row of the register with the numbers of its passages in
`sources`. A section without a line says over what was looked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import orjson
from sqlalchemy import TextClause, select, text

from servanda.answers.asking import E, Question, asking
from servanda.answers.pages import LooksAt, Row, day
from servanda.answers.sides import Sides
from servanda.answers.undertakings import as_of
from servanda.errors import BadQuestion
from servanda.store import Register, official, official_dates
from servanda.store.derived import actors, assembled, entry_keys
from servanda.store.tables import documents

PEACEKEEPING = "peacekeeping"
LONGEST = 8  # lines of a section
READ, BESIDE = 300, 60  # rows of a kind that are gone through; of each of the bodies and people beside a state
LARGE = 100  # bodies and people, of whom a register of few documents knows more: those are asked for all at once
CITED = 3  # passages of a line
OPEN = ("open", "accepted", "postponed", "overdue", "partly_kept")
MADE = ("pledge", "plan")
ASKED = ("request", "proposal")
SECTIONS = (
    "meetings", "to_come", "we_asked", "they_asked", "they_promised", "we_promised", "together", "invitations",
    "done", "agreements", "positions", "figures", "official", "conflicts",
)  # fmt: skip
GRADES = {"dated": 0, "concrete": 1, "exhortation": 2}


@dataclass(slots=True)
class Line:
    """One line: a row of the register (`sort` says of which kind) and the numbers of its passages."""

    sort: str
    row: Row
    cited: list[int]


@dataclass(slots=True)
class Section:
    """Lines of one kind; `more`: how many the brief leaves out."""

    key: str
    lines: list[Line] = field(default_factory=list)
    more: int = 0


@dataclass(slots=True)
class Brief:
    """`about` and `home`: actors as `{id, name, code, kind}`. `sources`: the passages cited, numbered from 1, each
    `{source, start, end, quote, title, publisher, published}`."""

    about: Row
    home: Row | None
    topic: str | None
    since: str | None
    until: str | None
    sections: list[Section]
    sources: list[Row]
    looked_at: LooksAt


def brief(
    register: Register, name: str, *, home: str | None = "VN", topic: str | None = None, since: str | None = None,
    until: str | None = None,
) -> Brief:  # fmt: skip
    """The brief on whom `name` (a name, code or id) means, for the state `home` (None: whoever they dealt with).

    Raises NotFound with near matches, BadQuestion on a date that is none.
    """
    first, last = since and day(since, "since")[0], until and day(until, "until")[1]
    if first and last and first > last:
        raise BadQuestion(f"the period ends ({until}) before it begins ({since})")
    with asking(register) as question:
        about = _actor(question, name)
        ours = _actor(question, home) if home and _known(question, home) else None
        made = _Making(question, about, ours, topic, first, last)
        sections = made.sections()
        sections += [_official(register, about, topic, last), _conflicts(made)]
        order = {key: n for n, key in enumerate(SECTIONS)}
        sections.sort(key=lambda it: order[it.key])
        return Brief(about, ours, topic, since, until, sections, made.sources(), question.looked_at)


def _known(question: Question, name: str) -> bool:
    return bool(question.known_as(name))


def _actor(question: Question, name: str) -> Row:
    found = question.known_as(name)
    if not found:
        a = actors.c
        near = [row[0] for row in question.rows(actors.select().with_only_columns(a.name).limit(20000))]
        raise question.missing("actor", name, near)
    row = question.rows(actors.select().where(actors.c.id == found[0]))[0]
    return {"id": row.id, "name": row.name, "code": row.code, "kind": row.kind}


class _Making:
    """The sides, the rows between them, and the passages cited so far."""

    def __init__(
        self, question: Question, about: Row, home: Row | None, topic: str | None, first: str | None, last: str | None
    ) -> None:
        self.question, self.topic, self.first, self.last = question, topic, first, last
        self.sides = Sides(question)
        self.about, self.them = about["id"], self.sides.side(about["id"])
        self.home = home["id"] if home and home["id"] != about["id"] else None
        self.ours: set[str] = set()
        self.spoken_of: set[str] = set()
        self.cited: dict[tuple[str, int, int], int] = {}
        self.passages: list[Row] = []

    def rows(self, sort: str) -> list[Row]:
        """Rows of a kind in which they have part, in the period and on the topic, the newest first.

        What has no topic of its own is of the topic that something else of its document is on.
        """
        given = {"sort": sort, "first": self.first, "last": self.last, "read": READ, "most": BESIDE}
        given |= {f"v{n}": id for n, id in enumerate([self.about, *sorted(self.them - {self.about})])}
        told = _told(len(self.them), bool(self.first), bool(self.last))
        ids = [row[0] for row in self.question.connection.execute(told, given)]
        held = dict(tuple(row) for row in self.question.rows(select(E.id, E.row).where(E.sort == sort, E.id.in_(ids))))
        found: list[Row] = [orjson.loads(held[id]) for id in ids]
        return self._between([row for row in found if self._on_topic(sort, row)])

    def _on_topic(self, sort: str, row: Row) -> bool:
        told = row.get("topics") or row.get("topic") or []
        if self.topic is None or self.topic in told:
            return True
        if sort == "contribution":
            return self.topic == PEACEKEEPING
        return sort == "engagement" and not told and bool(self.spoken_of & {it["source"] for it in row["evidence"]})

    def _spoken_of(self, rows: Iterable[Row]) -> None:
        """Note the documents in which something between the two sides is on the topic."""
        self.spoken_of = {it["source"] for row in rows for it in _evidence(row)}

    def _between(self, rows: list[Row]) -> list[Row]:
        """Those in which the side they are briefed for has part too, or nobody else."""
        if self.home is None:
            return rows
        others = {id for row in rows for id in _parties(row)} - self.them
        ours = self.sides.at_home(others, self.home)
        self.ours |= ours
        return [row for row in rows if not (theirs := _parties(row) - self.them) or theirs & ours]

    def sections(self) -> list[Section]:
        """Every section that rests on rows of the two sides."""
        told = [as_of(row, self.question) for row in self.rows("undertaking")]
        acts, agreed, spoken = self.rows("act"), self.rows("agreement"), self.rows("position")
        self._spoken_of((*told, *acts, *agreed, *spoken))
        met = self.rows("engagement")
        invited = [row for row in told if row["kind"] == "invitation"]
        ahead = {row["engagement"] for row in invited}  # told among the invitations
        to_come = [row for row in met if row["status"] != "held" and row["id"] not in ahead]
        asked = [row for row in told if row["kind"] in ASKED]
        made = [row for row in told if row["kind"] in MADE and not row["engagement"]]
        both = [row for row in made if self._by(row, self.them) and self._by(row, self.ours)]
        return [
            self._section("meetings", "engagement", [row for row in met if row["status"] == "held"]),
            self._section("to_come", "engagement", to_come),
            self._section("we_asked", "undertaking", [row for row in asked if not self._by(row, self.them)]),
            self._section("they_asked", "undertaking", [row for row in asked if self._by(row, self.them)]),
            self._section("they_promised", "undertaking", self._alone(made, self.them)),
            self._section("we_promised", "undertaking", [row for row in made if not self._by(row, self.them)]),
            self._section("together", "undertaking", both),
            self._section("invitations", "undertaking", invited),
            self._section("done", "act", [row for row in acts if row["type"] in ("AID", "SUPPORT")]),
            self._section("agreements", "agreement", agreed),
            self._section("positions", "position", self._spoken(spoken)),
            self._section("figures", "contribution", self.rows("contribution")),
        ]  # fmt: skip

    def _by(self, row: Row, side: set[str]) -> bool:
        return any(it["actor"] in side for it in row["by_actors"])

    def _alone(self, rows: list[Row], side: set[str]) -> list[Row]:
        return [row for row in rows if self._by(row, side) and not self._by(row, self.ours)]

    def _spoken(self, rows: list[Row]) -> list[Row]:
        return [row for row in rows if (row["speaker"] or {}).get("actor") in self.them]

    def _section(self, key: str, sort: str, rows: Sequence[Row]) -> Section:
        if sort == "undertaking":
            rows = sorted(rows, key=lambda row: (row["status"] not in OPEN, GRADES.get(row["grade"], 2)))
        shown = list({_same(row): row for row in reversed(rows)}.values())[::-1]
        lines = [Line(sort, row, [self.cite(it) for it in _evidence(row)]) for row in shown[:LONGEST]]
        return Section(key, lines, max(0, len(shown) - LONGEST))

    def cite(self, passage: Row) -> int:
        """The number of a passage, new where it was not cited yet."""
        place = (passage["source"], passage["start"], passage["end"])
        if place not in self.cited:
            self.cited[place] = len(self.passages) + 1
            self.passages.append({name: passage[name] for name in ("source", "start", "end", "quote")})
        return self.cited[place]

    def sources(self) -> list[Row]:
        """The passages cited, each with what is known of its document."""
        d, a = documents.c, assembled.c
        wanted = sorted({it["source"] for it in self.passages})
        columns = (d.source, d.title, d.publisher, d.url, a.published)
        query = documents.outerjoin(assembled, a.document == d.number).select().with_only_columns(*columns)
        rows = self.question.rows(query.where(d.status == "current", d.source.in_(wanted))) if wanted else []
        known = {row.source: dict(row._mapping) for row in rows}
        bare: Row = {"title": None, "publisher": None, "url": None, "published": None}
        return [{**bare, **known.get(it["source"], {}), **it} for it in self.passages]


def _same(row: Row) -> tuple[Any, ...]:
    """What would read the same twice on one page."""
    first = next(iter(_evidence(row)), {})
    return (first.get("source"), first.get("start"), first.get("end"), row.get("kind"), tuple(row.get("by", ())))


def _parties(row: Row) -> set[str]:
    lists = [it for name in ("participants", "parties", "by_actors", "to_actors") for it in row.get(name, ())]
    single = [row[name] for name in ("speaker", "addressee", "contributor") if row.get(name)]
    return {it["actor"] for it in (*lists, *single) if it.get("actor")}


def _evidence(row: Row) -> list[Row]:
    """The words that a line cites: of an undertaking those that make it, then those that show its outcome."""
    told = [row["made"], *row["evidence"]] if "made" in row else row["evidence"]
    unique = {(it["source"], it["start"], it["end"]): it for it in told}
    return list(unique.values())[:CITED]


def _official(register: Register, about: Row, topic: str | None, last: str | None) -> Section:
    """The UN's figures of a contributor, or of a mission's contributors, in the newest table of the period."""
    if topic not in (None, PEACEKEEPING) or about["kind"] not in ("state", "mission") or not about["code"]:
        return Section("official")
    dates = [as_of for as_of, _, _ in official_dates(register) if last is None or as_of <= last]
    only: dict[str, Any] = {"country" if about["kind"] == "state" else "mission": about["code"]}
    rows = official(register, **only, as_of=dates[-1]) if dates else []
    lines = [
        Line(
            "official",
            {
                "as_of": it.as_of,
                "country": it.country,
                "mission": it.mission,
                "total": it.total,
                "personnel_type": it.personnel_type,
                "female": it.female,
            },
            [],
        )
        for it in rows
    ]
    return Section("official", lines[: LONGEST * 3], max(0, len(lines) - LONGEST * 3))  # fmt: skip


@cache
def _told(count: int, since: bool, until: bool) -> TextClause:
    """The newest entries in which any of so many actors has part, in a period: of the first as many as are read, of
    each of the others no more than BESIDE; of a side larger than LARGE those of all."""
    period = " AND (last_day >= :first OR told_day >= :first OR (last_day = '' AND told_day = ''))" if since else ""
    period += " AND told_day <= :last AND first_day <= :last" if until else ""
    own = "SELECT id, first_day, told_day FROM entry_links WHERE facet = 'actor' AND sort = :sort AND NOT grafted"
    own += " AND value"
    if count > LARGE:
        parts = [f"{own} IN ({', '.join(f':v{n}' for n in range(count))}){period}"]
    else:
        most = ("read", *["most"] * (count - 1))
        parts = [f"SELECT * FROM ({own} = :v{n}{period} ORDER BY first_day DESC, id DESC LIMIT :{most[n]}) AS a{n}"
                 for n in range(count)]  # fmt: skip
    every = "SELECT DISTINCT id, first_day, told_day FROM (" + " UNION ALL ".join(parts) + ") AS told"
    return text(f"{every} ORDER BY first_day DESC, told_day DESC, id LIMIT :read")


def _conflicts(made: _Making) -> Section:
    """Where documents disagree about what this brief cites."""
    found = _all_conflicts(made.question, {it["source"] for it in made.passages})
    rows = [row for row in found if any((it["source"], it["start"], it["end"]) in made.cited for it in row["values"])]
    lines = [Line("conflict", row, [made.cite(it) for it in row["values"][:CITED]]) for row in rows[:LONGEST]]
    return Section("conflicts", lines, max(0, len(rows) - LONGEST))


def _all_conflicts(question: Question, sources: Collection[str]) -> list[Row]:
    d, k = documents.c, entry_keys.c
    cited = select(d.number).where(d.source.in_(sorted(sources)), d.status == "current")
    told = select(k.id).where(k.sort == "conflict", k.document.in_(cited))
    query = select(E.row).where(E.sort == "conflict", E.id.in_(told)).order_by(E.first_day.desc(), E.id.desc())
    rows = [orjson.loads(row[0]) for row in question.rows(query)] if sources else []
    return list({repr((row["subject"], row["property"])): row for row in rows}.values())

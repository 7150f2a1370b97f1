"""A brief: for a counterpart, a topic and a period, what a reader would put on one page, each line with its words.

Nothing is worded here and nothing is summed: every line is a row of the register with the numbers of its passages in
`sources`. A section without a line says over what was looked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from sqlalchemy import select

from servanda.answers.asking import E, Question, asking, rows_of
from servanda.answers.between import Sought, between
from servanda.answers.pages import LooksAt, Row, day
from servanda.answers.sides import Sides
from servanda.answers.undertakings import as_of
from servanda.errors import BadQuestion
from servanda.store import Register, official, official_dates
from servanda.store.derived import actor_counts, actors, assembled, entry_keys
from servanda.store.tables import documents

PEACEKEEPING = "peacekeeping"
LONGEST = 5  # lines of a section
CITED = 3  # passages of a line
OPEN = ("open", "accepted", "postponed", "overdue", "partly_kept")
MADE = ("pledge", "plan")
ASKED = ("request", "proposal")
HELP = ("AID", "SUPPORT")
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
    """Lines of one kind; `more`: how many the brief leaves out, `more_than`: that there are others, older ones."""

    key: str
    lines: list[Line] = field(default_factory=list)
    more: int = 0
    more_than: bool = False


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
        self.ours = self.sides.side(self.home) - self.them if self.home else set()
        self.sought = {"about": self.about, "members": self.them - {self.about}, "home": self.home, "first": first,
                       "last": last, "ours": sorted(self.ours) if self.home else None}  # fmt: skip
        c = actor_counts.c
        counted = question.rows(select(c.sort, c.count).where(c.actor == self.about))
        self.counts = {row.sort: int(row.count) for row in counted}
        self.more: set[str] = set()
        self.spoken_of: set[str] = set()
        self.cited: dict[tuple[str, int, int], int] = {}
        self.passages: list[Row] = []

    def rows(self, sort: str, kinds: Collection[str] = ()) -> list[Row]:
        """Rows of a sort (of these kinds, if any are told) in which they have part, in the period and on the topic, the
        newest first.

        What has no topic of its own is of the topic that something else of its document is on.
        """
        own = None if sort == "contribution" else self.topic
        sought = Sought(sort, topic=own, kinds=kinds, count=self.counts.get(sort, 0), **self.sought)
        told, more = between(self.question, sought)
        if own and sort == "engagement":
            told |= between(self.question, replace(sought, topic=None))[0]
        self.more |= {sort} if more else set()
        held, newest = rows_of(self.question, sort, told), sorted(sorted(told), key=lambda id: told[id], reverse=True)
        found = [held[id] for id in newest if id in held]
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
        self.ours |= self.sides.at_home(others - self.ours, self.home)
        return [row for row in rows if not (theirs := _parties(row) - self.them) or theirs & self.ours]

    def sections(self) -> list[Section]:
        """Every section that rests on rows of the two sides."""
        told = [as_of(row, self.question) for row in self.rows("undertaking")]
        acts = self.rows("act", () if self.topic else HELP)  # of a topic all, as they tell what documents speak of
        agreed, spoken = self.rows("agreement"), self.rows("position")
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
            self._section("done", "act", [row for row in acts if row["type"] in HELP]),
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
        left = max(0, len(shown) - LONGEST)
        return Section(key, lines, left, more_than=left > 0 and sort in self.more)

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

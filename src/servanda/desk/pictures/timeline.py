"""Engagements and undertakings along time. Where they are too many to draw one by one, how many in each period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from servanda.answers.asking import Question, asking
from servanda.answers.pages import LooksAt, day, days
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.listings import SORTS, by_period, listing, shown, yearless
from servanda.desk.pictures.looks import first_look
from servanda.desk.pictures.marks import Mark, Row, Words, engagement_mark, undertaking_mark
from servanda.store import Register

DRAWN = 300  # marks that are drawn one by one
LENGTHS = (3, 4, 7, 10)  # of a decade, a year, a month, a day as ISO has it
MOST = 130  # periods in a picture of counts
GLYPHS = {"held": "●", "planned": "○", "proposed": "◌", "postponed": "◔", "cancelled": "✕", "open": "□",
          "accepted": "◫", "kept": "■", "partly_kept": "◧", "changed": "◇", "overdue": "△", "withdrawn": "✕",
          "refused": "✕"}  # fmt: skip
Placed = tuple[str, str, str, Row]  # first day, last day, sort, row


@dataclass(slots=True)
class Told:
    """What is shown along time: rows (all, or only the newest), those of an unknown year, and how many have no date.

    `spans` are `(first day, last day, how many)`, where `count` rows are too many; `ends` the first and last day;
    `look` those that are shown first, and `outside` how many begin before and after them.
    """

    rows: list[Placed] = field(default_factory=list)
    unknown: list[tuple[str, Row]] = field(default_factory=list)
    count: int = 0
    undated: int = 0
    looked_at: LooksAt = (0, None)
    spans: list[tuple[str, str, int]] = field(default_factory=list)
    ends: tuple[str, str] = ("", "")
    look: tuple[str, str] = ("", "")
    outside: tuple[int, int] = (0, 0)


def told(register: Register, asked: Filters, what: str | None = None, *, every: bool = False) -> Told:
    """What a reader asked for; `what`: only engagements or undertakings; `every`: all rows, however many."""
    found = Told()
    sorts = [sort for sort in SORTS if what in (None, f"{sort}s")]
    with asking(register) as question:
        found.looked_at = question.looked_at
        _counted(found, question, asked, sorts)
        for sort in sorts:
            chosen = listing(question, sort, asked)
            rows = shown(question, chosen, None if every else DRAWN, latest=True)
            found.rows += [(*days(row["date" if sort == "engagement" else "due"]), sort, row) for row in rows]
            if not (asked.since or asked.until):
                found.unknown += [(sort, row) for row in yearless(question, chosen, None if every else DRAWN)]
    found.rows = sorted(_once(found.rows), key=lambda it: (it[0], it[1], it[3]["id"]))
    found.count = found.count if found.spans else len(found.rows)
    found.undated = max(0, found.undated - len(found.unknown))
    return found


def _counted(found: Told, question: Question, asked: Filters, sorts: list[str]) -> None:
    days_told: Counter[str] = Counter()
    since, until = (asked.since and day(asked.since, "since")[0]), (asked.until and day(asked.until, "until")[1])
    for sort in sorts:
        chosen = listing(question, sort, asked, period=False)
        for first, count, last in by_period(question, chosen, LENGTHS[-1], since, until):
            days_told[first] += count
            if first:
                found.ends = (min(found.ends[0] or first, first), max(found.ends[1], last))
    found.undated = days_told.pop("", 0)
    found.count = days_told.total()
    found.look = found.ends if asked.since or asked.until else first_look(days_told, found.ends)
    found.outside = (sum(n for day, n in days_told.items() if day < found.look[0]),
                     sum(n for day, n in days_told.items() if day > found.look[1]))  # fmt: skip
    if found.count > DRAWN:
        found.spans = list(periods(days_told, found.look))


def _once(rows: list[Placed]) -> Iterator[Placed]:
    """Without the undertakings that are only the plan of an engagement which stands on the line at the same time."""
    there = {(row["id"], row["date"]) for _, _, sort, row in rows if sort == "engagement"}
    for it in rows:
        row = it[3]
        if it[2] == "engagement" or row["kind"] != "plan" or (row["engagement"], row["due"]) not in there:
            yield it


def periods(counts: Counter[str], look: tuple[str, str]) -> Iterator[tuple[str, str, int]]:
    """`(first day, last day, how many)` of each decade, year, month or day in which something begins: the shortest
    that gives a picture of the days from one to another."""
    parts = {length: {day[:length] for day in counts if look[0] <= day <= look[1]} for length in LENGTHS}
    length = max((n for n in LENGTHS if len(parts[n]) <= MOST), default=3)
    begun: Counter[str] = Counter()
    for first, count in counts.items():
        begun[first[:length]] += count
    for start, count in sorted(begun.items()):
        yield *ends(start), count


def ends(start: str) -> tuple[str, str]:
    """The first and last day of `201`, `2017`, `2017-05` or `2017-05-13`."""
    if len(start) <= 4:
        return f"{start:0<4}-01-01", f"{start:9<4}-12-31"
    if len(start) == 10:
        return start, start
    first = date.fromisoformat(f"{start}-01")
    return first.isoformat(), ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()


def told_as(first: str, last: str) -> str:
    """The decade, year, month or day from one day to another in EDTF, as `ends` made them."""
    if first == last:
        return first
    same = next(length for length in (7, 4, 3) if first[:length] == last[:length])
    return f"{first[:3]}X" if same == 3 else first[:same]


def mark(sort: str, row: Row, words: Words) -> Mark:
    """One row as a mark."""
    made = engagement_mark(row, words) if sort == "engagement" else undertaking_mark(row, words)
    return {**made, "group": sort, "glyph": GLYPHS.get(made["status"], "·")}


def picture(found: Told, asked: Filters, words: Words) -> Row:
    """What the browser draws: `marks`, or else `spans`; the `first` and `last` day, those to show first (`from`, `to`)
    and what is `before` and `after` them, in words; and what was left out, in words."""
    marks = [] if found.spans else [{**mark(sort, row, words), "start": first, "end": last}
                                    for first, last, sort, row in found.rows]  # fmt: skip
    spans = [{"start": first, "end": last, "count": count, "title": words.date(told_as(first, last))}
             for first, last, count in found.spans]  # fmt: skip
    return {"marks": marks, "spans": spans, "first": found.ends[0] or None, "last": found.ends[1] or None,
            "from": found.look[0] or None, "to": found.look[1] or None, **_around(found, words),
            "since": asked.since, "until": asked.until, "says": says(found, words)}  # fmt: skip


def _around(found: Told, words: Words) -> Row:
    before, after = found.outside
    earlier = words.count("%(n)s earlier", "%(n)s earlier", before) % words.n(before)
    later = words.count("%(n)s later", "%(n)s later", after) % words.n(after)
    return {"before": earlier if before else None, "after": later if after else None}


def says(found: Told, words: Words) -> str:
    """What is drawn and what is not, in a line."""
    parts = [words.count("%(n)s on the line", "%(n)s on the line", found.count) % words.n(found.count)]
    if found.spans:
        parts.append(words.say("too many to draw one by one: open a period to see what is in it"))
    if outside := sum(found.outside):
        told = words.count(
            "%(n)s lies outside the years from %(first)s to %(last)s, which are shown first",
            "%(n)s lie outside the years from %(first)s to %(last)s, which are shown first",
            outside,
        )
        parts.append(told % {"n": words.number(outside), "first": found.look[0][:4], "last": found.look[1][:4]})
    if found.unknown:
        parts.append(words.say("%(n)s of an unknown year stand apart, below") % words.n(len(found.unknown)))
    if found.undated:
        parts.append(words.say("%(n)s have no date and are only listed") % words.n(found.undated))
    return "; ".join([*parts, words.looked_at(found.looked_at)]) + "."

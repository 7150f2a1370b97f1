"""Engagements and undertakings along time. Where they are too many to draw one by one, how many in each period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from servanda.answers import engagements, undertakings
from servanda.answers.pages import LooksAt
from servanda.answers.view import days
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.marks import Mark, Row, Words, engagement_mark, undertaking_mark
from servanda.store import Register

DRAWN = 300  # marks that are drawn one by one
PERIODS = (3653, 366, 31, 1)  # longest number of days of a decade, a year, a month, a day
FEWEST = 8  # periods in a picture of counts, if a shorter period gives no more than MOST
MOST = 130
GLYPHS = {"held": "●", "planned": "○", "proposed": "◌", "postponed": "◔", "cancelled": "✕", "open": "□",
          "accepted": "◫", "kept": "■", "partly_kept": "◧", "changed": "◇", "overdue": "△", "withdrawn": "✕",
          "refused": "✕"}  # fmt: skip


@dataclass(slots=True)
class Told:
    """Rows with a first and a last day, those of an unknown year, and how many have no date."""

    rows: list[tuple[str, str, str, Row]]  # first day, last day, group, row
    unknown: list[tuple[str, Row]]
    undated: int
    looked_at: LooksAt
    spans: list[tuple[str, str, int]] = field(default_factory=list)


def told(register: Register, asked: Filters, group: str | None = None) -> Told:
    """Engagements and undertakings (or only the `group` of one of them) that a reader asked for."""
    found: list[tuple[str, Row]] = []
    looked: LooksAt = (0, None)
    if group != "undertakings":
        page = engagements(register, actor=asked.actor, kind=asked.kind, status=asked.status, topic=asked.topic,
                           since=asked.since, until=asked.until, limit=None)  # fmt: skip
        found += [("engagement", row) for row in page.rows]
        looked = page.looked_at
    if group != "engagements":
        page = undertakings(register, actor=asked.actor, kind=asked.kind, status=asked.status, topic=asked.topic,
                            limit=None)  # fmt: skip
        there = {row["id"]: row["date"] for _, row in found}
        found += [("undertaking", row) for row in page.rows if not _is_its_engagement(row, there)]
        looked = page.looked_at
    return _placed(found, asked, looked)


def _is_its_engagement(row: Row, there: dict[str, str | None]) -> bool:
    """Whether an undertaking is only the plan of an engagement that stands on the line at the same time."""
    return bool(row["kind"] == "plan" and row["due"] and there.get(row["engagement"]) == row["due"])


def _placed(found: list[tuple[str, Row]], asked: Filters, looked: LooksAt) -> Told:
    since, until = days(asked.since)[0], days(asked.until)[1]
    result = Told([], [], 0, looked)
    for group, row in found:
        edtf = row["date"] if group == "engagement" else row["due"]
        first, last = days(edtf)
        if first and first <= (until or last) and last >= since:
            result.rows.append((first, last, group, row))
        elif not first and edtf and not (since or until):
            result.unknown.append((group, row))
        elif not edtf:
            result.undated += 1
    result.rows.sort(key=lambda it: (it[0], it[1], it[3]["id"]))
    if len(result.rows) > DRAWN:
        result.spans = list(counted(it[0] for it in result.rows))
    return result


def counted(firsts: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """`(first day, last day, how many)` of each decade, year, month or day in which something begins."""
    found = sorted(firsts)
    length = next((n for n in (3, 4, 7, 10) if FEWEST <= len({it[:n] for it in found}) <= MOST), 4)
    for start, count in sorted(Counter(it[:length] for it in found).items()):
        first, last = _ends(start)
        yield first, last, count


def _ends(start: str) -> tuple[str, str]:
    """The first and last day of `201`, `2017`, `2017-05` or `2017-05-13`."""
    if len(start) == 3:
        return f"{start}0-01-01", f"{start}9-12-31"
    if len(start) == 4:
        return f"{start}-01-01", f"{start}-12-31"
    if len(start) == 10:
        return start, start
    first = date.fromisoformat(f"{start}-01")
    return first.isoformat(), ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()


def mark(group: str, row: Row, words: Words) -> Mark:
    """One row as a mark."""
    made = engagement_mark(row, words) if group == "engagement" else undertaking_mark(row, words)
    return {**made, "group": group, "glyph": GLYPHS.get(made["status"], "·")}


def picture(found: Told, asked: Filters, words: Words) -> Row:
    """What the browser draws: `marks`, or else `spans`; the `first` and `last` day; and what was left out, in words."""
    marks = [] if found.spans else [{**mark(group, row, words), "start": first, "end": last}
                                    for first, last, group, row in found.rows]  # fmt: skip
    spans = [{"start": first, "end": last, "title": str(count)} for first, last, count in found.spans]
    ends = [it[0] for it in found.rows], [it[1] for it in found.rows]
    return {"marks": marks, "spans": spans, "first": min(ends[0], default=None), "last": max(ends[1], default=None),
            "since": asked.since, "until": asked.until, "says": says(found, words)}  # fmt: skip


def says(found: Told, words: Words) -> str:
    """What is drawn and what is not, in a line."""
    count = len(found.rows)
    parts = [words.count("%(n)d on the line", "%(n)d on the line", count) % {"n": count}]
    if found.spans:
        parts.append(words.say("too many to draw one by one: open a period to see what is in it"))
    if found.unknown:
        parts.append(words.say("%(n)d of an unknown year stand apart, below") % {"n": len(found.unknown)})
    if found.undated:
        parts.append(words.say("%(n)d have no date and are only listed") % {"n": found.undated})
    return "; ".join([*parts, words.looked_at(found.looked_at)]) + "."

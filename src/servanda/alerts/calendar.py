"""Planned engagements and due dates as an iCalendar file that replaces what a calendar had of them before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from servanda import answers
from servanda.answers import Row
from servanda.keep.when import When, when
from servanda.labels import Labels
from servanda.store import Register

AHEAD = ("planned", "proposed", "postponed", "cancelled")
STATES = {
    "planned": "CONFIRMED", "proposed": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED",
    "accepted": "CONFIRMED", "kept": "CONFIRMED", "open": "TENTATIVE", "overdue": "TENTATIVE",
    "partly_kept": "CONFIRMED", "changed": "CONFIRMED", "withdrawn": "CANCELLED", "refused": "CANCELLED",
}  # fmt: skip
QUOTED = 3  # passages


def calendar(
    register: Register,
    *,
    now: datetime,
    actor: str | None = None,
    topic: str | None = None,
    since: str | None = None,
    base: str = "",
    labels: Labels | None = None,
) -> bytes:
    """RFC 5545, in UTF-8: an event of whole days for each dated plan and due date, with a UID that stays.

    `now` stamps the file, and orders it behind those made earlier (SEQUENCE), so that calendars replace what they have.
    What has no date, or a date without a year, is left out. `base`: the desk's address, for links.
    `labels`: the language of kinds and statuses; English without.
    """
    words = labels or Labels("en")
    made = Calendar()
    made.add("prodid", "-//Servanda//Servanda//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Servanda" + (f": {actor}" if actor else ""))
    narrowed: dict[str, Any] = {"actor": actor, "topic": topic, "since": since, "limit": None}
    for status in AHEAD:
        for row in answers.engagements(register, status=status, **narrowed).rows:
            _add(
                made,
                row,
                row["date"],
                _engagement(row, words),
                now,
                words,
                f"{base}/engagements/{row['id']}" if base else None,
            )
    for row in answers.undertakings(register, **narrowed).rows:
        if not row["engagement"]:
            title = f"{', '.join(row['by'])}: {row['what']}" if row["by"] else row["what"]
            _add(made, row, row["due"], title, now, words, f"{base}/undertakings/{row['id']}" if base else None)
    return bytes(made.to_ical())


def _engagement(row: Row, words: Labels) -> str:
    people = ", ".join(it["name"] for it in row["participants"][:4])
    return " · ".join(part for part in (words(row["kind"]), row["occasion"], people, row["place"]) if part)


def _add(
    made: Calendar, row: Row, edtf: str | None, title: str, now: datetime, words: Labels, link: str | None
) -> None:  # fmt: skip
    day = when(edtf)
    if day is None or day.yearless:
        return
    event = Event()
    event.add("uid", f"{row['id']}@servanda")
    event.add("dtstamp", now)
    event.add("sequence", int(now.timestamp()) // 60)
    event.add("status", STATES.get(row["status"], "TENTATIVE"))
    first, last = _days(day)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", title[:200])
    event.add("description", _told(row, edtf, words))
    event.add("categories", [words(row["kind"]), words(row["status"])])
    if row.get("place"):
        event.add("location", row["place"])
    if link:
        event.add("url", link)
    made.add_component(event)


def _days(day: When) -> tuple[date, date]:
    """The whole interval, a month or a year too: no day is chosen within it."""
    return day.first, day.last


def _told(row: Row, edtf: str | None, words: Labels) -> str:
    evidence = [row["made"], *row["evidence"]] if "made" in row else row["evidence"]
    quotes = [f"“{it['quote']}”\n{it['source']} [{it['start']}–{it['end']}]" for it in evidence[:QUOTED]]
    return "\n\n".join([f"{words(row['status'])}, {edtf}", *quotes])

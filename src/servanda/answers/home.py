"""What there is to look at first: what is new, due, overdue, and waiting for a person."""

from __future__ import annotations

from servanda.answers.pages import Row
from servanda.answers.view import day, days, view
from servanda.keep.when import later
from servanda.store import Register, counts, set_asides

SHOWN, AHEAD = 12, 90  # rows of each list; days
AWAITED = ("open", "accepted", "postponed", "partly_kept")


def home(register: Register, since: str | None = None) -> Row:
    """`counts` of records by kind, `looked_at`, `new` (documents first seen on the day `since` or later, else the last
    ones), `latest` (engagements), `due` (within 90 days of the newest document, the earliest first), `overdue` (the
    latest first), `review` (how many pairs wait), `conflicts` and `set_aside` (how many)."""
    known = view(register)
    found = known.documents if since is None else [d for d in known.documents if d.first_seen >= day(since, "since")[0]]
    now = days(known.looked_at[1])[1]
    told = [u for u in known.undertakings if u["grade"] != "exhortation"]
    awaited = [u for u in told if u["status"] in AWAITED and days(u["due"])[0]]
    due = [u for u in awaited if now <= days(u["due"])[1] <= later(now, AHEAD)] if now else awaited
    overdue = [u for u in told if u["status"] == "overdue"]
    met = sorted((e for e in known.engagements if e["status"] == "held"), key=lambda e: days(e["date"])[0])
    return {
        "counts": {**counts(register), "undertaking": len(told), "story": len(known.stories)},
        "looked_at": {"documents": known.looked_at[0], "newest": known.looked_at[1]},
        "new": [{"source": d.source, "title": d.title, "published": d.published, "publisher": d.publisher,
                 "first_seen": d.first_seen} for d in reversed(found[-SHOWN:])],
        "latest": met[: -SHOWN - 1 : -1],
        "due": sorted(due, key=lambda u: days(u["due"])[1])[:SHOWN],
        "overdue": sorted(overdue, key=lambda u: days(u["due"])[1], reverse=True)[:SHOWN],
        "overdue_total": len(overdue),
        "review": len(known.gathered.resolution.doubtful),
        "conflicts": len(known.conflicts), "set_aside": len(set_asides(register)),
    }  # fmt: skip

"""Search as one types: names, quotes, titles and texts, insensitive to accents and to đ/d."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from servanda.answers.engagements import dated
from servanda.answers.pages import Page, Row, paged
from servanda.answers.view import View, days, named_in, view
from servanda.errors import BadQuestion
from servanda.folding import bare
from servanda.store import Register

WORD = re.compile(r"\w+")
LONGEST = 1000  # characters of a question
AROUND = 80  # characters shown before and after a hit in a text
ORDER = ("actor", "engagement", "undertaking", "act", "position", "contribution", "agreement", "document")
LISTS = {"engagement": "engagements", "undertaking": "undertakings", "act": "acts", "position": "positions",
         "contribution": "contributions", "agreement": "agreements"}  # fmt: skip


def search(
    register: Register,
    words: str,
    *,
    kind: str | None = None,
    actor: str | None = None,
    mission: str | None = None,
    topic: str | None = None,
    status: str | None = None,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    cursor: str | None = None,
    limit: int | None = 20,
) -> Page:
    """What holds every one of these words, the last as the beginning of a word: `kind` (actor, engagement, undertaking,
    act, position, contribution, agreement, document), `id`, `title`, `quote, source, start, end`, `date`, `status`.

    `source`: a publisher or the host of an address. `facets`: counts by `kind, topic, status, source, year`. Raises
    BadQuestion on a question of no word or of more than 1000 characters.
    """
    asked = asked_for(words)
    known = view(register)
    ids = {id for name in (actor, mission) if name for id in known.known_as(name)}
    found = [r for r in _matching(known, asked) if topic is None or topic in r["topics"]]
    found = [r for r in found if (not actor and not mission) or ids & r["actors"]]
    found = [r for r in found if status in (None, r["status"]) and source in (None, r["publisher"])]
    found = dated(found, since, until)
    facets = _facets(found)
    rows = [{k: v for k, v in r.items() if k != "actors"} for r in found if kind in (None, r["kind"])]
    page = paged(rows, lambda r: (9 - ORDER.index(r["kind"]), days(r["date"])[0], r["id"]), cursor, limit,
                 known.looked_at)  # fmt: skip
    page.facets = facets
    return page


def asked_for(words: str) -> list[str]:
    """The words of a question, without accents. Raises BadQuestion."""
    if len(words) > LONGEST:
        raise BadQuestion(f"a question of {len(words)} characters; {LONGEST} is the most")
    found = WORD.findall(bare(words))
    if not found:
        raise BadQuestion("a question needs a word")
    return found


def _matching(known: View, asked: list[str]) -> Iterator[Row]:
    for row in known.actors.values():
        if _holds(" ".join(row["names"]), asked):
            yield _hit("actor", row["id"], row["name"], {}, "", None, [], {row["id"]}, None)
    for kind, name in LISTS.items():
        for row in getattr(known, name):
            cited = row["made"] if kind == "undertaking" else row["evidence"][0]
            who = [it["name"] for it in _people(row)]
            if _holds(" ".join(filter(None, [*who, row.get("name"), row.get("occasion"), cited["quote"]])), asked):
                about = known.by_source[cited["source"]]
                date = row.get("date") or row.get("due") or about.published
                topics = row.get("topics") or row.get("topic") or []
                yield _hit(kind, row["id"], row.get("occasion") or row.get("name") or ", ".join(who), cited,
                           row.get("status"), date, topics, named_in(row), about.publisher)  # fmt: skip
    for document in known.documents:
        text = known.texts[document.number]
        if _holds(f"{document.title or ''} {text}", asked):
            at = bare(text).find(asked[0])
            start, end = max(0, at - AROUND), min(len(text), max(at, 0) + AROUND)
            cited = {"source": document.source, "start": start, "end": end, "quote": text[start:end]}
            yield _hit("document", document.source, document.title or document.source, cited, document.status,
                       document.published, [], set(), document.publisher)  # fmt: skip


def _hit(
    kind: str, id: str, title: str, cited: Row, status: str | None, date: str | None, topics: list[str],
    actors: set[str], publisher: str | None,
) -> Row:  # fmt: skip
    place = {name: cited.get(name) for name in ("quote", "source", "start", "end")}
    return {"kind": kind, "id": id, "title": title, **place, "date": date, "status": status, "topics": topics,
            "actors": actors, "publisher": publisher}  # fmt: skip


def _people(row: Row) -> list[Row]:
    lists = [it for name in ("participants", "parties", "by_actors", "to_actors") for it in row.get(name, ())]
    return [*lists, *(row[n] for n in ("speaker", "addressee", "contributor", "mission") if row.get(n))]


def _holds(told: str, asked: list[str]) -> bool:
    held = WORD.findall(bare(told))
    *whole, last = asked
    return set(whole) <= set(held) and any(word.startswith(last) for word in held)


def _facets(rows: list[Row]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found["kind"][row["kind"]] += 1
        found["topic"].update(row["topics"])
        for name, value in (
            ("status", row["status"]),
            ("source", row["publisher"]),
            ("year", days(row["date"])[0][:4]),
        ):
            if value:
                found[name][value] += 1
    return {name: dict(counted.most_common()) for name, counted in found.items()}

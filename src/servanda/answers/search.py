"""Search as one types: names, quotes, titles and texts, insensitive to accents and to đ/d."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, TextClause, case, exists, func, select, text

from servanda.answers.asking import L, Question, asking
from servanda.answers.assembly import ORDER, RANGE, folded
from servanda.answers.pages import Page, Row, day, paged
from servanda.errors import BadQuestion
from servanda.folding import bare
from servanda.store import Register
from servanda.store.derived import entry_links, searchable
from servanda.store.tables import documents, texts

LONGEST = 1000  # characters of a question
AROUND = 80  # characters shown before and after a hit in a text
FOUND, NARROWED = 60, 300  # of each kind, the last kept, that are looked at; where they are narrowed further
S = searchable.c
OF = {  # the last kept of one sort that have the words
    "sqlite": "SELECT * FROM (SELECT rowid AS number FROM search_words WHERE search_words MATCH :words"
    " AND rowid BETWEEN {low} AND {high} ORDER BY rowid DESC LIMIT :most)",
    "postgresql": "SELECT * FROM (SELECT number FROM search_words WHERE words @@ to_tsquery('simple', :words)"
    " AND number BETWEEN {low} AND {high} ORDER BY number DESC LIMIT :most) AS found{place}",
}


@dataclass(slots=True)
class _Asked:
    """What is looked for, and what narrows it."""

    words: list[str]
    kinds: Sequence[str]
    links: list[tuple[str, Collection[str]]] = field(default_factory=list)
    status: str | None = None
    source: str | None = None
    since: str | None = None
    until: str | None = None

    @property
    def most(self) -> int:
        """How many of each kind are looked at."""
        return NARROWED if any((self.links, self.status, self.source, self.since, self.until)) else FOUND


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
    act, position, contribution, agreement, document), `id`, `title`, `quote, source, start, end`, `date`, `status`,
    `publisher`, `label` (the kind of an actor, engagement …).

    `source`: a publisher, or the host of the address where none is named. `facets`: counts by `kind, topic, status,
    source, year`; of what is told very often the last kept are counted (then the page says `more_than`). Raises
    BadQuestion on a question of no word or of more than 1000 characters.
    """
    asked = _Asked(asked_for(words), [kind] if kind in ORDER else ORDER, [], status, source)
    asked.since, asked.until = (since and day(since, "since")[0]) or None, (until and day(until, "until")[1]) or None
    if kind is not None and kind not in ORDER:
        raise BadQuestion(f"nothing of the kind {kind!r} can be found; there are {', '.join(ORDER)}")
    with asking(register) as question:
        asked.links += [("actor", question.known_as(name)) for name in (actor, mission) if name]
        asked.links += [("topic", [topic])] if topic else []
        numbers = _matching(question, asked)
        hits = _narrowed(question, asked, numbers) if numbers else []
        page = paged(hits, _order, cursor, limit, question.looked_at)
        page.facets = _facets(question, hits)
        reached = {place for place, count in Counter(n // RANGE for n in numbers).items() if count == asked.most}
        page.more_than = any(hit["number"] // RANGE in reached for hit in hits)
        page.rows = _shown(question, page.rows, asked.words)
        return page


def asked_for(words: str) -> list[str]:
    """The words of a question, without accents; one letter that begins the next word waits. Raises BadQuestion."""
    if len(words) > LONGEST:
        raise BadQuestion(f"a question of {len(words)} characters; {LONGEST} is the most")
    found = folded(words).split()
    if not found:
        raise BadQuestion("a question needs a word")
    return found[:-1] if len(found) > 1 and len(found[-1]) == 1 else found


def _match(dialect: str, words: Sequence[str]) -> str:
    if dialect == "sqlite":
        begun = "" if len(words[-1]) == 1 else " *"
        return " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"{begun}'])
    return " & ".join([*words[:-1], f"{words[-1]}:*"])


@cache
def _of(dialect: str, places: tuple[int, ...]) -> TextClause:
    parts = (OF[dialect].format(place=n, low=n * RANGE, high=(n + 1) * RANGE - 1) for n in places)
    return text(" UNION ALL ".join(parts))


def _matching(question: Question, asked: _Asked) -> list[int]:
    """The numbers of what has the words, of each sort the last kept."""
    dialect, places = question.connection.dialect.name, tuple(ORDER.index(sort) + 1 for sort in asked.kinds)
    given = {"words": _match(dialect, asked.words), "most": asked.most}
    return [int(row[0]) for row in question.connection.execute(_of(dialect, places), given)]


def _narrowed(question: Question, asked: _Asked, numbers: list[int]) -> list[Row]:
    """Of these, what has the status, the publisher, the day and every link asked for."""
    where = [S.status == asked.status] if asked.status else []
    where += [S.publisher == asked.source] if asked.source else []
    where += [S.day >= asked.since] if asked.since else []
    where += [S.day > "", S.day <= asked.until] if asked.until else []
    where += [_has(*link) for link in asked.links]
    columns = (S.number, S.sort, S.id, S.day, S.year, S.status, S.publisher)
    query = select(*columns).where(question.among(S.number, numbers), *where)
    return [dict(row._mapping) for row in question.rows(query)]


def _has(facet: str, values: Collection[str]) -> ColumnElement[bool]:
    linked = exists().where(L.sort == S.sort, L.id == S.id, L.facet == facet, L.value.in_(sorted(values)))
    return case((S.sort == "actor", S.id.in_(sorted(values))), else_=linked)


def _order(row: Row) -> tuple[Any, ...]:
    return len(ORDER) - ORDER.index(row["sort"]), row["day"], row["number"]


def _facets(question: Question, rows: list[Row]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found["kind"][row["sort"]] += 1
        for name, value in (("status", row["status"]), ("source", row["publisher"]), ("year", row["year"])):
            if value:
                found[name][value] += 1
    found["topic"].update(_topics(question, rows))
    return {name: dict(counted.most_common()) for name, counted in found.items()}


def _topics(question: Question, rows: list[Row]) -> Counter[str]:
    linked = (L.sort == S.sort) & (L.id == S.id) & (L.facet == "topic")
    query = select(L.value, func.count()).select_from(searchable.join(entry_links, linked)).group_by(L.value)
    told = [row["number"] for row in rows if row["sort"] not in ("actor", "document")]
    found = question.rows(query.where(question.among(S.number, told)).order_by(L.value)) if told else []
    return Counter({str(topic): int(count) for topic, count in found})


def _shown(question: Question, found: list[Row], words: list[str]) -> list[Row]:
    d = documents.c
    hits = [row["number"] for row in found]
    kept = {row.number: dict(row._mapping) for row in question.rows(select(searchable).where(S.number.in_(hits)))}
    rows = [kept[number] for number in hits]
    numbers = sorted({row["document"] for row in rows if row["document"] is not None})
    sources = {it.number: it.source for it in question.rows(select(d.number, d.source).where(d.number.in_(numbers)))}
    whole = [row["document"] for row in rows if row["sort"] == "document"]
    query = select(texts.c.document, texts.c.text).where(texts.c.document.in_(whole))
    told = {it.document: it.text for it in question.rows(query)}
    return [_hit(row, sources.get(row["document"]), told.get(row["document"], ""), words) for row in rows]


def _hit(row: Row, source: str | None, whole: str, words: list[str]) -> Row:
    place = {name: row[name] for name in ("quote", "start", "end")}
    if row["sort"] == "document":
        at = max(0, bare(whole).find(max(words, key=len)))
        start, end = max(0, at - AROUND), min(len(whole), at + AROUND)
        place = {"quote": whole[start:end], "start": start, "end": end}
    return {"kind": row["sort"], "id": row["id"], "title": row["title"], **place, "source": source, "date": row["date"],
            "status": row["status"], "label": row["kind"], "publisher": row["publisher"]}  # fmt: skip

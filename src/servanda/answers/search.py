"""Search as one types: names, quotes, titles and texts, insensitive to accents and to đ/d."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from servanda.answers.asking import Question, asking
from servanda.answers.assembly import ORDER
from servanda.answers.faceting import counted
from servanda.answers.finding import asked_for
from servanda.answers.hits import LONGEST_NAME, Asked, found
from servanda.answers.pages import Page, Row, day, paged
from servanda.answers.quoting import place
from servanda.answers.ranking import ranked
from servanda.errors import BadQuestion
from servanda.store import Register
from servanda.store.derived import searchable
from servanda.store.tables import documents, texts


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

    The best three of each kind come first, then the next three of each: actors of just this name or code, then those
    that most documents name; what has the words as one phrase, then the latest. `source`: a publisher, or the host of
    the address where none is named. `facets`: counts by `kind, topic, status, source, year, actor, mission`, the last
    two by ids that `named` explains; of what is told very often the last kept are looked at (`sample`). Raises
    BadQuestion on a question of no word or of more than 1000 characters.
    """
    asked = Asked(words, asked_for(words), [kind] if kind in ORDER else ORDER, [], status, source)
    asked.since, asked.until = (since and day(since, "since")[0]) or None, (until and day(until, "until")[1]) or None
    if kind is not None and kind not in ORDER:
        raise BadQuestion(f"nothing of the kind {kind!r} can be found; there are {', '.join(ORDER)}")
    with asking(register) as question:
        asked.links += [("actor", question.known_as(name)) for name in (actor, mission) if name]
        asked.links += [("topic", [topic])] if topic else []
        asked.named = question.known_as(words) if len(words) <= LONGEST_NAME else []
        hits, whole = found(question, asked)
        page = paged(ranked(question, asked, hits), lambda row: row["key"], cursor, limit, question.looked_at)
        page.facets, page.named = counted(question, hits)
        page.more_than, page.sample = not whole, None if whole else asked.most
        page.rows = _shown(question, page.rows, asked.words)
        return page


def _shown(question: Question, hits: Sequence[Row], words: Sequence[str]) -> list[Row]:
    d, s = documents.c, searchable.c
    own = question.rows(select(searchable).where(question.among(s.number, {it["number"] for it in hits})))
    kept = {it.number: dict(it._mapping) for it in own}
    rows = [kept[it["number"]] for it in hits]
    numbers = {row["document"] for row in rows if row["document"] is not None}
    of = select(d.number, d.source).where(question.among(d.number, numbers))
    sources = {it.number: it.source for it in question.rows(of)} if numbers else {}
    whole = {row["document"] for row in rows if row["sort"] == "document"}
    query = select(texts.c.document, texts.c.text).where(question.among(texts.c.document, whole))
    told = {it.document: it.text for it in question.rows(query)} if whole else {}
    return [_hit(row, sources.get(row["document"]), told.get(row["document"], ""), words) for row in rows]


def _hit(row: Row, source: str | None, whole: str, words: Sequence[str]) -> Row:
    where = {name: row[name] for name in ("quote", "start", "end")}
    if row["sort"] == "document":
        start, end = place(whole, words)
        where = {"quote": whole[start:end], "start": start, "end": end}
    return {"kind": row["sort"], "id": row["id"], "title": row["title"], **where, "source": source, "date": row["date"],
            "status": row["status"], "label": row["kind"], "publisher": row["publisher"]}  # fmt: skip

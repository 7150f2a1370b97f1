"""Tables made from the others, so that a question costs the same however many documents there are.

They hold nothing of their own: all of it can be dropped and is made again (`servanda assemble --rebuild`).
`pending` names the documents that changed since they were last brought up to date.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    event,
    text,
)

from servanda.store.tables import NUMBER, metadata

pending = Table(
    "pending",
    metadata,
    Column("document", NUMBER, primary_key=True, autoincrement=False),
)

assembly = Table(
    "assembly",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, doc="always 1"),
    Column("version", Text, nullable=False, doc="digest of the code and data that put it together"),
    Column("judged", Text, nullable=False, doc="the state of people's judgements that it rests on"),
    Column("documents", Integer, nullable=False, doc="current documents"),
    Column("newest", Text, doc="date of the newest of them, EDTF"),
    Column("now", Text, doc="the last day that any of them is of, ISO: what was due before has passed"),
)

assembled = Table(
    "assembled",
    metadata,
    Column("document", NUMBER, primary_key=True, autoincrement=False),
    Column("published", Text, doc="EDTF, where it is a date"),
    Column("day", Text, nullable=False, doc="the last day (ISO) of its own time; empty where unknown"),
    Index(None, "day"),
    Index(None, "published"),
)

entries = Table(
    "entries",
    metadata,
    Column("sort", Text, nullable=False, doc="engagement, undertaking, act, position, contribution, agreement, …"),
    Column("id", Text, nullable=False),
    Column("kind", Text),
    Column("status", Text),
    Column("grade", Text),
    Column("first_day", Text, nullable=False, doc="ISO; empty where the year is unknown"),
    Column("last_day", Text, nullable=False),
    Column("place", Text, doc="bare"),
    Column("about", Text, doc="the engagement an undertaking is about, or an engagement is part of"),
    Column("told_day", Text, nullable=False, doc="the last day of the first document that tells it; empty if unknown"),
    Column("document", NUMBER, nullable=False, doc="the first that tells it"),
    Column("grafted", Boolean, nullable=False, doc="told only in passages of other articles"),
    Column("row", Text, nullable=False, doc="JSON, as it is answered"),
    PrimaryKeyConstraint("sort", "id"),
    Index(None, "sort", "first_day", "id"),
    Index(None, "sort", "about"),
    Index(None, "sort", "status", "last_day"),
)

BY = {
    "kind": ("kind", "first_day", "id", "status", "grade", "last_day", "told_day"),
    "status": ("grade", "status", "first_day", "id", "kind", "last_day", "told_day"),
    "place": ("place", "first_day", "id", "last_day", "kind", "status"),
}
ABOUT = ["last_day", "told_day", "kind", "status", "grade", "place", "grafted"]
EVERY: dict[str, Any] = {f"{dialect}_where": text("facet = 'all'") for dialect in ("sqlite", "postgresql")}
entry_links = Table(
    "entry_links",
    metadata,
    Column("sort", Text, nullable=False),
    Column("facet", Text, nullable=False, doc="all, actor, by, to, speaker, addressee, contributor, mission, topic …"),
    Column("value", Text, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("last_day", Text, nullable=False, doc="this and what follows as in `entries`, so that nothing else is read"),
    Column("told_day", Text, nullable=False),
    Column("kind", Text),
    Column("status", Text),
    Column("grade", Text),
    Column("place", Text),
    Column("grafted", Boolean, nullable=False),
    PrimaryKeyConstraint("facet", "value", "sort", "first_day", "id", postgresql_include=ABOUT),
    Index(None, "sort", "id", postgresql_include=["facet", "value", "first_day"]),
    *(Index(f"ix_entry_links_by_{name}", "sort", *columns, **EVERY) for name, columns in BY.items()),
    sqlite_with_rowid=False,
)
TOGETHER = (
    "CREATE STATISTICS entry_links_together (ndistinct, dependencies, mcv) ON facet, value, sort FROM entry_links"
)


@event.listens_for(entry_links, "after_create")
def _together(_: Table, connection: Connection, **__: Any) -> None:
    """How links go together is counted, so that PostgreSQL knows when one of them is rare."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(TOGETHER))


entry_keys = Table(
    "entry_keys",
    metadata,
    Column("document", NUMBER, nullable=False),
    Column("key", Text, nullable=False, doc="of a record that tells it"),
    Column("sort", Text, nullable=False),
    Column("id", Text, nullable=False),
    PrimaryKeyConstraint("key", "sort", "document", "id"),
    Index(None, "document", "sort"),
    Index(None, "sort", "id"),
)

actors = Table(
    "actors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False, doc="that most documents use"),
    Column("bare", Text, nullable=False),
    Column("code", Text),
    Index(None, "bare", "id"),
    Index(None, "kind", "bare", "id"),
    Index(None, "code"),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("bare", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("first", Integer, nullable=False, doc="documents that name it so in full"),
    Column("told", Integer, nullable=False, doc="documents that name it so at all"),
    PrimaryKeyConstraint("bare", "actor", "name"),
    Index(None, "actor"),
)

actor_counts = Table(
    "actor_counts",
    metadata,
    Column("actor", Text, nullable=False),
    Column("sort", Text, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("actor", "sort"),
    Index("ix_actor_counts_most", "sort", text("count DESC"), "actor"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("document", NUMBER, nullable=False),
    Column("place", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("names", Text, nullable=False, doc="JSON: the fullest first; none in a grafted passage"),
    PrimaryKeyConstraint("document", "place"),
    Index(None, "actor", "document"),
    Index(None, "key"),
)

sketched = Table(
    "sketched",
    metadata,
    Column("document", NUMBER, nullable=False),
    Column("key", Text, nullable=False, doc="of an actor's record, as in `mentions`; actors with a code are not here"),
    Column("sketch", BigInteger, nullable=False, doc="a digest of its name and offices, else of itself"),
    Column("drawn", BigInteger, nullable=False, doc="a digest of all that the document says of it"),
    PrimaryKeyConstraint("document", "key"),
    Index(None, "sketch", "document", "key"),
)

sketches = Table(
    "sketches",
    metadata,
    Column("sketch", BigInteger, primary_key=True, autoincrement=False),
    Column("block", BigInteger, nullable=False, doc="a digest of the words of its name, in no order"),
    Column("rank", Integer, nullable=False, doc="how well known, the least first: `keep.mentions.Sketch.rank`"),
    Column("count", Integer, nullable=False, doc="mentions drawn so"),
    Column("document", NUMBER, nullable=False, doc="of the first of them"),
    Column("key", Text, nullable=False, doc="of the first of them"),
    Column("actor", Text, nullable=False),
    Column("drawn", Text, nullable=False, doc="JSON: names, offices, company … of the first few"),
    Index(None, "block", "rank", "document", "key"),
    Index(None, "actor"),
)

posts = Table(
    "posts",
    metadata,
    Column("actor", Text, nullable=False),
    Column("bare", Text, nullable=False),
    Column("former", Boolean, nullable=False),
    Column("day", Text, nullable=False, doc="of the document; empty where unknown"),
    Column("document", NUMBER, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("post", Text, nullable=False),
    Column("words", Text, nullable=False),
    PrimaryKeyConstraint("actor", "bare", "former", "day", "document", "start"),
    Index(None, "document"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("sort", Text, nullable=False, doc="telling, promise, answer, text …: what finds each other"),
    Column("key", BigInteger, nullable=False, doc="a digest of what they share"),
    Column("document", NUMBER, nullable=False),
    Column("item", Text, nullable=False, doc="key of a record; empty for the document itself"),
    PrimaryKeyConstraint("sort", "key", "document", "item"),
    Index(None, "document", "sort"),
    Index(None, "item"),
)

edges = Table(
    "edges",
    metadata,
    Column("sort", Text, nullable=False),
    Column("document", NUMBER, nullable=False),
    Column("item", Text, nullable=False),
    Column("other_document", NUMBER, nullable=False),
    Column("other_item", Text, nullable=False),
    Column("score", Float, nullable=False),
    PrimaryKeyConstraint("sort", "document", "item", "other_document", "other_item"),
    Index(None, "sort", "other_document"),
)

compared = Table(
    "compared",
    metadata,
    Column("document", NUMBER, primary_key=True, autoincrement=False),
    Column("room", NUMBER, nullable=False, doc="the first of the documents between which conflicts are sought"),
    Index(None, "room"),
)

promised = Table(
    "promised",
    metadata,
    Column("document", NUMBER, nullable=False),
    Column("key", Text, nullable=False),
    PrimaryKeyConstraint("document", "key"),
)

doubts = Table(
    "doubts",
    metadata,
    Column("document", NUMBER, nullable=False),
    Column("place", Integer, nullable=False, doc="of a record that may be wrong"),
    Column("key", Text, nullable=False),
    Column("harm", Float, nullable=False, doc="that it is likely to do: `keep.reviewing.harm`, of those not too small"),
    PrimaryKeyConstraint("document", "place"),
    Index(None, "harm", "document", "place"),
)

shelved = Table(
    "shelved",
    metadata,
    Column("key", BigInteger, nullable=False, doc="a digest of what promises look it up by"),
    Column("day", Integer, nullable=False, doc="when it came about, as an ordinal; 0 where nothing says so"),
    Column("document", NUMBER, nullable=False),
    Column("item", Text, nullable=False, doc="key of a record that may answer a promise"),
    PrimaryKeyConstraint("key", "day", "document", "item"),
    Index(None, "document"),
)

sought = Table(
    "sought",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("day", Integer, nullable=False, doc="since when answers are looked for; 0 where nothing says so"),
    Column("document", NUMBER, nullable=False),
    Column("item", Text, nullable=False, doc="key of the record that makes the promise"),
    PrimaryKeyConstraint("key", "day", "document", "item"),
    Index(None, "document"),
)

searchable = Table(
    "searchable",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("sort", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("year", Text, nullable=False),
    Column("date", Text),
    Column("kind", Text),
    Column("status", Text),
    Column("publisher", Text),
    Column("document", NUMBER),
    Column("start", Integer),
    Column("end", Integer),
    Column("quote", Text),
    Column("words", Text, doc="folded; empty for a document, whose text is kept elsewhere"),
    Index(None, "sort", "id"),
)

DERIVED = (
    pending, assembly, assembled, entries, entry_links, entry_keys, actors, actor_names, actor_counts, mentions,
    sketched, sketches, posts, blocks, edges, compared, promised, doubts, shelved, sought,
    searchable,
)  # fmt: skip

"""The register's tables, declared once, for SQLite and PostgreSQL.

Records and statements are keyed by their document and their place in it, so that a document's rows lie together and
adding one costs the same however many there are. A statement whose span and words are its record's leaves them empty;
the view `cited_statements` shows them in full.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
NUMBER = BigInteger().with_variant(Integer, "sqlite")

runs = Table(
    "runs",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("release", Text, nullable=False, doc="of Servanda, with a digest of its rules and data"),
    Column("at", Text, nullable=False, doc="UTC, ISO 8601"),
)

documents = Table(
    "documents",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("source", Text, nullable=False, doc="a file's path, a record's url, else PATH#id"),
    Column("id", Text, nullable=False, doc="the same for the same text"),
    Column("url", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Text, doc="EDTF, as the page or its metadata says"),
    Column("language", Text, nullable=False),
    Column("machine_translated", Boolean, nullable=False),
    Column("note", Text, doc="what intake had to decide, such as the encoding"),
    Column("status", Text, nullable=False, doc="current, superseded or withdrawn"),
    Column("status_reason", Text),
    Column("given", Text, nullable=False, doc="digest of what came with the text: date, title, publisher, address"),
    Column("first_run", NUMBER, ForeignKey("runs.id"), nullable=False),
    Column("last_run", NUMBER, ForeignKey("runs.id"), nullable=False),
    UniqueConstraint("source", "id"),
    Index(None, "id"),
    Index(None, "status", "number"),
    Index(None, "last_run"),
)

texts = Table(
    "texts",
    metadata,
    Column("document", NUMBER, ForeignKey("documents.number"), primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("sha256", Text, nullable=False, doc="of the text in UTF-8"),
    Column("media_type", Text, nullable=False),
    Column("raw", LargeBinary, doc="the bytes as received, zlib; empty where they are the text in UTF-8"),
)

records = Table(
    "records",
    metadata,
    Column("document", NUMBER, ForeignKey("documents.number"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False, doc="made from content at first sight, handed on at re-reading"),
    Column("passage", Integer, nullable=False, doc="0: the article; n: its nth grafted passage"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Text, nullable=False),
    PrimaryKeyConstraint("document", "place"),
    Index(None, "kind", "document", "place"),
    Index(None, "key"),
)

statements = Table(
    "statements",
    metadata,
    Column("document", NUMBER, ForeignKey("documents.number"), nullable=False),
    Column("record", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("property", Text, nullable=False),
    Column("value", Text),
    Column("about", Integer, doc="place of the record referred to"),
    Column("start", Integer),
    Column("end", Integer),
    Column("words", Text),
    Column("asserted_by", Text),
    Column("rule", Text),
    Column("confidence", Float, nullable=False),
    Column("first_run", NUMBER, ForeignKey("runs.id"), nullable=False),
    PrimaryKeyConstraint("document", "record", "place"),
)

names = Table(
    "names",
    metadata,
    Column("bare", Text, nullable=False, doc="without accents, lower case"),
    Column("document", NUMBER, ForeignKey("documents.number"), nullable=False),
    Column("record", Integer, nullable=False),
    PrimaryKeyConstraint("bare", "document", "record"),
    Index(None, "document"),
)

set_aside = Table(
    "set_aside",
    metadata,
    Column("source", Text, primary_key=True),
    Column("container", Text, nullable=False, doc="the file it came from"),
    Column("reason", Text, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("kind", Text, nullable=False, doc="same, not_same, confirmed, rejected, status …"),
    Column("subject", Text, nullable=False, doc="key of a record"),
    Column("object", Text, doc="key of another record"),
    Column("value", Text),
    Column("reason", Text),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("snapshot", Text, doc="what the person saw, as JSON"),
    Column("undone_by", Text),
    Column("undone_at", Text),
    Index(None, "subject"),
    Index(None, "object"),
)

official_files = Table(
    "official_files",
    metadata,
    Column("as_of", Text, primary_key=True, doc="the date printed on the table"),
    Column("sha256", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
)

official_copies = Table(
    "official_copies",
    metadata,
    Column("as_of", Text, ForeignKey("official_files.as_of"), nullable=False),
    Column("name", Text, nullable=False, doc="another file that holds the same table"),
    Column("sha256", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    PrimaryKeyConstraint("as_of", "name"),
)

official_figures = Table(
    "official_figures",
    metadata,
    Column("as_of", Text, ForeignKey("official_files.as_of"), nullable=False),
    Column("place", Integer, nullable=False, doc="row of the table"),
    Column("country", Text, nullable=False),
    Column("mission", Text),
    Column("personnel_type", Text, nullable=False),
    Column("male", Integer, nullable=False),
    Column("female", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    PrimaryKeyConstraint("as_of", "place"),
    Index(None, "country", "as_of"),
)

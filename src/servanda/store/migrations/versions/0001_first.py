"""The first register: documents, what was read in them, what people decided, and the UN's figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CITED_STATEMENTS = """
CREATE VIEW cited_statements AS
SELECT d.source, d.id AS document, r.kind, r.key AS record, s.property, s.value, a.key AS about,
       coalesce(s.words, r.words) AS words, coalesce(s.start, r.start) AS start, coalesce(s."end", r."end") AS "end",
       s.asserted_by, s.rule, s.confidence, r.passage, n.release, f.at AS first_seen, n.at AS last_seen
FROM statements s
JOIN records r ON r.document = s.document AND r.place = s.record
JOIN documents d ON d.number = s.document
JOIN runs n ON n.id = d.last_run
JOIN runs f ON f.id = s.first_run
LEFT JOIN records a ON a.document = s.document AND a.place = s.about
"""


def upgrade() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
    )
    op.create_index("ix_judgements_object", "judgements", ["object"], unique=False)
    op.create_index("ix_judgements_subject", "judgements", ["subject"], unique=False)
    op.create_table(
        "official_files",
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("as_of", name="pk_official_files"),
    )
    op.create_table(
        "runs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "set_aside",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("container", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_set_aside"),
    )
    op.create_table(
        "documents",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("machine_translated", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=True),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("first_run", NUMBER, nullable=False),
        sa.Column("last_run", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["first_run"], ["runs.id"], name="fk_documents_first_run"),
        sa.ForeignKeyConstraint(["last_run"], ["runs.id"], name="fk_documents_last_run"),
        sa.PrimaryKeyConstraint("number", name="pk_documents"),
        sa.UniqueConstraint("source", "id", name="uq_documents_source_id"),
    )
    op.create_index("ix_documents_id", "documents", ["id"], unique=False)
    op.create_table(
        "official_figures",
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("mission", sa.Text(), nullable=True),
        sa.Column("personnel_type", sa.Text(), nullable=False),
        sa.Column("male", sa.Integer(), nullable=False),
        sa.Column("female", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["as_of"], ["official_files.as_of"], name="fk_official_figures_as_of"),
        sa.PrimaryKeyConstraint("as_of", "place", name="pk_official_figures"),
    )
    op.create_index("ix_official_figures_country_as_of", "official_figures", ["country", "as_of"], unique=False)
    op.create_table(
        "names",
        sa.Column("bare", sa.Text(), nullable=False),
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_names_document"),
        sa.PrimaryKeyConstraint("bare", "document", "record", name="pk_names"),
    )
    op.create_index("ix_names_document", "names", ["document"], unique=False)
    op.create_table(
        "records",
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("passage", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_records_document"),
        sa.PrimaryKeyConstraint("document", "place", name="pk_records"),
    )
    op.create_index("ix_records_key", "records", ["key"], unique=False)
    op.create_index("ix_records_kind_document_place", "records", ["kind", "document", "place"], unique=False)
    op.create_table(
        "statements",
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("first_run", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_statements_document"),
        sa.ForeignKeyConstraint(["first_run"], ["runs.id"], name="fk_statements_first_run"),
        sa.PrimaryKeyConstraint("document", "record", "place", name="pk_statements"),
    )
    op.create_table(
        "texts",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_texts_document"),
        sa.PrimaryKeyConstraint("document", name="pk_texts"),
    )
    op.execute(CITED_STATEMENTS)

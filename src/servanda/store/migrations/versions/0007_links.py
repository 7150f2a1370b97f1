"""Links tell what a listing is narrowed by, so that it looks at nothing else; counts of documents have an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
BEFORE = ("sort", "facet", "value", "first_day", "id")
ABOUT = ("last_day", "told_day", "kind", "status", "grade", "place", "grafted")
DATES = {"engagement": "date", "undertaking": "due"}


def upgrade() -> None:
    op.drop_index("ix_entry_links_sort_id", "entry_links")
    op.rename_table("entry_links", "links_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE links_before RENAME CONSTRAINT pk_entry_links TO pk_links_before")
    op.create_table(
        "entry_links",
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*BEFORE, "last_day", "told_day")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("kind", "status", "grade", "place")),
        sa.Column("grafted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("facet", "value", "sort", "first_day", "id", name="pk_entry_links"),
        sqlite_with_rowid=False,
    )
    about = ", ".join(f"e.{name}" for name in ABOUT)
    into = f"INSERT INTO entry_links ({', '.join((*BEFORE, *ABOUT))}) SELECT"
    op.execute(f"{into} l.sort, l.facet, l.value, l.first_day, l.id, {about} FROM links_before l"
               " JOIN entries e ON e.sort = l.sort AND e.id = l.id")  # fmt: skip
    op.execute(f"{into} e.sort, 'all', '', e.first_day, e.id, {about} FROM entries e")
    for sort, date in DATES.items():
        op.execute(f"{into} e.sort, 'yearless', '', e.first_day, e.id, {about} FROM entries e"
                   f""" WHERE e.sort = '{sort}' AND e."row" LIKE '%"{date}":"XXXX%'""")  # fmt: skip
    op.drop_table("links_before")
    op.create_index("ix_entry_links_sort_id", "entry_links", ["sort", "id"], unique=False)
    op.create_index("ix_documents_status_number", "documents", ["status", "number"], unique=False)
    op.create_index("ix_documents_last_run", "documents", ["last_run"], unique=False)
    op.execute("ANALYZE documents")
    op.execute("ANALYZE entry_links")


def downgrade() -> None:
    op.drop_index("ix_documents_last_run", "documents")
    op.drop_index("ix_documents_status_number", "documents")
    op.execute("DELETE FROM entry_links WHERE facet IN ('all', 'yearless')")
    with op.batch_alter_table("entry_links") as links:
        for name in ABOUT:
            links.drop_column(name)

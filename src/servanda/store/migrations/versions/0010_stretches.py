"""What all entries of a sort are narrowed by (kind, grade and status, place) is one stretch of an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
BY = {
    "kind": ("kind", "first_day", "id", "status", "grade", "last_day", "told_day"),
    "status": ("grade", "status", "first_day", "id", "kind", "last_day", "told_day"),
    "place": ("place", "first_day", "id", "last_day", "kind", "status"),
}
BEFORE = {"kind": ["sort", "kind", "first_day", "id"], "place": ["sort", "place", "first_day"]}


def upgrade() -> None:
    every = sa.text("facet = 'all'")
    for name, columns in BY.items():
        index = f"ix_entry_links_by_{name}"
        op.create_index(index, "entry_links", ["sort", *columns], sqlite_where=every, postgresql_where=every)
    for before in BEFORE.values():
        op.drop_index(f"ix_entries_{'_'.join(before)}", "entries")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA analysis_limit = 1000")
    op.execute("ANALYZE entry_links")


def downgrade() -> None:
    for before in BEFORE.values():
        op.create_index(f"ix_entries_{'_'.join(before)}", "entries", before)
    for name in BY:
        op.drop_index(f"ix_entry_links_by_{name}", "entry_links")

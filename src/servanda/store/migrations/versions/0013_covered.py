"""On PostgreSQL what a listing is narrowed by, and who else has part in an entry, is read from indexes alone, and how
links go together is known when a way to them is chosen. SQLite keeps the links in the order of their key already."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
KEY = "facet, value, sort, first_day, id"
ABOUT = "last_day, told_day, kind, status, grade, place, grafted"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    _keyed(f" INCLUDE ({ABOUT})")
    op.drop_index("ix_entry_links_sort_id", "entry_links")
    include = ["facet", "value", "first_day"]
    op.create_index("ix_entry_links_sort_id", "entry_links", ["sort", "id"], postgresql_include=include)
    op.execute("CREATE STATISTICS entry_links_together (ndistinct, dependencies, mcv) ON facet, value, sort"
               " FROM entry_links")  # fmt: skip
    op.execute("ANALYZE entry_links")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP STATISTICS entry_links_together")
    op.drop_index("ix_entry_links_sort_id", "entry_links")
    op.create_index("ix_entry_links_sort_id", "entry_links", ["sort", "id"])
    _keyed("")


def _keyed(more: str) -> None:
    op.execute("ALTER TABLE entry_links DROP CONSTRAINT pk_entry_links")
    op.execute(f"ALTER TABLE entry_links ADD CONSTRAINT pk_entry_links PRIMARY KEY ({KEY}){more}")

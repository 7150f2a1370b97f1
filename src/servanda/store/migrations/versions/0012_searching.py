"""What can be found is looked up sort by sort, on PostgreSQL by an index of each; actors by how often they are told."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
SORTS = ("actor", "engagement", "undertaking", "agreement", "contribution", "act", "position", "document")
RANGE = 10**12  # numbers of one sort
INDEX = "CREATE INDEX ix_search_words_{name} ON search_words USING gin (words) WITH (fastupdate = off)"
KNOWN = "ix_actor_counts_sort_count_actor"


def upgrade() -> None:
    op.create_index(KNOWN, "actor_counts", ["sort", "count", "actor"])
    if op.get_bind().dialect.name != "postgresql":
        return
    for place, sort in enumerate(SORTS, 1):
        own = f"number BETWEEN {place * RANGE} AND {(place + 1) * RANGE - 1}"
        op.execute(f"{INDEX.format(name=sort)} WHERE {own}")
    op.drop_index("ix_search_words_words", "search_words")


def downgrade() -> None:
    op.drop_index(KNOWN, "actor_counts")
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(INDEX.format(name="words"))
    for sort in SORTS:
        op.drop_index(f"ix_search_words_{sort}", "search_words")

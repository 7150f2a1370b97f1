"""Actors can be listed by how many documents tell of them, those of equal number by their ids."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_actor_counts_most", "actor_counts", ["sort", sa.text("count DESC"), "actor"])
    op.drop_index("ix_actor_counts_sort_count_actor", "actor_counts")


def downgrade() -> None:
    op.create_index("ix_actor_counts_sort_count_actor", "actor_counts", ["sort", "count", "actor"])
    op.drop_index("ix_actor_counts_most", "actor_counts")

"""Between which documents conflicts were sought the last time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "compared",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("room", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("document", name="pk_compared"),
    )
    op.create_index("ix_compared_room", "compared", ["room"], unique=False)


def downgrade() -> None:
    op.drop_table("compared")

"""Which facts are likely to do most harm if they are wrong, so that nobody has to go through all to ask of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "doubts",
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("harm", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("document", "place", name="pk_doubts"),
    )
    op.create_index("ix_doubts_harm_document_place", "doubts", ["harm", "document", "place"], unique=False)


def downgrade() -> None:
    op.drop_table("doubts")

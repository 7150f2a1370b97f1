"""How documents draw people and bodies, by which those that are one are found in registers of any size."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sketched",
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sketch", sa.BigInteger(), nullable=False),
        sa.Column("drawn", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("document", "key", name="pk_sketched"),
    )
    op.create_index("ix_sketched_sketch_document_key", "sketched", ["sketch", "document", "key"], unique=False)
    op.create_table(
        "sketches",
        sa.Column("sketch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sketch", name="pk_sketches"),
    )
    op.create_index(
        "ix_sketches_block_rank_document_key", "sketches", ["block", "rank", "document", "key"], unique=False
    )
    op.create_index("ix_sketches_actor", "sketches", ["actor"], unique=False)


def downgrade() -> None:
    op.drop_table("sketches")
    op.drop_table("sketched")

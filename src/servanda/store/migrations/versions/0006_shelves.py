"""What may answer promises, and what they look for, by the keys under which these meet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("shelved", "sought"):
        op.create_table(
            name,
            sa.Column("key", sa.BigInteger(), nullable=False),
            sa.Column("day", sa.Integer(), nullable=False),
            sa.Column("document", NUMBER, nullable=False),
            sa.Column("item", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("key", "day", "document", "item", name=f"pk_{name}"),
        )
        op.create_index(f"ix_{name}_document", name, ["document"], unique=False)
    with op.batch_alter_table("promised") as promised:
        promised.drop_column("words")


def downgrade() -> None:
    with op.batch_alter_table("promised") as promised:
        promised.add_column(sa.Column("words", sa.Text(), nullable=False, server_default=""))
    for name in ("sought", "shelved"):
        op.drop_table(name)

"""Other files that hold a table of the UN's that is kept already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "official_copies",
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["as_of"], ["official_files.as_of"], name="fk_official_copies_as_of"),
        sa.PrimaryKeyConstraint("as_of", "name", name="pk_official_copies"),
    )


def downgrade() -> None:
    op.drop_table("official_copies")

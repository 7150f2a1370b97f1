"""PostgreSQL soon knows that all may see new links: until then it reads each from the table beside its index."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
SHARE = "autovacuum_vacuum_insert_scale_factor"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE entry_links SET ({SHARE} = 0.02)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE entry_links RESET ({SHARE})")

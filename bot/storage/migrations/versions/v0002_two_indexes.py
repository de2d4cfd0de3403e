"""The posts of a campaign are found by what they announce, the console's old ones by their age."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_deliveries_what", "deliveries", ["what"], unique=False)
    op.create_index("ix_posts_at", "posts", ["at"], unique=False)

"""The posts of a campaign are found by what they announce."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_deliveries_what", "deliveries", ["what"], unique=False)

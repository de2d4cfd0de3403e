"""What organisers have in hand, and the files they write while the bot runs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "papers",
        sa.Column("path", WORD, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("due", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("path", name="pk_papers"),
    )
    op.create_table(
        "matters",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("id", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.Column("key", WORD, nullable=True),
        sa.Column("person", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("row", NUMBER, nullable=False),
        sa.Column("due", NUMBER, nullable=True),
        sa.Column("begun", NUMBER, nullable=False),
        sa.Column("touched", NUMBER, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_matters"),
        sa.UniqueConstraint("id", name="uq_matters_id"),
        sa.UniqueConstraint("kind", "subject", "key", name="uq_matters_kind_subject_key"),
    )
    for columns in (["kind", "key"], ["kind", "person", "seq"], ["kind", "touched"]):
        op.create_index(f"ix_matters_{'_'.join(columns)}", "matters", columns, unique=False)
    op.create_index("ix_matters_subject", "matters", ["kind", "subject", "seq"], unique=False)
    where = sa.text("due IS NOT NULL")
    op.create_index(
        "ix_matters_due", "matters", ["kind", "due"], unique=False, sqlite_where=where, postgresql_where=where
    )

"""Everything, as it was at first."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "announcements",
        sa.Column("id", WORD, nullable=False),
        sa.Column("campaign", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("slot", WORD, nullable=False),
        sa.Column("due", NUMBER, nullable=False),
        sa.Column("facts", WORD, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sa.UniqueConstraint("campaign", "kind", "slot", name="uq_announcements_campaign_kind_slot"),
    )
    op.create_table(
        "chats",
        sa.Column("platform", WORD, nullable=False),
        sa.Column("chat", WORD, nullable=False),
        sa.Column("thread", WORD, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", "thread", name="pk_chats"),
    )
    op.create_table(
        "deliveries",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("id", WORD, nullable=False),
        sa.Column("key", WORD, nullable=False),
        sa.Column("receiver", WORD, nullable=False),
        sa.Column("policy", WORD, nullable=False),
        sa.Column("what", WORD, nullable=False),
        sa.Column("due", NUMBER, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("tries", NUMBER, nullable=False),
        sa.Column("message", WORD, nullable=False),
        sa.Column("wanted", NUMBER, nullable=False),
        sa.Column("shown", NUMBER, nullable=False),
        sa.Column("first_try", NUMBER, nullable=True),
        sa.Column("expires", NUMBER, nullable=True),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("owner", WORD, nullable=False),
        sa.Column("lease", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_deliveries"),
        sa.UniqueConstraint("id", name="uq_deliveries_id"),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
    )
    op.create_index(
        "ix_deliveries_due", "deliveries", ["due", "seq"], unique=False, **_where("state = 'planned'")
    )
    op.create_index(
        "ix_deliveries_lease",
        "deliveries",
        ["lease"],
        unique=False,
        **_where("state IN ('claimed', 'sending')"),
    )
    op.create_index("ix_deliveries_receiver", "deliveries", ["receiver", "state", "due", "seq"], unique=False)
    op.create_index(
        "uq_deliveries_busy",
        "deliveries",
        ["receiver"],
        unique=True,
        **_where("state IN ('claimed', 'sending')"),
    )
    op.create_table(
        "events",
        sa.Column("platform", WORD, nullable=False),
        sa.Column("event", WORD, nullable=False),
        sa.Column("seen", NUMBER, nullable=False),
        sa.Column("error", WORD, nullable=False),
        sa.PrimaryKeyConstraint("platform", "event", name="pk_events"),
    )
    op.create_index("ix_events_seen", "events", ["seen"], unique=False)
    op.create_table(
        "notes",
        sa.Column("name", WORD, nullable=False),
        sa.Column("value", WORD, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_notes"),
    )
    op.create_table(
        "paces",
        sa.Column("name", WORD, nullable=False),
        sa.Column("free_at", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_paces"),
    )
    op.create_table(
        "people",
        sa.Column("id", WORD, nullable=False),
        sa.Column("account", WORD, nullable=True),
        sa.Column("sealed_account", sa.LargeBinary(), nullable=True),
        sa.Column("language", WORD, nullable=False),
        sa.Column("hint", WORD, nullable=False),
        sa.Column("turn", NUMBER, nullable=False),
        sa.Column("owed", WORD, nullable=False),
        sa.Column("met", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("account", name="uq_people_account"),
    )
    op.create_index("ix_people_owed", "people", ["id"], unique=False, **_where("owed != ''"))
    op.create_table(
        "positions",
        sa.Column("campaign", WORD, nullable=False),
        sa.Column("last", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("campaign", name="pk_positions"),
    )
    op.create_table(
        "posts",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("chat", WORD, nullable=False),
        sa.Column("message", WORD, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_posts"),
        sa.UniqueConstraint("message", name="uq_posts_message"),
    )
    op.create_index("ix_posts_chat_seq", "posts", ["chat", "seq"], unique=False)
    op.create_table(
        "routes",
        sa.Column("token", WORD, nullable=False),
        sa.Column("route", WORD, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_routes"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("platform", WORD, nullable=False),
        sa.Column("chat", WORD, nullable=False),
        sa.Column("thread", WORD, nullable=False),
        sa.Column("campaign", WORD, nullable=False),
        sa.Column("news", WORD, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.Column("zone", WORD, nullable=False),
        sa.Column("quiet_from", NUMBER, nullable=False),
        sa.Column("quiet_to", NUMBER, nullable=False),
        sa.Column("by", WORD, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("row", NUMBER, nullable=False),
        sa.Column("changed", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", "thread", "campaign", name="pk_subscriptions"),
    )
    op.create_index("ix_subscriptions_campaign_active", "subscriptions", ["campaign", "active"], unique=False)
    op.create_table(
        "tallies",
        sa.Column("campaign", WORD, nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.Column("n", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("campaign", "name", name="pk_tallies"),
    )
    op.create_table(
        "endorsements",
        sa.Column("id", WORD, nullable=False),
        sa.Column("campaign", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("signer", WORD, nullable=False),
        sa.Column("person", WORD, nullable=True),
        sa.Column("origin", WORD, nullable=False),
        sa.Column("text", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("row", NUMBER, nullable=False),
        sa.Column("signed", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=True),
        sa.Column("published", NUMBER, nullable=True),
        sa.Column("before", WORD, nullable=True),
        sa.Column("undo_until", NUMBER, nullable=True),
        sa.Column("due", NUMBER, nullable=True),
        sa.Column("sealed_entry", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_private", sa.LargeBinary(), nullable=True),
        sa.Column("name", WORD, nullable=True),
        sa.Column("original", WORD, nullable=True),
        sa.Column("acronym", WORD, nullable=True),
        sa.Column("country", WORD, nullable=True),
        sa.Column("place", WORD, nullable=True),
        sa.Column("printed", WORD, nullable=True),
        sa.Column("organisation", WORD, nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_endorsements_person"),
        sa.PrimaryKeyConstraint("id", name="pk_endorsements"),
    )
    op.create_index(
        "ix_endorsements_country",
        "endorsements",
        ["campaign", "kind", "country", "position"],
        unique=False,
        **_where("name IS NOT NULL"),
    )
    op.create_index(
        "ix_endorsements_due", "endorsements", ["due"], unique=False, **_where("state = 'approved'")
    )
    op.create_index(
        "ix_endorsements_line",
        "endorsements",
        ["campaign", "signed", "id"],
        unique=False,
        **_where("state = 'in_review'"),
    )
    op.create_index(
        "ix_endorsements_list",
        "endorsements",
        ["campaign", "kind", "position"],
        unique=False,
        **_where("name IS NOT NULL"),
    )
    op.create_index("ix_endorsements_person", "endorsements", ["person", "signed"], unique=False)
    op.create_index(
        "ix_endorsements_published",
        "endorsements",
        ["campaign", "published"],
        unique=False,
        **_where("state = 'published'"),
    )
    op.create_index(
        "ix_endorsements_review",
        "endorsements",
        ["signed", "id"],
        unique=False,
        **_where("state = 'in_review'"),
    )
    op.create_index("ix_endorsements_signer", "endorsements", ["campaign", "signer", "origin"], unique=False)
    op.create_index(
        "uq_endorsements_live",
        "endorsements",
        ["campaign", "signer"],
        unique=True,
        **_where("state IN ('approved', 'in_review', 'published')"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", WORD, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("dialog", WORD, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("sealed_rest", sa.LargeBinary(), nullable=False),
        sa.Column("touched", NUMBER, nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_sessions_person"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("person", name="uq_sessions_person"),
    )
    op.create_index("ix_sessions_touched", "sessions", ["touched"], unique=False)
    op.create_table(
        "audit",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("campaign", WORD, nullable=False),
        sa.Column("endorsement", WORD, nullable=False),
        sa.Column("step", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("row", NUMBER, nullable=False),
        sa.Column("actor", WORD, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["endorsement"], ["endorsements.id"], name="fk_audit_endorsement"),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sa.UniqueConstraint("endorsement", "row", name="uq_audit_endorsement_row"),
    )
    op.create_table(
        "consents",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("endorsement", WORD, nullable=False),
        sa.Column("purpose", WORD, nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("wording", WORD, nullable=False),
        sa.Column("text", WORD, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["endorsement"], ["endorsements.id"], name="fk_consents_endorsement"),
        sa.PrimaryKeyConstraint("seq", name="pk_consents"),
    )
    op.create_index("ix_consents_endorsement", "consents", ["endorsement"], unique=False)

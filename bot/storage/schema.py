"""The tables, for SQLite and PostgreSQL alike. Times are whole microseconds since 1970 in UTC (``moments``).

Columns named ``sealed…`` hold ciphertext; nothing that people typed stands in any other column, except the
line of a published, named endorsement. Partial indexes carry the rules that hold whoever writes: one live
endorsement of a signatory, one send to a receiver at a time.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.sql.elements import ColumnElement

from bot.campaign.announcement import DeliveryState
from bot.campaign.endorsement import LIVE, State

Word = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared and sorted by code point on both databases."""

Number = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit number; SQLite counts rows by itself only where the type is spelled INTEGER."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def constant(value: StrEnum) -> ColumnElement[str]:
    """A state written into the statement itself: only then can the planner see that a partial index fits."""
    return literal_column(f"'{value.value}'")


def _table(name: str, *parts: Column[object] | UniqueConstraint) -> Table:
    return Table(name, metadata, *parts)


def _key(name: str) -> Column[object]:
    return Column(name, Word, primary_key=True)


def _sequence() -> Column[object]:
    return Column("seq", Number, primary_key=True)


def _word(name: str) -> Column[object]:
    return Column(name, Word, nullable=False)


def _number(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, Number, nullable=nullable)


def _flag(name: str) -> Column[object]:
    return Column(name, Boolean, nullable=False)


def _sealed(name: str = "sealed", *, nullable: bool = False) -> Column[object]:
    return Column(name, LargeBinary, nullable=nullable)


def _of(name: str, key: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, Word, ForeignKey(key), nullable=nullable)


def _index(name: str, *columns: Column[object], where: ColumnElement[bool], unique: bool = False) -> None:
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


people = _table(
    "people",
    _key("id"),
    Column("account", Word, unique=True),
    _sealed("sealed_account", nullable=True),
    _word("language"),
    _word("hint"),
    _number("turn"),
    _word("owed"),
    _number("met"),
)
NOT_OWED: ColumnElement[str] = literal_column("''")
_index("ix_people_owed", people.c.id, where=people.c.owed != NOT_OWED)

events = _table("events", _key("platform"), _key("event"), _number("seen"), _word("error"))
Index(None, events.c.seen)

sessions = _table(
    "sessions",
    _key("id"),
    _of("person", "people.id"),
    _word("dialog"),
    _word("subject"),
    _word("at"),
    _number("version"),
    _sealed("sealed_rest"),
    _number("touched"),
    _flag("reminded"),
    UniqueConstraint("person"),
)
Index(None, sessions.c.touched)

endorsements = _table(
    "endorsements",
    _key("id"),
    _word("campaign"),
    _word("kind"),
    _word("signer"),
    _of("person", "people.id", nullable=True),
    _word("origin"),
    _word("text"),
    _word("state"),
    _number("row"),
    _number("signed"),
    _number("position", nullable=True),
    _number("published", nullable=True),
    Column("before", Word),
    _number("undo_until", nullable=True),
    _number("due", nullable=True),
    _sealed("sealed_entry"),
    _sealed("sealed_private", nullable=True),
    Column("name", Word),
    Column("original", Word),
    Column("acronym", Word),
    Column("country", Word),
    Column("place", Word),
    Column("printed", Word),
    Column("organisation", Word),
)
IS_LIVE = endorsements.c.state.in_([constant(state) for state in sorted(LIVE)])
IS_LISTED = endorsements.c.name.is_not(None)
IN_REVIEW = endorsements.c.state == constant(State.IN_REVIEW)
IS_APPROVED = endorsements.c.state == constant(State.APPROVED)
IS_PUBLISHED = endorsements.c.state == constant(State.PUBLISHED)
_e = endorsements.c
_index("uq_endorsements_live", _e.campaign, _e.signer, where=IS_LIVE, unique=True)
_index("ix_endorsements_list", _e.campaign, _e.kind, _e.position, where=IS_LISTED)
_index("ix_endorsements_country", _e.campaign, _e.kind, _e.country, _e.position, where=IS_LISTED)
_index("ix_endorsements_line", _e.campaign, _e.signed, _e.id, where=IN_REVIEW)
_index("ix_endorsements_review", _e.signed, _e.id, where=IN_REVIEW)
_index("ix_endorsements_due", _e.due, where=IS_APPROVED)
_index("ix_endorsements_published", _e.campaign, _e.published, where=IS_PUBLISHED)
Index("ix_endorsements_signer", _e.campaign, _e.signer, _e.origin)
Index("ix_endorsements_person", _e.person, _e.signed)

tallies = _table("tallies", _key("campaign"), _key("name"), _number("n"))
positions = _table("positions", _key("campaign"), _number("last"))

consents = _table(
    "consents",
    _sequence(),
    _of("endorsement", "endorsements.id"),
    _word("purpose"),
    _flag("granted"),
    _word("wording"),
    _word("text"),
    _word("language"),
    _number("at"),
)
Index(None, consents.c.endorsement)

audit = _table(
    "audit",
    _sequence(),
    _word("campaign"),
    _of("endorsement", "endorsements.id"),
    _word("step"),
    _word("state"),
    _number("row"),
    _word("actor"),
    _number("at"),
    UniqueConstraint("endorsement", "row"),
)

subscriptions = _table(
    "subscriptions",
    _key("platform"),
    _key("chat"),
    _key("thread"),
    _key("campaign"),
    _word("news"),
    _word("language"),
    _word("zone"),
    _number("quiet_from"),
    _number("quiet_to"),
    _word("by"),
    _flag("active"),
    _number("row"),
    _number("changed"),
)
Index(None, subscriptions.c.campaign, subscriptions.c.active)

chats = _table("chats", _key("platform"), _key("chat"), _key("thread"), _word("language"))

announcements = _table(
    "announcements",
    _key("id"),
    _word("campaign"),
    _word("kind"),
    _word("slot"),
    _number("due"),
    _word("facts"),
    UniqueConstraint("campaign", "kind", "slot"),
)

deliveries = _table(
    "deliveries",
    _sequence(),
    Column("id", Word, nullable=False, unique=True),
    Column("key", Word, nullable=False, unique=True),
    _word("receiver"),
    _word("policy"),
    _word("what"),
    _number("due"),
    _word("state"),
    _number("tries"),
    _word("message"),
    _number("wanted"),
    _number("shown"),
    _number("first_try", nullable=True),
    _number("expires", nullable=True),
    _word("reason"),
    _word("owner"),
    _number("lease", nullable=True),
)
IS_PLANNED = deliveries.c.state == constant(DeliveryState.PLANNED)
IS_BUSY = deliveries.c.state.in_([constant(DeliveryState.CLAIMED), constant(DeliveryState.SENDING)])
_d = deliveries.c
_index("uq_deliveries_busy", _d.receiver, where=IS_BUSY, unique=True)
_index("ix_deliveries_due", _d.due, _d.seq, where=IS_PLANNED)
_index("ix_deliveries_lease", _d.lease, where=IS_BUSY)
Index(None, _d.what)
Index("ix_deliveries_receiver", _d.receiver, _d.state, _d.due, _d.seq)

paces = _table("paces", _key("name"), _number("free_at"))
routes = _table("routes", _key("token"), _word("route"))
posts = _table(
    "posts",
    _sequence(),
    _word("chat"),
    Column("message", Word, nullable=False, unique=True),
    _sealed(),
    _number("at"),
)
Index(None, posts.c.chat, posts.c.seq)
Index(None, posts.c.at)
notes = _table("notes", _key("name"), _word("value"))

papers = _table("papers", _key("path"), _sealed(), _flag("hidden"), _number("due", nullable=True))

matters = _table(
    "matters",
    _sequence(),
    Column("id", Word, nullable=False, unique=True),
    _word("kind"),
    _word("subject"),
    Column("key", Word),
    _word("person"),
    _word("state"),
    _number("row"),
    _number("due", nullable=True),
    _number("begun"),
    _number("touched"),
    _sealed(),
    UniqueConstraint("kind", "subject", "key"),
)
"""A key is a keyed hash, or absent where nothing need be unique."""
_m = matters.c
Index(None, _m.kind, _m.key)
Index(None, _m.kind, _m.person, _m.seq)
Index("ix_matters_subject", _m.kind, _m.subject, _m.seq)
Index(None, _m.kind, _m.touched)
_index("ix_matters_due", _m.kind, _m.due, where=_m.due.is_not(None))

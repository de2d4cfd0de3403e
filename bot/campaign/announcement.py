"""Announcements: what is posted to channels, once per slot, and what may happen to one delivery of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.campaign.refs import ChatRef

POST = "announcement"
"""The first word of ``Delivery.what`` of a post to a channel; the second is the announcement's id."""


class News(StrEnum):
    """What channels hear of a campaign."""

    MILESTONE = "milestone"
    WEEKLY = "weekly"
    REMINDER = "reminder"
    DELIVERED = "delivered"
    """It was handed over: told once to whoever wished to hear anything of it."""


WISHES = (News.MILESTONE, News.WEEKLY, News.REMINDER)
"""What a channel can choose."""


class Policy(StrEnum):
    """How a delivery behaves when nobody knows whether it arrived (DESIGN, "A post goes out")."""

    EDIT = "edit"
    NONCE = "nonce"
    ONCE = "once"
    NOTICE = "notice"


class DeliveryState(StrEnum):
    """The states of THREATS 3.2."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DEAD = "dead"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's standing wish.

    ``zone`` is an IANA name; quiet hours are local hours, ``quiet_from`` 22 to ``quiet_to`` 8.
    """

    chat: ChatRef
    campaign: str
    news: frozenset[News] = frozenset(WISHES)
    language: str = "en"
    zone: str = "UTC"
    quiet_from: int = 22
    quiet_to: int = 8
    by: str = ""
    active: bool = True
    row: int = 1


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing to announce.

    (campaign, kind, slot) is unique for ever; ``slot`` is a local wall time without offset, or the
    milestone's number; ``facts`` are numbers and slugs only, never a name: names are asked from the gate when
    it is rendered.
    """

    id: str
    campaign: str
    kind: News
    slot: str
    due: datetime
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing owed to one receiver: a chat, or a person of ours (``person`` is our id).

    ``key`` is unique for ever. ``what`` names who composes it and with which arguments, for example
    ("review", "<id>"). ``wanted`` grows when the truth changed and a sent card must be edited; ``shown`` is
    the ``wanted`` that was last sent. ``first_try`` stays through its edits: a post says what was so then.
    """

    id: str
    key: str
    policy: Policy
    what: tuple[str, ...]
    due: datetime
    chat: ChatRef | None = None
    person: str = ""
    state: DeliveryState = DeliveryState.PLANNED
    tries: int = 0
    message: str = ""
    wanted: int = 1
    shown: int = 0
    first_try: datetime | None = None
    expires: datetime | None = None
    reason: str = ""
    owner: str = ""
    lease: datetime | None = None

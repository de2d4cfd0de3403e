"""Channels' wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, false, select, true, update
from sqlalchemy.dialects.postgresql import insert

from bot.campaign.announcement import News, Subscription
from bot.campaign.refs import ChatRef
from bot.storage.cursor import Cursor, Row, Statement, places
from bot.storage.deliveries import receiver
from bot.storage.delivery_statements import STOP as STOP_DELIVERIES
from bot.storage.moments import micros
from bot.storage.schema import subscriptions

_s = subscriptions.c
_chat = ("platform", "chat", "thread")
_wish = ("news", "language", "zone", "quiet_from", "quiet_to", "by", "active", "row", "changed")
_this_chat = [_s[name] == bindparam(name) for name in _chat]
_in_campaign = _s.campaign == bindparam("campaign")
_put = insert(subscriptions).values(**places(*_chat, "campaign", *_wish))
_all = select(subscriptions)
PUT = Statement(
    _put.on_conflict_do_update(
        index_elements=[*_chat, "campaign"], set_={name: _put.excluded[name] for name in _wish}
    )
)
GET = Statement(_all.where(*_this_chat, _in_campaign))
OF = Statement(_all.where(*_this_chat, _s.active.is_(true())).order_by(_s.campaign))
STOP = Statement(
    update(subscriptions).values(active=false(), row=_s.row + 1).where(*_this_chat, _s.active.is_(true()))
)
STOP_ENDED = Statement(
    update(subscriptions).values(row=_s.row + 1).where(*_this_chat, _s.active.is_(false()))
)
WISHING = Statement(_all.where(_in_campaign, _s.active.is_(true())).order_by(*(_s[name] for name in _chat)))


@dataclass(frozen=True, slots=True)
class StoredSubscriptions:
    """See ``ports.Subscriptions``."""

    cursor: Cursor

    def get(self, chat: ChatRef, campaign: str) -> Subscription | None:
        """One wish, active or ended."""
        row = self.cursor.row(GET, **_place(chat), campaign=campaign)
        return _subscription(row) if row else None

    def of(self, chat: ChatRef) -> Sequence[Subscription]:
        """A chat's active wishes."""
        return [_subscription(row) for row in self.cursor.rows(OF, **_place(chat))]

    def put(self, subscription: Subscription, now: datetime) -> None:
        """Store a wish, or replace it."""
        self.cursor.run(
            PUT,
            **_place(subscription.chat),
            campaign=subscription.campaign,
            news=" ".join(sorted(subscription.news)),
            language=subscription.language,
            zone=subscription.zone,
            quiet_from=subscription.quiet_from,
            quiet_to=subscription.quiet_to,
            by=subscription.by,
            active=subscription.active,
            row=subscription.row,
            changed=micros(now),
        )

    def stop(self, chat: ChatRef) -> int:
        """End all wishes of a chat and cancel what is not being sent yet; returns how many wishes ended.

        What is there may still be edited: a name that is taken back goes from old posts too. One that ended
        before is of another row now: what would have brought it back does so no more.
        """
        self.cursor.run(STOP_ENDED, **_place(chat))
        self.cursor.run(STOP_DELIVERIES, receiver=receiver(chat), reason="stopped")
        return self.cursor.run(STOP, **_place(chat))

    def wishing(self, campaign: str, news: str) -> Sequence[Subscription]:
        """Active wishes for this kind of news of this campaign."""
        rows = self.cursor.rows(WISHING, campaign=campaign)
        return [_subscription(row) for row in rows if news in row["news"].split()]


def _place(chat: ChatRef) -> dict[str, str]:
    return {"platform": chat.platform, "chat": chat.id, "thread": chat.thread}


def _subscription(row: Row) -> Subscription:
    return Subscription(
        chat=ChatRef(row["platform"], row["chat"], row["thread"]),
        campaign=row["campaign"],
        news=frozenset(map(News, row["news"].split())),
        language=row["language"],
        zone=row["zone"],
        quiet_from=row["quiet_from"],
        quiet_to=row["quiet_to"],
        by=row["by"],
        active=bool(row["active"]),
        row=row["row"],
    )

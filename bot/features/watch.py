"""What a platform's ear tells of itself: that it hears, and that somebody else uses our token.

A platform keeps what people wrote for a day (PLATFORMS 1.7). After a longer silence nobody knows what is
lost: whoever has an open talk there is asked to send it again, once, and the owners are told since when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import log
from bot.campaign.announcement import Delivery, DeliveryState, Policy
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Phrase, Saying
from bot.features import talks
from bot.features.buttons import button
from bot.features.feature import Tools
from bot.ports import Tx

KEPT = timedelta(hours=24)
"""How long a platform keeps what we did not hear."""
MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Case:
    """Something to be told: ``what`` is shown (see ``card``), once for each receiver and ``about``."""

    tx: Tx
    tools: Tools
    now: datetime
    what: tuple[str, ...]
    about: str

    def owe(self, chat: ChatRef | None = None, person: str = "") -> bool:
        """Owe it to a chat or a person; False where they were told before."""
        key = "/".join(("watch", self.what[0], self.about, str(chat or person)))
        what, id_ = ("watch", *self.what), self.tools.ids.new()
        return self.tx.deliveries.owe(
            Delivery(id_, key, Policy.NOTICE, what, self.now, chat=chat, person=person)
        )

    def tell_owners(self) -> bool:
        """Owe it to the owners, to the moderators' chats where the settings name none; False: all know."""
        if not self.tools.owners:
            return True in [self.owe(chat=chat) for chat in self.tools.moderators]
        owners = [self.tx.people.meet(owner, "", self.now).id for owner in sorted(self.tools.owners)]
        return True in [self.owe(person=owner) for owner in owners]


def heard(tx: Tx, tools: Tools, platform: str, now: datetime) -> None:
    """The platform hands us what people write, now; look whether it could not for too long before."""
    look(tx, tools, platform, now)
    tx.notes.put(_note(platform), now.isoformat())


def look(tx: Tx, tools: Tools, platform: str, now: datetime) -> None:
    """Where nothing was heard for longer than the platform keeps it, owe everybody concerned a notice."""
    since = tx.notes.get(_note(platform))
    if not since or now - datetime.fromisoformat(since) <= KEPT:
        return
    away = _Case(tx, tools, now, ("away",), since)
    for session in tx.sessions.standing(MOST):
        account = tx.people.account(session.person)
        if account is not None and account.platform == platform:
            _leave_out_reminder(tx, session.id)
            tx.sessions.reminded(session.id)
            away.owe(person=session.person)
    _Case(tx, tools, now, ("gap", platform, since), f"{platform}/{since}").tell_owners()


def shared(tx: Tx, tools: Tools, platform: str, how: str, now: datetime) -> None:
    """Somebody else uses our token: as a "webhook" or a "poller". The owners are told, once a day."""
    if _Case(tx, tools, now, (how, platform), f"{platform}/{now.date().isoformat()}").tell_owners():
        log.event(log.Event.TOKEN_SHARED, platform=platform, reason=how)


def card(what: tuple[str, ...]) -> Saying:
    """The card of ("away",); for owners ("gap", platform, since) and ("webhook" | "poller", platform)."""
    if what[0] == "away":
        rows = ((button("b.go-on", *talks.NOW), button("b.throw-away", *talks.DROP)),)
        return Saying((Phrase("notice.away"),), rows)
    platform, home = Phrase(f"platform.{what[1]}"), ((button("b.home", "home"),),)
    if what[0] == "gap":
        since = datetime.fromisoformat(what[2])
        return Saying((Phrase("alarm.gap", {"platform": platform, "since": since}),), home)
    told = (Phrase(f"alarm.{what[0]}", {"platform": platform}), Phrase("alarm.new-token"))
    return Saying(told, home)


def _leave_out_reminder(tx: Tx, session: str) -> None:
    """The reminder of an unfinished talk that could not be sent while nothing could: one notice is enough."""
    reminder = tx.deliveries.by_key(f"notice/unfinished/{session}")
    if reminder is not None:
        dropped = replace(reminder, state=DeliveryState.CANCELLED, reason="away")
        tx.deliveries.settle(dropped, DeliveryState.PLANNED)


def _note(platform: str) -> str:
    return f"{platform}.heard"

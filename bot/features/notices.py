"""Notices nobody waits for.

They name no person, organisation or statement (FEATURES P6), and [Show] leads to the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.campaign.announcement import Delivery, Policy
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import talks
from bot.features.buttons import button
from bot.features.feature import Tools
from bot.ports import Tx

REMIND_AFTER = timedelta(days=1)
FORGET_AFTER = timedelta(days=30)
"""Unfinished talks are reminded once, and erased in the end (DESIGN: drafts live 30 days)."""

LEADS: Mapping[str, Route] = {
    "claim": ("claim", "mine"),
    "revision": ("rev",),
    "again": ("ver",),
    "opened": ("org",),
    "not-opened": ("new", "of"),
    "revision-decided": ("rev",),
    "invited": ("in", "mine"),
    "follow": ("follow",),
    "silent": ("inv",),
    "answered": ("ask", "see"),
    "disputed": ("dis", "see"),
    "asked": ("dis", "see"),
}
"""Where [Show] of a notice leads, what it is about behind it; others are about a sign-on of one's own."""


def card(what: tuple[str, ...]) -> Saying:
    """The card of a notice: ("unfinished",), or its name and the id that [Show] leads to (see ``LEADS``)."""
    if what[0] == "unfinished":
        rows = ((button("b.go-on", *talks.NOW), button("b.throw-away", *talks.DROP)),)
        return Saying((Phrase("notice.unfinished"),), rows)
    route: Route = (*LEADS.get(what[0], ("mine", "see")), *what[1:])
    return Saying((Phrase(f"notice.{what[0]}"),), ((button("b.show", *route),),))


def remind_unfinished(tx: Tx, tools: Tools, now: datetime) -> int:
    """Remind the owners of talks untouched for a day, once each; erase those untouched for thirty.

    Returns how many were reminded.
    """
    tx.sessions.expire(now - FORGET_AFTER)
    idle = tx.sessions.idle(now - REMIND_AFTER)
    for session in idle:
        tx.sessions.reminded(session.id)
        tx.deliveries.owe(
            Delivery(
                id=tools.ids.new(),
                key=f"notice/unfinished/{session.id}",
                policy=Policy.NOTICE,
                what=("notice", "unfinished"),
                due=now,
                person=session.person,
            )
        )
    return len(idle)

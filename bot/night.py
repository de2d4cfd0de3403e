"""The night's work: once a night the counts are checked, and what was erased is taken out of the files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from bot.campaign.schedule import local_day
from bot.log import Event, event
from bot.ports import Store, Tx

EVENTS_KEPT = timedelta(days=9)
"""A platform sends an event again for at most a day; button presses are kept a week longer (THREATS F23)."""

POSTS_KEPT = timedelta(days=30)
"""How long the console can show what its chats were sent."""

QUESTION, QUESTIONS_KEPT = "question", timedelta(days=30)
"""How long what people asked the organisers, and the answer, is kept."""

NAMES, NAMES_KEPT = "names", timedelta(days=30)
"""How long names that an organiser brought wait to be taken or thrown away."""

COPY, COPY_KEPT = "copy", timedelta(hours=1)
"""How long a pasted list waits for its next part."""

FROM = timedelta(hours=3)
"""The night's work is due from 03:00 on; where the bot slept then, as soon as it is awake."""

_NOTE = "night-done"


async def ring(store: Store, campaigns: Iterable[str], zone: str, now: datetime) -> None:
    """Forget what is old, and do the night's work of this day (aware ``now``, by ``zone``) if it is not done.

    ``campaigns`` are slugs. Where the store cannot tidy now, the next ring does it all again.
    """
    night = local_day(now - FROM, zone).isoformat()
    done = await store.transaction(partial(_forget, now=now))
    if done == night:
        return
    for campaign in campaigns:
        if await store.read(partial(_is_wrong, campaign=campaign)):
            event(Event.TALLY_WRONG, campaign=campaign)
    if await store.tidy():
        await store.transaction(lambda tx: tx.notes.put(_NOTE, night))


def _forget(tx: Tx, now: datetime) -> str:
    """Forget what is old; returns the last night whose work was done."""
    tx.events.prune(now - EVENTS_KEPT)
    tx.posts.prune(now - POSTS_KEPT)
    tx.matters.prune(QUESTION, now - QUESTIONS_KEPT)
    tx.matters.prune(NAMES, now - NAMES_KEPT)
    tx.matters.prune(COPY, now - COPY_KEPT)
    return tx.notes.get(_NOTE)


def _is_wrong(tx: Tx, campaign: str) -> bool:
    """Whether the kept tallies are not what the rows say."""
    return dict(tx.tallies.get(campaign)) != dict(tx.endorsements.count(campaign))

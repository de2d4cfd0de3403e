"""Who wished to hear of a campaign."""

from __future__ import annotations

from collections.abc import Sequence

from bot.campaign.announcement import WISHES, Subscription
from bot.ports import Tx


def wishing(tx: Tx, campaign: str) -> Sequence[Subscription]:
    """Channels that wish any news of a campaign, each once."""
    found = {wish.chat: wish for kind in WISHES for wish in tx.subscriptions.wishing(campaign, kind)}
    return [found[chat] for chat in sorted(found)]

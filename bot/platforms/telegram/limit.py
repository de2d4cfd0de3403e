"""How fast Telegram lets a bot send: 30 messages a second in all, 20 a minute in one group."""

from __future__ import annotations

from datetime import timedelta

from bot.ports import Limit

_USED = 0.985
"""So much of it is used."""

LIMIT = Limit(token=timedelta(seconds=1 / 30 / _USED), room=timedelta(seconds=60 / 20 / _USED))

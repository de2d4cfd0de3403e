"""How fast Discord lets a bot send: 50 requests a second in all, about 5 messages in 5 seconds in a channel.

Some sends are two requests (a direct chat is opened, a post is published), and some messages have parts: what
is used leaves room for them. How often messages older than an hour may be edited Discord does not say, nor
how often published ones; both are few an hour.
"""

from __future__ import annotations

from datetime import timedelta

from bot.ports import Limit

LIMIT = Limit(token=timedelta(seconds=2 / 50), room=timedelta(seconds=5 / 4), edit=timedelta(minutes=5))

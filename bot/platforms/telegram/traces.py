"""Which messages of a private chat can be taken away again; kept in memory alone.

Telegram clears no chat: a bot has to name each message, and may take away those of the last two days. On disk
nothing says when somebody wrote to us, and it shall stay so, for a seized file would tell it: what this
process saw is remembered as long as it lives. After a start the numbers just below stand in. Telegram counts
the messages of all private chats of a bot together, so most of these belong to others; they are skipped, for
a call names its chat. That is wasteful, so there are few of them.
"""

from __future__ import annotations

from collections import deque

AT_ONCE = 100
"""Messages that one call may take away."""
BELOW = 3 * AT_ONCE
"""Numbers below the last one that are tried unseen."""
MOST = 400
"""Messages remembered of a chat: more than a talk has."""
MOST_CHATS = 10_000


class Traces:
    """The numbers of the messages of private chats, from both sides."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[int]] = {}

    def note(self, chat: str, message: str) -> None:
        """Remember a message; "" is none, and of rooms (numbers below zero) nothing is remembered."""
        if not message.isdecimal() or chat.startswith("-"):
            return
        if chat not in self._seen and len(self._seen) >= MOST_CHATS:
            self._seen.clear()
        self._seen.setdefault(chat, deque(maxlen=MOST)).append(int(message))

    def forget(self, chat: str, last: int) -> None:
        """What stood above a message is gone."""
        self._seen[chat] = deque((each for each in self._seen.get(chat, ()) if each >= last), maxlen=MOST)

    def before(self, chat: str, last: int) -> list[list[int]]:
        """What may stand above a message, newest first, in portions for one call each."""
        seen = self._seen.get(chat, ())
        found = {each for each in (*seen, *range(last - BELOW, last)) if 0 < each < last}
        numbers = sorted(found, reverse=True)
        return [numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE)]

"""[Clear this talk]: what we said in a direct chat, and cards for one alone that a token still reaches.

What a person wrote to us, only they can delete. Ids of direct chats are not kept: Discord tells them, after a
restart too. A card that one person alone sees is in no history; the tokens of its interactions are remembered
for as long as they can be used, in memory alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from bot.platforms.discord import raw
from bot.platforms.discord.client import Api
from bot.platforms.discord.exchange import FOLLOW_UP, ORIGINAL, Call
from bot.platforms.discord.raw import Raw
from bot.platforms.discord.receipts import receipt_of
from bot.platforms.discord.reply import Reply
from bot.ports import Fate, Receipt

HISTORY = "/channels/{channel_id}/messages?limit=100&before={before}"
MESSAGE = "/channels/{channel_id}/messages/{message_id}"
PAGE, PAGES = 100, 3
"""Messages that are told at once, and how often we ask: older ones stay."""
TOKEN = 14 * 60 * 1000 << 22
"""How far the ids of two things lie apart between which fourteen minutes passed; tokens live for fifteen."""
MOST_TOKENS, MOST_CHATS = 30, 10_000
_MISSED = frozenset({Fate.UNSENT, Fate.UNKNOWN})


class Clearing:
    """Takes away what was said; ``call`` says what became of a call."""

    def __init__(self, api: Api, call: Call) -> None:
        self._api, self._call = api, call
        self._cards: dict[str, deque[tuple[Reply, str]]] = {}

    def note(self, chat: str, reply: Reply, message: str) -> None:
        """Remember a card for one person alone; ``message`` is "" where only the token names it."""
        if chat not in self._cards and len(self._cards) >= MOST_CHATS:
            self._cards.clear()
        under = reply.message if reply.ephemeral else ""
        self._cards.setdefault(chat, deque(maxlen=MOST_TOKENS)).append((reply, message or under))

    async def take_cards(self, chat: str, before: str, keep: str) -> None:
        """Take away the cards for one person alone that a token still reaches, but the one of id ``keep``.

        ``before`` is the id of what happened last. Several tokens may lead to one card: each is asked first,
        so that none asks for what is gone.
        """
        found = dict[str, str]()
        for reply, message in self._cards.pop(chat, ()):
            lives = int(before) - int(reply.interaction) < TOKEN
            if lives and (card := message or await self._original(reply.token)) != keep:
                found[card] = reply.token
        for card, token in reversed(found.items()):
            if card:
                await self._by_token("DELETE", f"{FOLLOW_UP}/messages/{card}", token)

    async def take_said(self, room: str, before: str) -> Receipt | None:
        """Take away our own messages in a direct chat older than ``before``, the newest first.

        Returns the receipt of what may succeed when it is tried again, None where nothing is left to try.
        """
        for _ in range(PAGES):
            told = await self._told(room, before)
            if isinstance(told, Receipt):
                return told if told.fate in _MISSED else None
            for number in self._ours(told):
                taken = await self._call("DELETE", MESSAGE, channel_id=room, message_id=number)
                if taken.fate in _MISSED:
                    return taken
            if len(told) < PAGE:
                break
            before = raw.id_of(told[-1])
        return None

    async def _told(self, room: str, before: str) -> list[Raw] | Receipt:
        """Messages of a channel, the newest first."""
        try:
            told = await self._api.call("GET", HISTORY, channel_id=room, before=before)
        except Exception as error:  # noqa: BLE001  (whatever the network or Discord does is a receipt)
            return receipt_of(error)
        return [*raw.children({"messages": told}, "messages")]

    def _ours(self, told: Sequence[Raw]) -> list[str]:
        user = self._api.client.user
        me = str(user.id) if user else ""
        return [raw.id_of(each) for each in told if raw.id_of(raw.child(each, "author")) == me]

    async def _original(self, token: str) -> str:
        """The id of the card that an interaction was answered by, "" where it is gone."""
        return (await self._by_token("GET", ORIGINAL, token)).message

    async def _by_token(self, method: str, path: str, token: str) -> Receipt:
        return await self._call(method, path, webhook_id=self._api.application, webhook_token=token)

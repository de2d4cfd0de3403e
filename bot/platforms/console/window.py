"""What is on screen: messages of a room and of the person's private chat, and the newest card."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Attachment, Outgoing, Phrase
from bot.platforms.console.codec import from_json
from bot.platforms.console.files import save
from bot.platforms.console.reading import Card, Seat, is_room
from bot.platforms.console.screen import Screen
from bot.platforms.console.writing import write, write_address, write_remark
from bot.ports import Post, Store, StoreBusy, StoreFull, Tx

_MOST = 20
"""Messages shown of those that came while nobody looked."""

News = list[tuple[int, ChatRef, Post]]
"""Kept messages with their running numbers, in order."""


@dataclass(slots=True)
class Window:
    """``say`` renders a phrase "console.…" in the person's language; files sent are saved under ``files``.

    ``card`` is the newest card. A message without buttons that is no answer (``answering``) leaves it be.
    ``words_to`` is where words go: the chat last spoken in, and the private chat once the bot spoke there.
    """

    seat: Seat
    screen: Screen
    store: Store
    say: Callable[[Phrase], str]
    files: Path
    card: Card = field(init=False)
    words_to: ChatRef = field(init=False)
    answering: bool = field(default=False, init=False)
    _seen: dict[ChatRef, int] = field(default_factory=dict, init=False)
    _showing: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        self.card = Card(self.seat.here)
        self.words_to = self.seat.here

    @property
    def alone(self) -> bool:
        """Whether words go to the bot alone although a room is on screen."""
        return is_room(self.seat.here) and not is_room(self.words_to)

    def looks_at(self, chat: ChatRef) -> bool:
        """The room and the person's private chat are on screen."""
        return chat in (self.seat.here, self.seat.home)

    async def catch_up(self) -> None:
        """Show what this seat has not seen, at least the newest card: the talk goes on where it stopped."""
        async with self._showing:
            self._seen, missed = await self.store.read(self._missed)
            await self._show(missed)

    async def see(self, chat: ChatRef, outgoing: Outgoing, *, kept: bool, changed: bool) -> None:
        """Show a message that was just sent."""
        async with self._showing:
            if not kept or changed:
                await self._print(chat, outgoing, changed=changed)
                return
            after = self._seen.get(chat, 0)
            posts = await self.store.read(lambda tx: tx.posts.of(chat.id, after, _MOST))
            await self._show([(number, chat, post) for number, post in posts])

    async def remark(self, name: str) -> None:
        """Show a remark of the console itself: the phrase "console.…" of this name."""
        await self.screen.show(write_remark(self.say(Phrase(f"console.{name}")), self.screen.look))

    async def show_address(self, url: str) -> None:
        """Show the address behind a button: it is never opened."""
        await self.screen.show(write_address(self.say(Phrase("console.link")), url, self.screen.look))

    def _missed(self, tx: Tx) -> tuple[dict[ChatRef, int], News]:
        """What was seen of both chats; their unseen messages, the newest one here, the newest of all."""
        chats = {self.seat.home, self.seat.here}
        seen = {chat: int(tx.notes.get(self._note(chat)) or 0) for chat in chats}
        recent = sorted(
            (number, chat, post) for chat in seen for number, post in tx.posts.of(chat.id, 0, _MOST)
        )
        newest = {chat: number for number, chat, _ in recent}
        again = {newest.get(self.seat.here, 0), max(newest.values(), default=0)}
        return seen, [one for one in recent if one[0] > seen[one[1]] or one[0] in again]

    async def _show(self, news: News) -> None:
        """Print the messages, then remember that they were seen: a crash between the two shows them again."""
        for number, chat, post in news:
            await self._print(chat, from_json(post.outgoing))
            self._seen[chat] = number
        with suppress(StoreFull, StoreBusy):
            await self.store.transaction(self._remember)

    def _remember(self, tx: Tx) -> None:
        for chat, number in self._seen.items():
            tx.notes.put(self._note(chat), str(number))

    def _note(self, chat: ChatRef) -> str:
        """A name for what this person saw of this chat; it names neither."""
        return "console.seen." + hashlib.sha256(f"{self.seat.user}\n{chat.id}".encode()).hexdigest()[:32]

    async def _print(self, chat: ChatRef, outgoing: Outgoing, *, changed: bool = False) -> None:
        alone = ["only-you"] if self._is_private(chat, outgoing) else []
        edited = ["changed"] if changed and not self.answering else []
        above = " ".join(self.say(Phrase(f"console.{name}")) for name in alone + edited)
        await self.screen.show(write(outgoing, self.screen.look, above))
        if outgoing.attachment:
            await self._save(chat, outgoing.attachment)
        if outgoing.keys or self.answering:
            self.card = Card(chat, tuple(key for row in outgoing.keys for key in row))
        if chat == self.seat.home:
            self.words_to = chat

    def _is_private(self, chat: ChatRef, outgoing: Outgoing) -> bool:
        """Whether others in the room on screen do not see it."""
        return is_room(self.seat.here) and (outgoing.only or not is_room(chat))

    async def _save(self, chat: ChatRef, attachment: Attachment) -> None:
        try:
            path = save(self.files, chat, attachment)
        except OSError:
            await self.remark("not-saved")
            return
        await self.screen.show(write_address(self.say(Phrase("console.saved")), str(path), self.screen.look))

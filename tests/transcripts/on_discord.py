"""A transcript on Discord with its forms: people at a strict Discord, and the whole bot before it.

In private everything happens in the direct chat with the bot. A form that opens is closed, and its questions
are answered by words. A room is a channel in a server of its own; what is asked there is answered in place,
to one person alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.app import Content
from bot.campaign.refs import AccountRef, ChatRef
from bot.features.starts import PERSONAL
from bot.platforms.discord.commands import LOCALES
from bot.ports import Store
from tests.peers.discord.interactions import Interaction, payload
from tests.peers.discord.message import Message
from tests.peers.discord.people import Person
from tests.peers.discord.things import ORDINARY, Channel, Right
from tests.stage import Seat, Shown, newest
from tests.transcripts.discord_life import FIRST_ROOM, Life

FIRST_PERSON = 770_000_001
LANGUAGES = frozenset(code for codes in LOCALES.values() for code in codes)
"""What a client can speak; Malay and Filipino it can not."""
TEXT = 3
"""The type of an option of a command that takes words."""
LONGEST = 2000
"""Characters of a message: a client takes no more."""

Done = Interaction | Message


@dataclass
class DiscordTheatre:
    """People, their rooms and the bot."""

    life: Life
    languages: dict[str, str]
    language: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, Channel] = field(default_factory=dict)
    last: Done | None = None
    """What somebody did last."""
    _words: dict[str, Message] = field(default_factory=dict)
    """What everybody typed last."""

    def __post_init__(self) -> None:
        self.server, self.witness = self.life.server, self.life.witness
        self.rooms["desk"] = self.life.desk

    @property
    def store(self) -> Store:
        return self.life.store

    def appoint(self, *names: str) -> None:
        people = [self._person(Seat(name)).user.id for name in names]
        self.life.owners = frozenset(AccountRef("discord", str(number)) for number in people)

    async def open(self) -> None:
        await self.life.open()

    async def close(self) -> None:
        await self.life.close()

    def chat(self, seat: Seat) -> ChatRef:
        number = str(self._room(seat).id) if seat.room else f"@{self._person(seat).user.id}"
        return ChatRef("discord", number)

    def called(self, chat: ChatRef) -> str:
        name = self.names()[chat.id]
        return f"@{name}" if chat.id.startswith("@") else name

    def names(self) -> dict[str, str]:
        """Also English, which Discord knows by two names."""
        people = {f"{sign}{each.user.id}": name for name, each in self.people.items() for sign in ("", "@")}
        return people | {str(room.id): name for name, room in self.rooms.items()} | {"en-US": "en"}

    async def say(self, seat: Seat, text: str) -> list[Shown]:
        """A command, where there is one of this name; else words, which nobody hears in a room.

        A campaign has no link here, so /start has nothing to fill in: /sign has. A personal link is a word,
        which is sent as it is.
        """
        text = text.removeprefix("/start ") if PERSONAL.search(text) else text
        who, where = self._person(seat), self._where(seat)
        who.dismiss()
        name, _, rest = text.removeprefix("/").partition(" ")
        name = "sign" if rest and name == "start" else name
        if text.startswith("/") and name in self.server.commands:
            options = self.server.commands[name]["options"]
            filled = {options[0]["name"]: rest} if rest else {}
            return await self.acted(lambda: who.command(name, where, None, **filled))
        if seat.room:
            who.say(text, where)
            return []
        return await self.acted(lambda: self._type(seat, text))

    async def send(self, seat: Seat, name: str, content: bytes, words: str = "") -> list[Shown]:
        """A command takes the file, where there is one of this name; else it stands beside words."""
        who, (command, _, rest) = self._person(seat), words.removeprefix("/").partition(" ")
        who.dismiss()
        if words.startswith("/") and command in self.server.commands:
            texts = [each for each in self.server.commands[command]["options"] if each["type"] == TEXT]
            filled = {texts[0]["name"]: rest} if rest else {}
            return await self.acted(lambda: who.command(command, None, (name, content), **filled))
        return await self.acted(lambda: who.send((name, content), text=words))

    def _type(self, seat: Seat, text: str) -> Message:
        self._words[seat.user] = self._person(seat).say(text[:LONGEST])
        return self._words[seat.user]

    async def press(self, seat: Seat, name: str, nth: int = 1, back: int = 0) -> list[Shown]:
        """What stands there is pressed; what gave way to another card is sent as it was.

        Where a form opened no button stands: who wants one of its card's sends it from the message before, as
        any client could.
        """
        who, card = self._person(seat), newest(self.witness.shown, self.chat(seat), name, back)
        key = card.key(name, nth)
        self._where(seat)
        who.dismiss()
        message, part = self.witness.behind(card, key)
        message = message or next(each for each in reversed(who.sees()) if each.author.is_bot)
        if part in message.parts and message in who.sees(message.channel):
            way = who.choose if "options" in part else who.press
            return await self.acted(
                lambda: way(key.data if "options" in part else part["custom_id"], message)
            )
        values = [key.data] if "options" in part else None
        return await self.acted(lambda: who.forge(part.get("custom_id", f"p9:{key.data}"), message, values))

    async def fill(self, seat: Seat, **fields: str) -> list[Shown]:
        """Somebody sends the form before them; what is not named is sent as it stands there."""
        return await self.acted(lambda: self._person(seat).submit(**fields))

    async def happen(self, seat: Seat, kind: str, text: str = "") -> list[Shown]:
        match kind:
            case "photo":
                return await self.acted(lambda: self._person(seat).send(("photo.jpg", b"photo"), text=text))
            case "forwarded":
                return await self.acted(lambda: self._person(seat).hand_on(text))
            case "edited":
                return await self.acted(lambda: self._edit(seat, text))
            case _:
                raise AssertionError(kind)

    def _edit(self, seat: Seat, text: str) -> Message:
        self._person(seat).edit(self._words[seat.user], text)
        return self._words[seat.user]

    async def again(self) -> list[Shown]:
        """Discord tells what it told last once more."""
        return await self.acted(self._repeat)

    def _repeat(self) -> Done:
        assert self.last
        if isinstance(self.last, Message):
            self.server.deliver(self.last, "MESSAGE_UPDATE" if self.last.edited else "MESSAGE_CREATE")
        else:
            self.server.gateway.tell("INTERACTION_CREATE", payload(self.server, self.last))
        return self.last

    async def turn_clock(self, by: timedelta) -> list[Shown]:
        before = len(self.witness.shown)
        self.life.clock.turn(by)
        await self.life.bot.tick()
        return self.witness.since(before)

    async def wait(self, by: timedelta) -> list[Shown]:
        before = len(self.witness.shown)
        self.life.clock.turn(by)
        await self.life.bot.deliverer.tick()
        assert not self.server.failed, self.server.failed
        return self.witness.since(before)

    async def restart(self, *, crash: bool = False) -> list[Shown]:
        before = len(self.witness.shown)
        await self.life.close(crash=crash)
        await self.life.open()
        await self.life.bot.deliverer.tick()
        return self.witness.since(before)

    async def acted(self, act: Callable[[], Done]) -> list[Shown]:
        """What is said because of an act, once its turn is over and what was owed is delivered."""
        before, taken = len(self.witness.shown), self.life.taken
        self.last = act()
        await self.server.until(lambda: self.life.taken > taken)
        await self.server.until(lambda: not self.server.waiting)
        await self.life.bot.deliverer.tick()
        return self.witness.since(before)

    def _person(self, seat: Seat) -> Person:
        if seat.user not in self.people:
            number, language = FIRST_PERSON + len(self.people), self.languages.get(seat.user, "en")
            locale = language if language in LANGUAGES else "en-US"
            self.people[seat.user] = self.server.user(number, locale, seat.user.capitalize())
        return self.people[seat.user]

    def _where(self, seat: Seat) -> Channel:
        """The chat they sit in; in a room they have the rights that the transcript says."""
        who = self._person(seat)
        if not seat.room:
            return who.dm
        room, rights = self._room(seat), ORDINARY | Right.MANAGE_SERVER * seat.administrator
        assert room.guild
        if room.guild.members.get(who.user.id) != rights:
            self.server.rooms.join(room.guild, who, rights)
        return room

    def _room(self, seat: Seat) -> Channel:
        """A room; the bot is in it from the beginning."""
        if seat.room not in self.rooms:
            guild = self.server.guild((FIRST_ROOM + len(self.rooms)) << 22, seat.room)
            self.rooms[seat.room] = self.server.rooms.add(guild, seat.room)
        return self.rooms[seat.room]


@asynccontextmanager
async def discord_theatre(
    content: Content, store: Store, languages: dict[str, str]
) -> AsyncIterator[DiscordTheatre]:
    """A theatre before a server that is up; both are gone after it."""
    addresses = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    life = await Life.begin(content, store)
    try:
        yield DiscordTheatre(life, languages)
    finally:
        await life.close(crash=True)
        await life.server.stop()
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = addresses

"""A transcript on Telegram: people at a strict Bot API, and the whole bot before it over real HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot.campaign.refs import AccountRef, ChatRef
from bot.ports import Store
from tests.peers.telegram_chats import Chat, Message
from tests.peers.telegram_people import PHOTO, Person, Press
from tests.peers.telegram_updates import Waiting
from tests.peers.telegram_weather import Fault
from tests.platforms.telegram.house import DESK, House
from tests.stage import Seat, Shown, newest
from tests.transcripts.telegram_witness import Witness

FIRST_PERSON, FIRST_ROOM = 770_000_001, -1_000_000_000_101


@dataclass
class TelegramTheatre:
    """People, their rooms and the bot; ``house`` says how updates come in."""

    house: House
    languages: dict[str, str]
    language: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, Chat] = field(default_factory=dict)
    last: Waiting | None = None
    _words: dict[ChatRef, Message] = field(default_factory=dict)
    """What was typed last in each chat."""

    def __post_init__(self) -> None:
        self.server = self.house.server
        self.rooms["desk"] = self.server.chats[DESK]
        self.witness = Witness(self.server)
        self.house.speaks = self.witness.before
        self.house.watch = False  # the clock jumps over days in which a real bot hears all the time

    @property
    def store(self) -> Store:
        return self.house.store

    def appoint(self, *names: str) -> None:
        people = [self._person(Seat(name)).user.id for name in names]
        self.house.owners = frozenset(AccountRef("telegram", str(number)) for number in people)

    async def open(self) -> None:
        await self.house.open()

    async def close(self) -> None:
        await self.house.close()

    def chat(self, seat: Seat) -> ChatRef:
        number = self._room(seat).id if seat.room else self._person(seat).user.id
        return ChatRef("telegram", str(number))

    def called(self, chat: ChatRef) -> str:
        name = self.names()[chat.id]
        return name if chat.id.startswith("-") else f"@{name}"

    def names(self) -> dict[str, str]:
        people = {str(person.user.id): name for name, person in self.people.items()}
        return people | {str(room.id): name for name, room in self.rooms.items()}

    async def say(self, seat: Seat, text: str) -> list[Shown]:
        before = len(self.witness.shown)
        self._words[self.chat(seat)] = self._person(seat).say(text, self._where(seat))
        return await self._settled(before)

    async def send(self, seat: Seat, name: str, content: bytes, words: str = "") -> list[Shown]:
        before = len(self.witness.shown)
        self._person(seat).send(name, content, words)
        return await self._settled(before)

    async def press(self, seat: Seat, name: str, nth: int = 1, back: int = 0) -> list[Shown]:
        before, who = len(self.witness.shown), self._person(seat)
        card = newest(self.witness.shown, self.chat(seat), name, back)
        message, url, data = self.witness.behind(card, card.key(name, nth))
        if url:
            return await self._follow(seat, url)
        self._where(seat)
        assert message, name
        return await self._settled(before, who.press(message, name, forged=data))

    async def _follow(self, seat: Seat, url: str) -> list[Shown]:
        """Open our private chat; of who never spoke in the room Telegram says nothing, as on the stage."""
        before, who, weather = len(self.witness.shown), self._person(seat), self.server.weather
        if seat.room and who.user.id not in self._room(seat).members:
            weather.expect(Fault.REFUSED, "getChatMember", words="member list is inaccessible")
        who.follow(url)
        shown = await self._settled(before)
        weather.calm()
        return shown

    async def happen(self, seat: Seat, kind: str, text: str = "") -> list[Shown]:
        before, who = len(self.witness.shown), self._person(seat)
        where = self._where(seat, title=text if kind in {"added", "muted"} else "")
        match kind:
            case "photo":
                who.photo(where, photo=PHOTO, **({"caption": text} if text else {}))
            case "forwarded":
                who.hand_on(text)
            case "edited":
                who.edit(self._words[self.chat(seat)], text)
            case "hidden":
                who.say(text, where, anonymous=True)
            case "added" | "muted":
                who.add_bot(where, "member" if kind == "added" else "restricted")
            case _:
                raise AssertionError(kind)
        return await self._settled(before)

    async def again(self) -> list[Shown]:
        assert self.last
        before = len(self.witness.shown)
        self.server.updates.add_raw(self.last.body, self.last.lane)
        return await self._settled(before)

    async def turn_clock(self, by: timedelta) -> list[Shown]:
        before = len(self.witness.shown)
        await self.house.tick(by)
        return self.witness.since(before)

    async def wait(self, by: timedelta) -> list[Shown]:
        before = len(self.witness.shown)
        self.house.clock.turn(by)
        await self.house.bot.deliverer.tick()
        return self.witness.since(before)

    async def restart(self, *, crash: bool = False) -> list[Shown]:
        before = len(self.witness.shown)
        await (self.house.kill() if crash else self.house.close())
        await self.house.open()
        await self.house.bot.deliverer.tick()
        return self.witness.since(before)

    async def _settled(self, before: int, press: Press | None = None) -> list[Shown]:
        """Once nothing is at work any more and what was owed is delivered."""
        updates = self.server.updates
        self.last = updates.queue[-1] if updates.queue else self.last
        await self.server.until(lambda: not updates.queue and not self.house.busy)
        await self.server.until(lambda: press is None or press.answer is not None)
        await self.house.bot.deliverer.tick()
        return self.witness.since(before)

    def _person(self, seat: Seat) -> Person:
        """Everybody has begun the bot's chat once: it may write to them, as the console may."""
        if seat.user not in self.people:
            number, language = FIRST_PERSON + len(self.people), self.languages.get(seat.user, "en")
            self.people[seat.user] = self.server.user(number, language, seat.user.capitalize())
            self.people[seat.user].user.started = True
        return self.people[seat.user]

    def _where(self, seat: Seat, title: str = "") -> Chat:
        """The chat they sit in; in a room they have the standing that the transcript says."""
        who = self._person(seat)
        if not seat.room:
            return who.chat
        room = self._room(seat, title)
        room.members[who.user.id] = "administrator" if seat.administrator else "member"
        return room

    def _room(self, seat: Seat, title: str = "") -> Chat:
        """A room; the bot is in it from the beginning, unless it is only let in now (``title``)."""
        if seat.room not in self.rooms:
            number, standing = FIRST_ROOM - len(self.rooms), "left" if title else "member"
            self.rooms[seat.room] = self.server.group(
                number, title or seat.room, bot=standing, members=dict[int, str]()
            )
        return self.rooms[seat.room]

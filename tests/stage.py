"""A stage on which a talk is played.

The real bot from the composition root, on a real store, with a clock we turn by hand.
"""

from __future__ import annotations

import hashlib
import sqlite3
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.app import Bot, Content, Edges, Team, build, load_content
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Came, FileRef, Incoming, Key, Outgoing
from bot.features.guards import needs_administrator
from bot.platforms.console.client import ConsoleMessenger
from bot.platforms.console.reading import start_line
from bot.ports import Clock, Ids, Messenger, Receipt, Store, Tx
from bot.storage.direct import open_direct

DATA = Path(__file__).parents[1] / "data"
START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
"""A Tuesday, 17:00 in Kuala Lumpur: nothing is scheduled for that hour."""
DESK = ChatRef("console", "desk")


@dataclass
class HandClock:
    """A clock that stands still until it is turned."""

    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def turn(self, by: timedelta) -> None:
        self.time += by


@dataclass
class CountedIds:
    """Ids in a fixed order, so that two runs are the same."""

    seed: str = ""
    count: int = 0

    def new(self) -> str:
        self.count += 1
        digest = hashlib.sha256(f"{self.seed}/{self.count}".encode()).digest()
        return b32encode(digest[:10]).decode().lower()


@dataclass
class Shown:
    """One message in a chat, as a person sees it; ``awaited`` by somebody who had just written or pressed."""

    chat: ChatRef
    outgoing: Outgoing
    awaited: bool = False

    @property
    def phrases(self) -> tuple[str, ...]:
        return self.outgoing.phrases

    def key(self, name: str, nth: int = 1) -> Key:
        """The nth button with this phrase key, or with this text in «…»; «» is any text."""
        keys = [key for row in self.outgoing.keys for key in row]
        found = [key for label, key in zip(self.labels, keys, strict=True) if is_called(label, name)]
        if len(found) < nth:
            raise AssertionError(f"no button {name!r} ({nth}) among {self.labels}")
        return found[nth - 1]

    def has(self, name: str) -> bool:
        """Whether there is such a button."""
        return any(is_called(label, name) for label in self.labels)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the buttons."""
        return self.phrases[self.phrases.index("|") + 1 :] if "|" in self.phrases else ()


def is_called(label: str, name: str) -> bool:
    """Whether a button is the one named; «» is one labelled with the name of a thing, whatever it is."""
    return label == name or (name == "«»" and label.startswith("«"))


def newest(shown: Sequence[Shown], chat: ChatRef, name: str, back: int = 0) -> Shown:
    """The last card of a chat with such a button, or the ``back``-th before it; else AssertionError."""
    cards = [each for each in shown if each.chat == chat and each.has(name)]
    if len(cards) <= back:
        raise AssertionError(f"no card with {name!r} in {chat}")
    return cards[-1 - back]


class Recorder:
    """A messenger that lets the real one send and remembers what was sent where."""

    def __init__(self, real: Messenger) -> None:
        self.real = real
        self.shown: list[Shown] = []

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        self.shown.append(Shown(incoming.chat, outgoing, awaited=True))
        return await self.real.answer(incoming, outgoing)

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        self.shown.append(Shown(chat, outgoing))
        return await self.real.send(chat, outgoing, replaces=replaces, nonce=nonce)

    def private_chat(self, account: AccountRef) -> ChatRef:
        return self.real.private_chat(account)


@dataclass
class Seat:
    """Who speaks, and where: in private when ``room`` is empty."""

    user: str
    room: str = ""
    administrator: bool = False
    locale: str = "en"


@dataclass
class Stage:
    """The bot, its edges, and what everybody has on their screen."""

    content: Content
    store: Store
    messenger: Recorder
    clock: HandClock
    ids: CountedIds
    team: Team
    bot: Bot = field(init=False)
    languages: dict[str, str] = field(default_factory=dict)
    language: str = ""
    """What everybody and every room speaks, in place of what their devices tell."""
    last: Incoming | None = None
    runs: dict[tuple[AccountRef, ChatRef], bool] = field(default_factory=dict)
    """Who ran which room when they were last heard there: what its platform says when it is asked."""
    heard: set[str] = field(default_factory=set)
    """Everybody who ever did something."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What people sent; a file that is taken away cannot be fetched any more."""
    fetched: list[str] = field(default_factory=list)
    """The names of the files that the bot fetched."""
    events: int = 0

    def __post_init__(self) -> None:
        self.build()

    def build(self) -> None:
        """Build the bot anew over the same store, as a start does."""
        clock: Clock = self.clock
        ids: Ids = self.ids
        edges = Edges(
            self.store,
            clock,
            ids,
            {"console": self.messenger},
            fetch={"console": self._fetch},
            links={"console": start_line},
        )
        self.bot = build(self.content, edges, self.team)

    async def _fetch(self, file: FileRef) -> bytes | None:
        self.fetched.append(file.name)
        return self.files.get(file.id)

    def appoint(self, *names: str) -> None:
        """These people are the owners from the beginning."""
        self.team = replace(self.team, owners=frozenset(AccountRef("console", name) for name in names))
        self.build()

    async def open(self) -> None:
        """The process starts."""
        await self.bot.start()

    async def close(self) -> None:
        """The process ends as it is stopped."""
        await self.bot.turns.flush()

    async def wait(self, by: timedelta) -> list[Shown]:
        """Time passes, and what was held back goes out."""
        before = len(self.messenger.shown)
        self.clock.turn(by)
        await self.bot.deliverer.tick()
        return self.messenger.shown[before:]

    def called(self, chat: ChatRef) -> str:
        """A chat as transcripts call it."""
        return chat.id

    def names(self) -> dict[str, str]:
        """What is called otherwise in records than by its id: a private chat by its person's name."""
        return {f"@{name}": name for name in self.heard}

    def chat(self, seat: Seat) -> ChatRef:
        if seat.room:
            return ChatRef("console", seat.room)
        return self.messenger.private_chat(AccountRef("console", seat.user))

    async def say(self, seat: Seat, text: str) -> list[Shown]:
        """Somebody types: a command or words."""
        if text.startswith("/"):
            name, _, args = text[1:].partition(" ")
            return await self.take(self.incoming(seat, Came.COMMAND, name=name, args=args))
        return await self.take(self.incoming(seat, Came.WORDS, text=text))

    async def send(self, seat: Seat, name: str, content: bytes, words: str = "") -> list[Shown]:
        """Somebody sends a file with words, or a command, beside it."""
        number = f"file{len(self.files)}"
        self.files[number] = content
        command, _, args = words.removeprefix("/").partition(" ")
        incoming = (
            self.incoming(seat, Came.COMMAND, name=command, args=args)
            if words.startswith("/")
            else self.incoming(seat, Came.FILE, text=words)
        )
        return await self.take(replace(incoming, file=FileRef(number, name, len(content))))

    async def press(self, seat: Seat, name: str, nth: int = 1, back: int = 0) -> list[Shown]:
        """Somebody presses the nth such button of the last card in their chat that has it.

        ``back`` takes an older card.
        """
        key = self.card(seat, name, back).key(name, nth)
        if key.start:
            private = replace(seat, room="", administrator=False)
            return await self.take(self.incoming(private, Came.COMMAND, name="start", args=key.start))
        return await self.take(self.incoming(seat, Came.PRESS, data=key.data))

    def card(self, seat: Seat, name: str, back: int = 0) -> Shown:
        """The last card in their chat with a button of this name, or the ``back``-th before it."""
        return newest(self.messenger.shown, self.chat(seat), name, back)

    async def happen(self, seat: Seat, kind: str, text: str = "") -> list[Shown]:
        """Something that is no words; the text is a room's name, or the command of a hidden person."""
        if kind == "hidden":
            command = self.incoming(seat, Came.COMMAND, name=text.removeprefix("/"))
            return await self.take(replace(command, person=None))
        if kind == "forwarded":
            return await self.take(replace(self.incoming(seat, Came.WORDS, text=text), forwarded=True))
        kinds = {"photo": Came.OTHER, "edited": Came.EDITED, "added": Came.ADDED, "muted": Came.MUTED}
        said = {"title" if kind in {"added", "muted"} else "text": text}
        return await self.take(self.incoming(seat, kinds[kind], **said))

    def incoming(self, seat: Seat, came: Came, **what: str) -> Incoming:
        self.events += 1
        return Incoming(
            event=f"{self.ids.seed}e{self.events}",
            came=came,
            chat=self.chat(seat),
            person=AccountRef("console", seat.user),
            private=not seat.room,
            administrator=seat.administrator if seat.room else None,
            locale=self.language or seat.locale,
            called=seat.user.capitalize(),
            fields={},
            room=None,
            broadcast=False,
            file=None,
            content=None,
            forwarded=False,
            around=None,
            **what,
        )

    async def take(self, incoming: Incoming) -> list[Shown]:
        """The bot takes an event; returns what was sent because of it."""
        self.last = incoming
        self.heard |= {incoming.person.id} if incoming.person else set()
        before = len(self.messenger.shown)
        if self.language:
            await self._speak(DESK, *([] if incoming.private else [incoming.chat]))
        await self.bot.turns.take(await self._known(incoming))
        await self.bot.deliverer.tick()
        return [self._awaited(incoming, shown) for shown in self.messenger.shown[before:]]

    async def _known(self, incoming: Incoming) -> Incoming:
        """The event with what a platform's intake finds out about its person."""
        if incoming.person is None:
            return incoming
        if incoming.administrator is not None:
            self.runs[incoming.person, incoming.chat] = incoming.administrator
        room = await needs_administrator(self.store, incoming)
        if room is None:
            return incoming
        return replace(incoming, room=room, administrator=self.runs.get((incoming.person, room)))

    def _awaited(self, incoming: Incoming, shown: Shown) -> Shown:
        """Whoever let us into a room waits for what we say about it."""
        theirs = incoming.person and self.messenger.private_chat(incoming.person) == shown.chat
        shown.awaited = shown.awaited or bool(theirs and incoming.came in {Came.ADDED, Came.MUTED})
        return shown

    async def _speak(self, *rooms: ChatRef) -> None:
        """Rooms that chose no language yet speak what everybody does."""

        def choose(tx: Tx) -> None:
            for room in rooms:
                if not tx.chats.language(room):
                    tx.chats.choose_language(room, self.language)

        await self.store.transaction(choose)

    async def again(self) -> list[Shown]:
        """The last event is delivered a second time."""
        assert self.last is not None
        return await self.take(self.last)

    async def turn_clock(self, by: timedelta) -> list[Shown]:
        """Time passes: everything the scheduler would ring is rung."""
        before = len(self.messenger.shown)
        self.clock.turn(by)
        await self.bot.tick()
        return self.messenger.shown[before:]

    async def restart(self, *, crash: bool = False) -> list[Shown]:
        """The process ends and starts again on the same store.

        In a crash it could not note what it had answered.
        """
        before = len(self.messenger.shown)
        if not crash:
            await self.bot.turns.flush()
        self.build()
        await self.bot.start()
        await self.bot.deliverer.tick()
        return self.messenger.shown[before:]


KEY = bytes(range(32))


def open_stage(
    content: Content,
    folder: Path | None = None,
    languages: dict[str, str] | None = None,
    language: str = "",
) -> Stage:
    """A stage on a new database: a file in ``folder``, or in memory.

    ``languages`` are those of people by name, ``language`` is everybody's in place of them.
    """
    memory = sqlite3.connect(":memory:", isolation_level=None)
    store = open_direct(folder / "bot.db" if folder else memory, KEY)
    return stage_on(store, content, languages, language)


def stage_on(
    store: Store, content: Content, languages: dict[str, str] | None = None, language: str = ""
) -> Stage:
    """A stage on a store that is open."""
    clock, ids = HandClock(), CountedIds()
    messenger = Recorder(ConsoleMessenger(store, clock, ids))
    return Stage(content, store, messenger, clock, ids, Team(moderators=(DESK,)), languages or {}, language)


@cache
def shipped(*more: Path) -> Content:
    """The shipped content, with further folders laid over it."""
    content, faults = load_content([DATA, *more])
    assert not faults, faults
    return content


def without_names(content: Content) -> Content:
    """The same content without the published names that come with it."""
    return replace(content, names={})


def named(content: Content, slug: str, numbers: Sequence[int]) -> Content:
    """The same content with only these of the published names."""
    chosen = tuple(name for name in content.names[slug] if name.number in numbers)
    return replace(content, names={slug: chosen})

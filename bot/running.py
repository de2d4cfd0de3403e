"""Running the bot: opens the state folder, builds the bot, talks, and stops everything in order."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import click

from bot import host, log
from bot.app import Bot, Content, Edges, Team, build, load_content
from bot.campaign.refs import AccountRef, ChatRef
from bot.content.catalog import Fault
from bot.dialog.messages import Phrase
from bot.features.registry import COMMANDS
from bot.platforms.console.client import ConsoleMessenger, open_screen
from bot.platforms.console.console import Console
from bot.platforms.console.reading import Seat, check_name, start_line
from bot.platforms.console.window import Window
from bot.ports import Store, StoreBusy, StoreFull
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.storage.opening import open_store
from bot.storage.sqlite import LINKED, is_old
from bot.storage.trouble import StoreUnusable

GOOD, FAULT, WRONG_USE = 0, 1, 2
TROUBLE = (StoreUnusable, StoreFull, StoreBusy, host.KeyDamaged, OSError)
"""What the machine can have against a command; each has a line that says what to do."""
DESK = ChatRef("console", "desk")
"""The moderators' chat where the settings name nobody: the console can sit in it (--moderator)."""


Work = Callable[[Content, Team, Store], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody sits at the console."""

    user: str = "guest"
    chat: str = ""
    member: bool = False
    moderator: bool = False
    locale: str = "en"


def complain(*sentences: str) -> None:
    """Say what is wrong, on standard error."""
    for sentence in sentences:
        click.echo(sentence, err=True)


def told(faults: Iterable[Fault]) -> list[str]:
    """The faults of data as sentences, with file and line."""
    return [f"{f.file}:{f.line}: {f.sentence}" if f.line else f"{f.file}: {f.sentence}" for f in faults]


async def talk(settings: Settings, place: Place) -> int:
    """Run the bot with a console in this terminal, or on these pipes."""

    async def converse(content: Content, team: Team, store: Store) -> None:
        await _converse(content, team, store, settings, place)

    return await run_in(
        settings, [*strangers(settings, {"console"}), *_wrong_place(settings, place)], converse
    )


async def run_in(settings: Settings, wrong: Sequence[str], work: Work) -> int:
    """Do the work in the state folder, alone; returns the exit code. ``wrong`` is wrong in the settings."""
    content, faults = load_content(settings.data)
    if faults or wrong:
        complain(*told(faults), *wrong)
        return WRONG_USE if wrong else FAULT
    try:
        host.make_folder(settings.state)
        with host.lock(settings.state):
            if settings.database_url.startswith("sqlite") and is_old(LINKED):
                log.event(log.Event.SQLITE_OLD, version=".".join(map(str, LINKED)))
            async with open_state(settings) as store:
                gc.freeze()  # what was just read stays for good: the collector need not look at it again
                await work(content, team_of(settings), store)
    except host.FolderInUse:
        complain(
            f"Another bot already works in {settings.state}: stop it, or set BOT_STATE to another folder."
        )
        return FAULT
    except TROUBLE as error:
        return unusable(error)
    return GOOD


def strangers(settings: Settings, platforms: Collection[str]) -> list[str]:
    """Owners and moderators' chats on platforms that the bot is not on, as a sentence."""
    refs: list[AccountRef | ChatRef] = [*settings.owners, *settings.moderators_chat]
    absent = sorted({ref.platform for ref in refs} - set(platforms))
    return [
        f"BOT_OWNERS, BOT_MODERATORS_CHAT: the bot is not on {name!r}: give it a token there."
        for name in absent
    ]


def unusable(error: Exception) -> int:
    """Say what the machine has against the command; returns the exit code."""
    words = {
        StoreFull: "The disk is full: make room and try again.",
        StoreBusy: "The database is busy: try again in a moment.",
    }
    complain(words.get(type(error)) or str(error))
    return FAULT


def team_of(settings: Settings) -> Team:
    """The owners and the moderators' chats; with neither, the console's desk."""
    chats = settings.moderators_chat or (() if settings.owners else (DESK,))
    return Team(frozenset(settings.owners), tuple(chats))


def _wrong_place(settings: Settings, place: Place) -> list[str]:
    """What is wrong with where somebody wants to sit."""
    names = {"--user": place.user, **({"--chat": place.chat} if place.chat else {})}
    wrong = [
        f"{option}: write a short name without / : # or blanks."
        for option, name in names.items()
        if check_name(name) != name
    ]
    if place.moderator and not _desk(settings):
        wrong.append(
            "--moderator: BOT_MODERATORS_CHAT names no chat of the console, for example console:desk."
        )
    if place.moderator and place.chat:
        wrong.append("--moderator and --chat: choose one of the two.")
    return wrong


def _desk(settings: Settings) -> ChatRef | None:
    return next((chat for chat in team_of(settings).moderators if chat.platform == "console"), None)


@asynccontextmanager
async def open_state(settings: Settings) -> AsyncIterator[Store]:
    """The store of the settings, opened and closed."""
    host.make_folder(settings.state)
    key = settings.key.get_secret_value() if settings.key else host.read_key(settings.state)
    store = await open_store(settings.database_url, key)
    try:
        yield store
    finally:
        await store.close()


async def _converse(content: Content, team: Team, store: Store, settings: Settings, place: Place) -> None:
    """Build the bot, start it, talk, stop it, in this order."""
    clock, ids = host.SystemClock(), host.RandomIds()
    messenger = ConsoleMessenger(store, clock, ids)
    mirror = host.FolderMirror(settings.state / "content")
    edges = Edges(store, clock, ids, {"console": messenger}, links={"console": start_line}, mirror=mirror)
    bot = build(content, edges, team)
    seat = _seat(settings, place)

    def say(phrase: Phrase) -> str:
        return content.phrases.text(content.phrases.nearest(seat.locale), phrase, clock.now(), "UTC")

    screen = open_screen(sys.stdin, sys.stdout, host.environment(), COMMANDS)
    window = Window(seat, screen, store, say, settings.state / "console" / "files")
    console = Console(window, messenger, ids, bot.turns.take, bot.tick)
    await bot.start()
    log.event(log.Event.STARTED)
    await _until_stopped(bot, console)
    log.event(log.Event.STOPPED)


async def _until_stopped(bot: Bot, console: Console) -> None:
    """Ring and talk until the talk ends or the machine asks to stop.

    What was answered is noted before the end.
    """
    talking = asyncio.ensure_future(console.run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, talking.cancel)
    async with ringing(bot):
        with suppress(asyncio.CancelledError):
            await talking


@asynccontextmanager
async def ringing(bot: Bot) -> AsyncIterator[None]:
    """The scheduler rings meanwhile; at the end no further send is begun and what was answered is noted."""
    scheduler = Scheduler(bot.ticks())
    scheduler.start()
    try:
        yield
    finally:
        bot.deliverer.stop()
        await scheduler.stop()
        await bot.turns.flush()


def _seat(settings: Settings, place: Place) -> Seat:
    room = _desk(settings) if place.moderator else ChatRef("console", place.chat) if place.chat else None
    runs = bool(place.chat) and not place.member
    return Seat(place.user, room, administrator=runs, called=place.user.capitalize(), locale=place.locale)

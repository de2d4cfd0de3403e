"""What the command line does: each command takes the settings and returns its exit code."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from bot import host, log
from bot.app import Bot, Content, Edges, Team, build, load_content
from bot.campaign.refs import AccountRef, ChatRef
from bot.content.catalog import Fault
from bot.content.importing.folder import write
from bot.content.importing.greetings import import_greetings
from bot.content.importing.names import read_names
from bot.content.importing.reading import read
from bot.content.importing.statement import import_statement
from bot.content.lint import faults as phrase_faults
from bot.dialog.drawing import draw as drawing
from bot.dialog.messages import Phrase
from bot.features.registry import COMMANDS, FEATURES
from bot.platforms.console.client import ConsoleMessenger, open_screen
from bot.platforms.console.console import Console
from bot.platforms.console.reading import Seat, check_name
from bot.platforms.console.window import Window
from bot.ports import Store, StoreBusy, StoreFull
from bot.publication.files import Format
from bot.publication.files import export as file_of
from bot.publication.signatory_list import listing
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.storage.opening import open_store
from bot.storage.trouble import StoreUnusable

GOOD, FAULT, WRONG_USE = 0, 1, 2
DESK = ChatRef("console", "desk")
"""The moderators' chat where the settings name nobody: the console can sit in it (--moderator)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody sits at the console."""

    user: str = "guest"
    chat: str = ""
    member: bool = False
    moderator: bool = False
    locale: str = "en"


def _complain(*sentences: str) -> None:
    for sentence in sentences:
        click.echo(sentence, err=True)


def _told(faults: Iterable[Fault]) -> list[str]:
    return [f"{f.file}:{f.line}: {f.sentence}" if f.line else f"{f.file}: {f.sentence}" for f in faults]


def check(settings: Settings) -> int:
    """Check data and phrases; every fault at once."""
    _content, faults = load_content(settings.data)
    found = dict.fromkeys(_told((*faults, *phrase_faults(settings.data))))
    _complain(*found)
    click.echo(f"{len(found)} to put right" if found else "All good.")
    return FAULT if found else GOOD


async def talk(settings: Settings, place: Place) -> int:
    """Run the bot with a console in this terminal, or on these pipes."""
    content, faults = load_content(settings.data)
    team, wrong = _team(settings), _wrong_place(settings, place)
    if faults or wrong:
        _complain(*_told(faults), *wrong)
        return WRONG_USE if wrong else FAULT
    try:
        host.make_folder(settings.state)
        with host.lock(settings.state):
            async with _store(settings) as store:
                await _converse(content, team, store, settings, place)
    except host.FolderInUse:
        _complain(
            f"Another bot already works in {settings.state}: stop it, or set BOT_STATE to another folder."
        )
        return FAULT
    except (StoreUnusable, StoreFull, StoreBusy, OSError, ValueError) as error:
        return _unusable(error)
    return GOOD


def _unusable(error: Exception) -> int:
    words = {
        StoreFull: "The disk is full: make room and try again.",
        StoreBusy: "The database is busy: try again in a moment.",
    }
    _complain(words.get(type(error)) or str(error))
    return FAULT


def _team(settings: Settings) -> Team:
    """The owners and the moderators' chats; with neither, the console's desk."""
    chats = settings.moderators_chat or (() if settings.owners else (DESK,))
    return Team(frozenset(settings.owners), tuple(chats))


def _wrong_place(settings: Settings, place: Place) -> list[str]:
    """What is wrong with where somebody wants to sit, or with who runs the bot."""
    refs: list[AccountRef | ChatRef] = [*settings.owners, *settings.moderators_chat]
    absent = sorted({ref.platform for ref in refs} - {"console"})
    wrong = [f"BOT_OWNERS, BOT_MODERATORS_CHAT: there is no platform {name!r} here." for name in absent]
    names = {"--user": place.user, **({"--chat": place.chat} if place.chat else {})}
    wrong += [
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
    return next((chat for chat in _team(settings).moderators if chat.platform == "console"), None)


@asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[Store]:
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
    bot = build(content, Edges(store, clock, ids, {"console": messenger}), team)
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
    scheduler = Scheduler(bot.ticks())
    scheduler.start()
    try:
        await asyncio.gather(talking, return_exceptions=False)
    except asyncio.CancelledError:
        bot.deliverer.stop()
    finally:
        await scheduler.stop()
        await bot.turns.flush()


def _seat(settings: Settings, place: Place) -> Seat:
    room = _desk(settings) if place.moderator else ChatRef("console", place.chat) if place.chat else None
    runs = bool(place.chat) and not place.member
    return Seat(place.user, room, administrator=runs, called=place.user.capitalize(), locale=place.locale)


def import_page(settings: Settings, file: Path, kind: str, into: Path, slug: str, *, replace: bool) -> int:
    """Turn a saved page into content."""
    content, faults = load_content(settings.data)
    if faults:
        _complain(*_told(faults))
        return FAULT
    page, catalog = read(file.read_bytes(), file.name), content.catalog
    today = host.SystemClock().now().date()
    made = (
        import_greetings(page, catalog, slug)
        if kind == "greetings"
        else import_statement(page, catalog, today, slug)
    )
    there = write(made, into, replace=replace)
    if there:
        _complain(
            "Nothing was written. These files are there already; use --replace to write over them:", *there
        )
        return FAULT
    for name, count in made.numbers.items():
        click.echo(f"{name}: {count}")
    click.echo(
        f"{len(made.doubts)} doubts and {len(made.set_aside)} parts set aside: see {into / 'report.md'}"
    )
    return GOOD


async def import_names(settings: Settings, file: Path, campaign: str) -> int:
    """Put published names from a CSV on a campaign's list."""
    content, faults = load_content(settings.data)
    names, wrong = read_names(content_of(file), str(file))
    if faults or wrong:
        _complain(*_told((*faults, *wrong)))
        return FAULT
    if campaign not in content.catalog.campaigns:
        return _no_campaign(content)
    try:
        async with _store(settings) as store:
            joined = await _bot(content, store, settings).import_names(campaign, names)
    except (StoreUnusable, StoreFull, StoreBusy, OSError, ValueError) as error:
        return _unusable(error)
    click.echo(f"{joined.new} new, {joined.known} there already")
    return GOOD


def _bot(content: Content, store: Store, settings: Settings) -> Bot:
    """The bot for a short command beside a running one: it speaks on no platform."""
    return build(content, Edges(store, host.SystemClock(), host.RandomIds(), {}), _team(settings))


def content_of(file: Path) -> bytes:
    """The bytes of a file that was named on the command line."""
    return file.read_bytes()


def _no_campaign(content: Content) -> int:
    _complain(
        f"--campaign: there is {', '.join(sorted(content.catalog.campaigns)) or 'no campaign in the data'}."
    )
    return WRONG_USE


async def export_names(settings: Settings, campaign: str, form: str, language: str, *, heading: bool) -> int:
    """Print the published list of a campaign."""
    content, faults = load_content(settings.data)
    if faults:
        _complain(*_told(faults))
        return FAULT
    if campaign not in content.catalog.campaigns:
        return _no_campaign(content)
    try:
        async with _store(settings) as store:
            await _bot(content, store, settings).bring_names()
            found = await store.read(lambda tx: listing(tx, campaign))
    except (StoreUnusable, StoreFull, StoreBusy, OSError, ValueError) as error:
        return _unusable(error)
    now, nearest = host.SystemClock().now(), content.phrases.nearest(language)
    statement = content.catalog.statements[content.catalog.campaigns[campaign].statement]
    worded = heading or form == Format.MARKDOWN
    say = (lambda phrase: content.phrases.text(nearest, phrase, now, "UTC")) if worded else None
    sys.stdout.buffer.write(file_of(found, statement.version, Format(form), now, say))
    sys.stdout.buffer.flush()
    return GOOD


def draw(name: str) -> int:
    """Draw a dialog, or list them."""
    dialogs = {talk.dialog.name: talk.dialog for feature in FEATURES for talk in feature.talks}
    if name in dialogs:
        click.echo(drawing(dialogs[name]))
        return GOOD
    click.echo("\n".join(dialogs), err=bool(name))
    return WRONG_USE if name else GOOD

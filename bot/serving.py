"""The bot on the platforms that have a token: it serves until the machine asks it to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from bot import host, log
from bot.app import Content, Edges, Team, build
from bot.platforms.console.client import ConsoleMessenger
from bot.ports import Messenger, Store, StoreBusy, StoreFull
from bot.running import ringing, run_in, strangers
from bot.settings import Settings
from bot.stations import Ear, Station, stations
from bot.web.server import Route, WebServer

PROFILE_AGAIN = 60.0
"""Seconds until what could not be set is tried again."""


async def serve(settings: Settings) -> int:
    """Run the bot until SIGTERM or SIGINT; returns the exit code."""
    places = stations(settings)

    async def work(content: Content, team: Team, store: Store) -> None:
        await _serve(content, team, store, settings, places)

    known = {"console", *(each.name for each in places)}
    return await run_in(settings, strangers(settings, known), work)


async def _serve(
    content: Content, team: Team, store: Store, settings: Settings, places: Sequence[Station]
) -> None:
    """Open, start, listen, and stop in the opposite order."""
    clock, ids = host.SystemClock(), host.RandomIds()
    messengers: dict[str, Messenger] = {each.name: each.messenger for each in places}
    messengers["console"] = ConsoleMessenger(store, clock, ids)
    nonces = frozenset(each.name for each in places if each.knows_nonces)
    formless = frozenset(messengers) - {each.name for each in places if each.has_forms}
    limits = {each.name: each.limit for each in places if each.limit}
    fetch = {each.name: each.fetch for each in places}
    links = {each.name: each.link for each in places}
    mirror = host.FolderMirror(settings.state / "content")
    edges = Edges(store, clock, ids, messengers, nonces, formless, fetch, links, limits, mirror)
    bot = build(content, edges, team)
    heard = [each.listen(bot) for each in places]
    ears = [ear for ear, _ in heard]
    _stop_when_asked(ears)
    try:
        await asyncio.gather(*(each.open() for each in places))
        await bot.start()
        routes = [route for _, each in heard for route in each]
        async with _listening(settings, routes), ringing(bot), _showing(places, content, store):
            await _hear(places, ears)
    finally:
        await asyncio.gather(*(each.close() for each in places))


def _stop_when_asked(ears: Sequence[Ear]) -> None:
    """SIGTERM and SIGINT stop every ear."""

    def stop() -> None:
        for ear in ears:
            ear.stop()

    for asked in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(asked, stop)


async def _hear(places: Sequence[Station], ears: Sequence[Ear]) -> None:
    """Listen everywhere until all have ended; one that fails never stops another. Raises where all failed."""
    ended = await asyncio.gather(*map(_heard, places, ears), return_exceptions=True)
    failed = [each for each in ended if isinstance(each, BaseException)]
    if len(failed) == len(ears):
        raise failed[0]


async def _heard(place: Station, ear: Ear) -> None:
    try:
        await ear.run()
    except Exception as error:
        log.event(log.Event.PLATFORM_FAILED, platform=place.name, error=error, reason=type(error).__name__)
        raise


@asynccontextmanager
async def _showing(places: Sequence[Station], content: Content, store: Store) -> AsyncIterator[None]:
    """What platforms show of the bot is set meanwhile; the bot serves without it too."""
    tasks = [asyncio.create_task(_show(each, content, store)) for each in places]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _show(place: Station, content: Content, store: Store) -> None:
    shown = False
    while not shown:
        with suppress(StoreFull, StoreBusy):
            shown = await place.show(content, store)
        if not shown:
            await asyncio.sleep(PROFILE_AGAIN)


@asynccontextmanager
async def _listening(settings: Settings, routes: Sequence[Route]) -> AsyncIterator[None]:
    """The web server listens meanwhile, where a platform calls us."""
    if not routes or settings.web_listen is None:
        yield
        return
    server = WebServer(*settings.web_listen, list(routes))
    await server.start()
    try:
        yield
    finally:
        await server.stop()

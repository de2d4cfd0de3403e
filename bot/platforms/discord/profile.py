"""The commands Discord shows: set as a whole, only where they changed, since Discord limits how often."""

from __future__ import annotations

from collections.abc import Iterable

from bot import log
from bot.platforms.discord.commands import Command, digest, write_commands
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.reading import PLATFORM
from bot.ports import Fate, Store

COMMANDS = "/applications/{application_id}/commands"


async def put_commands(messenger: DiscordMessenger, store: Store, commands: Iterable[Command]) -> bool:
    """Set the commands where they changed since they were set last; returns whether all is as it should be.

    A note in the store keeps what is there, for each application. Raises StoreFull, StoreBusy.
    """
    application = messenger.api.application
    if not application or not messenger.api.is_open:
        return False
    note, written = f"{PLATFORM}.commands.{application}", write_commands(commands)
    now = digest(written)
    if await store.read(lambda tx: tx.notes.get(note)) == now:
        return True
    receipt = await messenger.receipt("PUT", COMMANDS, written, application_id=application)
    if receipt.fate is not Fate.SENT:
        log.event(log.Event.PLATFORM_FAILED, platform=PLATFORM, reason=f"commands:{receipt.reason}")
        return False
    await store.transaction(lambda tx: tx.notes.put(note, now))
    return True

"""The console as a platform: keeps what its chats were sent and shows it where somebody looks."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from typing import Protocol, TextIO

from prompt_toolkit.input import create_input
from prompt_toolkit.output import create_output

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Incoming, Outgoing
from bot.platforms.console import reading
from bot.platforms.console.codec import to_json
from bot.platforms.console.pipe import Pipe
from bot.platforms.console.screen import Screen
from bot.platforms.console.terminal import Terminal
from bot.platforms.console.writing import NARROWEST
from bot.ports import Clock, Fate, Ids, Post, Receipt, Store, StoreBusy, StoreFull, Tx

_RETRY = 60.0


class Watcher(Protocol):
    """Somebody who looks at chats."""

    def looks_at(self, chat: ChatRef) -> bool:
        """Whether they look at this chat now."""

    async def see(self, chat: ChatRef, outgoing: Outgoing, *, kept: bool, changed: bool) -> None:
        """A message to this chat was sent or ``changed``, and the store has it where ``kept``."""


class ConsoleMessenger:
    """Sends to chats of the console by keeping each message in the store; ``watcher`` sees it at once."""

    def __init__(self, store: Store, clock: Clock, ids: Ids) -> None:
        self.watcher: Watcher | None = None
        self._store = store
        self._clock = clock
        self._ids = ids

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        """Answer an event below what was said before: what has scrolled by cannot be changed.

        An answer for the one who asked alone is shown in the room they asked in, and not kept. One that
        clears the chat has what is kept of it forgotten; the terminal's own rows are its owner's.
        """
        if not (outgoing.only and reading.is_room(incoming.chat)):
            return await self._say(incoming.chat, outgoing, self._ids.new(), clears=outgoing.clears)
        shown = await self._show(incoming.chat, outgoing, kept=False)
        return Receipt(Fate.SENT if shown else Fate.GONE)

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        """Keep the message and show it where somebody looks; the same nonce in the same chat does so once.

        A message that the store refuses counts as sent where it could be shown.
        """
        message = replaces or (_message_id(chat, nonce) if nonce else self._ids.new())
        return await self._say(chat, outgoing, message, changed=bool(replaces))

    async def _say(
        self, chat: ChatRef, outgoing: Outgoing, message: str, *, changed: bool = False, clears: bool = False
    ) -> Receipt:
        fault = await self._keep(message, chat, outgoing, clears=clears)
        shown = await self._show(chat, outgoing, kept=not fault, changed=changed)
        if fault and not shown:
            return Receipt(Fate.UNSENT, retry=_RETRY, reason=fault)
        return Receipt(Fate.SENT, message)

    async def _keep(self, message: str, chat: ChatRef, outgoing: Outgoing, *, clears: bool) -> str:
        """Keep it, alone where it clears the chat; the name of the fault where the store cannot."""
        post = Post(message, chat.id, to_json(outgoing), self._clock.now())

        def keep(tx: Tx) -> None:
            if clears:
                tx.posts.clear(chat.id)
            tx.posts.put(post)

        try:
            await self._store.transaction(keep)
        except (StoreFull, StoreBusy) as fault:
            return type(fault).__name__
        return ""

    async def _show(self, chat: ChatRef, outgoing: Outgoing, *, kept: bool, changed: bool = False) -> bool:
        """Show it where somebody looks; whether they do."""
        if not (self.watcher and self.watcher.looks_at(chat)):
            return False
        await self.watcher.see(chat, outgoing, kept=kept, changed=changed)
        return True

    def private_chat(self, account: AccountRef) -> ChatRef:
        """The private chat with a person at the console."""
        return reading.private_chat(account)


def open_screen(
    stdin: TextIO | None, stdout: TextIO | None, environ: Mapping[str, str], commands: Sequence[str]
) -> Screen:
    """A terminal with every comfort where both streams are one, else line by line; None is a closed stream.

    Colours stay off where ``NO_COLOR`` is set or the terminal is "dumb". ``commands`` are without their "/".
    """
    if stdin and stdout and stdin.isatty() and stdout.isatty():
        colours = not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        known = (*commands, reading.SEND, reading.HAND_ON)
        return Terminal(create_input(stdin), create_output(stdout), known, colours=colours)
    source = stdin.fileno() if stdin else os.open(os.devnull, os.O_RDONLY)
    sink = stdout.buffer if stdout else io.BytesIO()
    width = os.get_terminal_size(stdout.fileno()).columns if stdout and stdout.isatty() else 80
    return Pipe(source, sink, max(width, NARROWEST))


def _message_id(chat: ChatRef, nonce: str) -> str:
    return hashlib.sha256(f"{chat.id}\n{nonce}".encode()).hexdigest()[:32]

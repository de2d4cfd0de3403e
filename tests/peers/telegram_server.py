"""A strict Bot API on this machine, over real HTTP: the bot's library talks to it as to the real one.

People are played by methods (``user``, ``group``, then ``Person``); what a client would show stands in the
chats. It answers with the real server's words and refuses what the real one refuses or drops without a word.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any

from aiohttp import web

from tests.peers.telegram_chats import Chat, Message, User, member_json
from tests.peers.telegram_files import Sent, download
from tests.peers.telegram_http import drop, gone, hang, no, page, read
from tests.peers.telegram_methods import METHODS
from tests.peers.telegram_people import Person, Press
from tests.peers.telegram_refusal import Refused, refused
from tests.peers.telegram_text import Formatted
from tests.peers.telegram_updates import Updates
from tests.peers.telegram_weather import Fault, Trouble, Weather

Json = dict[str, Any]

TOKEN = "700:AAcanarytokencanarytokencanarytokenC"


class TelegramServer:
    """The Bot API of one bot. ``api`` is its base address once it is started."""

    def __init__(self, token: str = TOKEN, username: str = "solidarity_bot") -> None:
        self.token = token
        self.bot = User(int(token.partition(":")[0]), "Solidarity", username=username, is_bot=True)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files: dict[str, Sent] = {}
        self.menus: dict[tuple[str, str], dict[str, str]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.calls: list[tuple[str, Json]] = []
        self.unauthorised = 0
        self.weather = Weather()
        self.latency = 0.0
        self.api = ""
        self._happened = asyncio.Event()
        self.updates = Updates(self.changed)
        self._ids = 5_000_000
        self._mailbox = count(11)
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> TelegramServer:
        """Listen on this machine."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.*}", partial(download, self))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.api = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        """Hang up on everybody."""
        await self.updates.close()
        self.updates.end_poll("terminated")
        if self._runner:
            await self._runner.cleanup()

    # What tests look at

    def changed(self) -> None:
        """Something happened that somebody may wait for."""
        self._happened.set()

    async def until(self, true: Callable[[], object], seconds: float = 10) -> None:
        """Wait until it is true; AssertionError where it does not become so."""
        end = asyncio.get_running_loop().time() + seconds
        while not true():
            if asyncio.get_running_loop().time() > end:
                raise AssertionError("it did not happen")
            self._happened.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._happened.wait(), 0.05)

    def called(self, method: str) -> list[Json]:
        """The parameters of every call of a method."""
        return [call for name, call in self.calls if name == method]

    # Who is there

    def user(self, number: int, language: str = "en", name: str = "Mira") -> Person:
        """Somebody with an account."""
        user = User(number, name, language)
        chat = Chat(number, "private", name, user=user, numbers=self._mailbox)
        self.people[number] = Person(self, user, self._chat(chat))
        return self.people[number]

    def group(self, number: int, title: str = "Room", kind: str = "supergroup", **more: object) -> Chat:
        """A group, supergroup or channel (a number below 0) in which the bot is, unless ``bot`` says else."""
        assert number < 0
        return self._chat(Chat(number, kind, title, **more))  # type: ignore[arg-type]

    def _chat(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        return chat

    def chat(self, number: object) -> Chat:
        """The chat with this number; raises the server's refusal."""
        chat = self.chats.get(number) if isinstance(number, int) else None
        if chat is None:
            raise refused("chat not found")
        return chat

    def migrate(self, group: Chat, number: int) -> Chat:
        """A group becomes a supergroup under a new number; both say so."""
        chat = self.group(number, group.title, bot=group.bot, members=dict(group.members))
        group.moved_to, group.bot = number, "left"
        for where, more in (
            (group, {"migrate_to_chat_id": number}),
            (chat, {"migrate_from_chat_id": group.id}),
        ):
            message = Message(where.new_id(), where, self.bot, Formatted(""), self.now(), extra=dict(more))
            self.updates.add("message", message.json, lane=f"chat{where.id}")
        return chat

    # What happens

    def now(self) -> int:
        """Seconds since 1970."""
        return int(time.time())

    def new_id(self) -> int:
        """A number nothing else has."""
        self._ids += 1
        return self._ids

    def deliver(self, message: Message, kind: str = "message") -> None:
        """Tell the bot of a message it may see: in groups only what is meant for it (privacy mode)."""
        chat = message.chat
        meant = message.text.startswith("/") or (message.reply_to in [m.id for m in chat.from_bot])
        if chat.user or chat.bot == "administrator" or (meant and chat.bot == "member"):
            name = "channel_post" if chat.kind == "channel" else kind
            self.updates.add(name, message.json, lane=f"chat{chat.id}")

    def tell_standing(self, chat: Chat, by: User, before: Json) -> None:
        """Tell the bot that its standing in a chat changed."""
        after = member_json(self.bot, chat.bot, chat.bot_rights)
        body = {"chat": chat.json, "from": by.json, "date": self.now()}
        body |= {"old_chat_member": before, "new_chat_member": after}
        self.updates.add("my_chat_member", body, lane="standing")

    # HTTP

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            self.unauthorised += 1
            return no(Refused(401, "Unauthorized"))
        if method not in METHODS:
            return no(Refused(404, "Not Found: method not found"))
        try:
            call = await read(request, method)
            self.calls.append((method, call))
            return await self._meet(request, method, call)
        except Refused as refusal:
            return no(refusal)
        finally:
            self.changed()

    async def _meet(self, request: web.Request, method: str, call: Json) -> web.StreamResponse:
        """The call, and whatever goes wrong on its way."""
        chat = call.get("chat_id")
        trouble = self.weather.next(method, chat) or Trouble(Fault.SLOW, seconds=0)
        if trouble.fault is Fault.HANG:
            await hang(request, trouble.seconds)
        if trouble.fault is Fault.CUT or gone(request):
            return drop(request)
        if trouble.fault in {Fault.FORBIDDEN_PAGE, Fault.BUSY_PAGE}:
            return page(403 if trouble.fault is Fault.FORBIDDEN_PAGE else 429)
        self._refuse(trouble, chat)
        result = await METHODS[method][0](self, call)
        if trouble.seconds + self.latency and trouble.fault is Fault.SLOW:
            await asyncio.sleep(trouble.seconds + self.latency)
        match trouble.fault:
            case Fault.LOST:
                return drop(request)
            case Fault.HTML:
                return page(502)
            case Fault.NONSENSE:
                return page(200)
        return web.json_response({"ok": True, "result": result})

    def _refuse(self, trouble: Trouble, chat: int | None) -> None:
        """Raise the refusal a trouble asks for."""
        match trouble.fault:
            case Fault.ERROR:
                raise Refused(500, "Internal Server Error")
            case Fault.TOO_LARGE:
                raise Refused(413, "Request Entity Too Large")
            case Fault.REFUSED:
                raise refused(trouble.words)
            case Fault.FLOOD:
                self.weather.ban(trouble.seconds, chat)
                self.weather.check_pace(chat or 0)

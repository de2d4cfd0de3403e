"""The platforms that have a token: what speaks there, what listens, what is shown of the bot there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from bot import host
from bot.app import Bot, Content
from bot.features.buttons import pack
from bot.features.guards import needs_administrator
from bot.features.suggestions import Typed, suggest
from bot.menus import ABOUT_ROOMS, profiles, slash_commands
from bot.platforms.discord.client import Api
from bot.platforms.discord.entrance import Entrance
from bot.platforms.discord.fetching import fetch as fetch_on_discord
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.limit import LIMIT as DISCORD_LIMIT
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.profile import put_commands
from bot.platforms.discord.reading import Typing, start_line
from bot.platforms.discord.rooms import Rooms
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.fetching import fetch as fetch_on_telegram
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.limit import LIMIT as TELEGRAM_LIMIT
from bot.platforms.telegram.polling import Poller
from bot.platforms.telegram.profile import put_profile
from bot.platforms.telegram.webhook import LARGEST, Webhook
from bot.ports import Fetch, Limit, Link, Messenger, Store
from bot.settings import Settings
from bot.web.server import Reply, Request, Route

ROOMS = frozenset({*ABOUT_ROOMS, "language"})
"""Commands that are about the room they are used in, where there is one."""


class Ear(Protocol):
    """What listens to a platform."""

    def stop(self) -> None:
        """Ask it to stop."""

    async def run(self) -> None:
        """Listen until it is asked to stop."""


@dataclass(frozen=True, slots=True)
class Station:
    """One platform. ``listen`` gives its ear and what our web server must accept for it.

    ``show`` sets what is shown of the bot and says whether all is as it should be; ``fetch`` reads what
    somebody sent; ``link`` writes a way into our private chat.
    """

    name: str
    messenger: Messenger
    open: Callable[[], Awaitable[None]]
    close: Callable[[], Awaitable[None]]
    listen: Callable[[Bot], tuple[Ear, tuple[Route, ...]]]
    show: Callable[[Content, Store], Awaitable[bool]]
    fetch: Fetch
    link: Link
    knows_nonces: bool = False
    """Whether it knows a repeat by its nonce."""
    has_forms: bool = False
    limit: Limit | None = None
    """How fast it lets us send; None: as fast as we can."""


def stations(settings: Settings) -> tuple[Station, ...]:
    """Every platform that has a token; nothing is opened yet."""
    made = (_telegram(settings), _discord(settings))
    return tuple(each for each in made if each)


def _telegram(settings: Settings) -> Station | None:
    if settings.telegram_token is None:
        return None
    telegram = TelegramMessenger(settings.telegram_token.get_secret_value(), settings.telegram_api)

    async def show(content: Content, store: Store) -> bool:
        return await put_profile(telegram, store, profiles(content.phrases, host.SystemClock().now()))

    listen = partial(_telegram_ear, settings, telegram)
    fetch = partial(fetch_on_telegram, telegram.api)
    ways = (telegram.try_to_open, telegram.close, listen, show, fetch, telegram.link)
    return Station("telegram", telegram, *ways, limit=TELEGRAM_LIMIT)


def _telegram_ear(settings: Settings, telegram: TelegramMessenger, bot: Bot) -> tuple[Ear, tuple[Route, ...]]:
    """The webhook with its route where the settings name an address, else the poller."""
    intake = Intake(telegram, bot.turns.take, partial(needs_administrator, bot.edges.store))
    url, secret, listen = settings.telegram_webhook_url, settings.telegram_webhook_secret, settings.web_listen
    if not (url and secret and listen):
        return Poller(telegram, intake, watch=bot), ()
    webhook = Webhook(telegram, intake, url, secret.get_secret_value(), watch=bot)
    return webhook, (Route("POST", urlsplit(url).path or "/", _accepting(webhook), LARGEST),)


def _accepting(webhook: Webhook) -> Callable[[Request], Awaitable[Reply]]:
    async def accept(request: Request) -> Reply:
        return Reply(await webhook.accept(request.headers, request.body))

    return accept


def _discord(settings: Settings) -> Station | None:
    if settings.discord_token is None:
        return None
    part = settings.discord_shards
    shards = (part.ids, part.count) if part else None
    token = settings.discord_token.get_secret_value()
    discord = DiscordMessenger(Api(token, settings.discord_api, settings.discord_gateway, shards))

    async def show(content: Content, store: Store) -> bool:
        return await put_commands(discord, store, slash_commands(content.phrases, host.SystemClock().now()))

    listen = partial(listen_on_discord, discord)
    fetch = partial(fetch_on_discord, settings.discord_api)
    ways = (discord.try_to_open, discord.close, listen, show, fetch, start_line)
    return Station("discord", discord, *ways, knows_nonces=True, has_forms=True, limit=DISCORD_LIMIT)


def listen_on_discord(discord: DiscordMessenger, bot: Bot) -> tuple[Ear, tuple[Route, ...]]:
    """The gateway; our web server need accept nothing for it."""
    asks = partial(needs_administrator, bot.edges.store)
    entrance = Entrance(discord, bot.turns.take, ROOMS, asks, partial(offered, bot))
    Rooms(discord.api, entrance.begin)
    return Gateway(discord, entrance, bot), ()


def offered(bot: Bot, typing: Typing) -> Iterable[tuple[str, str]]:
    """What is offered to somebody who types: labels, and packed routes."""
    language = bot.content.phrases.nearest(typing.locale)
    now = bot.edges.clock.now()
    typed = Typed(typing.command, typing.option, typing.text, language, now, typing.others)
    return [(each.label, pack(each.route)) for each in suggest(bot.tools.latest(), typed)]

"""What the bot asks about itself, servers and channels, and its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.peers.discord.commands import check_commands
from tests.peers.discord.posting import Call, reach
from tests.peers.discord.refusal import invalid, refused
from tests.peers.discord.things import Guild

if TYPE_CHECKING:
    from tests.peers.discord.server import DiscordServer

Json = dict[str, Any]


def gateway(server: DiscordServer, call: Call) -> Json:
    """Where the gateway is."""
    del call
    return {"url": server.ws}


def gateway_bot(server: DiscordServer, call: Call) -> Json:
    """Where the gateway is, how many shards it wants, and how many sessions of the day are left."""
    del call
    starts = server.gateway
    left = {"total": 1000, "remaining": starts.starts_left, "reset_after": int(starts.starts_anew * 1000)}
    return {"url": server.ws, "shards": server.shards, "session_start_limit": left | {"max_concurrency": 1}}


def me(server: DiscordServer, call: Call) -> Json:
    """The bot's own account."""
    del call
    return server.bot.json | {
        "bot": True,
        "mfa_enabled": True,
        "locale": "en-US",
        "verified": True,
        "flags": 0,
    }


def application(server: DiscordServer, call: Call) -> Json:
    """The bot's application."""
    del call
    return {
        "id": str(server.bot.id),
        "name": server.bot.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": {"id": "1", "username": "owner", "discriminator": "0", "avatar": None, "global_name": None},
        "team": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "integration_types_config": {"0": {}, "1": {}},
        "interactions_endpoint_url": None,
    }


def _check_application(server: DiscordServer, call: Call) -> None:
    if call.path["application"] != str(server.bot.id):
        raise refused(10002)


def commands(server: DiscordServer, call: Call) -> list[Json]:
    """The global commands."""
    _check_application(server, call)
    return list(server.commands.values())


def put_commands(server: DiscordServer, call: Call) -> list[Json]:
    """Bulk overwrite of the global commands; a name that was known keeps its id."""
    _check_application(server, call)
    check_commands(call.body)
    before, server.commands = server.commands, {}
    for each in call.body:
        number = before.get(each["name"], {}).get("id") or str(server.new_id())
        fixed = {"id": number, "application_id": str(server.bot.id), "version": str(server.new_id())}
        server.commands[each["name"]] = {"type": 1, "options": [], **each, **fixed}
    server.syncs += 1
    return list(server.commands.values())


def open_dm(server: DiscordServer, call: Call) -> Json:
    """The direct chat with a person; it opens for everybody, closed ones refuse at sending only."""
    recipient = str(call.body.get("recipient_id", ""))
    if not recipient.isdecimal():
        raise invalid("recipient_id", "NUMBER_TYPE_COERCE", f'Value "{recipient}" is not snowflake.')
    if int(recipient) == server.bot.id:
        raise refused(50033)
    person = server.people.get(int(recipient))
    if person is None:
        raise refused(10013)
    return person.dm.json


def channel(server: DiscordServer, call: Call) -> Json:
    """A channel the bot sees."""
    return reach(server, call).json


def _guild(server: DiscordServer, call: Call) -> Guild:
    """The server of a call; 10004 where the bot is not in it."""
    found = server.guilds.get(int(call.path["guild"]))
    if found is None or not found.here:
        raise refused(10004)
    return found


def guild(server: DiscordServer, call: Call) -> Json:
    """A server the bot is in, without its channels."""
    told = _guild(server, call).json
    return {name: value for name, value in told.items() if name not in {"channels", "threads", "members"}}


def roles(server: DiscordServer, call: Call) -> list[Json]:
    """The roles of a server."""
    listed: list[Json] = _guild(server, call).json["roles"]
    return listed


def channels(server: DiscordServer, call: Call) -> list[Json]:
    """The channels of a server."""
    listed: list[Json] = _guild(server, call).json["channels"]
    return listed


def member(server: DiscordServer, call: Call) -> Json:
    """A member of a server; 10013 unknown account, 10007 not in this server."""
    place, number = _guild(server, call), int(call.path["user"])
    if number == server.bot.id:
        return place.member_json(server.bot)
    person = server.people.get(number)
    if person is None:
        raise refused(10013)
    if number not in place.members:
        raise refused(10007)
    return place.member_json(person.user)

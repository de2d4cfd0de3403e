"""What follows a first response: messages by an interaction's token, which lives for fifteen minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.peers.discord.checks import check_message
from tests.peers.discord.interactions import TOKEN, USERS, Interaction, say
from tests.peers.discord.message import LOADING, Message
from tests.peers.discord.posting import Call, change
from tests.peers.discord.refusal import refused

if TYPE_CHECKING:
    from tests.peers.discord.server import DiscordServer

Json = dict[str, Any]

MOST_FOLLOW_UPS = 5
"""Of an interaction in a server that has not installed the bot (40094)."""


def find(server: DiscordServer, call: Call) -> Interaction:
    """Whose token it is. 10015 unknown or not yet answered, 50027 older than fifteen minutes."""
    asked = server.interactions.get(call.path["token"])
    if asked is None or call.path["application"] != str(server.bot.id):
        raise refused(10015)
    if server.clock() - asked.at > TOKEN:
        raise refused(50027)
    if asked.response in {None, 8}:
        raise refused(10015)
    return asked


def follow_up(server: DiscordServer, call: Call) -> Json:
    """POST a follow-up; the first after "thinking" edits that, whose secrecy stays (documented)."""
    asked = find(server, call)
    if asked.original and asked.original.flags & LOADING and asked.response == 5:
        body = {key: value for key, value in call.body.items() if key not in {"flags", "tts"}}
        check_message(call.body, "interaction", call.files)
        return _settle(server, asked.original, Call(call.path, body, call.files, call.query))
    guild = asked.channel.guild
    if guild and not guild.here and len(asked.follow_ups) >= MOST_FOLLOW_UPS:
        raise refused(40094)
    message = say(server, asked, call)
    asked.follow_ups.append(message)
    return message.json


def _settle(server: DiscordServer, message: Message, call: Call) -> Json:
    """Edit a message of an interaction; "thinking" ends with it."""
    if message.id not in message.channel.messages:
        raise refused(10008)
    thinking, message.flags = message.flags & LOADING, message.flags & ~LOADING
    try:
        change(server, message, call, USERS)
    except BaseException:
        message.flags |= thinking
        raise
    if thinking:
        message.edited = None
    return message.json


def _message(server: DiscordServer, call: Call) -> tuple[Interaction, Message]:
    """The message of a call: the original or a follow-up of this token."""
    asked, name = find(server, call), call.path["message"]
    message = asked.original if name == "@original" else None
    message = message or next((each for each in asked.messages if str(each.id) == name), None)
    if message is None or message.id not in message.channel.messages:
        raise refused(10008)
    return asked, message


def get(server: DiscordServer, call: Call) -> Json:
    """GET a message of an interaction."""
    return _message(server, call)[1].json


def edit(server: DiscordServer, call: Call) -> Json:
    """PATCH a message of an interaction, one of a single person's too."""
    return _settle(server, _message(server, call)[1], call)


def delete(server: DiscordServer, call: Call) -> None:
    """DELETE a message of an interaction."""
    message = _message(server, call)[1]
    message.flags &= ~LOADING
    del message.channel.messages[message.id]

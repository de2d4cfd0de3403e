"""Interactions: their payload, the first response within three seconds, follow-ups for fifteen minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from tests.peers.discord.checks import check_message
from tests.peers.discord.messages import Call, change, check_files, make
from tests.peers.discord.modals import check_modal
from tests.peers.discord.refusal import Problems, invalid, refused
from tests.peers.discord.things import EPHEMERAL, LOADING, Channel, Message

if TYPE_CHECKING:
    from tests.peers.discord.people import Person
    from tests.peers.discord.server import DiscordServer

Json = dict[str, Any]

FIRST, TOKEN = 3.0, 900.0
"""Seconds until the first response, and until the token dies (interactions/receiving-and-responding)."""
USERS = frozenset({"users"})
MOST_FOLLOW_UPS = 5
"""Of an interaction in a server that has not installed the bot (40094)."""


class Asked(IntEnum):
    """The types of interactions."""

    COMMAND = 2
    COMPONENT = 3
    TYPING = 4
    FORM = 5


@dataclass(eq=False)
class Interaction:
    """One interaction; ``response`` is the type of its first response, None while it waits."""

    id: int
    token: str
    kind: Asked
    person: Person
    channel: Channel
    at: float
    data: Json
    message: Message | None = None
    response: int | None = None
    original: Message | None = None
    follow_ups: list[Message] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    refusals: int = 0
    """Callbacks that came too late."""

    @property
    def waits(self) -> bool:
        """Whether the person still sees it spin."""
        loading = self.original is not None and bool(self.original.flags & LOADING)
        return self.response is None or (self.response == 5 and loading)

    def failed(self, now: float) -> bool:
        """Whether it failed in the eyes of its person: nothing in three seconds, or "thinking" for good."""
        if self.response is None:
            return now - self.at > FIRST
        return self.waits and now - self.at > TOKEN

    @property
    def messages(self) -> list[Message]:
        """What answered it, in order."""
        return [*([self.original] if self.original else []), *self.follow_ups]


def payload(server: DiscordServer, asked: Interaction) -> Json:
    """INTERACTION_CREATE as documented: with the member in a server, with the user elsewhere."""
    person, channel = asked.person, asked.channel
    guild, more = channel.guild, {}
    if guild is not None:
        rights = guild.rights_of(person.user.id, channel)
        more = {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": guild.member_json(person.user) | {"permissions": str(int(rights))},
        }
    else:
        more = {"user": person.user.json}
    if asked.message:
        more["message"] = asked.message.json
    owners = {"0": str(guild.id) if guild else "0"} if guild is None or guild.here else {}
    owners |= {"1": str(person.user.id)} if person.installed else {}
    rights_of_app = guild.rights_of(server.bot.id, channel) if guild else 0
    return more | {
        "id": str(asked.id),
        "application_id": str(server.bot.id),
        "type": int(asked.kind),
        "data": asked.data,
        "channel_id": str(channel.id),
        "channel": channel.json,
        "token": asked.token,
        "version": 1,
        "locale": person.locale,
        "app_permissions": str(int(rights_of_app)),
        "entitlements": [],
        "authorizing_integration_owners": owners,
        "context": 0 if guild else 1,
        "attachment_size_limit": 10 * 1024 * 1024,
    }


def answer(server: DiscordServer, call: Call) -> Json | None:
    """POST the first response. 10062 unknown or later than three seconds, 40060 already answered."""
    asked = server.interactions.get(call.path["token"])
    if asked is None or str(asked.id) != call.path["interaction"]:
        raise refused(10062)
    if asked.response is not None:
        raise refused(40060)
    if server.clock() - asked.at > FIRST:
        asked.refusals += 1
        raise refused(10062)
    kind, data = call.body.get("type"), call.body.get("data") or {}
    _check_kind(asked, kind)
    inner = Call(call.path, data, call.files, call.query)
    _DOINGS[kind](server, asked, inner)
    asked.response = kind
    if call.query.get("with_response") not in {"true", "1"}:
        return None
    about = {"id": str(asked.id), "type": int(asked.kind), "activity_instance_id": None}
    made = {"response_message_id": str(asked.original.id)} if asked.original else {}
    resource = {"type": kind} | ({"message": asked.original.json} if asked.original else {})
    return {"interaction": about | made, "resource": resource}


def _check_kind(asked: Interaction, kind: object) -> None:
    """Which responses an interaction may have: a form neither opens a form, nor changes what is not there."""
    may = {4, 5} if asked.kind is not Asked.TYPING else {8}
    if asked.message and asked.kind in {Asked.COMPONENT, Asked.FORM}:
        may |= {6, 7}
    if asked.kind in {Asked.COMMAND, Asked.COMPONENT}:
        may |= {9}
    if kind not in may:
        raise invalid("type", "BASE_TYPE_CHOICES", f"Value must be one of {sorted(may)}.")


def _say(server: DiscordServer, asked: Interaction, call: Call) -> Message:
    check_files(call.files)
    check_message(call.body, "interaction", call.files)
    message = make(server, asked.channel, call, USERS)
    message.only = asked.person.user if message.flags & EPHEMERAL else None
    return message


def _answer(server: DiscordServer, asked: Interaction, call: Call) -> None:
    asked.original = _say(server, asked, call)


def _think(server: DiscordServer, asked: Interaction, call: Call) -> None:
    """Show that it thinks: whether for one alone is settled here."""
    flags = call.body.get("flags") or 0
    if flags & ~EPHEMERAL or set(call.body) - {"flags"}:
        raise invalid("data.flags", "MESSAGE_FLAGS_INVALID", "Only the ephemeral flag can be set here.")
    message = make(server, asked.channel, Call(call.path, {"flags": flags | LOADING}, {}, {}), USERS)
    message.only = asked.person.user if flags & EPHEMERAL else None
    asked.original = message


def _keep(server: DiscordServer, asked: Interaction, call: Call) -> None:
    del server, call
    asked.original = asked.message


def _update(server: DiscordServer, asked: Interaction, call: Call) -> None:
    assert asked.message
    if asked.message.id not in asked.channel.messages:
        raise refused(10008)
    change(server, asked.message, call, USERS)
    asked.original = asked.message


def _offer(server: DiscordServer, asked: Interaction, call: Call) -> None:
    """Up to 25 choices; a string's value is a string of up to 100 (interactions/application-commands)."""
    del server
    problems = Problems()
    problems.known("data", call.body, "choices")
    for number, each in enumerate(problems.count("data.choices", call.body.get("choices"), 25, 0)):
        problems.known(f"data.choices.{number}", each, "name name_localizations value")
        problems.length(f"data.choices.{number}.name", each.get("name"), 100)
        problems.length(f"data.choices.{number}.value", each.get("value"), 100)
    problems.tell()
    asked.choices = call.body["choices"]


def _open(server: DiscordServer, asked: Interaction, call: Call) -> None:
    check_modal(call.body)
    asked.modal = call.body
    server.opened(asked)


_DOINGS = {4: _answer, 5: _think, 6: _keep, 7: _update, 8: _offer, 9: _open}


# Follow-ups: no other authority than the token


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
    message = _say(server, asked, call)
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

"""Interactions: their payload, and the first response within three seconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from tests.peers.discord.checks import check_message
from tests.peers.discord.message import EPHEMERAL, LOADING, Message
from tests.peers.discord.modals import check_modal
from tests.peers.discord.posting import Call, change, check_files, make
from tests.peers.discord.refusal import Problems, invalid, refused
from tests.peers.discord.things import Channel

if TYPE_CHECKING:
    from tests.peers.discord.people import Person
    from tests.peers.discord.server import DiscordServer

Json = dict[str, Any]

FIRST, TOKEN = 3.0, 900.0
"""Seconds until the first response, and until the token dies (interactions/receiving-and-responding)."""
USERS = frozenset({"users"})


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
    shared = guild.here if guild else channel.context == 1
    owners = {"0": str(guild.id) if guild else "0"} if shared else {}
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
        "context": channel.context,
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


def say(server: DiscordServer, asked: Interaction, call: Call) -> Message:
    """A new message of an interaction's, for its person alone where its flag says so."""
    check_files(call.files)
    check_message(call.body, "interaction", call.files)
    message = make(server, asked.channel, call, USERS)
    message.only = asked.person.user if message.flags & EPHEMERAL else None
    return message


def _answer(server: DiscordServer, asked: Interaction, call: Call) -> None:
    asked.original = say(server, asked, call)


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

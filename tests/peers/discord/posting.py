"""Messages by the channel endpoints: posted, read, edited, deleted, published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.peers.discord.checks import check_filled, check_message, pings_of
from tests.peers.discord.message import CROSSPOSTED, EPHEMERAL, Message
from tests.peers.discord.refusal import invalid, refused, too_many
from tests.peers.discord.things import THREADS, Channel, Kind, Right

if TYPE_CHECKING:
    from tests.peers.discord.server import DiscordServer

Json = dict[str, Any]
Files = dict[int, tuple[str, bytes]]

NONCE_WINDOW = 300.0
"""Seconds for which a nonce is known; the documentation says "the past few minutes"."""
HOUR = 3600.0
CROSSPOSTS, OLD_EDITS = 10, 5
"""An hour in one channel; unofficial numbers, the real ones are told by refusals only."""
LARGEST_FILE, MOST_FILES = 10 * 1024 * 1024, 10
EVERYBODY = frozenset({"users", "roles", "everyone"})
"""What rings from a channel message where nothing is said; from an interaction, users only."""


@dataclass
class Call:
    """One request: what stands in its path, body, files and query."""

    path: dict[str, str]
    body: Any
    files: Files
    query: dict[str, str]


def reach(server: DiscordServer, call: Call, needs: Right = Right.VIEW) -> Channel:
    """The channel of a call. Raises 10003, 50001 where the bot does not see it, 50013 where it may not."""
    channel = server.channels.get(int(call.path["channel"]))
    if channel is None:
        raise refused(10003)
    guild = channel.guild
    if channel.others:
        raise refused(50001)
    if guild is None:
        return channel
    rights = guild.rights_of(server.bot.id, channel)
    if not guild.here or not rights & Right.VIEW:
        raise refused(50001)
    if needs & ~rights:
        raise refused(50013)
    return channel


def find(call: Call, channel: Channel) -> Message:
    """The message of a call; ephemeral ones are not to be had by a channel (10008)."""
    message = channel.messages.get(int(call.path["message"]))
    if message is None or message.only is not None:
        raise refused(10008)
    return message


def check_files(files: Files) -> None:
    """Raise 40005 and 50035 where there are too many, or too large ones."""
    if len(files) > MOST_FILES:
        raise invalid("files", "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_FILES} or fewer in length.")
    if any(len(content) > LARGEST_FILE for _, content in files.values()):
        raise refused(40005)


def post(server: DiscordServer, call: Call) -> Json:
    """POST a message. 50007 where a person hears nothing from us; thread rights and states are looked at."""
    channel = reach(server, call)
    _check_place(server, channel, files=bool(call.files))
    check_files(call.files)
    check_message(call.body, "channel", call.files)
    known = _known(server, call.body)
    if known is not None:
        return known.json
    message = make(server, channel, call, EVERYBODY)
    if call.body.get("enforce_nonce") and message.nonce:
        server.nonces[message.nonce] = message
    return message.json


def _check_place(server: DiscordServer, channel: Channel, *, files: bool) -> None:
    if channel.guild is None:
        person = server.people.get(channel.recipient.id) if channel.recipient else None
        if person is None or person.closed:
            raise refused(50007)
        if not server.is_near(person):
            raise refused(50278)
        return
    if channel.kind is Kind.FORUM:
        raise refused(50008)
    needs = Right.SEND_IN_THREADS if channel.kind in THREADS else Right.SEND
    if (needs | (Right.ATTACH if files else needs)) & ~channel.guild.rights_of(server.bot.id, channel):
        raise refused(50013)
    if channel.locked:
        raise refused(160005)
    channel.archived = False  # a message opens an archived thread


def _known(server: DiscordServer, body: Json) -> Message | None:
    """The message with this nonce, of whatever channel. Raises 10008 where it was deleted."""
    message = server.nonces.get(str(body.get("nonce"))) if body.get("enforce_nonce") else None
    if message is None or server.clock() - message.at > NONCE_WINDOW:
        return None
    if message.id not in message.channel.messages:
        raise refused(10008)
    server.repeats.append(message)
    return message


def make(server: DiscordServer, channel: Channel, call: Call, default: frozenset[str]) -> Message:
    """A message of the bot's, as a checked body says."""
    body = call.body
    nonce = body.get("nonce")
    message = Message(
        server.new_id(),
        channel,
        server.bot,
        (body.get("content") or "").strip(),
        server.numbered(body.get("components") or []),
        [call.files[number] for number in sorted(call.files)],
        flags=body.get("flags") or 0,
        at=server.clock(),
        nonce=None if nonce is None else str(nonce),
        by_webhook=default is not EVERYBODY,
    )
    message.pings = pings_of(message.content, body.get("allowed_mentions"), default)
    channel.messages[message.id] = message
    server.all_messages.append(message)
    return message


def change(server: DiscordServer, message: Message, call: Call, default: frozenset[str]) -> Json:
    """Edit a message as a body says; what it does not name stays."""
    check_files(call.files)
    check_message(call.body, "edit", call.files)
    body = call.body
    kept = body.get("attachments")
    files = (
        message.files
        if kept is None
        else [f for n, f in enumerate(message.files) if _keeps(kept, message, n)]
    )
    content = message.content if body.get("content", message) is message else (body["content"] or "").strip()
    components = body.get("components", message.components)
    after = {"content": content, "components": components}
    check_filled(after, "channel", has_files=bool(files or call.files))
    message.content, message.components = content, server.numbered(components or [])
    message.files = [*files, *(call.files[number] for number in sorted(call.files))]
    if "flags" in body:
        message.flags = message.flags & (EPHEMERAL | CROSSPOSTED) | (body["flags"] or 0) & ~EPHEMERAL
    message.pings |= pings_of(content, body.get("allowed_mentions"), default)
    message.edited, message.edits = server.clock(), message.edits + 1
    return message.json


def _keeps(kept: list[Json], message: Message, number: int) -> bool:
    return any(str(each.get("id")) == str(message.id + number) for each in kept)


def edit(server: DiscordServer, call: Call) -> Json:
    """PATCH an own message; 50005 others', 50083 in an archived thread, 30046 old ones too often."""
    channel = reach(server, call)
    message = find(call, channel)
    if message.author is not server.bot:
        raise refused(50005)
    if channel.archived:
        raise refused(50083)
    now = server.clock()
    if now - message.at > HOUR:
        recent = [at for at in server.old_edits.get(channel.id, []) if now - at < HOUR]
        if len(recent) >= server.old_edits_an_hour:
            raise too_many(recent[0] + HOUR - now, "shared", 30046)
        server.old_edits[channel.id] = [*recent, now]
    return change(server, message, call, EVERYBODY)


def delete(server: DiscordServer, call: Call) -> None:
    """DELETE a message; others' need a right."""
    channel = reach(server, call)
    message = find(call, channel)
    if message.author is not server.bot and (
        channel.guild is None or not channel.guild.rights_of(server.bot.id, channel) & Right.MANAGE_MESSAGES
    ):
        raise refused(50013)
    del channel.messages[message.id]


def get(server: DiscordServer, call: Call) -> Json:
    """GET one message."""
    return find(call, reach(server, call, Right.HISTORY)).json


def history(server: DiscordServer, call: Call) -> list[Json]:
    """GET messages, the newest first; none where the bot may not read what was."""
    channel = reach(server, call)
    if channel.guild and not channel.guild.rights_of(server.bot.id, channel) & Right.HISTORY:
        return []
    limit, after = int(call.query.get("limit", 50)), int(call.query.get("after", 0))
    before = int(call.query.get("before", 1 << 63))
    if not 1 <= limit <= 100:
        raise invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    seen = [m for n, m in sorted(channel.messages.items()) if m.only is None and after < n < before]
    part = seen[:limit] if after else seen[-limit:]
    return [message.json for message in reversed(part)]


def crosspost(server: DiscordServer, call: Call) -> Json:
    """POST to those who follow an announcement channel, up to ten times an hour in one."""
    channel = reach(server, call, Right.VIEW | Right.SEND)
    message = find(call, channel)
    if channel.kind is not Kind.ANNOUNCEMENT:
        raise refused(50024)
    if message.flags & CROSSPOSTED:
        raise refused(40033)
    now = server.clock()
    recent = [at for at in server.crossposts.get(channel.id, []) if now - at < HOUR]
    if len(recent) >= CROSSPOSTS:
        raise too_many(recent[0] + HOUR - now, "shared")
    server.crossposts[channel.id] = [*recent, now]
    message.flags |= CROSSPOSTED
    return message.json

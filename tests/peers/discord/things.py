"""What Discord knows: accounts, servers, channels, roles, and who may do what where."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Any

from tests.peers.discord.message import Message, iso

Json = dict[str, Any]


class Right(IntFlag):
    """The permissions that matter here (documentation: topics/permissions)."""

    NONE = 0
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_SERVER = 1 << 5
    VIEW = 1 << 10
    SEND = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED = 1 << 14
    ATTACH = 1 << 15
    HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_COMMANDS = 1 << 31
    SEND_IN_THREADS = 1 << 38


ORDINARY = (
    Right.VIEW
    | Right.SEND
    | Right.EMBED
    | Right.ATTACH
    | Right.HISTORY
    | Right.USE_COMMANDS
    | Right.SEND_IN_THREADS
)
EVERY = Right((1 << 50) - 1)


class Kind(IntEnum):
    """The types of channels."""

    TEXT = 0
    DM = 1
    VOICE = 2
    GROUP = 3
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    THREAD = 11
    FORUM = 15


THREADS = frozenset({Kind.ANNOUNCEMENT_THREAD, Kind.THREAD})


@dataclass(eq=False)
class User:
    """An account."""

    id: int
    name: str
    shown: str = ""
    is_bot: bool = False

    @property
    def json(self) -> Json:
        """As Discord tells of it."""
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": self.shown or None,
            "discriminator": "0",
            "avatar": None,
            "bot": self.is_bot,
            "public_flags": 0,
        }


@dataclass(eq=False)
class Channel:
    """A channel, thread or direct chat; ``denied`` is what the bot may not do here."""

    id: int
    kind: Kind
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    recipient: User | None = None
    others: tuple[User, ...] = ()
    """In a group chat in which the bot is not: who is."""
    denied: Right = Right.NONE
    archived: bool = False
    locked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)

    @property
    def json(self) -> Json:
        """As Discord tells of it."""
        base: Json = {"id": str(self.id), "type": int(self.kind), "last_message_id": None, "flags": 0}
        if self.others:
            return base | {"recipients": [each.json for each in self.others], "name": None}
        if self.guild is None:
            return base | {"recipients": [self.recipient.json] if self.recipient else []}
        base |= {"guild_id": str(self.guild.id), "name": self.name, "rate_limit_per_user": 0}
        if self.kind in THREADS:
            return base | self._thread
        overwrites = [{"id": str(self.guild.bot.id), "type": 1, "allow": "0", "deny": str(int(self.denied))}]
        return base | {
            "position": 0,
            "parent_id": None,
            "topic": None,
            "nsfw": False,
            "permission_overwrites": overwrites if self.denied else [],
        }

    @property
    def _thread(self) -> Json:
        about = {"archived": self.archived, "locked": self.locked, "auto_archive_duration": 1440}
        return {
            "parent_id": str(self.parent.id if self.parent else 0),
            "owner_id": "1",
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "thread_metadata": about | {"archive_timestamp": iso(0)},
        }

    @property
    def context(self) -> int:
        """Where an interaction is: 0 in a server, 1 in the bot's direct chat, 2 between others."""
        return 0 if self.guild else 2 if self.others else 1

    @property
    def from_bot(self) -> list[Message]:
        """What the bot said where everybody sees it, in order."""
        return [m for _, m in sorted(self.messages.items()) if m.author.is_bot and m.only is None]


@dataclass(eq=False)
class Guild:
    """A server; ``members`` are permissions by account. ``here`` says whether the bot is in it."""

    id: int
    name: str
    bot: User
    locale: str = "en-US"
    rights: Right = ORDINARY
    owner: int = 1
    here: bool = True
    channels: dict[int, Channel] = field(default_factory=dict)
    members: dict[int, Right] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)

    def role(self, account: int) -> int:
        """The id of the role that gives an account its permissions."""
        return self.id + 1 + account

    def rights_of(self, account: int, channel: Channel | None = None) -> Right:
        """What an account may do, in a channel where one is given (the documented order of overwrites)."""
        if account == self.owner:
            return EVERY
        own = self.rights if account == self.bot.id else self.members.get(account, ORDINARY)
        if own & Right.ADMINISTRATOR:
            return EVERY
        place = channel.parent if channel and channel.parent else channel
        return own & ~place.denied if place and account == self.bot.id else own

    def member_json(self, user: User) -> Json:
        """A member as Discord tells of one."""
        roles = [str(self.role(user.id))]
        times = {"joined_at": iso(1_700_000_000), "premium_since": None, "communication_disabled_until": None}
        return times | {
            "user": user.json,
            "nick": None,
            "roles": roles,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }

    def role_json(self, account: int | None) -> Json:
        """The role of an account; of everybody for None."""
        rights = (
            Right.NONE
            if account is None
            else self.rights
            if account == self.bot.id
            else self.members[account]
        )
        number = self.id if account is None else self.role(account)
        plain = {
            "color": 0,
            "hoist": False,
            "position": 0,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
        colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        name = "@everyone" if account is None else f"role {account}"
        return plain | {"id": str(number), "name": name, "permissions": str(int(rights)), "colors": colours}

    @property
    def json(self) -> Json:
        """The server as GUILD_CREATE tells of it."""
        every = list(self.channels.values())
        accounts = [None, self.bot.id, *self.members]
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "owner_id": str(self.owner),
            "preferred_locale": self.locale,
            "features": [],
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "system_channel_flags": 0,
            "afk_timeout": 300,
            "member_count": len(self.members) + 1,
            "large": False,
            "unavailable": False,
            "roles": [self.role_json(account) for account in accounts],
            "emojis": [],
            "stickers": [],
            "channels": [each.json for each in every if each.kind not in THREADS],
            "threads": [each.json for each in every if each.kind in THREADS and not each.archived],
            "members": [self.member_json(self.bot)],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

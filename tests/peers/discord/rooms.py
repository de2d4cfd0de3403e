"""What happens in servers: channels come and go, rights change, the bot is let in and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.peers.discord.things import ORDINARY, THREADS, Channel, Guild, Kind, Right

if TYPE_CHECKING:
    from tests.peers.discord.people import Person
    from tests.peers.discord.server import DiscordServer


class Rooms:
    """The hands of those who run servers."""

    def __init__(self, server: DiscordServer) -> None:
        self._server = server

    def add(
        self, guild: Guild, name: str = "general", kind: Kind = Kind.TEXT, denied: Right = Right.NONE
    ) -> Channel:
        """A new channel; ``denied`` is what the bot may not do there."""
        return self._added(guild, Channel(self._server.new_id(), kind, name, guild, denied=denied))

    def thread(self, parent: Channel, name: str = "thread") -> Channel:
        """A new thread below a channel."""
        assert parent.guild
        news = parent.kind is Kind.ANNOUNCEMENT
        kind = Kind.ANNOUNCEMENT_THREAD if news else Kind.THREAD
        return self._added(parent.guild, Channel(self._server.new_id(), kind, name, parent.guild, parent))

    def _added(self, guild: Guild, channel: Channel) -> Channel:
        guild.channels[channel.id] = self._server.channels[channel.id] = channel
        self._tell(channel, "CREATE")
        return channel

    def _tell(self, channel: Channel, what: str) -> None:
        assert channel.guild
        name = f"{'THREAD' if channel.kind in THREADS else 'CHANNEL'}_{what}"
        if channel.guild.here:
            self._server.tell_guild(name, channel.guild, channel.json)

    def change(self, channel: Channel, **more: Any) -> None:  # noqa: ANN401  (any field of a channel)
        """Change a channel: what the bot is ``denied``, ``name``, ``kind``, ``archived``, ``locked``."""
        for name, value in more.items():
            assert hasattr(channel, name), name
            setattr(channel, name, value)
        self._tell(channel, "UPDATE")

    def delete(self, channel: Channel) -> None:
        """A channel is gone, with its threads and messages."""
        assert channel.guild
        below = [each for each in channel.guild.channels.values() if each.parent is channel]
        for each in (*below, channel):
            channel.guild.channels.pop(each.id, None)
            self._server.channels.pop(each.id, None)
            if each is channel or channel.kind in THREADS:
                self._tell(each, "DELETE")

    def join(self, guild: Guild, person: Person, rights: Right = ORDINARY) -> None:
        """Somebody becomes a member, or gets other rights, by a role of their own."""
        new = person.user.id not in guild.members
        guild.members[person.user.id] = rights
        role = {"guild_id": str(guild.id), "role": guild.role_json(person.user.id)}
        self._server.tell_guild(f"GUILD_ROLE_{'CREATE' if new else 'UPDATE'}", guild, role)

    def leave(self, guild: Guild, person: Person) -> None:
        """Somebody is no member any more."""
        guild.members.pop(person.user.id)

    def add_bot(self, guild: Guild) -> None:
        """The bot is let in again."""
        guild.here = True
        self._server.tell_guild("GUILD_CREATE", guild, guild.json)

    def remove_bot(self, guild: Guild) -> None:
        """The bot is taken out."""
        guild.here = False
        self._server.tell_guild("GUILD_DELETE", guild, {"id": str(guild.id)})

    def set_rights(self, guild: Guild, rights: Right) -> None:
        """The bot's rights in a whole server."""
        guild.rights = rights
        role = {"guild_id": str(guild.id), "role": guild.role_json(self._server.bot.id)}
        self._server.tell_guild("GUILD_ROLE_UPDATE", guild, role)

    def lose(self, guild: Guild) -> None:
        """An outage of Discord's: the server is not to be had for a while; ``find`` ends it."""
        self._server.tell_guild("GUILD_DELETE", guild, {"id": str(guild.id), "unavailable": True})

    def find(self, guild: Guild) -> None:
        """The outage is over."""
        self._server.tell_guild("GUILD_CREATE", guild, guild.json)

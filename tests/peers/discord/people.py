"""People played by methods: what they type, press and fill in becomes interactions; what they see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.peers.discord.commands import named
from tests.peers.discord.interactions import Asked, Interaction
from tests.peers.discord.message import Message
from tests.peers.discord.modals import fill, labels_of
from tests.peers.discord.things import Channel, Right, User

if TYPE_CHECKING:
    from tests.peers.discord.server import DiscordServer

Json = dict[str, Any]

BUTTON, SELECT = 2, 3
FILE = 11
"""The type of an option that takes a file."""


@dataclass(eq=False, repr=False)
class Person:
    """Somebody with a Discord account; ``dm`` is their direct chat with the bot.

    Where no channel is named, it is the direct chat. ``installed`` says whether they carry the bot with them.
    """

    server: DiscordServer
    user: User
    dm: Channel
    locale: str = "en-US"
    closed: bool = False
    installed: bool = True
    form: Interaction | None = None
    """The interaction that opened the form they have before them."""
    dropped: set[int] = field(default_factory=set)
    """Messages for them alone that went away when they loaded anew."""
    asked: list[Interaction] = field(default_factory=list)

    # What they see

    def sees(self, channel: Channel | None = None) -> list[Message]:
        """The messages before them in order, those for them alone too; none where they are not let in."""
        place = channel or self.dm
        return [
            message
            for _, message in sorted(place.messages.items())
            if self._is_in(place) and message.only in {None, self.user} and message.id not in self.dropped
        ]

    def last(self, channel: Channel | None = None) -> Message:
        """The last message before them."""
        seen = self.sees(channel)
        assert seen, "nothing is there"
        return seen[-1]

    @property
    def failed(self) -> list[Interaction]:
        """What failed in their eyes."""
        return [each for each in self.asked if each.failed(self.server.clock())]

    def reload(self) -> None:
        """Load the client anew: messages for them alone are gone, and so is an open form."""
        for channel in self.server.channels.values():
            self.dropped |= {m.id for m in channel.messages.values() if m.only is self.user}
        self.form = None

    # What they do

    def say(self, text: str, channel: Channel | None = None) -> Message:
        """Type a message, in the direct chat by default."""
        assert 0 < len(text) <= 2000
        where = channel or self.dm
        assert self._is_in(where), "the channel is not before them"
        message = Message(self.server.new_id(), where, self.user, text, at=self.server.clock())
        where.messages[message.id] = message
        self.server.deliver(message)
        return message

    def send(self, *sent: tuple[str, bytes], text: str = "") -> Message:
        """Send files in the direct chat, by name and content, with words beside them."""
        assert len(text) <= 2000
        assert 1 <= len(sent) <= 10
        return self._put(text, files=[*sent])

    def hand_on(self, text: str, *sent: tuple[str, bytes]) -> Message:
        """Forward what somebody wrote elsewhere."""
        return self._put("", handed_on=(text, [*sent]))

    def _put(self, text: str, **more: Any) -> Message:  # noqa: ANN401  (see Message)
        server = self.server
        message = Message(
            server.new_id(), self.dm, self.user, text, at=server.clock(), host=server.host, **more
        )
        server.keep(message.id, message.files or (message.handed_on or ("", []))[1])
        self.dm.messages[message.id] = message
        server.deliver(message)
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change an own message."""
        assert message.author is self.user
        message.content, message.edited = text, self.server.clock()
        self.server.deliver(message, "MESSAGE_UPDATE")

    def command(
        self,
        name: str,
        where: Channel | None = None,
        file: tuple[str, bytes] | None = None,
        **options: str,
    ) -> Interaction:
        """Use a command; AssertionError where a client would not offer it here, or not with these options.

        A file goes into the first option that takes one.
        """
        command = self._offered(name, where or self.dm)
        known = {each["name"]: each for each in command["options"]}
        resolved: Json = {}
        if file:
            option = next(each for each in known if known[each]["type"] == FILE)
            (told,) = self._put_away(file)
            options[option], resolved = told["id"], {"resolved": {"attachments": {told["id"]: told}}}
        assert not set(options) - set(known), f"{name} has no {sorted(set(options) - set(known))}"
        missing = [each for each in known if known[each].get("required") and each not in options]
        assert not missing, f"{name} needs {missing}"
        filled = [{"name": n, "type": known[n]["type"], "value": v} for n, v in options.items()]
        assert all(len(value) <= 6000 for value in options.values())
        return self._ask(Asked.COMMAND, where or self.dm, _called(command, filled) | resolved)

    def _put_away(self, file: tuple[str, bytes]) -> list[Json]:
        """A file as it is told of where no message holds it."""
        nowhere = Message(self.server.new_id(), self.dm, self.user, files=[file], host=self.server.host)
        self.server.keep(nowhere.id, nowhere.files)
        return nowhere.attachments

    def typing(
        self, command: str, option: str, text: str, where: Channel | None = None, **others: str
    ) -> Interaction:
        """Type into an option; ``choices`` of the interaction are what is offered then."""
        known = self._offered(command, where or self.dm)
        kinds = {each["name"]: each for each in known["options"]}
        assert kinds.get(option, {}).get("autocomplete"), f"{command} offers nothing for {option}"
        filled: list[Json] = [{"name": n, "type": kinds[n]["type"], "value": v} for n, v in others.items()]
        filled += [{"name": option, "type": kinds[option]["type"], "value": text, "focused": True}]
        return self._ask(Asked.TYPING, where or self.dm, _called(known, filled))

    def press(self, button: str, message: Message | None = None, where: Channel | None = None) -> Interaction:
        """Press a button, by its label or custom id, on a message or on the last that has it."""
        message, part = self._part(BUTTON, button, message, where)
        assert "custom_id" in part, f"{button} is a link to {part.get('url')}"
        return self._use(
            message, {"component_type": BUTTON, "custom_id": part["custom_id"], "id": part["id"]}
        )

    def choose(
        self, option: str, message: Message | None = None, where: Channel | None = None
    ) -> Interaction:
        """Choose an option of a list, by its label or value."""
        message, part = self._part(SELECT, option, message, where)
        value = next(each["value"] for each in part["options"] if option in {each["label"], each["value"]})
        data = {"component_type": SELECT, "custom_id": part["custom_id"], "id": part["id"], "values": [value]}
        return self._use(message, data)

    def forge(self, custom_id: str, message: Message, values: list[str] | None = None) -> Interaction:
        """What a bad client sends: a press of what is not there."""
        data: Json = {"component_type": SELECT if values else BUTTON, "custom_id": custom_id, "id": 1}
        return self._use(message, data | ({"values": values} if values else {}))

    def submit(self, form: Interaction | None = None, /, **fields: str) -> Interaction:
        """Send the form they have before them (or one they had, a second time), fields by custom id or label.

        What is not named is sent as it stands there. AssertionError where a client would not send it.
        """
        opened = form or self.form
        assert opened, "no form is open"
        assert opened.modal, "no form is open"
        names = {label: key for key, label in labels_of(opened.modal).items()}
        filled = {names.get(name, name): value for name, value in fields.items()}
        data = {"custom_id": opened.modal["custom_id"], "components": fill(opened.modal, filled)}
        self.form = None if opened is self.form else self.form
        return self._ask(Asked.FORM, opened.channel, data, opened.message)

    def dismiss(self) -> None:
        """Close the open form."""
        self.form = None

    def close_dms(self, *, closed: bool = True) -> None:
        """Hear nothing from the bot (50007 at sending), or hear it again."""
        self.closed = closed

    # How

    def _is_in(self, channel: Channel) -> bool:
        """Whether a channel is before them: as a member who may see it, or as one of a chat."""
        if channel.guild is None:
            return self.user in (channel.recipient, *channel.others)
        known = self.user.id in channel.guild.members
        return known and bool(channel.guild.rights_of(self.user.id, channel) & Right.VIEW)

    def _ask(self, kind: Asked, where: Channel, data: Json, message: Message | None = None) -> Interaction:
        asked = self.server.ask(self, kind, where, data, message)
        self.asked.append(asked)
        return asked

    def _use(self, message: Message, data: Json) -> Interaction:
        return self._ask(Asked.COMPONENT, message.channel, data, message)

    def _offered(self, name: str, where: Channel) -> Json:
        """A command as a client offers it: synced, for this place, this installation and these rights.

        ``name`` is the one they are shown, or the default one, which clients find too.
        """
        shown = {named(each, self.locale): each for each in self.server.commands.values()}
        command = shown.get(name) or self.server.commands.get(name)
        assert command, f"/{name} is not among {sorted(self.server.commands)}"
        guild = where.guild
        assert self._is_in(where), "the channel is not before them"
        assert where.context in (command.get("contexts") or (0, 1)), f"/{name} is not for this place"
        there = guild.here if guild else where.context == 1 and self.server.is_near(self)
        kinds = command.get("integration_types") or (0,)
        assert (there and 0 in kinds) or (self.installed and 1 in kinds), f"/{name} is not installed here"
        if guild:
            own = guild.rights_of(self.user.id, where)
            needs = Right(int(command.get("default_member_permissions") or 0))
            assert own & needs == needs, f"/{name} needs {needs}"
        return command

    def _part(
        self, kind: int, name: str, message: Message | None, where: Channel | None
    ) -> tuple[Message, Json]:
        """A button or list that is before them."""
        seen = self.sees(message.channel if message else where)
        assert message is None or message in seen, "this message is not before them"
        for each in reversed([message] if message else seen):
            for part in each.parts:
                if part["type"] == kind and _is(part, name) and not part.get("disabled"):
                    return each, part
        raise AssertionError(f"no {name!r} among {[(m.text[:60], m.buttons) for m in seen]}")


def _is(part: Json, name: str) -> bool:
    options = [text for each in part.get("options", ()) for text in (each["label"], each["value"])]
    return name in {part.get("label"), part.get("custom_id"), *options}


def _called(command: Json, filled: list[Json]) -> Json:
    return {
        "id": command["id"],
        "name": command["name"],
        "type": 1,
        **({"options": filled} if filled else {}),
    }

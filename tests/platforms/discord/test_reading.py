"""What interactions mean: who, where, what; and that nothing anybody sends makes the reading raise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Came, FileRef, Incoming
from bot.platforms.discord.reading import Typing, private_chat, read, read_message, read_typing
from bot.platforms.discord.reply import Reply, reply_of

ROOMS = frozenset({"channel", "stop"})
MIRA = AccountRef("discord", "5")
USER = {"id": "5", "name": "mira", "global_name": "Mira", "bot": False}
PRIVATE = ChatRef("discord", "@5")
GUILD = {"guild_id": "70", "channel_id": "80"}
OPEN, HIDDEN = {"id": "90", "flags": 0}, {"id": "90", "flags": 64}


def told(kind: int, data: object, **more: object) -> Incoming:
    given_ = {"id": "42", "token": "tok", "type": kind, "data": data, "locale": "pt-BR", "user": USER}
    incoming = read({**given_, "channel_id": "80", **more}, ROOMS)
    assert incoming is not None
    return incoming


def pressed(custom_id: object, **more: object) -> Incoming:
    return told(3, {"custom_id": custom_id}, message=OPEN, **more)


def command(name: str, *values: str) -> dict[str, object]:
    return {"name": name, "options": [{"name": "x", "type": 3, "value": value} for value in values]}


def test_a_command_in_a_server_is_private() -> None:
    assert told(2, command("sign", " Palestine "), **GUILD, permissions="8") == Incoming(
        event="42",
        came=Came.COMMAND,
        chat=PRIVATE,
        person=MIRA,
        private=True,
        name="sign",
        args="Palestine",
        locale="pt-BR",
        called="Mira",
        reply=Reply("42", "tok", 2, in_guild=True).encode(),
    )


def test_commands_about_the_room_are_said_in_it() -> None:
    for rights, runs in (("8", True), ("16", True), (32, True), ("2048", False), (None, False)):
        incoming = told(2, command("channel"), **GUILD, permissions=rights)
        assert (incoming.chat, incoming.private) == (ChatRef("discord", "80"), False)
        assert incoming.administrator is runs


def test_what_autocomplete_offered_is_a_press() -> None:
    incoming = told(2, command("sign", "words", ">sign/palestine"), **GUILD)
    assert (incoming.came, incoming.data, incoming.chat) == (Came.PRESS, "sign/palestine", PRIVATE)


def test_presses_belong_to_the_room_only_where_all_see_the_card() -> None:
    assert pressed("p3:rv/1", **GUILD).chat == ChatRef("discord", "80")
    hidden = told(3, {"custom_id": "p3:rv/1"}, message=HIDDEN, **GUILD)
    assert (hidden.chat, hidden.private, hidden.data) == (PRIVATE, True, "rv/1")
    assert pressed("p0:home").chat == PRIVATE


def test_a_card_of_a_room_that_one_person_alone_sees_is_pressed_in_the_room() -> None:
    hidden = told(3, {"custom_id": "r3:rv/1"}, message=HIDDEN, **GUILD, permissions="32")
    assert (hidden.chat, hidden.data, hidden.administrator) == (ChatRef("discord", "80"), "rv/1", True)
    chosen = told(3, {"custom_id": "q0:", "values": ["rv/2"]}, message=HIDDEN, **GUILD)
    assert (chosen.chat, chosen.data, chosen.administrator) == (ChatRef("discord", "80"), "rv/2", False)
    assert told(3, {"custom_id": "r3:rv/1"}, message=OPEN).chat == PRIVATE


def test_a_start_button_opens_the_private_chat() -> None:
    incoming = pressed("s1:c_palestine", **GUILD)
    assert (incoming.came, incoming.name, incoming.args) == (Came.COMMAND, "start", "c_palestine")
    assert (incoming.chat, incoming.private, incoming.administrator) == (PRIVATE, True, None)


def test_a_chosen_option_is_a_press() -> None:
    incoming = told(3, {"custom_id": "o0:", "values": ["c/palestine"]}, message=OPEN)
    assert (incoming.came, incoming.data) == (Came.PRESS, "c/palestine")


def test_foreign_ids_are_presses_that_lead_nowhere() -> None:
    for custom_id in ("", "x", "p:", "p1", "q1:home", 7, None, "p99999:home"):
        assert (pressed(custom_id).came, pressed(custom_id).data) == (Came.PRESS, "")


def test_a_form_gives_its_fields_without_those_that_are_written_elsewhere() -> None:
    parts = [
        {"type": 18, "component": {"type": 4, "custom_id": "name", "value": "Mira"}},
        {"type": 18, "component": {"type": 3, "custom_id": "country", "values": ["PH"]}},
        {"type": 18, "component": {"type": 3, "custom_id": "organisation", "values": ["~other"]}},
        {"type": 18, "component": {"type": 21, "custom_id": "public", "value": "yes"}},
        {"type": 1, "components": [{"type": 4, "custom_id": "role", "value": ""}]},
    ]
    incoming = told(5, {"custom_id": "f:s/1/fill", "components": parts}, **GUILD, message=OPEN)
    assert (incoming.came, incoming.data, incoming.private) == (Came.FORM, "s/1/fill", True)
    assert incoming.fields == {"name": "Mira", "country": "PH", "public": "yes", "role": ""}


def test_typing() -> None:
    options = [
        {"name": "statement", "value": ">c/x"},
        {"name": "organisation", "value": "mi", "focused": True},
    ]
    typed = {"type": 4, "user": USER, "locale": "th", "data": {"name": "sign", "options": options}}
    assert read_typing(typed) == Typing(MIRA, "sign", "organisation", "mi", {"statement": ">c/x"}, "th")
    assert read_typing({**typed, "type": 2}) is None


MESSAGE = {"id": "9", "channel_id": "8", "author": USER, "content": "hello", "type": 0}
CDN = "https://cdn.discordapp.com/attachments/8/"


def test_direct_messages() -> None:
    assert heard() == [Incoming("m9", Came.WORDS, PRIVATE, MIRA, text="hello", called="Mira")]
    assert [each.came for each in heard(content="")] == [Came.OTHER]
    (edited,) = heard(edited_timestamp="2026-01-01", attachments=[attachment()])
    assert (edited.came, edited.event, edited.file) == (Came.EDITED, "m9.2026-01-01", None)
    for not_for_us in ({"guild_id": "1"}, {"author": {**USER, "bot": True}}, {"type": 6}):
        assert heard(**not_for_us) == []
    assert read_message(MESSAGE, "5") == ()


def heard(**more: object) -> list[Incoming]:
    return [*read_message({**MESSAGE, **more}, "700")]


def attachment(**more: object) -> dict[str, object]:
    known = {"id": "11", "filename": "names.csv", "size": 12, "url": f"{CDN}11/names.csv"}
    return known | {"content_type": "text/csv; charset=utf-8"} | more


def test_a_file_with_words_beside_it() -> None:
    (found,) = heard(attachments=[attachment()])
    assert (found.came, found.text, found.event) == (Came.FILE, "hello", "m9")
    assert found.file == FileRef(f"{CDN}11/names.csv", "names.csv", 12)
    assert not found.forwarded


def test_every_file_of_a_message_is_an_event() -> None:
    found = heard(attachments=[attachment(filename=f"{n}.csv") for n in range(12)])
    assert [each.event for each in found] == ["m9", *(f"m9.a{n}" for n in range(2, 11))]
    assert [each.text for each in found] == ["hello", *[""] * 9]
    assert [each.file.name for each in found if each.file] == [f"{n}.csv" for n in range(10)]


@pytest.mark.parametrize("kind", ["image/png", "audio/ogg", "video/mp4"])
def test_pictures_and_sounds_are_no_files(kind: str) -> None:
    assert [each.came for each in heard(content="", attachments=[attachment(content_type=kind)])] == [
        Came.OTHER
    ]
    both = heard(attachments=[attachment(content_type=kind), attachment()])
    assert [(each.came, each.text) for each in both] == [(Came.FILE, "hello")]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        ["x"],
        {},
        *([attachment(url=url)] for url in (None, "", 7, "https://x/" + "x" * 2048)),
    ],
)
def test_a_file_that_cannot_be_fetched_is_no_file(sent: object) -> None:
    assert [(each.came, each.file) for each in heard(attachments=sent)] == [(Came.WORDS, None)]


def test_what_a_file_says_of_itself() -> None:
    (found,) = heard(attachments=[attachment(filename="a" * 300 + ".csv", size=-5)])
    assert found.file == FileRef(f"{CDN}11/names.csv", "a" * 251 + ".csv", 0)
    (found,) = heard(attachments=[attachment(filename=7, size="x", content_type=None)])
    assert found.file == FileRef(f"{CDN}11/names.csv", "", 0)


def forwarded(**message: object) -> dict[str, object]:
    return {"content": "", "message_reference": {"type": 1}, "message_snapshots": [{"message": message}]}


def test_what_was_handed_on() -> None:
    (words,) = heard(**forwarded(content="Please add Praxis"))
    assert (words.came, words.text, words.forwarded) == (Came.WORDS, "Please add Praxis", True)
    (file,) = heard(**forwarded(content="", attachments=[attachment()]))
    assert (file.came, file.forwarded, file.file is not None) == (Came.FILE, True, True)


@pytest.mark.parametrize(
    "more",
    [
        {"message_reference": {"type": 0}},
        {"message_reference": None},
        {"message_snapshots": []},
        {"message_snapshots": [{"message": 7}]},
    ],
)
def test_a_reply_is_not_handed_on(more: dict[str, object]) -> None:
    (found,) = heard(**{**forwarded(content="theirs"), "content": "mine", **more})
    assert (found.text, found.forwarded) == ("mine", False)


def picked(*options: object, resolved: object = None, **more: object) -> Incoming:
    return told(2, {"name": "new", "options": [*options], "resolved": resolved}, **more)


FILE_OPTION = {"name": "file", "type": 11, "value": "11"}
RESOLVED = {"attachments": {"11": attachment()}}


def test_a_command_with_a_file() -> None:
    words = {"name": "statement", "type": 3, "value": "palestine"}
    found = picked(words, FILE_OPTION, resolved=RESOLVED)
    assert (found.came, found.name, found.args) == (Came.COMMAND, "new", "palestine")
    assert found.file == FileRef(f"{CDN}11/names.csv", "names.csv", 12)
    assert picked(words, FILE_OPTION, resolved=RESOLVED, **GUILD).private
    chosen = picked({**words, "value": ">c/x"}, FILE_OPTION, resolved=RESOLVED)
    assert (chosen.came, chosen.data, chosen.file == found.file) == (Came.PRESS, "c/x", True)


@pytest.mark.parametrize(
    "resolved", [None, 7, {}, {"attachments": []}, {"attachments": {"12": attachment()}}]
)
def test_a_command_whose_file_is_not_told(resolved: object) -> None:
    found = picked(FILE_OPTION, resolved=resolved)
    assert (found.came, found.args, found.file) == (Came.COMMAND, "", None)


def test_a_reply_travels() -> None:
    reply = Reply("1", 'a "token"', 3, "4", ephemeral=True, in_guild=True)
    assert reply_of(Incoming("1", Came.PRESS, PRIVATE, MIRA, reply=reply.encode())) == reply
    for foreign in ("", "/11", "[]", "[1,2]", "{}"):
        assert reply_of(Incoming("1", Came.PRESS, PRIVATE, MIRA, reply=foreign)) is None


def test_bots_are_not_read() -> None:
    assert private_chat(MIRA) == PRIVATE
    assert (
        read({"id": "1", "type": 2, "user": {**USER, "bot": True}, "data": {"name": "help"}}, ROOMS) is None
    )


KEYS = ("id", "token", "type", "data", "user", "message", "custom_id", "components", "component", "values")
FILES = ("attachments", "message_reference", "message_snapshots", "resolved", "url", "type", "content")
MORE = (
    *FILES,
    "name",
    "options",
    "value",
    "focused",
    "flags",
    "guild_id",
    "channel_id",
    "permissions",
    "author",
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.integers(0, 9).map(str)
ANYTHING = st.recursive(
    LEAVES | st.sampled_from(["p1:x", "o1:", "f:x", "~other", ">x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS + MORE), inner),
    max_leaves=20,
)


@given(ANYTHING, st.dictionaries(st.sampled_from(KEYS + MORE), ANYTHING), st.sampled_from([2, 3, 4, 5]))
def test_nothing_raises(anything: object, data: dict[str, object], kind: int) -> None:
    near = {**data, "id": "1", "type": kind, "user": USER, "data": data}
    for thing in (anything, data, near, {**near, "data": anything, "author": USER}):
        read(thing, ROOMS)
        read_typing(thing)
        read_message(thing, "700")

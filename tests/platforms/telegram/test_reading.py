"""What updates mean: who, where, what; and that nothing anybody sends makes the reading raise."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Came, FileRef, Incoming
from bot.platforms.telegram.reading import KINDS, Me, message_of, press_of, private_chat, read, update_id

ME = Me(700, "Solidarity_Bot")
USER = {"id": 5, "is_bot": False, "first_name": "Mira", "language_code": "pt-br"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Mira"}
ROOM = {"id": -1007, "type": "supergroup", "title": "Room"}
CHANNEL = {"id": -1009, "type": "channel", "title": "News"}
MIRA = AccountRef("telegram", "5")


def message(**more: object) -> dict[str, Any]:
    return {"message_id": 11, "date": 1, "from": USER, "chat": PRIVATE, **more}


def told(kind: str = "message", /, **more: object) -> Incoming | None:
    return read({"update_id": 42, kind: message(**more)}, ME)


def test_words_in_private() -> None:
    assert told(text="hello") == Incoming(
        event="700.42",
        came=Came.WORDS,
        chat=ChatRef("telegram", "5"),
        person=MIRA,
        private=True,
        text="hello",
        locale="pt-br",
        called="Mira",
        reply="/11",
    )


COMMANDS = [
    ("/start", "start", ""),
    ("/start  c_palestine ", "start", "c_palestine"),
    ("/Sign@solidarity_bot palestine now", "sign", "palestine now"),
    ("/list\nall", "list", "all"),
]


@pytest.mark.parametrize(("text", "name", "args"), COMMANDS)
@pytest.mark.parametrize("chat", [PRIVATE, ROOM])
def test_commands(text: str, name: str, args: str, chat: dict[str, Any]) -> None:
    found = told(text=text, chat=chat)
    assert found
    assert (found.came, found.name, found.args) == (Came.COMMAND, name, args)
    assert found.private is (chat is PRIVATE)


@pytest.mark.parametrize(
    "text", ["/ start", "/start!", "/начать", "//start", "say /start", "/", "/" + "x" * 65]
)
def test_what_only_looks_like_a_command_is_words(text: str) -> None:
    found = told(text=text)
    assert found
    assert (found.came, found.text) == (Came.WORDS, text)


def test_a_command_for_another_bot_is_not_for_us() -> None:
    assert told(text="/start@other_bot", chat=ROOM) is None


def test_what_people_say_in_a_room_is_not_for_us() -> None:
    assert told(text="hello", chat=ROOM) is None
    assert told(photo=[], chat=ROOM) is None
    assert told("edited_message", text="hello", chat=ROOM) is None


@pytest.mark.parametrize("thing", ["photo", "voice", "sticker", "document", "location", "poll", "checklist"])
def test_what_is_no_text(thing: str) -> None:
    found = told(**{thing: {}}, caption="see")
    assert found
    assert (found.came, found.text) == (Came.OTHER, "see")


DOCUMENT = {"file_id": "BQAD", "file_unique_id": "x", "file_name": "names.csv", "file_size": 12}


def test_a_file_in_private_with_words_beside_it() -> None:
    found = told(document=DOCUMENT, caption="from the form")
    assert found
    assert (found.came, found.text, found.forwarded) == (Came.FILE, "from the form", False)
    assert found.file == FileRef("BQAD", "names.csv", 12)
    assert found.content is None


def test_a_command_beside_a_file() -> None:
    found = told(document=DOCUMENT, caption="/new palestine")
    assert found
    assert (found.came, found.name, found.args) == (Came.COMMAND, "new", "palestine")
    assert found.file == FileRef("BQAD", "names.csv", 12)


def test_files_of_rooms_and_moving_pictures_are_no_files() -> None:
    assert told(document=DOCUMENT, caption="see", chat=ROOM) is None
    moving = told(document=DOCUMENT, animation={})
    assert moving
    assert (moving.came, moving.file) == (Came.OTHER, None)


HOSTILE: list[object] = [
    *({"file_id": number} for number in (None, "", 7, "x" * 513, ["a"])),
    *(None, [], "BQAD", {}),
]


@pytest.mark.parametrize("document", HOSTILE)
def test_a_file_that_cannot_be_fetched_is_no_file(document: object) -> None:
    found = told(document=document)
    assert found
    assert (found.came, found.file) == (Came.OTHER, None)


@pytest.mark.parametrize(
    ("name", "size", "read_as"),
    [
        ("a" * 300 + ".csv", -5, ("a" * 251 + ".csv", 0)),
        (None, True, ("", 0)),
        ("\ud800.csv", 1 << 70, ("\ufffd.csv", 0)),
        (7, "12", ("", 0)),
    ],
)
def test_what_a_file_says_of_itself(name: object, size: object, read_as: tuple[str, int]) -> None:
    found = told(document={"file_id": "BQAD", "file_name": name, "file_size": size})
    assert found
    assert found.file == FileRef("BQAD", *read_as)


FORWARDED = [
    {"forward_origin": {"type": "user", "sender_user": USER, "date": 1}, "forward_date": 1},
    {"forward_origin": None},
    {"forward_from": USER, "forward_date": 1},
    {"forward_sender_name": "Somebody"},
]


@pytest.mark.parametrize("how", FORWARDED)
def test_words_that_were_handed_on(how: dict[str, Any]) -> None:
    found, command = told(text="Please add Praxis", **how), told(text="/sign palestine", **how)
    assert found
    assert command
    assert (found.came, found.text, found.forwarded) == (Came.WORDS, "Please add Praxis", True)
    assert (command.came, command.text) == (Came.WORDS, "/sign palestine")


def test_telegrams_own_notes_are_not_for_us() -> None:
    assert told(pinned_message=message(text="x")) is None
    assert told(new_chat_members=[USER], chat=ROOM) is None


def test_an_edited_message() -> None:
    found = told("edited_message", text="better", edit_date=2)
    assert found
    assert (found.came, found.text, found.private) == (Came.EDITED, "better", True)


def press(**more: object) -> Incoming | None:
    query = {"id": "99", "from": USER, "message": message(chat=ROOM), "data": "rv/see/x", **more}
    return read({"update_id": 42, "callback_query": query}, ME)


def test_a_press() -> None:
    found = press()
    assert found
    assert (found.came, found.data, found.person) == (Came.PRESS, "rv/see/x", MIRA)
    assert (found.chat, found.private) == (ChatRef("telegram", "-1007"), False)
    assert (press_of(found), message_of(found)) == ("99", "11")


def test_a_press_on_a_message_that_is_gone() -> None:
    found = press(message={"chat": PRIVATE, "message_id": 3, "date": 0})
    assert found
    assert (found.chat, found.private, message_of(found)) == (ChatRef("telegram", "5"), True, "3")


@pytest.mark.parametrize("more", [{"data": None}, {"message": None}, {"id": 5}, {"data": 7}])
def test_presses_that_cannot_be_read(more: dict[str, Any]) -> None:
    assert press(**more) is None


def test_topics_only_where_the_number_is_one_of_a_topic() -> None:
    in_topic = told(text="/channel", chat=ROOM, message_thread_id=4, is_topic_message=True)
    in_thread = told(text="/channel", chat=ROOM, message_thread_id=4)
    assert in_topic
    assert in_thread
    assert in_topic.chat == ChatRef("telegram", "-1007", "4")
    assert in_thread.chat == ChatRef("telegram", "-1007")


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@pytest.mark.parametrize(
    "hidden",
    [
        {"from": ANONYMOUS, "sender_chat": ROOM},
        {"from": ANONYMOUS},
        {"from": USER, "sender_chat": CHANNEL},
        {"from": None},
    ],
)
def test_who_hides_is_nobody(hidden: dict[str, Any]) -> None:
    found = told(text="/channel", chat=ROOM, **hidden)
    if hidden == {"from": ANONYMOUS}:
        assert found is None, "a bot without a chat it speaks for"
    else:
        assert found
        assert found.person is None


def test_a_channel_speaks_without_a_person() -> None:
    found = read(
        {"update_id": 42, "channel_post": message(text="/channel", chat=CHANNEL, **{"from": None})}, ME
    )
    assert found
    assert (found.came, found.person, found.private) == (Came.COMMAND, None, False)


def test_other_bots_and_copies_are_not_for_us() -> None:
    assert told(text="/start", **{"from": {**USER, "is_bot": True}}) is None
    assert told(text="/start", chat=ROOM, is_automatic_forward=True) is None


def standing(before: dict[str, Any], after: dict[str, Any], chat: dict[str, Any] = ROOM) -> Incoming | None:
    change = {"chat": chat, "from": USER, "old_chat_member": before, "new_chat_member": after}
    return read({"update_id": 42, "my_chat_member": change}, ME)


MEMBER, LEFT, KICKED = {"status": "member"}, {"status": "left"}, {"status": "kicked"}
SILENT = {"status": "administrator", "can_post_messages": False}
POSTS = {"status": "administrator", "can_post_messages": True}
MUTE = {"status": "restricted", "is_member": True, "can_send_messages": False}
STANDINGS = [
    (LEFT, MEMBER, ROOM, Came.ADDED),
    (KICKED, {"status": "administrator"}, ROOM, Came.ADDED),
    (MEMBER, KICKED, ROOM, Came.REMOVED),
    (MEMBER, LEFT, ROOM, Came.REMOVED),
    (MEMBER, MUTE, ROOM, Came.REMOVED),
    (MUTE, MEMBER, ROOM, Came.ADDED),
    (MEMBER, {"status": "administrator"}, ROOM, None),
    (LEFT, POSTS, CHANNEL, Came.ADDED),
    (LEFT, SILENT, CHANNEL, Came.MUTED),
    (LEFT, MUTE, ROOM, Came.MUTED),
    (SILENT, SILENT, CHANNEL, None),
    (SILENT, LEFT, CHANNEL, None),
    (MUTE, KICKED, ROOM, None),
    (LEFT, {"status": "restricted", "is_member": False}, ROOM, None),
    (SILENT, POSTS, CHANNEL, Came.ADDED),
    (POSTS, SILENT, CHANNEL, Came.REMOVED),
    (MEMBER, KICKED, PRIVATE, None),
    ({"status": "new word"}, MEMBER, ROOM, Came.ADDED),
]


@pytest.mark.parametrize(("before", "after", "chat", "came"), STANDINGS)
def test_our_standing_in_rooms(
    before: dict[str, Any], after: dict[str, Any], chat: dict[str, Any], came: Came | None
) -> None:
    found = standing(before, after, chat)
    assert (found.came if found else None) == came
    assert found is None or (found.person, found.private) == (MIRA, False)


def test_a_room_tells_its_name_and_whether_only_administrators_speak_there() -> None:
    for chat, broadcast in ((CHANNEL, True), (ROOM, False)):
        found = standing(LEFT, POSTS, {**chat, "title": "Left \ud83d News"})
        assert found
        assert (found.title, found.broadcast) == ("Left \ufffd News", broadcast)
    found = standing(LEFT, POSTS, {**CHANNEL, "title": ["no", "text"]})
    assert found
    assert not found.title


def test_who_changed_our_standing_may_hide() -> None:
    change = {"chat": ROOM, "from": ANONYMOUS, "old_chat_member": LEFT, "new_chat_member": MEMBER}
    found = read({"update_id": 42, "my_chat_member": change}, ME)
    assert found
    assert (found.came, found.person) == (Came.ADDED, None)


@pytest.mark.parametrize("number", [True, 1 << 63, 7.0, "7"])
def test_what_is_no_number(number: object) -> None:
    assert told(text="/start", chat={"id": number, "type": "private"}) is None
    assert read({"update_id": number, "message": message(text="/start")}, ME) is None


def test_a_hint_of_a_language_is_short() -> None:
    found = told(text="a", **{"from": {**USER, "language_code": "x" * 500}})
    assert found
    assert len(found.locale) == 35


def test_a_room_that_moved() -> None:
    old = {"id": -7, "type": "group", "title": "Room"}
    for chat, more in ((old, {"migrate_to_chat_id": -1007}), (ROOM, {"migrate_from_chat_id": -7})):
        found = told(chat=chat, **more)
        assert found
        assert (found.came, found.chat, found.moved) == (Came.MOVED, ChatRef("telegram", "-7"), "-1007")


def test_half_characters_are_replaced() -> None:
    found = told(text="a\ud83db", **{"from": {**USER, "first_name": "\udfff"}})
    assert found
    assert (found.text, found.called) == ("a\ufffdb", "\ufffd")
    whole = told(text="\ud83d\ude00")
    assert whole
    assert whole.text == "😀"


def test_the_private_chat_has_the_number_of_the_account() -> None:
    assert private_chat(MIRA) == ChatRef("telegram", "5")


# Hostile updates

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
NAMES = st.sampled_from(
    [
        *("update_id", "message_id", "from", "chat", "id", "type", "text", "data", "message", "is_bot"),
        *("sender_chat", "language_code", "first_name", "message_thread_id", "is_topic_message", "photo"),
        *("old_chat_member", "new_chat_member", "status", "migrate_to_chat_id", "can_post_messages", *KINDS),
    ]
)
VALUES = st.sampled_from(
    ["private", "supergroup", "channel", "/start", "/start@solidarity_bot x", "member", "left"]
)
JSON = st.recursive(
    SCALARS | VALUES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=30,
)


@given(JSON)
def test_anything_at_all_can_be_read(update: object) -> None:
    found = read(update, ME)
    assert found is None or found.event == f"700.{update_id(update)}"


@given(
    st.sampled_from(KINDS), st.dictionaries(NAMES, JSON, max_size=8), st.dictionaries(NAMES, JSON, max_size=3)
)
def test_anything_in_the_place_of_a_part_can_be_read(
    kind: str, parts: dict[str, Any], inner: dict[str, Any]
) -> None:
    query = {"id": "9", "data": "x", "message": {**message(), **inner}}
    whole = {"callback_query": query, "my_chat_member": standing_raw()}.get(kind, message(text="/start"))
    for broken in ({**whole, **parts}, {**whole, "from": inner, "chat": parts}):
        found = read({"update_id": 42, kind: broken}, ME)
        if found is not None:
            assert f"{found.text}{found.args}{found.data}{found.called}{found.locale}{found.reply}-".encode()


def standing_raw() -> dict[str, Any]:
    return {"chat": ROOM, "from": USER, "old_chat_member": LEFT, "new_chat_member": MEMBER}

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialog.messages import Attachment, Came, Incoming, Key, Outgoing
from bot.dialog.text import paragraph
from bot.platforms.console.reading import Seat
from bot.platforms.console.screen import Interrupted, View
from tests.platforms.console.cards import DESK, HOME, card
from tests.platforms.console.rig import MIRA, Rig, Script

AT_DESK = Seat("mira", DESK)


def answering(rig: Rig, *answers: Outgoing) -> None:
    """The bot answers each event with the next of these."""
    left = list(answers)

    async def bot(incoming: Incoming) -> None:
        if left:
            await rig.messenger.answer(incoming, left.pop(0))

    rig.bot = bot


def said(rig: Rig) -> list[tuple[Came, str]]:
    return [(one.came, one.data or one.text or one.name) for one in rig.heard]


async def test_a_talk(rig: Rig) -> None:
    answering(rig, card("Sign", "Read"), card("Yes", text="Sure?"), card(text="Thank you."))
    rows = await rig.play("/start", "1", "yes", "1")
    assert said(rig) == [
        (Came.COMMAND, "start"),
        (Came.PRESS, "to Sign"),
        (Came.PRESS, "to Yes"),
        (Came.WORDS, "1"),
    ]
    assert rows == ["Well?", "", "[1] Sign   [2] Read", "Sure?", "", "[1] Yes", "Thank you."]


async def test_every_event_has_its_own_name(rig: Rig) -> None:
    await rig.play("/start", "/start", "words")
    assert len({one.event for one in rig.heard}) == 3


async def test_blank_lines_are_nothing_and_quit_ends(rig: Rig) -> None:
    await rig.play("", "   ", "/start", "/quit", "/help")
    assert said(rig) == [(Came.COMMAND, "start")]


async def test_what_is_due_is_sent_after_each_answer_and_before_leaving(rig: Rig) -> None:
    await rig.play("/start", "words")
    assert rig.settled == 3


async def test_lines_that_go_on_are_one_answer(rig: Rig) -> None:
    await rig.play("one\\", "two", "three\\")
    assert said(rig) == [(Came.WORDS, "one\ntwo"), (Came.WORDS, "three")]


async def test_ctrl_c_throws_the_line_away_and_says_on_an_empty_one_how_to_leave(rig: Rig) -> None:
    script = Script(
        ["one\\", Interrupted(empty=True), "two", Interrupted(empty=False), Interrupted(empty=True)]
    )
    await rig.sit(script)
    assert said(rig) == [(Came.WORDS, "two")]
    assert script.rows == ["(console.leave)"]


async def test_a_hint_only_where_somebody_sits(rig: Rig) -> None:
    script = Script(comfortable=True)
    await rig.sit(script)
    assert script.rows == ["(console.hint)"]
    assert await rig.play() == []


async def test_another_console_goes_on_where_the_first_stopped(rig: Rig) -> None:
    answering(rig, card("Sign", "Read"))
    await rig.play("/start")
    rows = await rig.play("2")
    assert rows == ["Well?", "", "[1] Sign   [2] Read"]
    assert said(rig)[-1] == (Came.PRESS, "to Read")


async def test_what_came_while_nobody_looked_is_shown_once(rig: Rig) -> None:
    for text in ("one", "two", "three"):
        await rig.messenger.send(HOME, card(text=text))
    assert await rig.play() == ["one", "two", "three"]
    await rig.messenger.send(HOME, card(text="four"))
    assert await rig.play() == ["four"]
    assert await rig.play() == ["four"]


async def test_of_very_many_only_the_newest_are_shown(rig: Rig) -> None:
    for number in range(30):
        await rig.messenger.send(HOME, card(text=str(number)))
    assert await rig.play() == [str(number) for number in range(10, 30)]


async def test_others_see_a_room_for_themselves(rig: Rig) -> None:
    await rig.messenger.send(DESK, card(text="one"))
    assert await rig.play(seat=AT_DESK) == ["one"]
    await rig.messenger.send(DESK, card(text="two"))
    assert await rig.play(seat=Seat("lin", DESK)) == ["one", "two"]
    assert await rig.play(seat=AT_DESK) == ["two"]
    assert await rig.play(seat=MIRA) == []


async def test_a_repeated_nonce_is_shown_once(rig: Rig) -> None:
    async def bot(_incoming: Incoming) -> None:
        await rig.messenger.send(HOME, card(text="Reminder"), nonce="n")

    rig.bot = bot
    assert await rig.play("a", "b") == ["Reminder"]


async def test_an_edit_is_shown_and_says_so_unless_it_answers(rig: Rig) -> None:
    first = await rig.messenger.send(DESK, card("Approve"))

    async def bot(_incoming: Incoming) -> None:
        await rig.messenger.send(DESK, card("Undo", text="Approved."), replaces=first.message)

    async def later(_view: View) -> str:
        await rig.messenger.send(DESK, card(text="Too late."), replaces=first.message)
        return "/quit"

    rig.bot = bot
    script = Script(["1", later])
    await rig.sit(script, AT_DESK)
    assert script.rows[3:] == ["Approved.", "", "[1] Undo", "(console.changed)", "", "Too late."]


async def test_in_a_room_private_answers_are_marked_and_words_go_there(rig: Rig) -> None:
    async def bot(incoming: Incoming) -> None:
        if incoming.came is Came.COMMAND and not incoming.private:
            keys = ((Key("Open our chat", start="s-sign"),),)
            await rig.messenger.answer(incoming, Outgoing((paragraph("Signing is private."),), keys))
        else:
            await rig.messenger.answer(incoming, card(text="Which one?"))

    rig.bot = bot
    script = Script(["hello", "/sign", "1", "Socialist Alliance", "/list"])
    rig.heard.clear()
    await rig.sit(script, Seat("mira", DESK, administrator=True))
    assert [(one.chat, one.private, one.administrator) for one in rig.heard] == [
        (DESK, False, True),
        (DESK, False, True),
        (HOME, True, None),
        (HOME, True, None),
        (DESK, False, True),
    ]
    assert script.rows[1:7] == [
        "Signing is private.",
        "",
        "[1] Open our chat",
        "(console.only-you)",
        "",
        "Which one?",
    ]
    assert script.prompts == [
        "desk> ",
        "desk> ",
        "desk> ",
        "desk (console.only-you)> ",
        "desk (console.only-you)> ",
        "desk> ",
    ]


async def test_an_answer_for_one_person_alone_keeps_the_talk_in_the_room(rig: Rig) -> None:
    await rig.messenger.send(DESK, card("Not this time"))
    answering(rig, replace(card("Already on the list", text="Why?"), only=True), card(text="Done."))
    rows = await rig.play("1", "1", seat=AT_DESK)
    assert rows[3:8] == ["(console.only-you)", "", "Why?", "", "[1] Already on the list"]
    assert [(one.chat, one.data) for one in rig.heard] == [
        (DESK, "to Not this time"),
        (DESK, "to Already on the list"),
    ]


async def test_a_private_talk_begun_in_a_room_goes_on_there_after_a_restart(rig: Rig) -> None:
    await rig.messenger.send(DESK, card(text="Signing is private."))
    await rig.messenger.send(HOME, card("Back", text="Which one?"))
    await rig.play(seat=AT_DESK)
    rows = await rig.play("Praxis", "back", seat=AT_DESK)
    assert rows == ["Signing is private.", "(console.only-you)", "", "Which one?", "", "[1] Back"]
    assert [(one.chat, one.came) for one in rig.heard] == [(HOME, Came.WORDS), (HOME, Came.PRESS)]


async def test_a_private_card_older_than_the_room_s_is_not_shown_again(rig: Rig) -> None:
    await rig.messenger.send(HOME, card(text="Which one?"))
    await rig.messenger.send(DESK, card(text="In the room."))
    await rig.play(seat=AT_DESK)
    assert await rig.play(seat=AT_DESK) == ["In the room."]


async def test_news_without_buttons_leave_the_open_card_and_an_answer_without_buttons_closes_it(
    rig: Rig,
) -> None:
    async def notice(_view: View) -> str:
        await rig.messenger.send(HOME, card(text="25 have signed."))
        return "1"

    answering(rig, card("Sign"), card(text="Thank you."))
    await rig.sit(Script(["/start", notice, "1"]))
    assert said(rig) == [(Came.COMMAND, "start"), (Came.PRESS, "to Sign"), (Came.WORDS, "1")]


async def test_a_card_that_comes_while_a_number_is_typed_does_not_change_its_meaning(rig: Rig) -> None:
    async def typing(view: View) -> str:
        view.began()
        await rig.messenger.send(HOME, card("Approve", text="A sign-on to check."))
        assert view.labels() == ["Read"]
        return "1"

    async def looking(view: View) -> str:
        assert view.labels() == ["Approve"]
        return "1"

    answering(rig, card("Read"))
    await rig.sit(Script(["/start", typing, looking]))
    assert said(rig)[1:] == [(Came.PRESS, "to Read"), (Came.PRESS, "to Approve")]


async def test_the_address_behind_a_button_is_shown_and_nothing_opened(rig: Rig) -> None:
    answering(rig, Outgoing((), ((Key("Share", url="https://example.org/"),),)))
    assert await rig.play("/start", "share") == ["[1] Share ↗", "(console.link)", "https://example.org/"]
    assert len(rig.heard) == 1


async def test_files_are_saved_where_somebody_looks(rig: Rig) -> None:
    sent = replace(card(text="The list:"), attachment=Attachment("list.txt", b"PSM", "text/plain"))
    await rig.messenger.send(HOME, sent)
    assert not rig.files.exists()
    path = rig.files / "@mira" / "list.txt"
    assert await rig.play() == ["The list:", "(console.saved)", str(path)]
    assert path.read_bytes() == b"PSM"


async def test_a_file_that_cannot_be_saved_is_told(rig: Rig) -> None:
    rig.files.parent.mkdir()
    rig.files.write_text("in the way")
    await rig.messenger.send(HOME, replace(card(), attachment=Attachment("list.txt", b"", "text/plain")))
    assert await rig.play() == ["Well?", "(console.not-saved)"]


async def test_nothing_is_watched_any_more_after_the_end(rig: Rig) -> None:
    await rig.play("/start")
    assert rig.messenger.watcher is None


async def test_a_failing_turn_ends_the_console_and_is_not_hidden(rig: Rig) -> None:
    async def bot(_incoming: Incoming) -> None:
        raise LookupError

    rig.bot = bot
    with pytest.raises(LookupError):
        await rig.play("/start")
    assert rig.messenger.watcher is None


async def test_no_name_and_no_word_stands_in_the_database(rig: Rig) -> None:
    await rig.messenger.send(DESK, card(text="Socialist Alliance"))
    await rig.play("words", seat=AT_DESK)
    dump = "\n".join(rig.raw.iterdump())
    assert "console.seen." in dump
    assert not [word for word in ("mira", "desk", "Alliance") if word in dump]


async def test_a_file_is_sent_and_a_wrong_path_says_what_to_do(rig: Rig, tmp_path: Path) -> None:
    path = tmp_path / "my names.csv"
    path.write_bytes(b"Praxis")
    rows = await rig.play(f"/file {path}", f"/file {path}x", "/forward Please add Praxis", "/file")
    assert [(one.came, one.content, one.forwarded) for one in rig.heard] == [
        (Came.FILE, b"Praxis", False),
        (Came.WORDS, None, True),
    ]
    assert rows == ["(console.no-file)", "(console.files)"]


async def test_help_tells_what_only_the_console_knows(rig: Rig) -> None:
    answering(rig, card(text="Help."))
    assert await rig.play("/help") == ["Help.", "(console.files)"]

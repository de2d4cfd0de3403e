"""A room that moves or puts us out: its wishes go with it, or end, and whoever wished is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Came
from tests.stage import Seat, Stage, open_stage, shipped

ASA = Seat("asa", "news", administrator=True)


async def subscribed() -> Stage:
    """A stage on which the room "news" gets the news."""
    stage = open_stage(shipped())
    await stage.bot.start()
    await stage.say(ASA, "/channel")
    await stage.press(ASA, "b.yes-sample")
    await stage.press(ASA, "b.start-posting")
    return stage


async def wishes(stage: Stage, room: str) -> list[str]:
    """The campaigns whose news a room gets."""
    chat = ChatRef("console", room)
    return [wish.campaign for wish in await stage.store.read(lambda tx: tx.subscriptions.of(chat))]


async def test_a_room_that_moved_keeps_its_news() -> None:
    stage = await subscribed()
    moved = stage.incoming(ASA, Came.MOVED, moved="news-again")
    assert await stage.take(moved) == []
    assert await stage.again() == []
    assert (await wishes(stage, "news"), await wishes(stage, "news-again")) == ([], ["palestine"])


async def test_a_room_that_put_us_out_ends_its_news_and_who_wished_is_told_once() -> None:
    stage = await subscribed()
    (notice,) = await stage.take(stage.incoming(ASA, Came.REMOVED))
    assert notice.phrases[0] == "notice.room-lost"
    assert notice.chat == stage.chat(Seat("asa"))
    assert await stage.again() == []
    assert await wishes(stage, "news") == []


async def test_being_let_in_is_offered_once_to_whoever_did_it() -> None:
    stage = open_stage(shipped())
    await stage.bot.start()
    (offer,) = await stage.take(stage.incoming(ASA, Came.ADDED, title="Left\u202e News\n" + "a" * 300))
    assert offer.chat == stage.chat(Seat("asa"))
    assert offer.phrases[:2] == ("channel.added", "channel.settings")
    assert await stage.again() == []
    assert await wishes(stage, "news") == [], "an offer is no wish"


async def test_a_room_that_gets_its_news_already_is_not_offered_them_again() -> None:
    stage = await subscribed()
    assert await stage.take(stage.incoming(ASA, Came.ADDED)) == []


@pytest.mark.parametrize("broadcast", [False, True])
async def test_who_hides_is_answered_in_the_group_and_never_in_a_channel(*, broadcast: bool) -> None:
    stage = open_stage(shipped())
    await stage.bot.start()
    event = replace(stage.incoming(ASA, Came.ADDED), person=None, broadcast=broadcast)
    shown = [each.phrases for each in await stage.take(event)]
    assert shown == ([] if broadcast else [("channel.greeting", "|", "b.open-chat")])
    assert await stage.take(replace(event, event="again")) == []


async def test_a_command_that_sets_nothing_up_is_not_answered_in_a_channel() -> None:
    stage = open_stage(shipped())
    await stage.bot.start()
    event = replace(stage.incoming(ASA, Came.COMMAND, name="sign"), person=None)
    assert await stage.take(replace(event, event="other", broadcast=True)) == []
    assert [each.phrases for each in await stage.take(event)] == [("guard.hidden",)]


MIRA = Seat("mira")
FORGED = [
    *("ch/console:news/stop", "ch/console:news/on/palestine", "ch/console:news/flip/palestine/weekly"),
    *("ch/console:news/lang/palestine/th", "ch/console:news", "ch/console:news/change/palestine"),
]


@pytest.mark.parametrize("route", FORGED)
async def test_a_forged_button_about_a_room_changes_and_shows_nothing(route: str) -> None:
    stage = await subscribed()
    before = await stage.store.read(lambda tx: tx.subscriptions.of(ChatRef("console", "news")))
    (unknown,) = await stage.take(stage.incoming(MIRA, Came.PRESS, data=route))
    assert unknown.phrases[0] == "guard.ask-again", "nobody could say whether she runs it"
    await stage.say(Seat("mira", "news"), "hello")
    (told,) = await stage.take(stage.incoming(MIRA, Came.PRESS, data=route))
    assert told.phrases[0] == "guard.administrators"
    await stage.say(Seat("mira", "choir", administrator=True), "hello")
    (told,) = await stage.take(stage.incoming(MIRA, Came.PRESS, data=route))
    assert told.phrases[0] == "guard.administrators", "running another room gives no right here"
    assert await stage.store.read(lambda tx: tx.subscriptions.of(ChatRef("console", "news"))) == before


async def test_what_was_said_of_one_room_is_no_right_in_another() -> None:
    """A platform that answered about the wrong room: the answer is not taken."""
    stage = await subscribed()
    event = stage.incoming(MIRA, Came.PRESS, data="ch/console:news/stop")
    event = replace(event, administrator=True, room=ChatRef("console", "choir"))
    await stage.bot.turns.take(event)
    assert await wishes(stage, "news") == ["palestine"]
    await stage.bot.turns.take(replace(event, event="alone", room=None))
    assert await wishes(stage, "news") == ["palestine"]


async def test_a_button_about_another_room_leads_into_our_own_chat() -> None:
    stage = await subscribed()
    runs = Seat("asa", "choir", administrator=True)
    (card,) = await stage.take(stage.incoming(runs, Came.PRESS, data="ch/console:news/stop"))
    assert card.phrases == ("guard.private", "|", "b.open-chat")
    assert await wishes(stage, "news") == ["palestine"]


@pytest.mark.parametrize(
    "data",
    ["ch/", "ch/:", "ch/console:", "ch/:news", "ch/console:news/", "ch//", "ch/telegram:1/stop", "~a", "~"],
)
async def test_a_broken_button_about_a_room_is_answered(data: str) -> None:
    stage = await subscribed()
    (card,) = await stage.take(stage.incoming(MIRA, Came.PRESS, data=data))
    assert card.labels
    assert await wishes(stage, "news") == ["palestine"]


async def test_a_thread_and_a_long_room_are_set_up_from_our_own_chat() -> None:
    """Their routes are stored under tokens; so is the one of the link."""
    stage = open_stage(shipped())
    await stage.bot.start()
    room = ChatRef("console", "n" * 60, "77")
    stage.runs[AccountRef("console", "asa"), room] = True
    let_in = replace(stage.incoming(ASA, Came.ADDED, title="News"), chat=room)
    await stage.take(let_in)
    asa = Seat("asa")
    await stage.press(asa, "b.yes-sample")
    (card,) = await stage.press(asa, "b.start-posting")
    assert card.phrases[0] == "channel.set-both"
    wished = await stage.store.read(lambda tx: tx.subscriptions.get(room, "palestine"))
    assert wished
    assert wished.active
    stage.runs[AccountRef("console", "asa"), room] = False
    await stage.press(asa, "b.stop-posting")
    assert await stage.store.read(lambda tx: tx.subscriptions.of(room)) == [wished]

"""A room that moves or puts us out: its wishes go with it, or end, and whoever wished is told."""

from __future__ import annotations

from bot.campaign.refs import ChatRef
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


async def test_being_let_in_says_nothing_unasked() -> None:
    stage = open_stage(shipped())
    await stage.bot.start()
    assert await stage.take(stage.incoming(ASA, Came.ADDED)) == []

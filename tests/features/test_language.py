"""Languages of rooms: one for the moderators' chat from the start, and the news of a room follow its own."""

from __future__ import annotations

from datetime import timedelta

from tests.stage import Seat, Stage, open_stage, shipped

ASA = Seat("asa", "news", administrator=True)


async def opened() -> Stage:
    stage = open_stage(shipped())
    await stage.bot.start()
    return stage


async def test_the_moderators_chat_has_one_language_whoever_presses() -> None:
    stage = await opened()
    desk = Seat("siti", "desk", locale="ms")
    (shown,) = await stage.say(desk, "/help")
    assert shown.outgoing.language == "en"
    (chosen,) = await stage.say(desk, "/language ms")
    assert chosen.outgoing.language == "ms"
    (after,) = await stage.say(Seat("asa", "desk"), "/help")
    assert after.outgoing.language == "ms"


async def test_the_news_of_a_room_follow_its_language() -> None:
    stage = await opened()
    await stage.say(ASA, "/channel")
    await stage.press(ASA, "b.yes-sample")
    await stage.press(ASA, "b.start-posting")
    await stage.say(ASA, "/language ms")
    await stage.turn_clock(timedelta(minutes=1))
    posts = await stage.turn_clock(timedelta(hours=113))
    assert [post.outgoing.language for post in posts if "post.story" in post.phrases] == ["ms"]

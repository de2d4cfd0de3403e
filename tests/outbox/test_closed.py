"""What channels hear of a campaign whose list was closed, and when it was handed over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.campaign.announcement import Delivery, News
from bot.campaign.campaign import Campaign, Reminder
from bot.outbox import compose
from bot.outbox.post import Post, post
from bot.ports import Tx
from tests.outbox.made import DAY, HOUR, OTHER, ROOM, START, campaign, sign, wish
from tests.outbox.test_compose import House
from tests.publication.words import said

CLOSED = START + HOUR
"""11:00 in Bangkok."""


async def house(**more: object) -> House:
    made = House(campaign("peace", closes=CLOSED, late=True, **more))
    await made.store.transaction(lambda tx: tx.subscriptions.put(wish(), START))
    await made.due(START)
    return made


async def owed(made: House) -> list[Delivery]:
    return list(
        await made.store.read(lambda tx: [*tx.deliveries.by_chat(ROOM), *tx.deliveries.by_chat(OTHER)])
    )


async def delivered(made: House, now: datetime) -> None:
    one = next(iter(made.catalog.campaigns.values()))
    await made.store.transaction(lambda tx: compose.delivered(made.ids, tx, one, now))


async def test_who_comes_late_reaches_no_milestone() -> None:
    made = await house()
    await made.reached(4, 5, CLOSED)
    assert await made.announced() == []
    await made.reached(4, 5, CLOSED - HOUR)
    assert [each.kind for each in await made.announced()] == [News.MILESTONE]


async def test_nobody_is_reminded_to_sign_a_closed_list() -> None:
    made = await house(reminders=(Reminder("daily", cron="0 12 * * *"),))
    await made.due(START + 3 * HOUR)
    assert [dict(each.facts) for each in await made.announced()] == [{"skipped": 1}]


async def test_the_last_summary_counts_until_the_closing_and_later_ones_stay_out() -> None:
    made = await house()
    await made.sign("In time", at=START)
    await made.sign("Late", at=CLOSED + HOUR)
    await made.due(START + 5 * DAY)
    (last,) = await made.announced()
    assert last.facts["new"] == 1
    await made.due(START + 12 * DAY)
    assert (await made.announced())[1].facts == {"skipped": 1}


async def test_it_is_told_once_at_ten_of_each_channels_own_day() -> None:
    made = await house()

    def wishes(tx: Tx) -> None:
        only = frozenset({News.WEEKLY})
        tx.subscriptions.put(wish(OTHER, zone="America/Lima", news=only, quiet_from=9, quiet_to=12), START)

    await made.store.transaction(wishes)
    await delivered(made, CLOSED + HOUR)
    await delivered(made, CLOSED + DAY)
    due = {each.chat: each.due for each in await owed(made)}
    # 10:00 in Bangkok is over: the next one; in Lima it is quiet until noon.
    assert due == {
        ROOM: START + DAY,
        OTHER: datetime.fromisoformat("2026-02-11T12:00-05:00"),
    }


async def test_whoever_wishes_nothing_any_more_hears_nothing() -> None:
    made = await house()
    await made.store.transaction(lambda tx: tx.subscriptions.stop(ROOM))
    await delivered(made, CLOSED)
    assert await owed(made) == []


@pytest.mark.parametrize("late", [0, 3])
async def test_the_post_says_to_whom_and_counts_nobody_who_came_late(late: int) -> None:
    its: Campaign = campaign(
        closes=CLOSED, late=True, delivered=date(2026, 2, 12), delivered_to="the embassy"
    )
    made = House(its)

    def work(tx: Tx) -> None:
        tx.subscriptions.put(wish(), START)
        sign(tx, "peace", ["One", "Two"], START)
        sign(tx, "peace", [f"Late {n}" for n in range(late)], CLOSED + timedelta(seconds=1))

    await made.store.transaction(work)
    await delivered(made, CLOSED + HOUR)
    (one,) = await owed(made)

    def told(tx: Tx) -> str:
        made_post = post(tx, made.catalog, one, START + DAY)
        assert isinstance(made_post, Post)
        assert [button.opens[0] for row in made_post.saying.buttons for button in row] == ["st"]
        return said(made_post.saying)

    text = await made.store.read(told)
    assert "Handed over on 12 February: the embassy" in text
    assert "2 organisations from 1 country" in text

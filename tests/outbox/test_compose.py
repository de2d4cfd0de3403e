from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.campaign.announcement import Announcement, DeliveryState, News, Policy
from bot.campaign.campaign import Campaign, Reminder
from bot.campaign.endorsement import Kind
from bot.content.catalog import Catalog
from bot.outbox import compose
from bot.ports import Tx
from bot.storage.direct import DirectStore
from tests.outbox.made import DAY, HOUR, OTHER, ROOM, START, Counting, campaign, catalog, sign, store, wish

MONDAYS = Reminder("mondays", cron="0 10 * * 1")
MONDAY = datetime.fromisoformat("2026-02-16T03:00+00:00")
SUNDAY = MONDAY - DAY


class House:
    """A store with wishes, and one campaign after the other."""

    def __init__(self, *campaigns: Campaign) -> None:
        self.store: DirectStore = store()
        self.catalog: Catalog = catalog(*campaigns)
        self.ids = Counting()

    async def due(self, now: datetime) -> int:
        return await self.store.transaction(lambda tx: compose.due(tx, self.catalog, self.ids, now))

    async def reached(self, before: int, after: int, now: datetime = START) -> None:
        one = next(iter(self.catalog.campaigns.values()))
        await self.store.transaction(lambda tx: compose.milestone(self.ids, tx, one, before, after, now))

    async def sign(
        self, *names: str, at: datetime, kind: Kind = Kind.ORGANISATION, origin: str = "chat"
    ) -> None:
        await self.store.transaction(lambda tx: sign(tx, "peace", names, at, kind, origin))

    async def announced(self) -> list[Announcement]:
        def work(tx: Tx) -> list[Announcement]:
            found = [tx.announcements.get(f"id{number:014}") for number in range(self.ids.last + 1)]
            return [each for each in found if each]

        return await self.store.read(work)


async def house(*campaigns: Campaign) -> House:
    made = House(*campaigns)
    await made.store.transaction(lambda tx: tx.subscriptions.put(wish(), START))
    await made.due(START)
    return made


async def test_a_reminder_is_announced_once_and_owed_to_who_wished() -> None:
    made = await house(campaign(reminders=(MONDAYS,)))
    await made.store.transaction(
        lambda tx: tx.subscriptions.put(wish(OTHER, news=frozenset({News.MILESTONE})), START)
    )
    assert await made.due(MONDAY - timedelta(seconds=1)) == 0
    assert await made.due(MONDAY) == 1
    assert await made.due(MONDAY) == 0
    assert await made.due(MONDAY + HOUR) == 0
    (announcement,) = [each for each in await made.announced() if each.kind is News.REMINDER]
    assert (announcement.slot, announcement.due) == ("2026-02-16T10:00", MONDAY)
    (owed,) = await made.store.read(lambda tx: list(tx.deliveries.by_chat(ROOM)))
    assert (owed.key, owed.what) == (f"{announcement.id}/{ROOM}", ("announcement", announcement.id))
    assert not await made.store.read(lambda tx: list(tx.deliveries.by_chat(OTHER)))


async def test_nothing_is_due_before_the_first_look() -> None:
    made = House(campaign(reminders=(MONDAYS,)))
    assert await made.due(MONDAY + HOUR) == 0
    assert await made.announced() == []


async def test_after_standing_still_the_newest_is_posted_and_the_rest_recorded() -> None:
    made = await house(campaign(reminders=(Reminder("hourly", cron="0 * * * *"),)))
    assert await made.due(START + 3 * DAY) == 1
    reminders = [each for each in await made.announced() if each.kind is News.REMINDER]
    assert len(reminders) == 72
    assert [each.slot for each in reminders if not each.facts] == ["2026-02-14T10:00"]
    assert sum(each.facts.get("skipped") == 1 for each in reminders) == 71
    assert len(await made.store.read(lambda tx: list(tx.deliveries.by_chat(ROOM)))) == 1


async def test_what_came_due_too_long_ago_is_recorded_only() -> None:
    made = await house(campaign(reminders=(MONDAYS,)))
    assert await made.due(MONDAY + 4 * DAY) == 0
    assert [each.facts for each in await made.announced() if each.kind is News.REMINDER] == [{"skipped": 1}]


@pytest.mark.parametrize("jump", [HOUR, DAY])
async def test_a_clock_that_jumps_posts_nothing_twice_and_leaves_nothing_out(jump: timedelta) -> None:
    made = await house(campaign(reminders=(MONDAYS,)))
    await made.due(MONDAY - HOUR)
    ahead = await made.due(MONDAY - HOUR + jump)
    back = [await made.due(MONDAY - HOUR + n * timedelta(minutes=10)) for n in range(1, 20)]
    assert ahead + sum(back) == 1
    next_week = [await made.due(MONDAY + 7 * DAY + n * HOUR) for n in (-1, 0, 1)]
    assert sum(next_week) == 1


async def test_a_clock_set_far_ahead_does_not_silence_what_comes_after() -> None:
    made = await house(campaign(reminders=(MONDAYS,)))
    await made.due(START + 400 * DAY)
    await made.due(START)
    assert await made.due(MONDAY) == 1


@pytest.mark.parametrize(
    "more", [{"opens": MONDAY + HOUR}, {"closes": MONDAY - HOUR}, {"closes": MONDAY + timedelta(minutes=30)}]
)
async def test_a_campaign_that_is_not_open_reminds_nobody(more: dict[str, datetime]) -> None:
    made = await house(replace(campaign(reminders=(MONDAYS,)), **more))  # type: ignore[arg-type]
    assert await made.due(MONDAY + HOUR) == 0
    assert [each.facts for each in await made.announced() if each.kind is News.REMINDER] == [{"skipped": 1}]


async def test_a_week_with_new_names_is_summed_up() -> None:
    made = await house(campaign())
    await made.sign("A", "B", at=START)
    await made.sign("C", at=START, kind=Kind.PERSON)
    assert await made.due(SUNDAY) == 1
    (announcement,) = await made.announced()
    assert announcement.facts == {
        "since": int((SUNDAY - 7 * DAY).timestamp()),
        "until": int(SUNDAY.timestamp()),
        "new": 3,
    }


@pytest.mark.parametrize("origin", ["chat", "import"])
async def test_a_week_without_news_is_recorded_only(origin: str) -> None:
    made = await house(campaign())
    await made.sign("A", "B", at=START if origin == "import" else START - 8 * DAY, origin=origin)
    assert await made.due(SUNDAY) == 0
    assert [each.facts for each in await made.announced()] == [{"skipped": 1}]


async def test_after_weeks_of_standing_still_one_summary_tells_them_all() -> None:
    made = await house(campaign())
    await made.sign("A", at=START)
    await made.sign("B", at=START + 8 * DAY)
    assert await made.due(SUNDAY + 14 * DAY + HOUR) == 1
    told = [each for each in await made.announced() if "new" in each.facts]
    assert [(each.slot, each.facts["new"]) for each in told] == [("2026-03-01T10:00", 2)]


async def test_a_week_in_which_a_clock_changes_misses_no_hour() -> None:
    made = await house(campaign(zone="Europe/Berlin"))
    first = datetime.fromisoformat("2026-03-29T08:00+00:00")
    for hours in range(-1, 8 * 24):
        await made.due(first + hours * HOUR)
    told = [each for each in await made.announced() if each.kind is News.WEEKLY]
    assert told[-1].due - told[-2].due == 7 * DAY
    assert told[-2].due - told[-3].due == 7 * DAY - HOUR


async def test_a_milestone_is_announced_once_for_ever() -> None:
    made = await house(campaign())
    await made.reached(4, 5)
    await made.reached(5, 4)
    await made.reached(4, 5)
    await made.reached(5, 12)
    announced = await made.announced()
    assert [(each.kind, each.slot, each.facts) for each in announced] == [
        (News.MILESTONE, "5", {"number": 5}),
        (News.MILESTONE, "10", {"number": 10}),
    ]
    assert len(await made.store.read(lambda tx: list(tx.deliveries.by_chat(ROOM)))) == 2


async def test_no_milestone_is_announced_while_a_campaign_is_closed() -> None:
    made = await house(campaign(closes=START))
    await made.reached(4, 5)
    assert await made.announced() == []


async def test_quiet_hours_hold_a_post_until_they_end() -> None:
    made = await house(campaign())
    night = START + 13 * HOUR  # 23:00 there
    await made.reached(4, 5, night)
    (owed,) = await made.store.read(lambda tx: list(tx.deliveries.by_chat(ROOM)))
    assert (owed.state, owed.due) == (DeliveryState.PLANNED, START + 22 * HOUR)


async def test_a_channel_that_stopped_is_owed_nothing() -> None:
    made = await house(campaign())
    await made.store.transaction(lambda tx: tx.subscriptions.stop(ROOM))
    await made.reached(4, 5)
    assert len(await made.announced()) == 1
    assert not await made.store.read(lambda tx: list(tx.deliveries.by_chat(ROOM)))


async def test_where_a_repeat_is_known_by_its_nonce_a_post_may_be_repeated() -> None:
    made = await house(campaign(reminders=(MONDAYS,)))
    await made.store.transaction(
        lambda tx: compose.due(tx, made.catalog, made.ids, MONDAY, {"discord", ROOM.platform})
    )
    await made.store.transaction(
        lambda tx: compose.milestone(
            made.ids, tx, made.catalog.campaigns["peace"], 4, 5, MONDAY, {"elsewhere"}
        )
    )
    owed = await made.store.read(lambda tx: list(tx.deliveries.by_chat(ROOM)))
    assert {each.policy for each in owed} == {Policy.NONCE, Policy.ONCE}

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.campaign.announcement import Delivery, DeliveryState, News
from bot.campaign.campaign import Campaign, Reminder
from bot.campaign.endorsement import Kind
from bot.campaign.refs import ChatRef
from bot.content.catalog import Catalog
from bot.dialog.messages import Outgoing
from bot.dialog.text import paragraph
from bot.outbox import compose
from bot.outbox.post import post
from bot.ports import Fate, Receipt, Tx
from tests.outbox.made import DAY, HOUR, OTHER, ROOM, START, Desk, campaign, catalog, sign, wish
from tests.publication.words import said

S = DeliveryState
SUNDAY = datetime.fromisoformat("2026-02-15T03:00+00:00")


class Channel:
    """A channel with its wishes, composed for and delivered to from minute to minute."""

    def __init__(self, *campaigns: Campaign) -> None:
        self.desk = Desk()
        self.catalog = catalog(*campaigns)
        self.desk.compose["announcement"] = partial(said_now, self.catalog)

    async def do(self, work: Callable[[Tx], object]) -> None:
        await self.desk.store.transaction(work)

    async def reach(self, slug: str, number: int) -> None:
        """Let a campaign have so many organisations and tell the outbox."""
        now = self.desk.hands.now()

        def work(tx: Tx) -> None:
            before = tx.tallies.get(slug).get("organisation", 0)
            sign(tx, slug, [f"{slug} {n}" for n in range(before, number)], now)
            compose.milestone(self.desk.ids, tx, self.catalog.campaigns[slug], before, number, now)

        await self.do(work)

    async def tick(self) -> None:
        now = self.desk.hands.now()
        await self.do(lambda tx: compose.due(tx, self.catalog, self.desk.ids, now))
        await self.desk.deliverer.tick()

    async def until(self, end: datetime, step: timedelta = timedelta(minutes=30)) -> None:
        while self.desk.hands.now() < end:
            self.desk.hands.turn(step)
            await self.tick()

    def times(self, chat: ChatRef = ROOM) -> list[datetime]:
        return [each.at for each in self.desk.peer.posts.values() if each.chat == chat]

    def seen(self, chat: ChatRef = ROOM) -> list[list[str]]:
        return [text.splitlines() for text in self.desk.peer.seen(chat)]

    async def rows(self) -> list[Delivery]:
        return await self.desk.store.read(lambda tx: list(reversed(tx.deliveries.by_chat(ROOM))))


def said_now(catalog: Catalog, tx: Tx, delivery: Delivery, now: datetime) -> Outgoing | datetime | None:
    found = post(tx, catalog, delivery, now)
    return (
        found if found is None or isinstance(found, datetime) else Outgoing((paragraph(said(found.saying)),))
    )


async def channel(*campaigns: Campaign, news: frozenset[News] = frozenset(News)) -> Channel:
    made = Channel(*(campaigns or (campaign(),)))
    for each in made.catalog.campaigns:
        wished = wish(slug=each, news=news)
        await made.do(lambda tx, wished=wished: tx.subscriptions.put(wished, START))  # type: ignore[misc]
    await made.tick()
    return made


async def test_a_milestone_is_posted_as_it_stands() -> None:
    made = await channel()
    await made.reach("peace", 5)
    await made.tick()
    assert made.seen() == [
        [
            "5 organisations from 1 country have signed",
            "A call for peace",
            "",
            "New: peace 4 (Thailand), peace 3 (Thailand), peace 2 (Thailand), peace 1 (Thailand)",
        ]
    ]


async def test_one_post_a_day_and_the_rest_joins_the_next() -> None:
    made = await channel()
    await made.reach("peace", 5)
    await made.tick()
    await made.reach("peace", 10)
    await made.until(START + 23 * HOUR)
    assert len(made.seen()) == 1
    await made.until(START + 2 * DAY)
    assert made.times() == [START, START + DAY]
    assert made.seen()[1][0] == "10 organisations from 1 country have signed"


async def test_what_is_held_over_night_is_one_card_in_the_morning() -> None:
    made = await channel(campaign(), campaign("bread"))
    made.desk.hands.turn(14 * HOUR)  # midnight there
    await made.reach("peace", 5)
    await made.reach("peace", 10)
    await made.reach("bread", 5)
    await made.until(START + 30 * HOUR)
    assert made.times() == [START + 22 * HOUR]
    (text,) = made.seen()
    assert text == [
        "10 organisations from 1 country have signed",
        "A call for peace",
        "",
        "5 organisations from 1 country have signed",
        "A call for bread",
    ]
    rows = await made.rows()
    assert sorted(row.state for row in rows) == [S.SENT, S.SKIPPED, S.SKIPPED]
    sent = next(row for row in rows if row.state is S.SENT)
    assert {row.reason for row in rows if row.state is S.SKIPPED} == {f"with:{sent.id}"}


async def test_a_post_that_failed_before_the_quiet_hours_is_not_tried_in_them() -> None:
    made = await channel()
    made.desk.hands.turn(12 * HOUR - timedelta(seconds=2))
    await made.reach("peace", 5)
    made.desk.peer.fates = [Receipt(Fate.UNSENT, reason="no-connection")]
    await made.tick()
    await made.until(START + 30 * HOUR)
    (time,) = made.times()
    assert START + 22 * HOUR <= time < START + 23 * HOUR


async def test_a_card_that_was_not_sent_keeps_what_joined_it() -> None:
    made = await channel(campaign(), campaign("bread"))
    await made.reach("peace", 5)
    await made.reach("bread", 5)
    made.desk.peer.fates = [Receipt(Fate.UNSENT, reason="no-connection")]
    await made.tick()
    assert made.seen() == []
    await made.until(START + HOUR)
    assert [line for line in made.seen()[0] if line.startswith("A call")] == [
        "A call for peace",
        "A call for bread",
    ]
    assert len(made.seen()) == 1


async def test_more_campaigns_than_fit_wait_another_day() -> None:
    made = await channel(*(campaign(slug) for slug in "abcd"))
    for slug in "abcd":
        await made.reach(slug, 5)
    await made.until(START + 2 * DAY)
    titles = [[line for line in text if line.startswith("A call")] for text in made.seen()]
    assert [len(each) for each in titles] == [3, 1]


async def test_a_summary_on_sunday_with_names_and_the_total() -> None:
    made = await channel()
    await made.do(lambda tx: sign(tx, "peace", ["A", "B"], START - 9 * DAY))
    await made.do(lambda tx: sign(tx, "peace", ["C"], START))
    await made.do(lambda tx: sign(tx, "peace", ["D"], START, Kind.PERSON, named=False))
    await made.until(SUNDAY)
    assert made.times() == [SUNDAY]
    assert made.seen()[0] == [
        "2 new sign-ons since 8 February",
        "A call for peace",
        "",
        "New: C (Thailand) and one more",
        "",
        "In all: 3 organisations from 1 country and 1 person",
    ]


async def test_no_summary_while_the_count_is_hidden() -> None:
    made = await channel(campaign(show_count_from=5))
    await made.do(lambda tx: sign(tx, "peace", ["A", "B"], START))
    await made.until(SUNDAY + DAY)
    assert made.seen() == []
    assert [row.state for row in await made.rows()] == [S.CANCELLED]


async def test_a_reminder_counts_the_days() -> None:
    closes = START + 3 * DAY + 14 * HOUR  # midnight there: the third day is the last
    reminder = Reminder("daily", cron="0 12 * * *")
    made = await channel(campaign(reminders=(reminder,), closes=closes), news=frozenset({News.REMINDER}))
    await made.until(START + 6 * DAY)
    assert [text[0] for text in made.seen()] == [
        "3 days left to sign",
        "2 days left to sign",
        "One day left to sign",
        "Today is the last day to sign.",
    ]


async def test_a_milestone_that_is_not_true_any_more_is_not_posted() -> None:
    made = await channel()
    made.desk.hands.turn(14 * HOUR)
    await made.reach("peace", 5)
    await made.do(lambda tx: tx.tallies.add("peace", {"organisation": -1}))
    await made.until(START + 2 * DAY)
    assert (made.seen(), [row.state for row in await made.rows()]) == ([], [S.CANCELLED])


async def test_who_unsubscribed_meanwhile_gets_nothing() -> None:
    made = await channel()
    made.desk.hands.turn(14 * HOUR)
    await made.reach("peace", 5)
    await made.do(lambda tx: tx.subscriptions.put(wish(news=frozenset({News.WEEKLY}), row=2), START))
    await made.until(START + 2 * DAY)
    assert made.seen() == []


async def test_a_campaign_that_left_the_data_is_not_posted() -> None:
    made = await channel()
    await made.reach("peace", 5)
    made.desk.compose["announcement"] = partial(said_now, catalog(campaign("bread")))
    await made.tick()
    assert (made.seen(), [row.state for row in await made.rows()]) == ([], [S.CANCELLED])


async def test_channels_do_not_hold_each_other_up() -> None:
    made = await channel()
    await made.do(lambda tx: tx.subscriptions.put(wish(OTHER, zone="UTC", quiet_from=0, quiet_to=0), START))
    made.desk.hands.turn(14 * HOUR)
    await made.reach("peace", 5)
    await made.tick()
    assert made.times(OTHER) == [START + 14 * HOUR]
    assert made.times() == []


async def test_a_busy_week_brings_one_post_a_day_in_waking_hours() -> None:
    made = await channel(
        campaign(milestones=tuple(range(3, 400))), campaign("bread", milestones=tuple(range(3, 400)))
    )
    for hour in range(7 * 24):
        made.desk.hands.time = START + hour * HOUR
        await made.reach(("peace", "bread")[hour % 2], 2 + hour)
        await made.tick()
    local = [time + 7 * HOUR for time in made.times()]
    assert len({time.date() for time in local}) == len(local) == 8
    assert all(8 <= time.hour < 22 for time in local)


async def test_an_imported_name_is_no_news() -> None:
    made = await channel()
    await made.do(lambda tx: sign(tx, "peace", ["Old"], START, origin="import"))
    await made.reach("peace", 5)
    await made.tick()
    assert "Old" not in " ".join(made.seen()[0])
    assert "peace 4" in " ".join(made.seen()[0])

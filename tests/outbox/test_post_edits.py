"""A post that is there is edited when somebody takes their name back: it says what was so then, less them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.campaign.announcement import DeliveryState, Policy
from bot.campaign.campaign import Campaign, Reminder
from bot.campaign.endorsement import State, tally_names
from bot.ports import Fate, Receipt, Tx
from tests.outbox.made import DAY, HOUR, OTHER, ROOM, START, campaign, catalog, sign
from tests.outbox.test_post import SUNDAY, Channel, channel, said_now

S = DeliveryState
MINUTE = timedelta(minutes=1)
HEAD, TITLE = "5 organisations from 1 country have signed", "A call for peace"


async def change(made: Channel, id_: str, state: State, sign: int, slug: str = "peace") -> None:
    """Take an endorsement back, or undo that, as the bot does it."""
    now = made.desk.hands.now()

    def work(tx: Tx) -> None:
        found = tx.endorsements.get(id_)
        assert found
        assert tx.endorsements.change(replace(found, state=state, row=found.row + 1), found.row)
        tx.tallies.add(slug, dict.fromkeys(tally_names(found), sign))
        tx.deliveries.renew_posts(slug, now - 30 * DAY, now)

    await made.do(work)


async def withdraw(made: Channel, *numbers: int, slug: str = "peace") -> None:
    for number in numbers:
        await change(made, f"{slug}{number}", State.WITHDRAWN, -1, slug)


async def undo(made: Channel, number: int) -> None:
    await change(made, f"peace{number}", State.PUBLISHED, 1)


async def soon(made: Channel) -> None:
    """A minute later: a room gets no two messages in a second."""
    made.desk.hands.turn(MINUTE)
    await made.tick()


def edits(made: Channel) -> list[str]:
    """Which messages were edited, edit by edit."""
    return [replaced for _, replaced, _ in made.desk.peer.calls if replaced]


async def milestone(*campaigns: Campaign) -> Channel:
    """A channel that was told of five."""
    made = await channel(*campaigns)
    await made.reach("peace", 5)
    await made.tick()
    assert made.seen()[0][-1] == names(4, 3, 2, 1)
    return made


async def over_night(made: Channel, *slugs: str) -> None:
    """Milestones of these campaigns that wait for the morning."""
    made.desk.hands.turn(14 * HOUR)
    for slug in slugs:
        await made.reach(slug, 5)


def names(*numbers: int) -> str:
    return "New: " + ", ".join(f"peace {n} (Thailand)" for n in numbers)


async def test_a_name_taken_back_goes_from_a_milestone_and_comes_back_with_its_undo() -> None:
    made = await milestone()
    made.desk.hands.turn(HOUR)
    await withdraw(made, 5)  # "peace 4"
    await made.tick()
    assert made.seen() == [[HEAD, TITLE, "", names(3, 2, 1, 0)]]
    await undo(made, 5)
    await soon(made)
    assert made.seen() == [[HEAD, TITLE, "", names(4, 3, 2, 1)]]
    assert (edits(made), made.times()) == (["m1", "m1"], [START + HOUR + MINUTE])
    assert [row.state for row in await made.rows()] == [S.SENT]


async def test_an_edited_post_tells_nothing_of_what_came_later() -> None:
    made = await milestone()
    made.desk.hands.turn(DAY)
    await made.do(lambda tx: sign(tx, "peace", [f"Late {n}" for n in range(120)], START + DAY, country="MY"))
    await withdraw(made, 3)
    await soon(made)
    assert made.seen() == [[HEAD, TITLE, "", names(4, 3, 1, 0)]]


async def test_names_of_weeks_ago_do_not_come_up_in_an_edited_post() -> None:
    made = await channel()
    await made.do(lambda tx: sign(tx, "peace", ["Old"], START - 8 * DAY))
    await made.reach("peace", 5)
    await made.tick()
    await withdraw(made, 2, 3, 4, 5)
    await soon(made)
    assert made.seen() == [["5 organisations have signed", TITLE]]  # so few are not counted by country


async def test_a_summary_is_of_its_week_less_whoever_withdrew() -> None:
    made = await channel()
    await made.do(lambda tx: sign(tx, "peace", ["A", "B"], START - 9 * DAY))
    await made.do(lambda tx: sign(tx, "peace", ["C", "D"], START))
    await made.until(SUNDAY)
    await made.do(lambda tx: sign(tx, "peace", ["E"], SUNDAY + HOUR))
    made.desk.hands.turn(2 * HOUR)
    await withdraw(made, 3)
    await soon(made)
    tail = ["", "In all: 3 organisations from 1 country"]
    assert made.seen() == [["1 new sign-on since 8 February", TITLE, "", "New: D (Thailand)", *tail]]
    await withdraw(made, 4)
    await soon(made)
    assert made.seen() == [
        ["This statement is open for signing.", TITLE, "", "In all: 2 organisations from 1 country"]
    ]
    await withdraw(made, 1)
    await soon(made)
    assert made.seen() == [["This statement is open for signing.", TITLE]]  # so few are not counted in public
    assert edits(made) == ["m1"] * 3


async def test_several_withdrawals_at_once_are_one_edit() -> None:
    made = await milestone()
    await withdraw(made, 1, 2, 5)
    await soon(made)
    assert (made.seen()[0][-1], edits(made)) == (names(3, 2), ["m1"])


async def test_an_edit_waits_for_nothing_and_holds_nothing_back() -> None:
    made = await milestone()
    made.desk.hands.turn(13 * HOUR)  # 23:00 there
    await withdraw(made, 5)
    await soon(made)
    assert made.times() == [START + 13 * HOUR + MINUTE]
    await made.until(START + 22 * HOUR)
    await made.reach("peace", 11)
    await made.tick()
    assert len(made.seen()) == 2


async def test_a_day_whose_post_is_to_be_edited_has_its_post() -> None:
    made = await milestone()
    made.desk.hands.turn(HOUR)
    await made.reach("peace", 11)
    made.desk.hands.turn(MINUTE)
    await withdraw(made, 5)
    await made.until(START + 3 * HOUR)
    assert [text[-1] for text in made.seen()] == [names(3, 2, 1, 0)]


async def test_an_edit_does_not_join_the_next_post() -> None:
    made = await milestone()
    made.desk.hands.turn(DAY)
    made.desk.peer.fates = [Receipt(Fate.UNSENT, retry=300)]
    await withdraw(made, 5)
    await soon(made)
    await made.reach("peace", 11)
    await made.until(START + DAY + HOUR)
    assert [text[0][:2] for text in made.seen()] == ["5 ", "10"]
    assert "peace 4" not in str(made.seen())


async def test_what_joined_a_post_stays_on_it() -> None:
    made = await channel(campaign(reminders=(Reminder("daily", cron="0 8 * * *"),)))
    await over_night(made, "peace")
    await made.until(START + 22 * HOUR)
    (card,) = made.seen()
    assert card == [HEAD, "", "This statement is open for signing.", TITLE, "", names(4, 3, 2, 1)]
    for number in range(60):
        await made.desk.owe(f"beside {number}", Policy.NOTICE, state=S.SENT)
    await withdraw(made, 5)
    await soon(made)
    assert made.seen() == [[*card[:-1], names(3, 2, 1, 0)]]


async def test_a_channel_that_wishes_no_more_has_the_name_taken_off_too() -> None:
    made = await milestone()
    await made.do(lambda tx: tx.subscriptions.stop(ROOM))
    await withdraw(made, 5)
    await made.do(lambda tx: tx.subscriptions.stop(ROOM))
    await soon(made)
    assert made.seen() == [[HEAD, TITLE, "", names(3, 2, 1, 0)]]


async def test_an_edit_is_not_too_late_when_its_post_would_be() -> None:
    made = await milestone()
    made.desk.hands.turn(20 * DAY)
    await withdraw(made, 5)
    await soon(made)
    assert made.seen() == [[HEAD, TITLE, "", names(3, 2, 1, 0)]]


async def test_a_post_that_arrived_at_a_later_try_is_of_that_time() -> None:
    made = await channel()
    await made.reach("peace", 5)
    made.desk.peer.fates = [Receipt(Fate.UNSENT, retry=7200)]
    await made.tick()
    made.desk.hands.turn(HOUR)
    await made.do(lambda tx: sign(tx, "peace", ["Between"], START + HOUR))
    await made.until(START + 3 * HOUR)
    await withdraw(made, 1)
    await soon(made)
    assert made.seen()[0][-1] == "New: Between (Thailand), " + names(4, 3, 2)[5:]


@pytest.mark.parametrize(
    "receipt",
    [Receipt(Fate.REFUSED, reason="too-old"), Receipt(Fate.MOVED, moved=OTHER), Receipt(Fate.UNKNOWN)],
)
async def test_a_post_that_cannot_be_edited_is_not_posted_anew_and_tried_with_the_next_change(
    receipt: Receipt,
) -> None:
    made = await milestone()
    made.desk.peer.fates, made.desk.peer.arrives = [receipt] * 9, False
    await withdraw(made, 5)
    await made.until(START + 3 * HOUR, 15 * MINUTE)
    assert len(made.seen()) == 1
    assert (made.seen(OTHER), [row.state for row in await made.rows()]) == ([], [S.SENT])
    made.desk.peer.fates = []
    await withdraw(made, 4)
    await soon(made)
    assert made.seen()[0][-1] == names(2, 1, 0)


async def test_a_campaign_that_left_the_data_keeps_its_posts() -> None:
    made = await milestone()
    made.desk.compose["announcement"] = partial(said_now, catalog(campaign("bread")))
    await withdraw(made, 5)
    await soon(made)
    assert (edits(made), [row.state for row in await made.rows()]) == ([], [S.SENT])


async def test_what_is_no_news_any_more_takes_nothing_along() -> None:
    """Else the names of one campaign could stand on a post that counts as another's."""
    made = await channel(campaign(), campaign("bread"))
    await over_night(made, "peace", "bread")
    await withdraw(made, 1)
    await made.until(START + 23 * HOUR)
    assert [text[:2] for text in made.seen()] == [[HEAD, "A call for bread"]]
    await withdraw(made, 5, slug="bread")
    await soon(made)
    assert made.seen()[0][-1] == names(3, 2, 1, 0).replace("peace", "bread")
    assert {row.state for row in await made.rows()} == {S.CANCELLED, S.SENT}


async def test_what_joined_and_is_no_news_any_more_when_it_goes_out_is_never_told() -> None:
    made = await channel(campaign(), campaign("bread"))
    await over_night(made, "peace", "bread")
    made.desk.peer.fates = [Receipt(Fate.UNSENT, retry=600)]
    await made.until(START + 22 * HOUR)
    assert made.seen() == []
    await withdraw(made, 1, slug="bread")
    await made.until(START + 23 * HOUR)
    await withdraw(made, 5)
    await soon(made)
    assert made.seen() == [[HEAD, TITLE, "", names(3, 2, 1, 0)]]


async def test_what_had_joined_a_post_that_is_no_news_any_more_goes_out_by_itself() -> None:
    made = await channel(campaign(), campaign("bread"))
    await over_night(made, "peace", "bread")
    made.desk.peer.fates = [Receipt(Fate.UNSENT, retry=600)]
    await made.until(START + 22 * HOUR)
    await withdraw(made, 1)
    await made.until(START + 23 * HOUR)
    assert [text[:2] for text in made.seen()] == [[HEAD, "A call for bread"]]

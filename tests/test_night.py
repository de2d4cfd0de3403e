from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from bot import night
from bot.campaign.endorsement import Kind
from bot.log import Event
from bot.ports import Post, Store, Tx
from tests.outbox.made import DAY, HOUR, sign, store
from tests.stage import open_stage, shipped

T = TypeVar("T")
EVENING = datetime(2026, 2, 14, 18, tzinfo=UTC)
"""01:00 in Bangkok: the night of the 13th is not over."""


@dataclass
class Kept:
    """A store that says when it was tidied, and whether it could be."""

    real: Store = field(default_factory=store)
    can: bool = True
    tidied: int = 0

    async def transaction(self, work: Callable[[Tx], T]) -> T:
        return await self.real.transaction(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self.real.read(work)

    async def tidy(self) -> bool:
        self.tidied += 1
        return self.can

    async def close(self) -> None:
        await self.real.close()


async def ring(kept: Kept, after: timedelta = timedelta()) -> None:
    await night.ring(kept, ("peace", "bread"), "Asia/Bangkok", EVENING + after)


def wrong(caplog: pytest.LogCaptureFixture) -> list[str]:
    fields = [record.__dict__["fields"] for record in caplog.records if record.msg is Event.TALLY_WRONG]
    return [each["campaign"] for each in fields]


async def test_once_a_night_from_three_on() -> None:
    kept, counts = Kept(), []
    for hours in range(30):
        await ring(kept, hours * HOUR)
        counts.append(kept.tidied)
    assert counts == [1] * 2 + [2] * 24 + [3] * 4


async def test_where_the_bot_slept_it_is_done_in_the_morning() -> None:
    kept = Kept()
    await ring(kept)
    await ring(kept, 9 * HOUR)
    assert kept.tidied == 2


async def test_what_could_not_be_tidied_is_tried_again_at_the_next_ring() -> None:
    kept = Kept(can=False)
    for hours, can in ((0, False), (1, True), (1, True)):
        kept.can = can
        await ring(kept, hours * HOUR)
    assert kept.tidied == 2


async def test_a_tally_that_is_not_what_the_rows_say_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    kept = Kept()

    def work(tx: Tx) -> None:
        for slug in ("peace", "bread"):
            sign(tx, slug, ["A", "B"], EVENING)
            sign(tx, slug, ["C"], EVENING, Kind.PERSON, named=False)
        tx.tallies.add("peace", {"gone": 1})
        tx.tallies.add("peace", {"gone": -1})

    await kept.transaction(work)
    with caplog.at_level(logging.ERROR, "bot"):
        await ring(kept)
        assert wrong(caplog) == []
        await kept.transaction(lambda tx: tx.tallies.add("bread", {"person/unnamed/country/TH": 1}))
        await ring(kept, HOUR)
        assert wrong(caplog) == []
        await ring(kept, DAY)
    assert wrong(caplog) == ["bread"]


async def test_old_events_and_console_posts_are_forgotten_at_each_ring() -> None:
    kept = Kept()

    def work(tx: Tx) -> None:
        for age in (8, 10, 29, 31):
            tx.events.first("telegram", str(age), EVENING - age * DAY)
            tx.posts.put(Post(str(age), "square", "{}", EVENING - age * DAY))

    await ring(kept)
    await kept.transaction(work)
    await ring(kept)
    left = await kept.read(lambda tx: [post.message for _, post in tx.posts.of("square")])
    assert left == ["8", "10", "29"]
    seen = await kept.transaction(lambda tx: [tx.events.first("telegram", str(n), EVENING) for n in (8, 10)])
    assert seen == [False, True]


async def test_the_bot_rings_it() -> None:
    stage = open_stage(shipped())
    await stage.store.transaction(lambda tx: tx.posts.put(Post("1", "square", "{}", stage.clock.now())))
    stage.clock.turn(31 * DAY)
    await stage.bot.ticks()["forget"][1]()
    assert await stage.store.read(lambda tx: tx.posts.of("square")) == []
    await stage.store.close()

"""The sessions of a day last the day, however often the bot is started anew and whatever Discord does."""

from __future__ import annotations

import pytest

from bot.campaign.refs import ChatRef
from bot.platforms.discord.sessions import RESERVE, Budget, Sessions, Spent
from bot.ports import Fate
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.rig import CARD, ear_of, running

DAY = 86_400.0


def asked(budget: Budget, now: float = 0, number: int = 1, sessions: Sessions | None = None) -> float:
    """Seconds to wait before they may be begun."""
    try:
        (sessions or Sessions()).begin(number, budget, now)
    except Spent as spent:
        return spent.seconds
    return 0


def test_half_of_them_are_begun_at_once() -> None:
    assert asked(Budget(1000, 501, DAY)) == 0
    assert asked(Budget(1000, 500, DAY)) == DAY / 495
    assert asked(Budget(1000, 500, DAY), number=4) == 4 * DAY / 495


@pytest.mark.parametrize(("left", "number"), [(0, 1), (RESERVE, 1), (RESERVE + 3, 4)])
def test_the_last_are_left_alone(left: int, number: int) -> None:
    sessions = Sessions()
    assert asked(Budget(1000, left, 600), 0, number, sessions) == 600
    assert asked(Budget(1000, left, 1), 599, number, sessions) == 1
    assert asked(Budget(1000, 1000, DAY), 601, number, sessions) == 0


def test_who_waited_may_begin_once() -> None:
    sessions, budget = Sessions(), Budget(1000, 105, 1000)
    assert asked(budget, 0, 1, sessions) == 10
    assert asked(budget, 4, 1, sessions) == 6
    assert asked(budget, 10, 1, sessions) == 0
    assert asked(budget, 11, 1, sessions) == 10


def test_started_anew_all_day_it_has_sessions_left() -> None:
    now, left = 0.0, 1000
    while now < DAY:
        now += 1 + asked(Budget(1000, left, DAY - now))  # it ends a second after it began
        left -= 1
        assert left >= RESERVE
    assert left < 100, "it did not simply give up"


async def test_one_that_waits_can_speak_and_a_restart_waits_anew(server: DiscordServer) -> None:
    server.gateway.starts_left = 400
    room = server.rooms.add(server.guild(9 << 22))
    for number in range(1, 4):
        rig, ear = ear_of(server)
        async with running(rig, ear):
            await server.until(lambda: len(server.called("GET /gateway/bot")) == number)  # noqa: B023
            await server.until(lambda: rig.messenger.api.is_open)  # noqa: B023
            sent = await rig.messenger.send(ChatRef("discord", str(room.id)), CARD)
            assert sent.fate is Fate.SENT
    assert (server.gateway.identified, server.gateway.starts_left) == ([], 400)


async def test_after_its_share_of_the_day_it_begins(server: DiscordServer) -> None:
    server.gateway.starts_left, server.gateway.starts_anew = RESERVE + 10, 1.0
    rig, ear = ear_of(server)
    async with running(rig, ear):
        await server.until(lambda: server.gateway.live)
    assert len(server.called("GET /gateway/bot")) >= 2
    assert len(server.gateway.identified) == 1


async def test_sessions_that_the_library_begins_by_itself_are_counted_too(server: DiscordServer) -> None:
    server.gateway.starts_left, server.gateway.starts_anew = RESERVE + 1, 0.0
    room = server.rooms.add(server.guild(9 << 22))
    rig, ear = ear_of(server)
    async with running(rig, ear):
        await server.until(lambda: server.gateway.live)
        server.gateway.starts_anew = 600.0
        server.gateway.invalidate()
        await server.until(lambda: len(server.called("GET /users/@me")) == 2)
        await server.until(lambda: rig.messenger.api.is_open)
        assert (await rig.messenger.send(ChatRef("discord", str(room.id)), CARD)).fate is Fate.SENT
    assert (len(server.gateway.identified), server.gateway.starts_left) == (1, RESERVE)

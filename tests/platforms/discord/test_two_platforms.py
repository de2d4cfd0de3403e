"""One bot on both platforms, by both real libraries on both strict servers: cards follow each decision."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest

from bot.campaign.refs import ChatRef
from bot.features.guards import needs_administrator
from bot.platforms.discord.limit import LIMIT as DISCORD_LIMIT
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.limit import LIMIT as TELEGRAM_LIMIT
from tests.peers.discord.message import Message as DiscordMessage
from tests.peers.discord.weather import Fault
from tests.peers.discord_server import DiscordServer
from tests.peers.telegram_chats import Chat, Message
from tests.peers.telegram_people import Person as TelegramPerson
from tests.peers.telegram_server import TelegramServer
from tests.platforms.discord.house import House
from tests.platforms.discord.test_lives_trouble import sign
from tests.platforms.telegram.rig import polling
from tests.stage import HandClock, shipped
from tests.transcripts.play import set_up

DESK = -1000000000001
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
UNDO = timedelta(minutes=10)


@dataclass
class Both:
    """A moderators' chat on each platform: ``asa`` decides on Discord, ``bo`` on Telegram."""

    house: House
    telegram: TelegramServer
    desk: Chat
    bo: TelegramPerson

    @asynccontextmanager
    async def life(self) -> AsyncIterator[None]:
        """One life of the process."""
        messenger = TelegramMessenger(self.telegram.token, self.telegram.api, patience=5)
        self.house.beside = {"telegram": messenger}
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.house.life())
            stack.push_async_callback(messenger.close)
            await messenger.open()
            bot = self.house.bot
            needs = partial(needs_administrator, self.house.store)
            await stack.enter_async_context(polling(messenger, bot.turns.take, needs))
            yield

    async def tap(self, label: str) -> None:
        """Press a button of Telegram's newest card, and wait until that is taken."""
        self.bo.tap(self.desk.last, label)
        await self.taken()
        await self.house.tick()

    async def taken(self) -> None:
        """Telegram was told of every press that it was taken."""
        await self.telegram.until(lambda: all(press.answer is not None for press in self.bo.presses))

    async def press(self, label: str) -> None:
        """Press a button of Discord's newest card, and wait until that is taken."""
        await self.house.press(self.house.server.people[9], label, self.house.desk)
        await self.house.tick()

    @property
    def cards(self) -> tuple[DiscordMessage, Message]:
        """The one card of each moderators' chat."""
        (there,), (here,) = self.house.desk.from_bot, self.desk.from_bot
        return there, here

    def press_of(self, label: str) -> str:
        """What a button of Discord's card carries."""
        (card, _) = self.cards
        (found,) = [part["custom_id"] for part in card.parts if part["label"] == label]
        return str(found)

    def assert_stands(self, words: str, button: str) -> None:
        """Both cards say so, and have this first button; none where it is ""."""
        there, here = self.cards
        assert words in there.text
        assert words in here.plain
        assert (there.buttons[:1], here.labels[:1]) == ([button] * bool(button), [button] * bool(button))


@pytest.fixture
async def both(server: DiscordServer, clock: HandClock) -> AsyncIterator[Both]:
    content, _ = set_up("setup: names=1-17 undo=10 milestones=18", shipped())
    telegram = await TelegramServer().start()
    house = House(server, content, clock, server.rooms.add(server.guild(9 << 22), "desk"))
    house.limits = {"discord": DISCORD_LIMIT, "telegram": TELEGRAM_LIMIT}
    house.desks = (ChatRef("telegram", str(DESK)),)
    assert house.desk.guild
    server.rooms.join(house.desk.guild, server.user(9, name="Asa"))
    desk = telegram.group(DESK, "Desk", members={8: "member"})
    yield Both(house, telegram, desk, telegram.user(8, name="Bo"))
    await telegram.stop()
    assert (server.refusals, server.failed, server.pings) == ([], [], [])


async def test_a_decision_on_telegram_changes_the_card_on_discord(both: Both) -> None:
    async with both.life():
        await sign(both.house)
        await both.house.tick()
        approve = both.press_of("Approve")
        await both.tap("Approve")
        both.assert_stands("Approved by Bo", "Undo")
        asa, (card, _) = both.house.server.people[9], both.cards
        await both.house.answered(asa.forge(approve, card))
        assert "Bo" in asa.last(both.house.desk).text, "whoever presses the stale card is told who was first"
        assert asa.last(both.house.desk).only is asa.user
        await both.house.tick(UNDO)
        await both.house.tick()
        both.assert_stands("On the list", "")
    assert (await both.house.listed()).count("Riverbank Tenants Union, Germany") == 1


async def test_a_decision_on_discord_changes_the_card_on_telegram(both: Both) -> None:
    async with both.life():
        await sign(both.house)
        await both.house.tick()
        stale = both.desk.last.labels
        await both.press("Approve")
        both.assert_stands("Approved by Asa", "Undo")
        assert both.desk.last.labels != stale
        await both.tap("Undo")
        both.assert_stands("Sign-on to check", "Approve")
        await both.press("Not this time")
        await both.press("Already on the list")
        both.assert_stands("Not this time", "")
    assert "Riverbank Tenants Union, Germany" not in await both.house.listed()


async def test_two_who_decide_at_once_decide_once(both: Both) -> None:
    async with both.life():
        await sign(both.house)
        await both.house.tick()
        both.house.store.gate.clear()
        both.bo.tap(both.desk.last, "Approve")
        asked = both.house.server.people[9].press("Approve", where=both.house.desk)
        await both.house.server.until(lambda: asked.response is not None)
        both.house.store.gate.set()
        await both.house.answered(asked)
        await both.taken()
        await both.house.tick()
        (there, _) = both.cards
        (first,) = {name for name in ("Asa", "Bo") if f"Approved by {name}" in there.text}
        both.assert_stands(f"Approved by {first}", "Undo")


async def test_a_kill_after_a_decision_leaves_no_stale_card(both: Both) -> None:
    async with both.life():
        await sign(both.house)
        await both.house.tick()
        server, edit = both.house.server, f"PATCH /channels/{both.house.desk.id}"
        server.weather.expect(Fault.HANG, edit, seconds=5)
        both.bo.tap(both.desk.last, "Approve")
        await both.taken()
        both.house.clock.turn(MINUTE)
        both.house.ring()
        await server.until(lambda: server.called(edit))
        await both.house.kill()
    async with both.life():
        await both.house.tick(MINUTE)
        both.assert_stands("Approved by Bo", "Undo")


async def test_old_cards_that_are_pressed_are_changed_at_once_however_many(both: Both) -> None:
    async with both.life():
        await sign(both.house)
        await both.house.tick()
        await both.house.tick(5 * HOUR)
        for label, words in (("Approve", "Approved by Asa"), ("Undo", "Sign-on to check")) * 5:
            await both.press(label)
            both.assert_stands(words, "Undo" if label == "Approve" else "Approve")


async def test_old_cards_decided_elsewhere_are_changed_as_soon_as_discord_lets_us(both: Both) -> None:
    server = both.house.server
    async with both.life():
        await sign(both.house)
        await both.house.tick()
        await both.house.tick(5 * HOUR)
        for label in ("Approve", "Undo") * 3:
            await both.tap(label)
        assert [refusal["code"] for _, refusal in server.refusals] == [30046]
        await both.tap("Approve")
        await both.house.tick(MINUTE)
        assert len(server.refusals) == 1, "it waits"
        server.refusals.clear()
        await both.house.tick(HOUR)
        await both.house.tick(MINUTE)
        both.assert_stands("On the list", "")


async def test_a_note_for_one_alone_never_becomes_the_card(both: Both) -> None:
    async with both.life():
        await sign(both.house)
        await both.house.tick()
        asa, (card, _) = both.house.server.people[9], both.cards
        approve = both.press_of("Approve")
        await both.tap("Approve")
        await both.house.answered(asa.forge(approve, card))
        note, words = asa.last(both.house.desk), asa.last(both.house.desk).text
        await both.tap("Undo")
        both.assert_stands("Sign-on to check", "Approve")
        assert (asa.last(both.house.desk), note.text) == (note, words)

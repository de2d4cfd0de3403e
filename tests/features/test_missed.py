"""Notices to somebody who cannot be written to wait until they come again."""

from __future__ import annotations

from datetime import timedelta

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Outgoing
from bot.platforms.console.client import ConsoleMessenger
from bot.ports import Fate, Receipt
from tests.stage import Seat, Stage, open_stage, shipped

MIRA, ASA = Seat("mira"), Seat("asa", room="desk")


class Closed(ConsoleMessenger):
    """A platform on which one private chat takes nothing that was not asked for."""

    closed: ChatRef

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        if chat == self.closed:
            return Receipt(Fate.GONE, reason="closed")
        return await super().send(chat, outgoing, replaces=replaces, nonce=nonce)


async def _signed_behind_closed_doors() -> Stage:
    stage = open_stage(shipped())
    closed = Closed(stage.store, stage.clock, stage.ids)
    closed.closed = closed.private_chat(AccountRef("console", "mira"))
    stage.messenger.real = closed
    await stage.bot.start()
    await stage.say(MIRA, "/sign palestine")
    await stage.press(MIRA, "b.sign-organisation")
    for words in ("Riverbank Tenants Union", "RTU", "Germany", "Mira, chair"):
        await stage.say(MIRA, words)
    await stage.press(MIRA, "b.sign-and-publish")
    await stage.press(ASA, "b.not-now")
    await stage.press(ASA, "b.reason-unconfirmed")
    await stage.turn_clock(timedelta(minutes=11))
    return stage


async def test_a_notice_that_did_not_arrive_is_offered_with_the_next_command_until_it_was_shown() -> None:
    stage = await _signed_behind_closed_doors()
    (card,) = await stage.say(MIRA, "/statements")
    assert card.labels[-1] == "b.news"
    (shown,) = await stage.press(MIRA, "b.news")
    assert shown.phrases[0] == "mine.head"
    (card,) = await stage.say(MIRA, "/statements")
    assert not card.has("b.news")
    (old,) = await stage.press(MIRA, "b.news")
    assert old.phrases[0] == "button.old"


async def test_nobody_else_is_offered_it() -> None:
    stage = await _signed_behind_closed_doors()
    (card,) = await stage.say(Seat("dao"), "/statements")
    assert not card.has("b.news")

"""An open talk's question that was perhaps lost survives what its owner does elsewhere meanwhile."""

from __future__ import annotations

from dataclasses import replace

from bot.app import Team
from bot.campaign.endorsement import State
from bot.campaign.refs import AccountRef
from bot.dialog.messages import Came, Incoming, Outgoing, Route
from bot.features.buttons import pack
from bot.platforms.console.client import ConsoleMessenger
from bot.ports import Fate, Receipt
from tests.stage import DESK, Seat, Shown, Stage, open_stage, shipped

MIRA, ASA = Seat("mira"), Seat("asa")
QUESTION, CARD = "sign.ask-organisation", "review.head"


class Losing(ConsoleMessenger):
    """A platform on which answers are lost while it is told so."""

    losing = False

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        if self.losing:
            return Receipt(Fate.UNKNOWN, reason="lost")
        return await super().answer(incoming, outgoing)


async def _owner_who_lost_a_question() -> tuple[Stage, Losing, str]:
    stage = open_stage(shipped())
    losing = Losing(stage.store, stage.clock, stage.ids)
    stage.messenger.real = losing
    stage.team = replace(Team(), owners=frozenset({AccountRef("console", "asa")}), moderators=(DESK,))
    stage.build()
    await stage.bot.start()
    await stage.say(MIRA, "/sign palestine")
    await stage.press(MIRA, "b.sign-organisation")
    for words in ("Riverbank Tenants Union", "RTU", "Germany", "Mira, chair"):
        await stage.say(MIRA, words)
    await stage.press(MIRA, "b.sign-and-publish")
    await stage.say(ASA, "/sign palestine")
    await stage.bot.turns.flush()
    losing.losing = True
    await stage.press(ASA, "b.sign-organisation")
    losing.losing = False
    return stage, losing, await stage.store.read(lambda tx: tx.endorsements.waiting("", 1)[0].id)


async def _press(stage: Stage, route: Route) -> list[Shown]:
    return await stage.take(stage.incoming(ASA, Came.PRESS, data=pack(route)))


async def test_a_card_of_the_organisers_comes_with_the_question_that_was_lost() -> None:
    stage, _, waiting = await _owner_who_lost_a_question()
    card, question = await _press(stage, ("rv", "see", waiting))
    assert CARD in card.phrases
    assert QUESTION in question.phrases
    assert not question.outgoing.replaces, "the card above stays"
    await stage.bot.turns.flush()
    assert not await stage.store.read(lambda tx: tx.people.owed())
    assert len(await _press(stage, ("rv", "see", waiting))) == 1, "nothing is owed any more"


async def test_both_are_said_again_where_both_were_lost() -> None:
    stage, losing, waiting = await _owner_who_lost_a_question()
    losing.losing = True
    await _press(stage, ("rv", "see", waiting))
    await _press(stage, ("rv", "see", waiting))
    losing.losing = False
    card, question = await stage.restart()
    assert CARD in card.phrases
    assert QUESTION in question.phrases


async def test_a_decision_leaves_the_question_owed() -> None:
    stage, _, waiting = await _owner_who_lost_a_question()
    row = await stage.store.read(lambda tx: tx.endorsements.waiting("", 1)[0].row)
    await _press(stage, ("rv", "approve", waiting, str(row)))
    decided = await stage.store.read(lambda tx: tx.endorsements.get(waiting))
    assert decided is not None
    assert decided.state is State.APPROVED
    assert QUESTION in (await stage.restart())[0].phrases

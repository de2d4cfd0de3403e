from __future__ import annotations

from functools import partial

from bot.campaign.announcement import DeliveryState
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Phrase
from bot.outbox import question
from bot.ports import Fate, Receipt, Tx
from tests.outbox.made import DESK, HOUR, ROOM, Desk, says

S = DeliveryState


async def unknown(asked: question.Moderator = DESK) -> Desk:
    """A desk with a post of which nobody knows; the moderators have the question."""
    desk = Desk()
    desk.compose["unknown"] = says("did it arrive?")
    desk.ask = partial(question.owe, desk.ids, (asked,))
    desk.restart("asking")
    await desk.owe()
    desk.peer.fates = [Receipt(Fate.UNKNOWN)]
    desk.peer.arrives = False
    await desk.deliverer.tick()
    return desk


async def answer(desk: Desk, asked: question.Moderator = DESK, *, there: bool) -> bool:
    now = desk.hands.now()
    return await desk.store.transaction(lambda tx: question.answer((asked,), tx, "k", now, there=there))


async def keys(desk: Desk) -> list[str]:
    def work(tx: Tx) -> list[str]:
        saying = question.card(tx, "k")
        assert saying
        return [part.key for part in saying.parts if isinstance(part, Phrase)]

    return await desk.store.read(work)


async def test_moderators_are_asked_and_may_say_that_it_is_there() -> None:
    desk = await unknown()
    assert desk.peer.seen(DESK) == ["did it arrive?"]
    assert await keys(desk) == ["unknown.question"]
    assert await answer(desk, there=True)
    assert ((await desk.row()).state, await keys(desk)) == (S.SENT, ["unknown.there"])
    await desk.deliverer.tick()
    assert [replaces for chat, replaces, _ in desk.peer.calls if chat == DESK] == ["", "m2"]
    assert desk.peer.seen(ROOM) == []


async def test_moderators_may_have_it_sent_again_and_are_asked_again_if_need_be() -> None:
    desk = await unknown()
    desk.peer.fates = [Receipt(Fate.UNKNOWN)]
    assert await answer(desk, there=False)
    assert await keys(desk) == ["unknown.again"]
    desk.hands.turn(HOUR)
    await desk.deliverer.tick()
    assert ((await desk.row()).state, await keys(desk)) == (S.UNKNOWN, ["unknown.question"])
    asked = await desk.row(f"unknown/{(await desk.row()).id}/{DESK}")
    assert (asked.state, asked.wanted, asked.shown) == (S.SENT, 3, 3)
    assert await answer(desk, there=False)
    desk.hands.turn(HOUR)
    await desk.deliverer.tick()
    assert ((await desk.row()).state, desk.peer.seen(ROOM)) == (S.SENT, ["hello"])


async def test_the_second_answer_changes_nothing() -> None:
    desk = await unknown()
    assert await answer(desk, there=True)
    assert not await answer(desk, there=False)
    assert (await desk.row()).state is S.SENT


async def test_where_no_chat_moderates_somebody_is_asked_in_private() -> None:
    owner = AccountRef("telegram", "5")
    desk = await unknown(owner)
    assert desk.peer.seen(ChatRef("telegram", "5")) == ["did it arrive?"]
    assert await answer(desk, owner, there=True)
    await desk.deliverer.tick()
    assert [replaces for chat, replaces, _ in desk.peer.calls if chat.id == "5"] == ["", "m2"]


async def test_no_question_about_what_does_not_exist() -> None:
    desk = Desk()
    assert await desk.store.read(lambda tx: question.card(tx, "nothing")) is None
    assert not await desk.store.transaction(
        lambda tx: question.answer((DESK,), tx, "nothing", desk.hands.now(), there=True)
    )

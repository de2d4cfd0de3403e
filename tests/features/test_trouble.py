"""What may not be done, and what goes wrong: always with what to do next, in the reader's language."""

from __future__ import annotations

from bot.dialog.messages import Came, Route
from bot.features.feature import Answer, Ask, Feature
from bot.features.router import build_router
from bot.features.turn import Turns
from tests.stage import Seat, Stage, open_stage, shipped
from tests.transcripts.rules import broken

MIRA = Seat("mira")
SITI = Seat("siti", locale="ms")


async def opened() -> Stage:
    stage = open_stage(shipped())
    await stage.bot.start()
    return stage


async def test_only_organisers_decide_and_whoever_guesses_is_led_on() -> None:
    stage = await opened()
    for data in ("rv/approve/x/1", "unknown/again/x"):
        (shown,) = await stage.take(stage.incoming(MIRA, Came.PRESS, data=data))
        assert shown.phrases == ("review.not-you", "|", "b.home")
        assert broken([shown], stage.content.phrases) == set()


async def test_only_who_runs_a_room_changes_it_and_nobody_else_sees_the_note() -> None:
    stage = await opened()
    (shown,) = await stage.say(Seat("mira", "square"), "/stop")
    assert shown.phrases == ("guard.administrators",)
    assert shown.outgoing.only


async def test_a_command_for_another_bot_is_left_to_it_in_a_room() -> None:
    stage = await opened()
    assert await stage.say(Seat("mira", "square"), "/frobnicate") == []
    (shown,) = await stage.say(MIRA, "/frobnicate")
    assert shown.phrases[0] == "command.unknown"


def _raise(_ask: Ask, _route: Route | str) -> Answer:
    raise ValueError


async def test_a_fault_of_ours_is_told_in_the_reader_s_language_with_a_way_on() -> None:
    stage = await opened()
    turns = Turns(
        store=stage.store,
        router=build_router([Feature("home", _raise, {"help": _raise})]),
        tools=stage.bot.tools,
        phrases=stage.content.phrases,
        messengers={"console": stage.messenger},
        clock=stage.clock,
    )
    await turns.take(stage.incoming(SITI, Came.COMMAND, name="help"))
    shown = stage.messenger.shown[-1]
    assert shown.phrases == ("turn.broken", "|", "b.home")
    assert shown.outgoing.language == "ms"

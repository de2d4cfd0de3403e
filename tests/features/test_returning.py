"""Who comes back is on the list at once, unless there was ever a doubt (FEATURES E13)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.stage import Seat, Stage, named, open_stage, shipped

MORE = Path(__file__).parents[1] / "transcripts" / "data"
DAO, BINA = Seat("dao"), Seat("bina", "desk")


async def signed_once() -> Stage:
    """A stage on which dao signed for DinDeng, which nobody has checked yet."""
    stage = open_stage(named(shipped(MORE), "palestine", range(1, 18)))
    await stage.open()
    await sign(stage, DAO, "DinDeng")
    return stage


async def sign(stage: Stage, seat: Seat, name: str) -> None:
    """Sign the first statement for a known organisation."""
    await stage.say(seat, "/start palestine")
    await stage.press(seat, "b.sign-organisation")
    await stage.say(seat, name)
    await stage.press(seat, "sign.candidate")
    await stage.say(seat, "Somsri, secretary")
    await stage.press(seat, "b.sign-and-publish")


async def approve(stage: Stage) -> None:
    """An organiser approves what was signed."""
    await stage.press(BINA, "b.approve")
    await stage.turn_clock(timedelta(minutes=11))


async def comes_back(stage: Stage) -> str:
    """What the same person is told after signing the next statement for the same organisation."""
    await stage.say(DAO, "/start housing")
    await stage.press(DAO, "b.sign-for")
    if not stage.messenger.shown[-1].has("b.sign-and-publish"):
        await stage.say(DAO, "Somsri, secretary")
    said = await stage.press(DAO, "b.sign-and-publish")
    return said[0].phrases[0]


async def test_nobody_has_checked_the_first_one_yet() -> None:
    assert await comes_back(await signed_once()) == "sign.thanks"


async def test_who_was_approved_is_known() -> None:
    stage = await signed_once()
    await approve(stage)
    assert await comes_back(stage) == "sign.listed"


async def test_what_was_taken_off_for_now_vouches_for_nobody() -> None:
    stage = await signed_once()
    await approve(stage)
    await stage.say(DAO, "/mine")
    await stage.press(DAO, "b.take-name-off")
    await stage.press(DAO, "b.undo-10")
    assert await comes_back(stage) == "sign.thanks"


async def test_another_organisation_is_checked_as_ever() -> None:
    stage = await signed_once()
    await approve(stage)
    await stage.say(DAO, "/start housing")
    await stage.press(DAO, "b.sign-someone-else")
    await stage.say(DAO, "socialist aliance")
    await stage.press(DAO, "sign.candidate")
    await stage.say(DAO, "Somsri, secretary")
    said = await stage.press(DAO, "b.sign-and-publish")
    assert said[0].phrases[0] == "sign.thanks"


async def test_what_another_signed_meanwhile_is_shown_at_once() -> None:
    stage = await signed_once()
    await approve(stage)
    eko = Seat("eko")
    await stage.say(eko, "/start housing")
    await stage.press(eko, "b.sign-organisation")
    await stage.say(eko, "DinDeng")
    await stage.press(eko, "sign.candidate")
    await stage.say(eko, "Eko, chair")
    await stage.press(eko, "b.sign-and-publish")
    await stage.say(DAO, "/start housing")
    said = await stage.press(DAO, "b.sign-for")
    assert said[0].phrases[0] == "sign.being-checked"

"""What every feature must pass, in each language and at every step.

Empty input, cancel, crash, repeat, closing; and every card keeps the rules for cards.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import Content
from bot.dialog.messages import Came
from bot.features.registry import COMMANDS, FEATURES
from bot.features.waiting import WORDS
from tests.stage import START, Seat, Shown, Stage, named, open_stage, shipped
from tests.transcripts.rules import broken

MIRA = Seat("mira")
ROOM = Seat("asa", "square", administrator=True)
LANGUAGES = tuple(shipped().phrases.offered)
CLOSING = START + timedelta(hours=1)

PATHS: dict[str, tuple[str, ...]] = {
    "sign-organisation": (
        "/sign palestine",
        "[b.sign-organisation]",
        "Riverbank Tenants Union",
        "RTU",
        "Germany",
        "Mira, chair",
        "[b.sign-and-publish]",
    ),
    "sign-organisation-known": (
        "/sign palestine",
        "[b.sign-organisation]",
        "dindaeng",
        "[sign.candidate]",
        "Somsri, secretary",
        "[b.sign-and-publish]",
    ),
    "sign-person": (
        "/sign palestine",
        "[b.sign-person]",
        "[b.named]",
        "Noor",
        "Malaysia",
        "[b.sign-and-publish]",
    ),
    "sign-person-unnamed": ("/sign palestine", "[b.sign-person]", "[b.unnamed]", "Malaysia", "[b.sign-now]"),
}
"""For each dialog the acts from the first command to the one tap that commits."""
STEPS = [(name, step) for name, acts in PATHS.items() for step in range(2, len(acts))]
"""Every place inside a talk: after so many acts."""

Act = Callable[[Stage], Awaitable[list[Shown]]]


def content() -> Content:
    """Names 1 to 17, and a campaign that closes after an hour."""
    first = named(shipped(), "palestine", range(1, 18))
    closing = replace(first.catalog.campaigns["palestine"], closes=CLOSING)
    return replace(first, catalog=replace(first.catalog, campaigns={"palestine": closing}))


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage; at the end, whatever was shown on it keeps the rules for cards."""
    opened = open_stage(content())
    yield opened
    assert broken(opened.messenger.shown, opened.content.phrases) == set()


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest, stage: Stage) -> Stage:
    """The same in each language, which everybody speaks there."""
    stage.language = request.param
    return stage


async def act(stage: Stage, what: str) -> list[Shown]:
    """One act of a path."""
    return await (stage.press(MIRA, what[1:-1]) if what.startswith("[") else stage.say(MIRA, what))


async def play(stage: Stage, acts: tuple[str, ...]) -> Shown:
    """Several acts; returns the last card shown to the one who acts."""
    for what in acts:
        await act(stage, what)
    return [shown for shown in stage.messenger.shown if shown.chat == stage.chat(MIRA)][-1]


async def signed(stage: Stage) -> int:
    """How many endorsements there are of mira's."""
    person = await stage.store.transaction(
        lambda tx: tx.people.meet(stage.incoming(MIRA, Came.WORDS).person, "", stage.clock.now())  # type: ignore[arg-type]
    )
    return len(await stage.store.read(lambda tx: tx.endorsements.of(person.id)))


def test_every_dialog_has_a_path() -> None:
    talks = (talk for feature in FEATURES for talk in feature.talks)
    dialogs = {talk.dialog.name for talk in talks if talk.dialog.questions[0].key != WORDS}
    assert dialogs <= set(PATHS)


@pytest.mark.parametrize("command", COMMANDS)
async def test_each_command_answers_in_each_language(spoken: Stage, command: str) -> None:
    await spoken.bot.start()
    for seat in (MIRA, ROOM):
        for args in ("", " ", " no-such-thing", " " + "x" * 5000, " \u202e/../%s{0}"):
            shown = await spoken.say(seat, f"/{command}{args}")
            assert shown, f"/{command}{args[:20]} was left without an answer"
            assert all("bot.broken" not in each.phrases for each in shown)
            assert all("turn.broken" not in each.phrases for each in shown)


@pytest.mark.parametrize("name", PATHS)
async def test_the_path_ends_in_one_endorsement(stage: Stage, name: str) -> None:
    await stage.bot.start()
    await play(stage, PATHS[name])
    assert await signed(stage) == 1


@pytest.mark.parametrize("name", PATHS)
async def test_each_path_is_told_in_each_language(spoken: Stage, name: str) -> None:
    await spoken.bot.start()
    for what in PATHS[name]:
        await act(spoken, what)
        for words in ("", "x" * 5000):
            await spoken.take(spoken.incoming(MIRA, Came.WORDS, text=words))
        await spoken.take(spoken.incoming(MIRA, Came.OTHER))
        await spoken.say(MIRA, "/mine")
    assert await signed(spoken) == 1
    await spoken.say(MIRA, "/sign palestine")
    await act(spoken, PATHS[name][1])
    await spoken.say(MIRA, "/mine")
    await spoken.press(MIRA, "b.take-back")
    await spoken.press(MIRA, "b.undo-10")
    await spoken.turn_clock(timedelta(hours=2))
    assert {card.outgoing.language for card in spoken.messenger.shown} == {spoken.language}


@pytest.mark.parametrize(("name", "step"), STEPS)
async def test_cancel_at_each_step_signs_nothing(stage: Stage, name: str, step: int) -> None:
    await stage.bot.start()
    await play(stage, PATHS[name][:step])
    (shown,) = await stage.say(MIRA, "/cancel")
    assert shown.phrases[0] == "talk.cancelled"
    assert await signed(stage) == 0
    (free,) = await stage.say(MIRA, "and now?")
    assert free.phrases[0] == "home.what", "the talk is over"


@pytest.mark.parametrize(("name", "step"), STEPS)
async def test_a_crash_at_each_step_loses_nothing(stage: Stage, name: str, step: int) -> None:
    await stage.bot.start()
    before = await play(stage, PATHS[name][:step])
    (after,) = await stage.restart(crash=True)
    assert after.phrases == before.phrases, "the same question once more"
    await play(stage, PATHS[name][step:])
    assert await signed(stage) == 1


@pytest.mark.parametrize(("name", "step"), [*STEPS, *((name, len(acts)) for name, acts in PATHS.items())])
async def test_an_event_delivered_twice_counts_once(stage: Stage, name: str, step: int) -> None:
    await stage.bot.start()
    await play(stage, PATHS[name][:step])
    assert not await stage.again(), "the answer was sent: nobody is told twice"
    await play(stage, PATHS[name][step:])
    assert await signed(stage) == 1


@pytest.mark.parametrize(("name", "step"), STEPS)
async def test_empty_and_huge_input_at_each_step_keeps_the_question(
    stage: Stage, name: str, step: int
) -> None:
    await stage.bot.start()
    before = await play(stage, PATHS[name][:step])
    for words in ("", " ", "\u200b\u2060", "x" * 5000, "x" * 200_000):
        shown = await stage.take(stage.incoming(MIRA, Came.WORDS, text=words))
        assert shown[-1].labels == before.labels, "the same question with what to do"
        assert len(shown[-1].phrases) > len(before.phrases)
    await play(stage, PATHS[name][step:])
    assert await signed(stage) == 1


@pytest.mark.parametrize(("name", "step"), STEPS)
async def test_a_campaign_that_closes_ends_the_talk_kindly(stage: Stage, name: str, step: int) -> None:
    await stage.bot.start()
    await play(stage, PATHS[name][:step])
    await stage.turn_clock(timedelta(hours=2))
    shown = await act(stage, PATHS[name][step])
    assert "campaign.closed" in shown[-1].phrases
    assert await signed(stage) == 0


@pytest.mark.parametrize(("name", "step"), STEPS)
async def test_an_old_button_at_each_step_changes_nothing(stage: Stage, name: str, step: int) -> None:
    await stage.bot.start()
    await play(stage, PATHS[name][:step])
    card = [shown for shown in stage.messenger.shown if shown.chat == stage.chat(MIRA)][-1]
    await act(stage, PATHS[name][step])
    now = [shown for shown in stage.messenger.shown if shown.chat == stage.chat(MIRA)][-1]
    for row in card.outgoing.keys:
        for key in row:
            shown = await stage.take(stage.incoming(MIRA, Came.PRESS, data=key.data))
            expected = now.labels if step + 1 < len(PATHS[name]) else shown[-1].labels
            assert shown[-1].labels == expected
    await play(stage, PATHS[name][step + 1 :])
    assert await signed(stage) == 1


@pytest.mark.parametrize(
    "data",
    [
        "",
        "/",
        "s",
        "s/",
        "s/x/1/g",
        "~" + "a" * 24,
        "mine/see/x",
        "rv/approve/x/1",
        "list/palestine/p/x//1/1",
        "\u202e",
        "gr/g/x/y/z",
        "a" * 65,
        "unknown/again/x",
        "ch/stop",
        "c/" + "x" * 60,
    ],
)
async def test_forged_buttons_change_nothing(stage: Stage, data: str) -> None:
    await stage.bot.start()
    await play(stage, PATHS["sign-organisation"][:4])
    shown = await stage.take(stage.incoming(MIRA, Came.PRESS, data=data))
    assert shown
    assert all("turn.broken" not in each.phrases for each in shown)
    await play(stage, PATHS["sign-organisation"][4:])
    assert await signed(stage) == 1

"""What is offered to somebody who types: the likeliest first, and every route leads to a card."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.messages import Came
from bot.features.buttons import pack
from bot.features.feature import Tools
from bot.features.suggestions import MOST, Suggestion, Typed, suggest
from tests.stage import HandClock, Seat, open_stage, shipped, without_names

MIRA = Seat("mira")
OFFERED = (
    ("statements", "statement"),
    ("greetings", "occasion"),
    ("greetings", "country"),
    ("greetings", "organisation"),
    ("sign", "statement"),
    ("sign", "organisation"),
    ("list", "statement"),
    ("list", "country"),
    ("language", "language"),
)
STAGE = open_stage(shipped())
TOOLS: Tools = STAGE.bot.tools


def offered(command: str, option: str, text: str = "", language: str = "en") -> tuple[Suggestion, ...]:
    return suggest(TOOLS, Typed(command, option, text, language, HandClock().now()))


@pytest.mark.parametrize(("command", "option"), OFFERED)
async def test_every_route_leads_to_a_card(command: str, option: str) -> None:
    stage = open_stage(shipped())
    await stage.bot.start()
    found = offered(command, option)
    assert 1 <= len(found) <= MOST
    for each in found[:3]:
        (card,) = await stage.take(stage.incoming(MIRA, Came.PRESS, data=pack(each.route)))
        assert card.phrases[0] != "button.old"
        await stage.say(MIRA, "/cancel")


def test_organisations_are_recognised_and_shown_with_their_country() -> None:
    known = next(each for each in TOOLS.catalog.organisations.values() if each.country == "PH")
    first = offered("sign", "organisation", known.name)[0]
    assert first.route[2:] == ("organisation", "of", known.slug)
    assert first.label.endswith("Philippines")


def test_countries_are_told_in_the_readers_language() -> None:
    assert [each.label for each in offered("greetings", "country", "Prancis", "id")] == ["Prancis"]


def test_an_unknown_option_offers_nothing() -> None:
    assert offered("sign", "colour") == ()
    assert offered("greetings", "country", "no such country") == ()


async def test_an_organisation_on_the_list_is_told_so() -> None:
    stage = open_stage(shipped())
    await stage.bot.start()
    route = offered("sign", "organisation")[0].route
    (card,) = await stage.take(stage.incoming(MIRA, Came.PRESS, data=pack(route)))
    assert card.phrases[0] == "sign.already"


async def test_a_known_organisation_begins_with_its_name_answered() -> None:
    stage = open_stage(without_names(shipped()))
    await stage.bot.start()
    route = offered("sign", "organisation")[0].route
    (card,) = await stage.take(stage.incoming(MIRA, Came.PRESS, data=pack(route)))
    assert card.phrases[0] == "sign.who"


@given(st.sampled_from(OFFERED), st.text())
def test_whatever_is_typed(option: tuple[str, str], text: str) -> None:
    assert len(offered(*option, text)) <= MOST


@pytest.mark.parametrize("typed", ["d", "dind", "DINDENG", "partido lak", "lakas ng m"])
def test_a_name_is_offered_while_it_is_only_begun(typed: str) -> None:
    labels = " ".join(each.label for each in offered("sign", "organisation", typed))
    assert ("DinDeng" if typed[0] in "dD" else "Party of the Laboring Masses") in labels


def test_what_is_begun_comes_before_what_may_be_meant() -> None:
    begun = TOOLS.recognition.begun("social", MOST)
    assert begun
    found = offered("sign", "organisation", "social")
    assert [each.route[-1] for each in found[: len(begun)]] == [each.slug for each in begun]

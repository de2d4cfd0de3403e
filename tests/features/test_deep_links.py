"""Links into our private chat (?start=…): of each thing that ships, and of each button that opens it."""

from __future__ import annotations

import re

import pytest

from bot.dialog.messages import Came, Route
from bot.features.buttons import pack, start_word
from bot.features.starts import texts
from tests.stage import Seat, Shown, open_stage, shipped
from tests.transcripts.play import play, set_up
from tests.transcripts.test_transcripts import FILES, FOLDER

WORD = re.compile("[A-Za-z0-9_-]{1,64}")
MIRA = Seat("mira")
CATALOG = shipped().catalog
NOTHING = {"home.hello", "button.old", "command.unknown"}
"""What somebody reads who followed a link that leads nowhere."""

DIALOGS = [("sign", slug, kind) for slug in CATALOG.campaigns for kind in ("organisation", "person")]
LISTS = [(name, slug) for name in ("c", "list") for slug in CATALOG.campaigns]
ROUTES: list[Route] = [*texts(CATALOG), *(("gr", "o", slug) for slug in CATALOG.occasions), *DIALOGS, *LISTS]
SHORT = {
    **{slug: ("c", slug) for slug in CATALOG.campaigns},
    **{slug: ("gr", "o", slug) for slug in CATALOG.occasions},
    **{slug: ("st", "read", slug, "0") for slug in CATALOG.statements if slug not in CATALOG.campaigns},
}
"""What a slug alone leads to, on posters and pages."""


def shows(cards: list[Shown]) -> list[object]:
    return [(card.outgoing.text, card.phrases) for card in cards]


async def leads_to(word: str, route: Route) -> None:
    """Assert that the link of a new person shows what a press on the same route shows."""
    pressed = open_stage(shipped())
    await pressed.store.transaction(lambda tx: tx.routes.keep(pack(route), route))
    expected = await pressed.take(pressed.incoming(MIRA, Came.PRESS, data=pack(route)))
    followed = await open_stage(shipped()).say(MIRA, f"/start {word}")
    assert shows(followed) == shows(expected)
    assert not NOTHING & set(followed[-1].phrases[:1])


def test_every_text_greeting_and_dialog_is_among_them() -> None:
    greetings = sum(len(occasion.greetings) for occasion in CATALOG.occasions.values())
    assert len([*texts(CATALOG)]) == len(CATALOG.statements) + greetings > 10
    assert DIALOGS


@pytest.mark.parametrize("route", ROUTES, ids="_".join)
async def test_the_link_of_each_thing_leads_to_its_card(route: Route) -> None:
    word = start_word(route)
    assert WORD.fullmatch(word)
    await leads_to(word, route)


@pytest.mark.parametrize("word", SHORT)
async def test_a_slug_alone_leads_there_too(word: str) -> None:
    assert WORD.fullmatch(word)
    await leads_to(word, SHORT[word])


@pytest.mark.parametrize("name", FILES)
async def test_every_button_that_opens_our_chat_leads_somewhere(name: str) -> None:
    text = FILES[name]
    content, languages = set_up(text, shipped(FOLDER / "data") if "more=housing" in text else shipped())
    stage = open_stage(content, None, languages)
    await play(name, text, stage)
    words = {key.start for card in stage.messenger.shown for row in card.outgoing.keys for key in row}
    for number, word in enumerate(sorted(words - {""})):
        assert WORD.fullmatch(word), word
        cards = await stage.say(Seat(f"guest{number}"), f"/start {word}")
        assert not NOTHING & set(cards[-1].phrases[:1]), word

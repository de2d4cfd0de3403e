"""Every card that a transcript shows keeps the rules, in every language; and each rule can be broken."""

from __future__ import annotations

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Key, Outgoing
from bot.dialog.text import Quote, Text, paragraph
from tests.stage import DESK, Shown, open_stage, shipped
from tests.transcripts.play import play, set_up
from tests.transcripts.rules import broken, faults
from tests.transcripts.test_transcripts import FILES, FOLDER

PHRASES = shipped().phrases
MIRA = ChatRef("console", "@mira")


@pytest.mark.parametrize("language", PHRASES.offered)
@pytest.mark.parametrize("name", FILES)
async def test_the_cards_of_a_transcript(name: str, language: str) -> None:
    text = FILES[name]
    content, _ = set_up(text, shipped(FOLDER / "data") if "more=housing" in text else shipped())
    stage = open_stage(content, language=language)
    await play(name, text, stage)
    shown = stage.messenger.shown
    assert language in {card.outgoing.language for card in shown}
    assert broken(shown, content.phrases) == set()


def card(
    *lines: str, language: str = "en", quoted: str = "", keys: tuple[str, ...] = ("b.home",)
) -> Outgoing:
    """A card of these lines, each of its buttons in a row of its own and labelled with its name."""
    text: Text = (paragraph(*lines), *((Quote((paragraph(quoted),)),) if quoted else ()))
    rows = tuple((Key(name, "home"),) for name in keys)
    return Outgoing(text, rows, phrases=("|", *keys), language=language)


def row(*labels: str, language: str = "en") -> Outgoing:
    """A card with a row of buttons labelled so."""
    keys = tuple(Key(label, "home") for label in labels)
    return Outgoing((), (keys,), phrases=("|", *["b.home"] * len(labels)), language=language)


LINES = ("one",) * 9
FIVE = ("b.home",) * 5
HELLO = "home.hello-short"
BROKEN: dict[str, Outgoing] = {
    "lines": card(*LINES, "ten"),
    "characters": card("x" * 401),
    "characters of a translation": card("x" * 481, language="ms"),
    "buttons": card("one", keys=(*FIVE, "b.show")),
    "label": row("x" * 43),
    "label beside another": row("x" * 25, "Go"),
    "label of a translation": row("x" * 49, language="ms"),
    "label of a translation beside another": row("x" * 31, "Go", language="ms"),
    "exclamation marks": Outgoing((), ((Key("Go", "home"),),), phrases=(HELLO, HELLO), language="en"),
    "word": card("Your session is over"),
    "word on a button": row("Token"),
    "word of Malay": card("Ada ralat", language="ms"),
    "next step": card("one", keys=()),
}
KEPT: dict[str, Outgoing] = {
    "lines": card(*LINES),
    "characters": card("x" * 400),
    "characters of a translation": card("x" * 480, language="ms"),
    "quoted": card(*LINES, quoted="x" * 900),
    "buttons": card("one", keys=FIVE),
    "buttons of a picker": Outgoing(
        (), ((Key("Go", "home"),),), phrases=("|", *FIVE * 2), picker=True, language="en"
    ),
    "way out": card("one", keys=(*FIVE, "b.go-on", "dialog.back", "dialog.cancel")),
    "label": row("x" * 42),
    "label beside another": row("x" * 24, "Go"),
    "label of a translation": row("x" * 48, language="ms"),
    "label of a translation beside another": row("x" * 30, "Go", language="ms"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_card_that_breaks_one_rule(what: str) -> None:
    assert len(list(faults(Shown(MIRA, BROKEN[what], awaited=True), PHRASES))) == 1


@pytest.mark.parametrize("what", KEPT)
def test_a_card_that_just_keeps_them(what: str) -> None:
    assert list(faults(Shown(MIRA, KEPT[what], awaited=True), PHRASES)) == []


def notice(text: str, label: str = "Show") -> Outgoing:
    """A notice that says this, whatever its phrase says."""
    key = Key(label, "mine/see/x")
    return Outgoing((paragraph(text),), ((key,),), phrases=("notice.decided", "|", "b.show"), language="en")


@pytest.mark.parametrize(
    "planted", [notice("News for DinDeng."), notice("News for you.", "Show DinDeng"), notice("DinDeng")]
)
def test_a_notice_that_names_somebody(planted: Outgoing) -> None:
    assert list(faults(Shown(MIRA, notice("News for you.")), PHRASES)) == []
    assert len(list(faults(Shown(MIRA, planted), PHRASES))) == 1


def test_only_a_notice_comes_unasked_into_our_own_chat() -> None:
    planted = card("DinDeng is on the list")
    assert len(list(faults(Shown(MIRA, planted), PHRASES))) == 1
    assert list(faults(Shown(MIRA, planted, awaited=True), PHRASES)) == []
    assert list(faults(Shown(DESK, planted), PHRASES)) == []


def test_a_room_needs_no_next_step() -> None:
    assert list(faults(Shown(DESK, card("one", keys=())), PHRASES)) == []


def test_a_broken_rule_is_told_with_the_phrases_of_its_card() -> None:
    assert broken([Shown(MIRA, BROKEN["next step"], awaited=True)], PHRASES) == {"|: no next step"}

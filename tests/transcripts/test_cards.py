"""Every card that a transcript shows keeps the rules, in every language; and each rule can be broken."""

from __future__ import annotations

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Key, Outgoing
from bot.dialog.text import Quote, Text, paragraph
from tests.stage import DESK, Shown, open_stage, shipped
from tests.transcripts.play import play, set_up
from tests.transcripts.rules import Rules
from tests.transcripts.test_transcripts import FILES, FOLDER

LANGUAGES = tuple(shipped().phrases.offered)
MIRA = ChatRef("console", "@mira")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
async def test_the_cards_of_a_transcript(name: str, language: str) -> None:
    text = FILES[name]
    content, _ = set_up(text, shipped(FOLDER / "data") if "more=housing" in text else shipped())
    stage = open_stage(content, language=language)
    await play(name, text, stage)
    rules = Rules(language, content.phrases)
    broken = {
        f"{' '.join(card.phrases)}: {why}" for card in stage.messenger.shown for why in rules.broken(card)
    }
    assert not broken


def card(
    *lines: str, quoted: tuple[str, ...] = (), buttons: int = 1, label: str = "Go", row: int = 1
) -> Outgoing:
    """A card of these lines, with so many buttons of one label, so many in a row."""
    text: Text = (paragraph(*lines), *((Quote((paragraph(*quoted),)),) if quoted else ()))
    keys = [Key(label, "home") for _ in range(buttons)]
    rows = tuple(tuple(keys[at : at + row]) for at in range(0, buttons, row))
    return Outgoing(text, rows, phrases=("b.home", *(["|", *["b.home"] * buttons] if buttons else [])))


LINES = ("one",) * 9
BROKEN: dict[str, tuple[str, Outgoing]] = {
    "lines": ("en", card(*LINES, "ten")),
    "characters": ("en", card("x" * 401)),
    "characters of a translation": ("ms", card("x" * 481)),
    "buttons": ("en", card("one", buttons=6)),
    "label": ("en", card("one", label="x" * 43)),
    "label beside another": ("en", card("one", label="x" * 25, buttons=2, row=2)),
    "label of a translation": ("ms", card("one", label="x" * 49)),
    "label of a translation beside another": ("ms", card("one", label="x" * 31, buttons=2, row=2)),
    "exclamation marks": (
        "en",
        Outgoing((), ((Key("Go"),),), phrases=("home.hello-short", "home.hello-short")),
    ),
    "word": ("en", card("Your session is over")),
    "word on a button": ("en", card("one", label="Token")),
    "word of Malay": ("ms", card("Ada ralat")),
    "next step": ("en", card("one", buttons=0)),
}
KEPT: dict[str, tuple[str, Outgoing]] = {
    "lines": ("en", card(*LINES)),
    "characters": ("en", card("x" * 400)),
    "characters of a translation": ("ms", card("x" * 480)),
    "quoted": ("en", card(*LINES, quoted=("x" * 900,))),
    "buttons": ("en", card("one", buttons=5)),
    "buttons of a picker": ("en", Outgoing((), (tuple(Key("Go") for _ in range(9)),), picker=True)),
    "way out": (
        "en",
        Outgoing((), (), phrases=("|", *["b.home"] * 5, "b.go-on", "dialog.back", "dialog.cancel")),
    ),
    "label": ("en", card("one", label="x" * 42)),
    "label of a translation": ("ms", card("one", label="x" * 48)),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_card_that_breaks_one_rule(what: str) -> None:
    language, planted = BROKEN[what]
    assert len(Rules(language, shipped().phrases).broken(Shown(MIRA, planted, awaited=True))) == 1


@pytest.mark.parametrize("what", KEPT)
def test_a_card_that_just_keeps_them(what: str) -> None:
    language, planted = KEPT[what]
    rules = Rules(language, shipped().phrases)
    assert [*rules.size(planted), *rules.labels(planted), *rules.tone(planted), *rules.words(planted)] == []


def notice(text: str, label: str = "Show") -> Outgoing:
    """A notice that says this, whatever its phrase says."""
    return Outgoing((paragraph(text),), ((Key(label, "home"),),), phrases=("notice.decided", "|", "b.show"))


@pytest.mark.parametrize(
    "planted", [notice("News for DinDeng."), notice("News for you.", "Show DinDeng"), notice("DinDeng")]
)
def test_a_notice_that_names_somebody(planted: Outgoing) -> None:
    rules = Rules("en", shipped().phrases)
    assert rules.broken(Shown(MIRA, notice("News for you."))) == []
    assert len(rules.broken(Shown(MIRA, planted))) == 1


def test_only_a_notice_comes_unasked_into_our_own_chat() -> None:
    rules = Rules("en", shipped().phrases)
    assert len(rules.broken(Shown(MIRA, card("DinDeng is on the list")))) == 1
    assert rules.broken(Shown(MIRA, card("DinDeng is on the list"), awaited=True)) == []
    assert rules.broken(Shown(DESK, card("DinDeng is on the list", buttons=0))) == []

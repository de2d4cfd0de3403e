"""Every transcript runs on Discord too and leaves the same records as on the stage; forms leave them too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.app import Content
from bot.storage.direct import open_direct
from tests.stage import KEY, START, Seat, shipped, stage_on
from tests.transcripts.discord_lines import LEFT_OUT, compared, rewritten, shortened
from tests.transcripts.on_discord import DiscordTheatre, discord_theatre
from tests.transcripts.play import Play, play, set_up
from tests.transcripts.records import Rows, records
from tests.transcripts.test_everywhere import empty
from tests.transcripts.test_transcripts import FILES, FOLDER

SHOWN = [name for name in FILES if name not in LEFT_OUT]


def content_of(text: str) -> tuple[Content, dict[str, str]]:
    """What a transcript is played with."""
    return set_up(text, shipped(FOLDER / "data") if "more=housing" in text else shipped())


async def on_stage(name: str, text: str) -> Rows:
    """The records of a transcript on the stage."""
    content, languages = content_of(text)
    raw = empty()
    stage = stage_on(open_direct(raw, KEY), content, languages)
    await play(name, text, stage)
    await stage.close()
    return compared(name, records(raw, stage.names()))


@pytest.mark.parametrize("name", SHOWN)
async def test_a_transcript_leaves_the_same_records_on_discord(name: str) -> None:
    content, languages = content_of(FILES[name])
    raw = empty()
    async with discord_theatre(content, open_direct(raw, KEY), languages) as theatre:
        await play(name, rewritten(name, FILES[name]), theatre)
        await theatre.close()
        said = {each["message"] for _, each in theatre.server.refusals}
        # The server's clock leaps over days, the bot's own does not: a token may be older than it knows.
        assert said <= {"Interaction has already been acknowledged.", "Invalid Webhook Token"}, said
        assert theatre.server.pings == []
        left = compared(name, records(raw, theatre.names()))
    assert left == await on_stage(name, shortened(name, FILES[name]))


@dataclass(frozen=True)
class Way:
    """One way to sign: what is typed, or filled in on forms (a button opens the second), and the end."""

    begins: str
    words: tuple[str, ...]
    forms: tuple[dict[str, str], ...]
    ends: tuple[str, ...]


WAYS = {
    "organisation": Way(
        "mira> [b.sign-organisation]",
        ("mira> Riverbank Tenants Union", "mira> RTU", "mira> Germany", "mira> Mira, chair"),
        (
            {"organisation": "Riverbank Tenants Union", "representative": "Mira, chair"},
            {"acronym": "RTU", "country": "DE"},
        ),
        ("mira> [b.sign-and-publish]", "asa@desk> [b.approve]"),
    ),
    "a person counted": Way(
        "mira> [b.sign-person]",
        ("mira> [b.unnamed]", "mira> Australia"),
        ({"showing": "unnamed", "country": "AU"},),
        ("mira> [b.sign-now]",),
    ),
    "a person by name": Way(
        "mira> [b.sign-person]",
        ("mira> [b.named]", "mira> Mira", "mira> Malaysia"),
        ({"showing": "named", "name": "Mira", "country": "MY"},),
        ("mira> [b.sign-and-publish]", "asa@desk> [b.approve]"),
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_forms_leave_the_same_records_as_words(way: Way) -> None:
    words, forms = [await signed(way, by_forms=by_forms) for by_forms in (False, True)]
    assert len(words["endorsements"]) == 17 + 1
    assert forms == words


async def signed(way: Way, *, by_forms: bool) -> Rows:
    """The records of a signing; only how many turns it took is put aside."""
    content, languages = set_up("setup: names=1-17 undo=0", shipped())
    raw = empty()
    async with discord_theatre(content, open_direct(raw, KEY), languages) as theatre:
        await theatre.open()
        acts = Play(theatre)
        await acts.line("mira> /start palestine")
        await acts.line(way.begins)
        await (fill_in(theatre, way.forms) if by_forms else type_in(acts, way.words))
        theatre.life.clock.time = START + timedelta(minutes=10)
        for line in way.ends:
            await acts.line(line)
        await theatre.close()
        left = records(raw, theatre.names())
    return left | {"people": [re.sub(r'"turn": [0-9]+', '"turn": "any"', row) for row in left["people"]]}


async def type_in(acts: Play, words: tuple[str, ...]) -> None:
    """Every question is answered in the chat."""
    for line in words:
        await acts.line(line)


async def fill_in(theatre: DiscordTheatre, forms: tuple[dict[str, str], ...]) -> None:
    """Every question is answered on a form."""
    mira = theatre.people["mira"]
    for number, fields in enumerate(forms):
        if number:
            await theatre.acted(lambda: mira.press("Fill in"))
        assert mira.form, "no form is open"
        await theatre.fill(Seat("mira"), **fields)
    assert mira.form is None


def test_what_is_left_out_is_there() -> None:
    assert LEFT_OUT.keys() <= FILES.keys()

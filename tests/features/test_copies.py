"""The list for websites: what its files hold, what a copy is told, and lists that are pasted in parts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Team
from bot.campaign.refs import AccountRef
from bot.dialog.messages import Came, FileRef
from bot.dialog.text import plain
from bot.night import ring
from tests.stage import DESK, Seat, Shown, Stage, named, open_stage, shipped
from tests.transcripts.play import bare
from tests.transcripts.rules import broken

ASA, DAO = Seat("asa"), Seat("dao")
PAGE = Path(__file__).parents[2] / ".." / "shared" / "source-documents" / "statement-palestine.txt"


async def opened(*, empty: bool = False) -> Stage:
    """A stage with one owner and eight names, or a new installation."""
    content = bare(shipped()) if empty else named(shipped(), "palestine", range(1, 9))
    stage = open_stage(content)
    stage.team = Team(frozenset({AccountRef("console", "asa")}), (DESK,))
    stage.build()
    await stage.open()
    return stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Eight names; whatever is shown keeps the rules for cards."""
    made = await opened()
    yield made
    assert broken(made.messenger.shown, made.content.phrases) == set()


async def the_file(stage: Stage, form: str) -> bytes:
    """The list as a file."""
    await stage.say(DAO, "/list")
    await stage.press(DAO, "b.take-along")
    (card,) = await stage.press(DAO, f"«{form}»")
    assert card.outgoing.attachment
    return card.outgoing.attachment.content


async def compared(stage: Stage, pasted: str) -> Shown:
    """What somebody is told of their copy."""
    await stage.say(DAO, "/list")
    await stage.press(DAO, "b.take-along")
    await stage.press(DAO, "b.compare")
    (card,) = await stage.say(DAO, pasted)
    return card


async def test_from_the_page_as_a_file_to_the_text_that_equals_its_list() -> None:
    if not PAGE.exists():
        pytest.skip(f"{PAGE.name} is not here")
    stage = await opened(empty=True)
    file = FileRef("page", PAGE.name, PAGE.stat().st_size)
    sent = replace(stage.incoming(ASA, Came.FILE), file=file, content=PAGE.read_bytes())
    await stage.take(sent)
    for button in ("b.looks-right", "b.take-names", "b.rehearse", "b.open-for-real"):
        await stage.press(ASA, button)
    text = (await the_file(stage, "TXT")).decode()
    lines = text.splitlines()
    assert len(lines) == 20
    there = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in lines] == [line.strip() for line in there if line in lines]


async def test_files_are_made_of_the_same_list(stage: Stage) -> None:
    names = [line.partition(". ")[2] for line in (await the_file(stage, "TXT")).decode().splitlines()]
    assert len(names) == 8
    for form in ("HTML", "CSV", "JSON"):
        content = (await the_file(stage, form)).decode()
        assert all(name.split(" (")[0] in content for name in names), form
    assert (await the_file(stage, "PDF")).startswith(b"%PDF")


async def test_what_came_went_and_changed_since_a_copy(stage: Stage) -> None:
    lines = (await the_file(stage, "TXT")).decode().splitlines()
    copy = [
        lines[0].replace("Malaysia (PSM)", "Malysia (PSM)"),
        *lines[1:5],
        "  6. Old Harbour League, Singapore",
    ]
    card = await compared(stage, "Signed by:\n" + "\n".join(copy))
    said = plain(card.outgoing.text)
    assert "+3 −1 ~1" in said
    assert "− Old Harbour League, Singapore" in said
    assert card.outgoing.attachment
    assert card.outgoing.attachment.content.decode().splitlines() == lines


async def long_one(stage: Stage) -> tuple[Shown, list[str]]:
    """What is said of the first part of a long copy, and the rest of our list."""
    lines = (await the_file(stage, "TXT")).decode().splitlines()
    others = [f"{number}. Union of Weavers {number}, Indonesia" for number in range(9, 99)]
    return await compared(stage, "\n".join([*lines[:4], *others])), lines[4:]


async def test_a_long_list_is_pasted_in_parts(stage: Stage) -> None:
    first, rest = await long_one(stage)
    assert "+4 −90" in plain(first.outgoing.text)
    (second,) = await stage.say(DAO, "\n".join(rest))
    assert "+0 −90" in plain(second.outgoing.text)


async def test_a_part_of_a_long_list_is_forgotten_soon(stage: Stage) -> None:
    _, rest = await long_one(stage)
    stage.clock.turn(timedelta(hours=2))
    (other,) = await stage.say(DAO, "\n".join(rest))
    assert other.phrases[0] == "home.what"
    await ring(stage.store, (), "UTC", stage.clock.now())
    assert list(await stage.store.read(lambda tx: tx.matters.of("copy", "palestine"))) == []


@pytest.mark.parametrize(
    "pasted", ["\u202e\u200b", "a " * 4000, "1. " * 900, "<b>x</b>" * 300, "=cmd()\n" * 500]
)
async def test_what_is_no_list_is_asked_for_again(stage: Stage, pasted: str) -> None:
    card = await compared(stage, pasted)
    assert card.phrases[0] in {"compare.no-names", "dialog.empty", "dialog.too-long"}
    assert card.has("dialog.cancel")

"""The list of the first campaign equals the published page's, line by line, in the file and in the chat."""

from __future__ import annotations

from pathlib import Path

from bot.publication.files import Format, export
from bot.publication.signatory_list import listing
from tests.stage import Seat, Stage, open_stage, shipped
from tests.transcripts.play import play, set_up
from tests.transcripts.test_transcripts import FILES

NAMES = 20


async def test_the_list_equals_the_published_page(shared: Path) -> None:
    page = (shared / "source-documents" / "statement-palestine.txt").read_text("utf-8").splitlines()[-NAMES:]
    stage = await first_campaign()
    found = await stage.store.read(lambda tx: listing(tx, "palestine"))
    version = stage.content.catalog.statements["palestine"].version
    text = export(found, version, Format.TEXT, stage.clock.now()).decode()
    assert text.splitlines() == page
    assert await chat_list(stage) == [line.strip() for line in page]


async def first_campaign() -> Stage:
    """The stage after the transcript of the first campaign."""
    text = FILES["first_campaign.txt"]
    content, languages = set_up(text, shipped())
    stage = open_stage(content, languages=languages)
    await play("first_campaign.txt", text, stage)
    return stage


async def chat_list(stage: Stage) -> list[str]:
    """The lines of the list as somebody reads them, page after page."""
    reader = Seat("reader")
    cards = [*await stage.say(reader, "/list palestine"), *await stage.press(reader, "b.page-on")]
    lines = []
    for card in cards:
        quote = card.outgoing.text[1]
        bullets = quote.blocks[0]  # type: ignore[union-attr]
        first = bullets.first  # type: ignore[union-attr]
        lines += [f"{first + i}. {item[0].text}" for i, item in enumerate(bullets.items)]  # type: ignore[operator,union-attr]
    return lines

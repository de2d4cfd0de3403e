"""What is not public yet leaves nothing in any output: a revision that waits, a translation, a rehearsal."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import log
from bot.dialog.text import plain
from bot.host import FolderMirror
from bot.ports import Paper, Tx
from bot.publication.exported import public_files
from tests.stage import DESK, Seat, Shown, Stage, open_stage, shipped
from tests.transcripts.test_transcripts import FOLDER

DAY = timedelta(days=1)
CANARY, SLUG = "canary", "canary-is-a-bird"
"""Others may type the word of a link; they learn nothing from it."""
ASA, DAO, NEWS = Seat("asa"), Seat("dao"), Seat("dao", "news", administrator=True)
HOUSING = FOLDER / "data"
CORRECTED = (
    b"# Homes for all\n\nEverybody needs a home. We demand:\n\n- no canary\n- rents that a canary can pay\n"
)
TRANSLATED = b"# Rumah canary\n\nSemua orang perlukan rumah. Kami menuntut:\n\n- tiada canary\n"
CAMPAIGN = b"""# Canary is a bird

Initiated by the Canary Union

Everybody likes a canary. Nobody may sell it over its head, and nobody may keep it.

We call for:

- a canary in every house
- no canary in any mine

Signed by:

1. Canary League, Malaysia
2. Front of the Canary, Indonesia
"""


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged, at the lowest level."""
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    stream = io.StringIO()
    log.configure("DEBUG", (), stream)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers[:] = kept
    root.setLevel(level)
    logging.captureWarnings(capture=False)


async def opened(folder: Path) -> Stage:
    stage = open_stage(shipped(HOUSING), folder)
    stage.appoint("asa")
    await stage.open()
    return stage


async def texts(stage: Stage) -> None:
    """An organiser opens the texts of the campaign about housing."""
    await stage.say(ASA, "/correct")
    await stage.press(ASA, "«Homes for all»")


async def plan(stage: Stage, content: bytes = CORRECTED, weight: str = "b.meaning") -> None:
    """A revision that is published in January."""
    await texts(stage)
    await stage.press(ASA, "b.text-original")
    await stage.send(ASA, "new.md", content)
    await stage.press(ASA, weight)
    await stage.press(ASA, "b.publish-at")
    await stage.say(ASA, "2027-01-10 18:00")


async def translate(stage: Stage) -> None:
    await texts(stage)
    await stage.press(ASA, "b.text-new")
    await stage.press(ASA, "b.text-in")
    await stage.send(ASA, "new.md", TRANSLATED)


async def rehearse(stage: Stage) -> None:
    """A campaign in rehearsal, in which an organiser signs as a test."""
    await stage.say(ASA, "/new")
    await stage.press(ASA, "b.new-running")
    await stage.send(ASA, "canary.md", CAMPAIGN)
    for name in ("b.looks-right", "b.take-names", "b.rehearse", "b.sign-as-test", "b.sign-organisation"):
        await stage.press(ASA, name)
    await stage.say(ASA, "DinDeng")
    await stage.press(ASA, "sign.candidate")
    await stage.say(ASA, "Somsri, secretary")
    await stage.press(ASA, "b.sign-and-publish")


async def look_around(stage: Stage) -> None:
    """Somebody else looks at everything, and lets the bot post into a room for a while."""
    for words in ("/start", "/statements", "/list", "/sign", "/mine", "/help", "/start canary-is-a-bird"):
        await stage.say(DAO, words)
    for words in ("/start c_canary-is-a-bird", "/start list_canary-is-a-bird", "/list canary-is-a-bird"):
        await stage.say(DAO, words)
    await stage.say(DAO, "/sign housing")
    await stage.press(DAO, "b.read-all")
    await stage.press(DAO, "b.as-file")
    await stage.say(DAO, "/sign housing")
    await stage.press(DAO, "b.sign-organisation")
    await stage.say(DAO, "League")
    await stage.say(DAO, "/cancel")
    await stage.say(NEWS, "/channel")
    for name in ("«End the genocide! Solidarity with…»", "b.yes-sample", "b.start-posting"):
        await stage.press(NEWS, name)
    for _ in range(10):
        await stage.turn_clock(timedelta(days=1))


def said_by(shown: Shown) -> str:
    """All words of a card, its buttons and its file."""
    card = shown.outgoing
    keys = [f"{key.label} {key.data} {key.start} {key.url}" for row in card.keys for key in row]
    file = card.attachment.name + card.attachment.content.decode(errors="ignore") if card.attachment else ""
    return "\n".join((plain(card.text), *keys, file)).casefold()


def outside(stage: Stage) -> list[Shown]:
    """What all others than the organiser were shown."""
    inside = {stage.chat(ASA), DESK}
    return [shown for shown in stage.messenger.shown if shown.chat not in inside]


def files_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()).lower()


def clean(stage: Stage, logged: str) -> None:
    seen = [said_by(shown) for shown in outside(stage)]
    assert seen
    assert [text for text in seen if CANARY in text.replace(SLUG, "")] == []
    assert CANARY not in logged.casefold()


@pytest.mark.parametrize("prepare", [plan, translate, rehearse])
async def test_what_waits_is_in_no_output(prepare: object, tmp_path: Path, lines: io.StringIO) -> None:
    stage = await opened(tmp_path)
    await prepare(stage)  # type: ignore[operator]
    assert any(CANARY in said_by(shown) for shown in stage.messenger.shown), "organisers see it"
    await stage.restart(crash=True)
    await look_around(stage)
    clean(stage, lines.getvalue())
    assert [shown for shown in stage.messenger.shown if shown.phrases[:1] == ("post.story",)], (
        "there are posts"
    )
    papers = await stage.store.read(lambda tx: tx.papers.all())
    FolderMirror(tmp_path / "content").keep("one", public_files(papers))
    # While an organiser has it open, the word of its link stands where routes and talks are kept.
    assert CANARY.encode() not in files_of(tmp_path).replace(SLUG.encode(), b"")
    await stage.store.close()
    assert CANARY.encode() not in files_of(tmp_path)


async def test_a_revision_is_shown_at_its_time_and_not_before(tmp_path: Path) -> None:
    stage = await opened(tmp_path)
    await plan(stage)
    await stage.turn_clock(timedelta(days=40, minutes=55))
    await stage.say(DAO, "/sign housing")
    assert all(CANARY not in said_by(shown) for shown in await stage.press(DAO, "b.read-all"))
    await stage.turn_clock(timedelta(minutes=10))
    assert any(CANARY in said_by(shown) for shown in await stage.press(DAO, "b.read-all"))
    mirror = FolderMirror(tmp_path / "content")
    mirror.keep("two", public_files(await stage.store.read(lambda tx: tx.papers.all())))
    written = tmp_path / "content" / "statements" / "housing" / "en.md"
    assert 'replaces = "' in written.read_text("utf-8")
    mirror.keep("three", {})
    assert not list((tmp_path / "content").iterdir()), "what was withdrawn is taken away"


async def test_a_text_that_changed_meanwhile_is_looked_at_anew(tmp_path: Path) -> None:
    stage = await opened(tmp_path)
    await plan(stage)
    first = await stage.store.read(lambda tx: tx.matters.due("revision", stage.clock.now() + 60 * DAY))
    await stage.store.transaction(lambda tx: put_another(tx, stage))
    await stage.turn_clock(timedelta(days=41))
    kept = await stage.store.read(lambda tx: tx.matters.get(first[0].id))
    assert kept
    assert (kept.state, kept.body["weight"]) == ("read", "")
    assert kept.due
    assert kept.due > stage.clock.now() + 29 * DAY, "it is kept for another while"
    await stage.say(DAO, "/sign housing")
    assert all(CANARY not in said_by(shown) for shown in await stage.press(DAO, "b.read-all"))
    shown = await stage.press(ASA, "b.show")
    assert "b.slip" in shown[-1].labels


def put_another(tx: Tx, stage: Stage) -> None:
    """Somebody else's wording takes the place of the text."""
    path = ("statements", "housing", "en.md")
    text = stage.content.catalog.files[path].replace("in winter", "in summer")
    tx.papers.put(Paper(path, text), stage.ids.new())

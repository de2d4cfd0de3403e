from __future__ import annotations

import io
import os
import pty
from dataclasses import replace

import pytest

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Came, Incoming, Outgoing
from bot.platforms.console.client import open_screen
from bot.platforms.console.codec import from_json
from bot.platforms.console.pipe import Pipe
from bot.platforms.console.terminal import Terminal
from bot.ports import Fate, Store
from tests.platforms.console.cards import DESK, HOME, card, every_kind
from tests.platforms.console.rig import Rig


async def kept(store: Store, chat: ChatRef) -> list[Outgoing]:
    posts = await store.read(lambda tx: tx.posts.of(chat.id))
    return [from_json(post.outgoing) for _, post in posts]


def asked(chat: ChatRef) -> Incoming:
    return Incoming("e1", Came.PRESS, chat, AccountRef("console", "mira"), private=chat == HOME, data="x")


def fill(rig: Rig) -> None:
    """The disk is full: the database cannot grow any more."""
    (pages,) = rig.raw.execute("PRAGMA page_count").fetchone()
    rig.raw.execute(f"PRAGMA max_page_count={pages}")


class Onlooker:
    """Looks at one chat and remembers what it saw."""

    def __init__(self, chat: ChatRef) -> None:
        self.chat = chat
        self.seen: list[tuple[Outgoing, bool, bool]] = []

    def looks_at(self, chat: ChatRef) -> bool:
        return chat == self.chat

    async def see(self, chat: ChatRef, outgoing: Outgoing, *, kept: bool, changed: bool) -> None:
        assert chat == self.chat
        self.seen.append((outgoing, kept, changed))


async def test_a_message_is_kept_also_where_nobody_looks(rig: Rig) -> None:
    receipt = await rig.messenger.send(DESK, every_kind("x"))
    assert receipt.fate is Fate.SENT
    assert receipt.message
    assert await kept(rig.store, DESK) == [every_kind("x")]
    assert await kept(rig.store, HOME) == []


async def test_each_message_is_a_new_one(rig: Rig) -> None:
    one, two = await rig.messenger.send(DESK, card("a")), await rig.messenger.send(DESK, card("a"))
    assert one.message != two.message
    assert len(await kept(rig.store, DESK)) == 2


async def test_the_same_nonce_in_the_same_chat_is_the_same_message(rig: Rig) -> None:
    one = await rig.messenger.send(DESK, card("a"), nonce="n")
    two = await rig.messenger.send(DESK, card("a"), nonce="n")
    elsewhere = await rig.messenger.send(HOME, card("a"), nonce="n")
    assert one.message == two.message != elsewhere.message
    assert [len(await kept(rig.store, chat)) for chat in (DESK, HOME)] == [1, 1]


async def test_an_edit_takes_the_place_of_its_message(rig: Rig) -> None:
    first = await rig.messenger.send(DESK, card("a"))
    await rig.messenger.send(DESK, card("b"))
    edited = await rig.messenger.send(DESK, card("c"), replaces=first.message)
    assert edited.message == first.message
    assert await kept(rig.store, DESK) == [card("c"), card("b")]


async def test_whoever_looks_at_the_chat_sees_it(rig: Rig) -> None:
    rig.messenger.watcher = onlooker = Onlooker(DESK)
    sent = await rig.messenger.send(DESK, card("a"))
    await rig.messenger.send(HOME, card("b"))
    await rig.messenger.send(DESK, card("c"), replaces=sent.message)
    assert onlooker.seen == [(card("a"), True, False), (card("c"), True, True)]


async def test_an_answer_goes_to_the_chat_of_the_question(rig: Rig) -> None:
    await rig.messenger.answer(asked(HOME), replace(card("a"), only=True))
    await rig.messenger.answer(asked(DESK), card("b"))
    assert await kept(rig.store, HOME) == [replace(card("a"), only=True)]
    assert await kept(rig.store, DESK) == [card("b")]


async def test_an_answer_for_one_person_in_a_room_is_shown_and_not_kept(rig: Rig) -> None:
    only = replace(card("a"), only=True)
    assert (await rig.messenger.answer(asked(DESK), only)).fate is Fate.GONE
    rig.messenger.watcher = onlooker = Onlooker(DESK)
    assert (await rig.messenger.answer(asked(DESK), only)).fate is Fate.SENT
    assert onlooker.seen == [(only, False, False)]
    assert await kept(rig.store, DESK) == []


async def test_on_a_full_disk_a_message_is_sent_where_it_can_be_shown(rig: Rig) -> None:
    fill(rig)
    rig.messenger.watcher = onlooker = Onlooker(HOME)
    message = card("a" * 100_000)
    assert (await rig.messenger.send(HOME, message)).fate is Fate.SENT
    assert onlooker.seen == [(message, False, False)]
    receipt = await rig.messenger.send(DESK, message)
    assert (receipt.fate, receipt.reason) == (Fate.UNSENT, "StoreFull")
    assert receipt.retry > 0


def test_a_private_chat_belongs_to_its_account(rig: Rig) -> None:
    assert rig.messenger.private_chat(AccountRef("console", "mira")) == HOME


@pytest.mark.parametrize(
    ("environ", "colours"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_a_terminal_gets_comfort_and_colours_where_they_are_wanted(
    environ: dict[str, str], *, colours: bool
) -> None:
    outer, inner = pty.openpty()
    with os.fdopen(inner, "r+b", buffering=0) as raw, io.TextIOWrapper(raw) as terminal:
        screen = open_screen(terminal, terminal, environ, ["start"])
        assert isinstance(screen, Terminal)
        assert screen.look.colours is colours
    os.close(outer)


def test_a_pipe_is_plain() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader) as stdin, os.fdopen(writer, "w") as stdout:
        screen = open_screen(stdin, stdout, {}, [])
        assert isinstance(screen, Pipe)
        assert (screen.look.width, screen.look.colours) == (80, False)


async def test_closed_streams_are_an_empty_input_and_an_output_nobody_reads(rig: Rig) -> None:
    await rig.messenger.send(HOME, card())
    await rig.sit(open_screen(None, None, {}, []))
    assert rig.settled == 1


async def test_an_answer_that_clears_is_all_that_is_kept(rig: Rig) -> None:
    await rig.messenger.send(HOME, card("a"))
    await rig.messenger.send(DESK, card("a"))
    alone = replace(card("a"), clears=True)
    receipt = await rig.messenger.answer(asked(HOME), alone)
    assert receipt.fate is Fate.SENT
    assert [replace(each, clears=True) for each in await kept(rig.store, HOME)] == [alone]
    assert await kept(rig.store, DESK) == [card("a")]

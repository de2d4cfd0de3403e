"""One interaction and what answers it: which response, for whom, and what comes after it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Attachment, Blank, Came, Incoming, Key, Outgoing, Sheet
from bot.dialog.text import Paragraph, Plain
from bot.platforms.discord.exchange import CALLBACK, FOLLOW_UP, ORIGINAL, Exchange
from bot.platforms.discord.receipts import LATE, LOST
from bot.platforms.discord.reply import EPHEMERAL, Reply
from bot.ports import Fate, Receipt

MIRA = AccountRef("discord", "42")
HOME, ROOM = ChatRef("discord", "@42"), ChatRef("discord", "20")
COMMAND = Reply("1", "token", 2)
PRESS = Reply("1", "token", 3, "77")
FORM = Reply("1", "token", 5, "77")
CARD = Outgoing((Paragraph(((Plain("a card"),),)),), replaces=True)
NEW = replace(CARD, replaces=False)
SHEET = Sheet("Sign", (Blank("name", "Your name"),), "sign", Key("Fill in", data="open"), "other")
ASKING = replace(CARD, sheet=SHEET)
SENT = Receipt(Fate.SENT)


@dataclass
class Wire:
    """Everything that was sent, and what becomes of it by path."""

    fates: dict[str, Receipt] = field(default_factory=dict)
    calls: list[tuple[str, str, Mapping[str, Any], Attachment | None]] = field(default_factory=list)
    where: list[dict[str, str]] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def __call__(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        file: Attachment | None = None,
        **where: str,
    ) -> Receipt:
        self.calls.append((method, path, body or {}, file))
        self.where.append(where)
        if self.gate:
            await self.gate.wait()
        return self.fates.get(path, SENT)

    @property
    def kinds(self) -> list[object]:
        """The types of responses, else method and place of what was sent."""
        places = {FOLLOW_UP: "follow-up", ORIGINAL: "original"}
        return [
            body["type"] if path == CALLBACK else f"{how} {places[path]}" for how, path, body, _ in self.calls
        ]

    @property
    def flags(self) -> int:
        """The flags of the last message."""
        body = self.calls[-1][2]
        return int(body.get("data", body).get("flags", 0))


@pytest.fixture
def wire() -> Wire:
    return Wire()


def exchange(wire: Wire, reply: Reply) -> Exchange:
    return Exchange(reply, wire, lambda: "700")


def came(how: Came, *, private: bool = True) -> Incoming:
    return Incoming("1", how, HOME if private else ROOM, MIRA, private=private)


@pytest.mark.parametrize(
    ("reply", "how", "said", "kind"),
    [
        (COMMAND, Came.COMMAND, CARD, 4),
        (PRESS, Came.PRESS, CARD, 7),
        (PRESS, Came.PRESS, NEW, 4),
        (PRESS, Came.PRESS, replace(CARD, clears=True), 4),
        (PRESS, Came.COMMAND, CARD, 4),
        (FORM, Came.FORM, NEW, 7),
        (replace(FORM, message=""), Came.FORM, CARD, 4),
        (COMMAND, Came.COMMAND, ASKING, 9),
        (PRESS, Came.PRESS, ASKING, 9),
        (FORM, Came.FORM, ASKING, 7),
        (PRESS, Came.PRESS, replace(ASKING, sheet=replace(SHEET, at_once=False)), 7),
    ],
)
async def test_a_first_response_in_private(
    wire: Wire, reply: Reply, how: Came, said: Outgoing, kind: int
) -> None:
    receipt = await exchange(wire, reply).say(came(how), said)
    assert (receipt.fate, wire.kinds, wire.flags & EPHEMERAL) == (Fate.SENT, [kind], 0)
    assert wire.where == [{"webhook_id": "1", "webhook_token": "token"}]


@pytest.mark.parametrize(
    ("reply", "how", "private", "said", "kind", "quiet"),
    [
        (COMMAND, Came.COMMAND, True, CARD, 4, True),
        (replace(PRESS, ephemeral=True), Came.PRESS, True, CARD, 7, False),
        (replace(PRESS, ephemeral=True), Came.PRESS, True, NEW, 4, True),
        (PRESS, Came.PRESS, True, CARD, 4, True),
        (FORM, Came.FORM, True, CARD, 4, True),
        (PRESS, Came.PRESS, False, CARD, 7, False),
        (PRESS, Came.PRESS, False, replace(CARD, only=True), 4, True),
        (PRESS, Came.PRESS, False, NEW, 4, True),
        (COMMAND, Came.COMMAND, False, CARD, 4, True),
    ],
)
async def test_where_others_are_only_a_card_of_the_room_is_seen_by_them(  # noqa: PLR0917
    wire: Wire,
    reply: Reply,
    how: Came,
    private: bool,  # noqa: FBT001
    said: Outgoing,
    kind: int,
    quiet: bool,  # noqa: FBT001
) -> None:
    await exchange(wire, replace(reply, in_guild=True)).say(came(how, private=private), said)
    assert (wire.kinds, bool(wire.flags & EPHEMERAL)) == ([kind], quiet)


@pytest.mark.parametrize(("private", "custom"), [(True, "p0:x"), (False, "r0:x")])
async def test_a_button_tells_whether_its_card_is_of_the_room(
    wire: Wire,
    private: bool,  # noqa: FBT001
    custom: str,
) -> None:
    said = replace(CARD, keys=((Key("Go", data="x"), Key("Open", url="https://example.org")),))
    await exchange(wire, replace(COMMAND, in_guild=True)).say(came(Came.COMMAND, private=private), said)
    (row,) = wire.calls[0][2]["data"]["components"]
    assert [part.get("custom_id") for part in row["components"]] == [custom, None]


async def test_a_long_card_that_all_see_keeps_its_buttons(wire: Wire) -> None:
    long = Paragraph(((Plain("word " * 500),),))
    said = replace(CARD, text=(long,), keys=((Key("Back", data="x"),),))
    await exchange(wire, replace(PRESS, in_guild=True)).say(came(Came.PRESS, private=False), said)
    first, second = (body.get("data", body) for _, _, body, _ in wire.calls)
    assert (wire.kinds, len(first["components"]), second["components"]) == ([7, "POST follow-up"], 1, [])
    assert second["flags"] & EPHEMERAL


async def test_what_is_said_further_follows_for_the_same_eyes(wire: Wire) -> None:
    talk = exchange(wire, replace(COMMAND, in_guild=True))
    for _ in range(2):
        await talk.say(came(Came.COMMAND), CARD)
    assert (wire.kinds, bool(wire.flags & EPHEMERAL)) == ([4, "POST follow-up"], True)
    assert wire.where[-1] == {"webhook_id": "700", "webhook_token": "token"}


@pytest.mark.parametrize(
    ("reply", "how", "said", "kinds"),
    [
        (COMMAND, Came.COMMAND, CARD, [5, "PATCH original"]),
        (COMMAND, Came.COMMAND, ASKING, [5, "PATCH original"]),
        (PRESS, Came.PRESS, CARD, [6, "PATCH original"]),
        (PRESS, Came.PRESS, NEW, [6, "POST follow-up"]),
        (FORM, Came.FORM, CARD, [6, "PATCH original"]),
        (replace(FORM, message=""), Came.FORM, CARD, [5, "PATCH original"]),
    ],
)
async def test_what_was_deferred_is_answered_later(
    wire: Wire, reply: Reply, how: Came, said: Outgoing, kinds: list[object]
) -> None:
    talk = exchange(wire, reply)
    await talk.defer()
    await talk.say(came(how), said)
    await talk.defer()
    assert wire.kinds == kinds


async def test_deferred_in_a_server_it_is_for_one_alone(wire: Wire) -> None:
    await exchange(wire, replace(COMMAND, in_guild=True)).defer()
    assert (wire.kinds, wire.flags) == ([5], EPHEMERAL)


async def test_a_card_that_is_gone_is_said_anew(wire: Wire) -> None:
    wire.fates[ORIGINAL] = Receipt(Fate.REFUSED, reason=LOST)
    talk = exchange(wire, PRESS)
    await talk.defer()
    assert (await talk.say(came(Came.PRESS), CARD)).fate is Fate.SENT
    assert wire.kinds == [6, "PATCH original", "POST follow-up"]


async def test_what_nothing_answers_does_not_look_as_if_it_failed(wire: Wire) -> None:
    await exchange(wire, PRESS).release()
    await exchange(wire, COMMAND).release()
    answered = exchange(wire, COMMAND)
    await answered.say(came(Came.COMMAND), CARD)
    await answered.release()
    assert wire.kinds == [6, 5, "DELETE original", 4]


async def test_once_too_late_nothing_more_is_tried(wire: Wire) -> None:
    wire.fates[CALLBACK] = Receipt(Fate.REFUSED, reason=LATE)
    talk = exchange(wire, PRESS)
    for _ in range(3):
        assert (await talk.say(came(Came.PRESS), CARD)).reason == LATE
    await talk.release()
    assert wire.kinds == [7]


async def test_a_deferral_and_an_answer_never_cross(wire: Wire) -> None:
    wire.gate = asyncio.Event()
    talk = exchange(wire, COMMAND)
    deferring, saying = (
        asyncio.ensure_future(talk.defer()),
        asyncio.ensure_future(talk.say(came(Came.COMMAND), CARD)),
    )
    await asyncio.sleep(0)
    wire.gate.set()
    await asyncio.gather(deferring, saying)
    assert wire.kinds == [5, "PATCH original"]


async def test_a_file_stands_with_the_last_part(wire: Wire) -> None:
    file = Attachment("list.txt", b"names", "text/plain")
    long = tuple(Paragraph(((Plain("word " * 300),),)) for _ in range(2))
    await exchange(wire, COMMAND).say(came(Came.COMMAND), Outgoing(long, attachment=file))
    assert wire.kinds == [4, "POST follow-up"]
    assert [sent for *_, sent in wire.calls] == [None, file]
    assert wire.calls[-1][2]["attachments"] == [{"id": 0, "filename": "list.txt"}]

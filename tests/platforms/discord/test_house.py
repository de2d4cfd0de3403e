"""The whole bot from the composition root behind the real library: signing by forms, through restarts."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from bot.app import Bot, Content, Edges, Team, build
from bot.campaign.refs import ChatRef
from bot.platforms.discord.client import Api
from bot.platforms.discord.messenger import DiscordMessenger
from bot.ports import Store, Tx
from bot.publication.signatory_list import listing
from bot.stations import listen_on_discord
from bot.storage.direct import open_direct
from tests.platforms.discord.wire import SERVER, TOKEN, Wire
from tests.stage import KEY, CountedIds, HandClock, shipped
from tests.transcripts.play import set_up

T = TypeVar("T")
Json = dict[str, Any]
DESK = ChatRef("discord", "20")
START = {"id": "1", "name": "start", "type": 1, "options": [{"type": 3, "name": "s", "value": "palestine"}]}


class Slow:
    """The real store; while ``gate`` is closed it stores nothing."""

    def __init__(self, real: Store) -> None:
        self.real, self.gate = real, asyncio.Event()
        self.gate.set()

    async def transaction(self, work: Callable[[Tx], T]) -> T:
        await self.gate.wait()
        return await self.real.transaction(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self.real.read(work)

    async def tidy(self) -> bool:
        return await self.real.tidy()

    async def close(self) -> None:
        await self.real.close()


@dataclass
class House:
    """One bot, one store, one server."""

    wire: Wire
    content: Content
    store: Slow
    clock: HandClock = field(default_factory=HandClock)
    ids: CountedIds = field(default_factory=CountedIds)
    bot: Bot = field(init=False)
    steps: int = 0

    @asynccontextmanager
    async def life(self) -> AsyncIterator[None]:
        """One life of the process."""
        messenger = DiscordMessenger(Api(TOKEN, self.wire.api, self.wire.gateway))
        edges = Edges(self.store, self.clock, self.ids, {"discord": messenger}, frozenset({"discord"}))
        self.bot = build(self.content, edges, Team(moderators=(DESK,)))
        ear, _ = listen_on_discord(messenger, self.bot)
        await messenger.try_to_open()
        await self.bot.start()
        before = self.wire.identified
        running = asyncio.ensure_future(ear.run())
        try:
            await self.wire.until(lambda: self.wire.identified > before)
            yield
        finally:
            self.store.gate.set()
            ear.stop()
            await running
            await messenger.close()

    async def does(self, kind: int, data: Json, *, message: Json | None = None) -> Json:
        """What a person does in a server, and the answer they alone see."""
        number = await self.wire.interact(kind, data, SERVER, **({"message": message} if message else {}))
        self.steps += 1
        await self.wire.until(lambda: self.answers(number))
        return self.answers(number)[0]

    def answers(self, number: str) -> list[Json]:
        """The responses to an interaction."""
        return self.wire.called(f"/interactions/{number}/")

    async def press(self, card: Json, label: str, message: Json | None = None) -> Json:
        """Press the button of a card by the beginning of its label."""
        ids = [each["custom_id"] for each in buttons(card) if each["label"].startswith(label)]
        assert ids, [each["label"] for each in buttons(card)]
        return await self.does(3, {"custom_id": ids[0], "component_type": 2}, message=message or CARD)

    async def fill(self, form: Json, **values: str) -> Json:
        """Send a form with these values; what is not given stays as it stands there."""
        fields = []
        for label in form["data"]["components"]:
            part = label["component"]
            key, given = part["custom_id"], values.get(part["custom_id"])
            if part["type"] == 4:
                fields.append({"type": 4, "custom_id": key, "value": given or part.get("value", "")})
            else:
                chosen = given or next((o["value"] for o in part["options"] if o.get("default")), "")
                listed = {"values": [chosen] if chosen else []} if part["type"] == 3 else {"value": chosen}
                fields.append({"type": part["type"], "custom_id": key, **listed})
        rows = [{"type": 18, "id": n, "component": {"id": 9, **each}} for n, each in enumerate(fields)]
        return await self.does(5, {"custom_id": form["data"]["custom_id"], "components": rows}, message=CARD)

    async def listed(self) -> list[str]:
        """The published list."""
        found = await self.store.read(lambda tx: listing(tx, "palestine"))
        return [each.line for each in found.organisations]


CARD: Json = {
    "id": "77",
    "channel_id": "20",
    "flags": 64,
    "type": 0,
    "content": "",
    "attachments": [],
    "embeds": [],
    "mentions": [],
    "mention_roles": [],
    "mention_everyone": False,
    "pinned": False,
    "tts": False,
    "timestamp": "2026-01-01T00:00:00+00:00",
    "edited_timestamp": None,
    "components": [],
    "author": {"id": "700", "username": "bot", "discriminator": "0", "avatar": None},
}


def buttons(card: Json) -> list[Json]:
    return [each for row in card["data"]["components"] for each in row["components"] if "custom_id" in each]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    wire = await Wire().start()
    content, _ = set_up("setup: names=1-17 undo=0 milestones=18", shipped())
    store = open_direct(sqlite3.connect(":memory:", isolation_level=None), KEY)
    yield House(wire, content, Slow(store))
    await wire.stop()


async def test_a_person_signs_in_four_steps_seen_by_them_alone(house: House) -> None:
    async with house.life():
        card = await house.does(2, START)
        assert (card["type"], card["data"]["flags"] & 64) == (4, 64)
        form = await house.press(card, "Sign as a person")
        assert form["type"] == 9
        review = await house.fill(form, country="AU", showing="unnamed")
        assert review["type"] == 7
        done = await house.press(review, "Sign")
        assert "Thank you" in done["data"]["content"], done
        assert house.steps == 4
    assert not house.wire.called("/users/@me/channels"), "nothing went elsewhere"


async def test_an_organisation_signs_by_forms_through_a_restart(house: House) -> None:
    async with house.life():
        card = await house.does(2, START)
        form = await house.press(card, "Sign for an organisation")
        assert form["type"] == 9
    async with house.life():
        given = {"organisation": "Riverbank Tenants Union", "representative": "Mira, chair"}
        card = await house.fill(form, **given)
    async with house.life():
        rest = await house.press(card, "Fill in")
        review = await house.fill(rest, country="DE")
        assert "Riverbank Tenants Union, Germany" in review["data"]["content"]
        again = await house.fill(rest, country="FR")
        assert again["type"] == 7, "a form sent twice changes nothing"
        done = await house.press(review, "Sign and publish")
        assert "Thank you" in done["data"]["content"]
        await house.press(review, "Sign and publish")
        await house.bot.tick()
        (task,) = house.wire.called("/channels/20/messages")
        assert (task["enforce_nonce"], task["allowed_mentions"]) == (True, {"parse": []})
    async with house.life():
        assert (await house.press({"data": task}, "Approve", {**CARD, "flags": 0}))["type"] == 6
        house.clock.turn(timedelta(minutes=1))
        await house.bot.tick()
        (edited,) = house.wire.called("PATCH /channels/20/messages/555")
        assert "Approved by Mira" in edited["content"]
        assert "Riverbank Tenants Union, Germany" in await house.listed()


async def test_a_wrong_field_is_asked_again_alone(house: House) -> None:
    async with house.life():
        form = await house.press(await house.does(2, START), "Sign for an organisation")
        card = await house.fill(form, organisation="Riverbank Tenants Union")
        assert card["type"] == 7, "the wrong field's question stands there"
    async with house.life():
        form = await house.press(card, "Fill in")
        keys = [label["component"]["custom_id"] for label in form["data"]["components"]]
        assert (form["type"], keys) == (9, ["representative"])


async def test_while_the_store_is_slow_nothing_fails_in_the_persons_eyes(house: House) -> None:
    async with house.life():
        house.store.gate.clear()
        deferred = await house.does(2, START)
        assert deferred == {"type": 5, "data": {"flags": 64}}
        house.store.gate.set()
        await house.wire.until(lambda: house.wire.called("/messages/@original"))
        (card,) = house.wire.called("/messages/@original")
        assert card["components"]

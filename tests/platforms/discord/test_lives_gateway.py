"""The whole bot on the strict Discord while the gateway drops it, sends it away or forgets it."""

from __future__ import annotations

import pytest
from discord import Client

from tests.peers.discord.interactions import Interaction, payload
from tests.peers.discord.people import Person
from tests.platforms.discord import test_lives
from tests.platforms.discord.house import House

house = test_lives.house

UNION = {"organisation": "Riverbank Tenants Union", "representative": "Mira, chair"}
SESSIONS = {"drop": (1, 1), "reconnect": (1, 1), "forget": (2, 1), "invalidate": (2, 0)}
"""How many sessions were identified and resumed once the gateway did so."""


async def at_once(*_: object, initial: bool) -> None:
    """The library's pause before a further session, without its five seconds."""


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Client, "before_identify_hook", at_once)


def part(house: House, way: str) -> None:
    """The gateway parts from the bot: with a session that goes on, or that it forgot."""
    gateway = house.server.gateway
    if way == "forget":
        gateway.forget()
    getattr(gateway, "drop" if way == "forget" else way)()


async def meet(house: House, way: str) -> None:
    """The bot listens again, as it should after this way of parting."""
    gateway = house.server.gateway
    await house.server.until(
        lambda: gateway.live and (len(gateway.identified), len(gateway.resumed)) == SESSIONS[way]
    )


async def begin(house: House, who: Person) -> None:
    """Somebody has the first form of a sign-on before them."""
    await house.answered(who.command("start"))
    await house.press(who, "Sign for an organisation", who.dm)


def answers(house: House, asked: Interaction) -> list[str]:
    """The first responses to an interaction."""
    return [name for name, _ in house.server.calls if name.endswith(f"/{asked.token}/callback")]


async def test_after_a_drop_it_resumes_and_what_it_missed_is_handled_once(house: House) -> None:
    server, gateway, mira = house.server, house.server.gateway, house.server.user(42)
    async with house.life():
        await begin(house, mira)
        (session,) = gateway.live
        seen = len(session.events)
        gateway.drop()
        missed = [mira.submit(**UNION), server.user(43).command("start")]
        mira.say("hello?")
        for asked in missed:
            await house.answered(asked)
        await server.until(lambda: len(mira.sees()) == 3)
        own = {"token": server.token, "session_id": session.id, "seq": seen}
        assert (gateway.resumed, len(gateway.identified)) == ([own], 1)
        assert [len(answers(house, asked)) for asked in missed] == [1, 1]
    assert (server.refusals, server.failed) == ([], [])


async def test_an_interaction_that_is_told_again_leaves_one_answer(house: House) -> None:
    server, mira = house.server, house.server.user(42)
    async with house.life():
        asked = await house.answered(mira.command("start"))
        server.gateway.tell("INTERACTION_CREATE", payload(server, asked))
        await house.answered(mira.command("help"))
        assert len(mira.sees()) == 2
    assert {refusal["code"] for _, refusal in server.refusals} <= {40060}


@pytest.mark.parametrize("way", SESSIONS)
async def test_a_form_goes_on_after_the_gateway_parted(house: House, way: str) -> None:
    mira = house.server.user(42)
    async with house.life():
        await begin(house, mira)
        part(house, way)
        await meet(house, way)
        sent = await house.answered(mira.submit(**UNION))
        assert (await house.press(mira, "Fill in", mira.dm)).response == 9
        assert len(answers(house, sent)) == 1
    assert (house.server.refusals, house.server.failed) == ([], [])


@pytest.mark.parametrize("way", ["drop", "invalidate"])
async def test_a_form_in_flight_while_the_gateway_parts_is_answered_once(house: House, way: str) -> None:
    server, mira = house.server, house.server.user(42)
    async with house.life():
        await begin(house, mira)
        house.store.gate.clear()
        sent = mira.submit(**UNION)
        await server.until(lambda: sent.response)
        part(house, way)
        await meet(house, way)
        house.store.gate.set()
        card = f"PATCH /webhooks/{server.bot.id}/{sent.token}/messages/@original"
        await server.until(lambda: server.called(card))
        assert (await house.press(mira, "Fill in", mira.dm)).response == 9
        assert (len(answers(house, sent)), len(server.called(card)), len(mira.sees())) == (1, 1, 1)
    assert (server.refusals, server.failed) == ([], [])

"""The whole bot on the strict Discord: people sign by forms in a server, each seen by them alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.peers.discord.interactions import Interaction
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.house import House
from tests.stage import HandClock, shipped
from tests.transcripts.play import set_up

EPHEMERAL = 64
MESSAGE, UPDATE, FORM = 4, 7, 9
UNION = {"organisation": "Riverbank Tenants Union", "representative": "Mira, chair"}


@pytest.fixture
async def house(server: DiscordServer, clock: HandClock) -> AsyncIterator[House]:
    content, _ = set_up("setup: names=1-17 undo=0 milestones=18", shipped())
    yield House(server, content, clock, server.rooms.add(server.guild(9 << 22), "desk"))
    assert (server.refusals, server.failed, server.pings) == ([], [], [])


@pytest.fixture
def mira(house: House) -> Person:
    return joined(house, house.server.user(42))


def joined(house: House, person: Person) -> Person:
    """Somebody who is a member of the server."""
    assert house.desk.guild
    house.server.rooms.join(house.desk.guild, person)
    return person


async def fill(house: House, who: Person, form: Interaction | None = None, /, **fields: str) -> Interaction:
    """Send a form that is open, or one that was."""
    return await house.answered(who.submit(form, **fields))


async def begin(house: House, who: Person, where: Channel) -> Interaction:
    """Use the command by what is offered for its option."""
    typed = who.typing("sign", "statement", "", where)
    await house.server.until(lambda: typed.response)
    return await house.answered(who.command("sign", where, statement=typed.choices[0]["value"]))


async def test_a_person_signs_in_four_steps_seen_by_them_alone(house: House, mira: Person) -> None:
    other = joined(house, house.server.user(43))
    async with house.life():
        asked = await begin(house, mira, house.desk)
        form = await house.press(mira, "Sign as a person", house.desk)
        review = await fill(house, mira, country="AU", showing="unnamed")
        await house.press(mira, "Sign", house.desk)
        assert "Thank you" in mira.last(house.desk).text
        assert [each.response for each in (asked, form, review)] == [MESSAGE, FORM, UPDATE]
        assert [each.only for each in mira.sees(house.desk)] == [mira.user]
    assert other.sees(house.desk) == []
    assert not house.server.called("POST /users/@me/channels"), "nothing went elsewhere"


async def test_an_organisation_signs_through_a_restart_between_every_two_steps(
    house: House, mira: Person
) -> None:
    async with house.life():
        await begin(house, mira, house.desk)
        assert (await house.press(mira, "Sign for an organisation", house.desk)).response == FORM
    async with house.life():
        await fill(house, mira, **UNION)
    async with house.life():
        rest = await house.press(mira, "Fill in", house.desk)
        await fill(house, mira, country="DE")
        assert "Riverbank Tenants Union, Germany" in mira.last(house.desk).text
        review, button = mira.last(house.desk), "Sign and publish"
        assert (await fill(house, mira, rest, country="FR")).response == UPDATE
        assert "Riverbank Tenants Union, Germany" in mira.last(house.desk).text, "a form sent twice"
        (sign,) = [part["custom_id"] for part in review.parts if part.get("label", "").startswith(button)]
        await house.press(mira, button, house.desk)
        assert "Thank you" in mira.last(house.desk).text
        await house.answered(mira.forge(sign, review))
        await house.bot.tick()
        (task,) = house.desk.from_bot
        assert house.server.nonces == {task.nonce: task}
    asa = joined(house, house.server.user(9, name="Asa"))
    async with house.life():
        await house.press(asa, "Approve", house.desk)
        house.clock.turn(timedelta(minutes=1))
        await house.bot.tick()
        assert house.desk.from_bot == [task]
        assert "Approved by Asa" in task.text
        assert (await house.listed()).count("Riverbank Tenants Union, Germany") == 1


async def test_a_wrong_field_is_asked_again_alone(house: House, mira: Person) -> None:
    async with house.life():
        await begin(house, mira, house.desk)
        await house.press(mira, "Sign for an organisation", house.desk)
        sent = await fill(house, mira, organisation=UNION["organisation"], representative=" ")
        assert sent.response == UPDATE, "the wrong field's question stands there"
    async with house.life():
        form = await house.press(mira, "Fill in", house.desk)
        assert form.modal
        keys = [label["component"]["custom_id"] for label in form.modal["components"]]
        assert (form.response, keys) == (FORM, ["representative"])

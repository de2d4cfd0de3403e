"""Who looks after an entry: what transcripts cannot show of claims, of forgetting, of two who act at once."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

from bot.campaign.endorsement import Endorsement, Kind, Step
from bot.campaign.refs import AccountRef
from bot.dialog.messages import Came
from bot.dialog.text import plain
from bot.features import keepers, steps
from bot.ports import Matter, Tx
from tests.stage import Seat, Stage, named, open_stage, shipped

DAO, SUDA, NOOR = Seat("dao"), Seat("suda"), Seat("noor")
BINA, ASA = Seat("bina", "desk"), Seat("asa", "desk")
WORDS = re.compile(r"[A-Z]+ · [A-Z]+ · \d{4} · [A-Z]+ · [A-Z]+")


async def stage_with(first: int = 1, last: int = 3) -> Stage:
    """A stage with some published names and no time to undo an approval."""
    content = named(shipped(), "palestine", range(first, last + 1))
    campaign = replace(content.catalog.campaigns["palestine"], undo_minutes=0)
    catalog = replace(content.catalog, campaigns={"palestine": campaign})
    stage = open_stage(replace(content, catalog=catalog))
    await stage.open()
    return stage


async def signed(stage: Stage) -> str:
    """Dao signs for DinDeng and is approved; the id of the entry."""
    await stage.say(DAO, "/start palestine")
    await stage.press(DAO, "b.sign-organisation")
    await stage.say(DAO, "DinDeng")
    await stage.press(DAO, "sign.candidate")
    await stage.say(DAO, "Somsri, secretary")
    await stage.press(DAO, "b.sign-and-publish")
    await stage.press(BINA, "b.approve")
    return (await entry(stage, "DinDeng")).id


async def entry(stage: Stage, name: str) -> Endorsement:
    """The entry of this name."""
    found = await stage.store.read(lambda tx: tx.endorsements.page("palestine", Kind.ORGANISATION, limit=50))
    return next(each for each in found if each.entry.name == name)


async def claims(stage: Stage, seat: Seat, name: str = "PLM") -> list[str]:
    """Somebody says that they look after an entry; what they are told at the end."""
    await stage.say(seat, "/start palestine")
    await stage.press(seat, "b.sign-organisation")
    said = await stage.say(seat, name)
    if not said[-1].has("b.look-after"):
        await stage.press(seat, "sign.candidate")
    said = await stage.press(seat, "b.look-after")
    if "claim.ask" in said[0].phrases:
        said = await stage.say(seat, "Sasha, secretary")
    return [shown.phrases[0] for shown in said]


async def forgets(stage: Stage) -> str:
    """Dao is forgotten; the words she wrote down."""
    await stage.say(DAO, "/mine")
    said = await stage.press(DAO, "b.forget-me")
    await stage.press(DAO, "b.wrote-it-down")
    await stage.bot.turns.flush()
    await stage.bot.tick()
    found = WORDS.search(plain(said[0].outgoing.text))
    assert found
    return found[0]


async def writes(stage: Stage, seat: Seat, words: str) -> str:
    """Somebody writes words from paper; what they are told."""
    await stage.say(seat, "/mine")
    await stage.press(seat, "b.have-words")
    said = await stage.say(seat, words)
    return said[0].phrases[0]


async def test_forgetting_changes_neither_the_list_nor_a_count() -> None:
    stage = await stage_with()
    id_ = await signed(stage)
    before = await stage.store.read(lambda tx: dict(tx.tallies.get("palestine")))
    line = (await entry(stage, "DinDeng")).entry
    await forgets(stage)
    after = await entry(stage, "DinDeng")
    assert (after.id, after.entry, after.person) == (id_, line, "")
    assert await stage.store.read(lambda tx: dict(tx.tallies.get("palestine"))) == before
    assert await stage.store.read(lambda tx: dict(tx.endorsements.count("palestine"))) == before


async def test_nothing_in_the_store_leads_from_the_account_to_the_entry() -> None:
    stage = await stage_with()
    met = await stage.store.transaction(
        lambda tx: tx.people.meet(AccountRef("console", "dao"), "en", stage.clock.now())
    )
    id_ = await signed(stage)
    await forgets(stage)

    def look(tx: Tx) -> tuple[object, ...]:
        found = tx.endorsements.get(id_)
        assert found
        actors = {event.actor for event in tx.audit.of(id_)}
        steps = [event.step for event in tx.audit.of(id_)]
        return (
            found.person,
            found.private.representative,
            met.id in actors,
            steps[-1],
            tx.people.account(met.id),
            keepers.keepers_of(tx, id_),
        )

    assert await stage.store.read(look) == ("", "", False, Step.UNLINK, None, ())
    again = await stage.store.transaction(
        lambda tx: tx.people.meet(AccountRef("console", "dao"), "en", stage.clock.now())
    )
    assert again.id != met.id


async def test_whoever_signed_as_a_person_too_keeps_that() -> None:
    stage = await stage_with()
    await signed(stage)
    await stage.say(DAO, "/sign palestine")
    await stage.press(DAO, "b.sign-person")
    await stage.press(DAO, "b.unnamed")
    await stage.say(DAO, "Germany")
    await stage.press(DAO, "b.sign-now")
    await forgets(stage)
    said = await stage.say(DAO, "/mine")
    assert "mine.published-unnamed" in said[0].phrases


async def test_words_are_kept_as_a_hash_and_nowhere_else() -> None:
    stage = await stage_with()
    await signed(stage)
    words = await forgets(stage)
    pieces = [piece.lower() for piece in words.split(" · ")]

    def look(tx: Tx) -> list[Matter]:
        return list(tx.matters.of("words", "")) + list(tx.matters.of("claim", ""))

    kept = await stage.store.read(look)
    assert len(kept) == 1
    assert not any(piece in str(kept[0].body).lower() for piece in pieces)
    assert kept[0].person == ""


async def test_words_are_tried_fifty_times_a_day_by_all_together() -> None:
    stage = await stage_with()
    await signed(stage)
    words = await forgets(stage)
    told = [await writes(stage, Seat(f"user{number // 5}"), f"a {number}") for number in range(50)]
    assert set(told) == {"forget.wrong"}
    assert await writes(stage, SUDA, words) == "forget.later"
    await stage.turn_clock(stage.clock.now().replace(hour=23, minute=59) - stage.clock.now())
    assert await writes(stage, SUDA, words) == "forget.later"


async def test_hostile_words_open_nothing() -> None:
    stage = await stage_with()
    await signed(stage)
    await forgets(stage)
    for words in ("\u202e1234", "' OR 1=1", "=1+1", "🕊 · 🍚 · 1234"):
        assert await writes(stage, SUDA, words) == "forget.wrong"


async def test_nobody_claims_more_than_three_entries_at_once() -> None:
    stage = await stage_with(1, 8)
    told = [await claims(stage, SUDA, name) for name in ("PSM", "PLM", "PPR", "SWT")]
    assert [each[0] for each in told] == ["claim.waits"] * 3 + ["claim.enough"]


async def test_two_organisers_decide_at_once_and_the_first_one_counts() -> None:
    stage = await stage_with()
    await claims(stage, SUDA)
    await stage.press(BINA, "b.they-speak")
    late = await stage.press(ASA, "b.not-now", back=0)
    assert late[0].phrases[0] == "review.late"
    found = await entry(stage, "Partido Lakas ng Masa")
    assert len(await stage.store.read(lambda tx: keepers.keepers_of(tx, found.id))) == 1


async def test_only_organisers_decide() -> None:
    stage = await stage_with()
    await claims(stage, SUDA)
    data = stage.card(BINA, "b.they-speak").key("b.they-speak").data
    said = await stage.take(stage.incoming(NOOR, Came.PRESS, data=data))
    assert "review.not-you" in said[0].phrases


async def test_several_look_after_an_entry_that_one_of_them_signed() -> None:
    stage = await stage_with()
    await signed(stage)
    await claims(stage, SUDA, "DinDeng")
    await stage.press(BINA, "b.they-speak")
    found = await entry(stage, "DinDeng")
    assert len(await stage.store.read(lambda tx: keepers.keepers_of(tx, found.id))) == 2


async def test_everybody_who_looks_after_an_entry_hears_that_it_was_taken_off_for_now() -> None:
    stage = await stage_with()
    id_ = await signed(stage)
    await claims(stage, SUDA, "DinDeng")
    await stage.press(BINA, "b.they-speak")
    tools = stage.bot.tools

    def suspend(tx: Tx) -> None:
        found = tx.endorsements.get(id_)
        assert found
        by = steps.Act(tx, tools.at(tx), steps.CLOCK, stage.clock.now())
        taken = steps.take(by, found, Step.SUSPEND)
        assert taken
        steps.tell(by, taken, "suspended")

    await stage.store.transaction(suspend)
    said = await stage.turn_clock(timedelta(seconds=5))
    told = {shown.chat.id for shown in said if shown.phrases[0] == "notice.suspended"}
    assert told == {"@dao", "@suda"}


async def test_the_link_of_somebody_who_was_told_to_let_go_hands_nothing_over() -> None:
    stage = await stage_with()
    await claims(stage, SUDA)
    await stage.press(BINA, "b.they-speak")
    await stage.say(SUDA, "/mine")
    said = await stage.press(SUDA, "b.hand-over")
    word = plain(said[0].outgoing.text).split()[-1]
    await stage.press(BINA, "b.they-do-not-speak")
    said = await stage.say(NOOR, f"/start {word}")
    assert said[0].phrases[0] == "handover.used"


async def test_a_link_makes_only_its_first_reader_look_after_the_entry() -> None:
    stage = await stage_with()
    await claims(stage, SUDA)
    await stage.press(BINA, "b.they-speak")
    await stage.say(SUDA, "/mine")
    said = await stage.press(SUDA, "b.hand-over")
    word = plain(said[0].outgoing.text).split()[-1]
    both = await asyncio.gather(*(stage.say(seat, word) for seat in (NOOR, DAO)))
    told = sorted({shown.phrases[0] for each in both for shown in each if shown.chat.id in {"@noor", "@dao"}})
    assert told == ["handover.used", "handover.yours"]

"""The real console on a pipe, killed again and again while people sign: nothing that was answered is lost."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random

from bot.ports import Tx
from tests.kills import play, state
from tests.kills.console import open_console
from tests.kills.person import Person, individual, organisation, question

KILLS = int(os.environ.get("BOT_TEST_KILLS", "5"))


def test_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    folder, chance, kills = tmp_path / "state", Random(1), 0
    people = [organisation(0)]
    while kills < KILLS or not people[-1].signed:
        if people[-1].signed:
            people.append((individual if len(people) % 2 else organisation)(len(people)))
        kills += play.live(folder, people[-1], play.drawn(chance) if kills < KILLS else play.NEVER)
        play.check(folder, people[-1])
    leave_one_half_done(folder)
    for person in people:
        play.check(folder, person)
    check_the_whole(folder, people)
    print(f"{kills} kills, {len(people)} signed")  # noqa: T201 (pytest -rP shows it)


def leave_one_half_done(folder: Path) -> None:
    """A talk that nobody goes on with waits, and its question is shown whenever its owner looks."""
    person = organisation(9999)
    assert play.live(folder, person, play.Plan(4, 0.0))
    play.check(folder, person)
    talk = state.session(folder, person.user)
    assert talk
    with open_console(folder, person.user) as console:
        assert console.wait_for(0), console.ended
        assert question(console.cards[-1]) == talk.at
    assert state.session(folder, person.user) == talk


def check_the_whole(folder: Path, people: list[Person]) -> None:
    """Everybody stands once, the counts are the rows, and each endorsement has its steps and its consents."""

    def found(tx: Tx) -> None:
        signed = [each for person in people for each in tx.endorsements.of(state.person(tx, person.user)[0])]
        names = Counter(each.entry.name for each in signed if each.entry.name)
        assert len(signed) == len(people)
        assert set(names.values()) == {1}
        kept = {name: n for name, n in tx.tallies.get("palestine").items() if n}
        assert kept == tx.endorsements.count("palestine")
        for each in signed:
            assert [event.row for event in tx.audit.of(each.id)] == list(range(1, each.row + 1))
            asked = Counter(consent.purpose for consent in tx.consents.of(each.id))
            assert asked["publish"] == 1
            assert set(asked.values()) == {1}

    state.look(folder, found)


def test_a_second_bot_on_the_same_folder_is_refused_while_the_first_lives(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with open_console(folder, "mira") as first:
        first.say("/start palestine")
        assert first.wait_for(0), first.ended
        with open_console(folder, "tomasz") as second:
            assert second.finish() == 1
            assert second.cards == []
        first.say("/mine")
        assert first.wait_for(1), first.ended
    with open_console(folder, "mira") as third:
        assert third.wait_for(0), third.ended
        assert third.leave() == 0


def test_sigterm_ends_well_and_leaves_nobody_owed(tmp_path: Path) -> None:
    folder, person = tmp_path / "state", organisation(1)
    with open_console(folder, person.user) as console:
        for known in range(3):
            console.say(person.line(console.cards[-1] if known else None))
            assert console.wait_for(known), console.ended
        assert console.ask_to_stop() == 0
        last = question(console.cards[-1])
    talk = state.session(folder, person.user)
    assert talk
    assert talk.at == last == "acronym"
    assert state.look(folder, lambda tx: tx.people.owed()) == []

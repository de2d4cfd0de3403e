"""One run: a seed decides everything that happens, and every rule is held against it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import cache
from random import Random

from bot.app import Edges, build
from bot.platforms.telegram.limit import LIMIT
from bot.publication.shelf import Shelf
from bot.rendering import composers
from bot.storage.direct import open_direct
from tests.simulation import (
    arrivals,
    ends,
    history,
    memory,
    organising,
    plans,
    rest,
    setting,
    standing,
    unsaid,
    weather,
)
from tests.simulation.acts import TICKS, Acts
from tests.simulation.chats import Chats
from tests.simulation.doom import Doom
from tests.simulation.intake import Event, Intake
from tests.simulation.ledger import Ledger
from tests.simulation.peer import Arrival, Peer
from tests.simulation.people import People
from tests.simulation.process import Process, QueuedStore
from tests.simulation.standing import Rule
from tests.simulation.trace import Trace
from tests.simulation.truth import Truth
from tests.simulation.virtual import Time, new_loop
from tests.stage import KEY, CountedIds

STEPS = 140
MOMENTS = (0.0, 0.01, 0.1, 2.0, 20.0)
"""Seconds between two steps: mostly too few for everything to be done."""
DOWN = (0.5, 5.0, 90.0)
"""Seconds between two lives of the process."""
HEALING = (0.0, 61.0, 1000.0, 43200.0, 43200.0, 43200.0, 43200.0)
"""Seconds between the rings of the calm at the end: leases and waiting end, the next day's posts go out."""

NOW_AND_THEN = (*standing.NOW_AND_THEN, *organising.RULES, *ends.RULES)
PACED = 50
"""Rings of the calm in which everything that is due must have gone out."""


class Broken(Exception):  # noqa: N818  (named as what happened)
    """A rule does not hold: its name, and what was found."""

    def __init__(self, rule: str, what: str) -> None:
        super().__init__(f"{rule}: {what}")
        self.rule = rule


@cache
def _template() -> sqlite3.Connection:
    """Empty tables, made once; the same in every process."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    open_direct(raw, KEY, chance=Random(0).randbytes)
    return raw


class Simulation:
    """A run that has yet to begin. ``steps``, ``crashes``, ``lost``, ``posts``, ``endorsements`` count."""

    def __init__(self, seed: int) -> None:
        self.steps = self.crashes = self.posts = 0
        self._chance, self._time = Random(seed), Time()
        self._found: list[Broken] = []
        self._raw = sqlite3.connect(":memory:", isolation_level=None)
        _template().backup(self._raw)
        history.keep(self._raw)
        self._setting, self._ids = setting.drawn(self._chance), CountedIds(str(seed))
        self.trace = Trace(self._time)
        self._doom = Doom(self._chance, self.trace, weather.drawn(self._chance), new_loop(self._time))
        chats = Chats()
        self._peer = Peer(chats, self._doom, self._arrived)
        self._intake = Intake(self._peer, self._confirmed)
        self._ledger = self._remembering(chats)
        self._ledger.truth.do(self._setting.subscribe)
        people = People(chats, self._intake, self._doom, self._setting.campaigns, plans.drawn(self._chance))
        self._acts = Acts(self._setting, people, self._intake, self._time, self._born())

    def _remembering(self, chats: Chats) -> Ledger:
        """What holds the bot to what people were told."""
        team, seats = self._setting.team, (*self._setting.moderators, *self._setting.organisers)
        desks = frozenset(team.moderators)
        return Ledger(
            Truth(self._raw, KEY),
            chats,
            self._peer,
            self._intake,
            self._time,
            self._setting.campaigns,
            desks,
            inside=desks | {self._peer.private_chat(each) for each in team.owners},
            deciders=frozenset(seat.account.id for seat in seats),
            shelf=Shelf(self._setting.content.catalog, lambda _count: None),
            steady=not self._doom.weather.jump,
        )

    @property
    def lost(self) -> int:
        """How many sends were refused, or their replies lost."""
        return self._peer.lost

    @property
    def endorsements(self) -> int:
        """How many were signed in chats."""
        counted = self._ledger.truth.one("SELECT count(*) FROM endorsements WHERE origin <> 'import'")
        return int(counted[0])

    @property
    def _process(self) -> Process:
        return self._acts.process

    def run(self) -> str:
        """Let it happen; returns the hash of everything that happened. Raises Broken."""
        self._process.start()
        for self.steps in range(1, STEPS + 1):
            self._step()
            self._check(standing.EVERY_STEP)
            if self.steps % 10 == 0:
                self._check(NOW_AND_THEN)
        self._heal()
        self._check((*standing.EVERY_STEP, *NOW_AND_THEN, *self._at_rest()))
        return self.trace.seal(self._raw.serialize())

    def close(self) -> None:
        """The run is over."""
        self._process.kill()
        self._raw.close()

    def _step(self) -> None:
        if self._process.dead or self._doom.happens(self._doom.weather.kill):
            self._revive()
        else:
            self._acts.any()
            self._process.run(self._chance.choice(MOMENTS))

    def _revive(self) -> None:
        """The process is killed, if it was not dead already, and started again after a while."""
        self.crashes += 1
        self._process.kill()
        self._time.elapsed += self._chance.choice(DOWN)
        self.trace.note("the process starts again")
        self._acts.process = self._born()
        self._process.start()
        if not self._process.dead:
            self._intake.deliver_again(self._process)

    def _born(self) -> Process:
        """A new process on the run's database."""
        loop = self._doom.loop = new_loop(self._time)
        store = open_direct(
            self._raw,
            KEY,
            chance=self._chance.randbytes,
            before_commit=self._doom.before_commit,
            after_commit=self._doom.after_commit,
        )
        messengers = dict.fromkeys(("telegram", "console"), self._peer)
        queued, limits = QueuedStore(store, self._doom), {"telegram": LIMIT}
        ways = {"telegram": memory.link}
        edges = Edges(queued, self._time, self._ids, messengers, limits=limits, links=ways)
        return Process(loop, build(self._setting.content, edges, self._setting.team))

    def _heal(self) -> None:
        """Nothing goes wrong any more, and everything has its time."""
        self.trace.note("nothing goes wrong any more")
        self._doom.weather, self._time.wrong = weather.CALM, timedelta()
        if self._process.dead or self._doom.happens(0.3):
            self._revive()
        self._process.rest()
        self._intake.deliver_again(self._process)
        for seconds in HEALING:
            self._process.run(seconds)
            for tick in TICKS:
                self._process.rest()
                self._process.ring(tick)
            self._process.rest()
            self._pace()

    def _pace(self) -> None:
        """A platform takes a few messages a minute into one room: what waits for its turn only has it."""
        for _ in range(PACED):
            due = self._ledger.truth.ask(lambda tx: tx.deliveries.next_due())
            if due is None or due > self._time.now() + timedelta(seconds=10):
                return
            self._process.run(5.0)
            self._process.ring("deliver")
            self._process.rest()

    def _check(self, rules: Iterable[Rule]) -> None:
        self._found += [Broken("no_task_fails", repr(error)) for error in self._process.faults()]
        for rule in rules:
            self._hold(rule, self._ledger)
        if self._found:
            raise self._found[0]

    def _at_rest(self) -> tuple[Rule, ...]:
        """The rules of the end, with what they need beside the ledger."""
        content, now = self._setting.content, self._time.now()
        cards = composers(content.phrases, self._process.bot.tools)
        people = {account.id: account for account in self._setting.accounts()}
        return rest.rules(cards, people, now)

    def _hold(self, rule: Callable[..., Iterator[str]], *about: object) -> None:
        self._found += [Broken(rule.__name__, what) for what in rule(*about)]

    def _confirmed(self, event: Event) -> None:
        self._hold(arrivals.f1_only_stored_events_are_confirmed, self._ledger, event)

    def _arrived(self, arrival: Arrival) -> None:
        self.posts += arrival.new and any(said.startswith("post.") for said in arrival.message.said)
        self._acts.people.memory.look(arrival.message)
        for rule in (*arrivals.ON_ARRIVAL, *unsaid.ON_ARRIVAL):
            self._hold(rule, self._ledger, arrival)

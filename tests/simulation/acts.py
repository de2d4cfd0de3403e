"""What may happen in a step: somebody acts, time passes, a tick rings, something goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.app import RUNG_IN_ORDER
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Came
from tests.simulation.intake import Event, Intake, Seat
from tests.simulation.people import People
from tests.simulation.process import Process
from tests.simulation.setting import Setting
from tests.simulation.virtual import Time

TICKS = RUNG_IN_ORDER
"""What is rung, in a good order; "forget" comes too seldom to matter here."""

PASSING = (5.0, 61.0, 660.0, 7200.0, 43200.0, 86400.0, 604800.0)
"""Seconds that pass at once."""


@dataclass
class Acts:
    """``process`` is the one that lives now."""

    setting: Setting
    people: People
    intake: Intake
    time: Time
    process: Process

    def any(self) -> None:
        """One of them, by its likelihood."""
        weather = self.people.weather
        likely: dict[Callable[[], None], float] = {
            self._member: 20,
            self._organisers: 15,
            self._link_handed_on: 4,
            self._moderators: 10,
            self._admin: 3,
            self._ring: 4,
            self._time_passes: 3,
            self._event_again: 4 * weather.copies,
            self._clock_jumps: 10 * weather.jump,
            self._room_moves: 10 * weather.moved,
            self._room_goes: 10 * weather.gone,
            self._member_leaves: 10 * weather.left,
        }
        (act,) = self.people.chance.choices(list(likely), list(likely.values()))
        act()

    def _member(self) -> None:
        seat = self.people.chance.choice(self.setting.members)
        if self._is_gone(seat):
            return
        if self.people.chance.random() < 0.05:
            room = self.people.chance.choice(self.setting.admins).room
            self._deliver(self.people.act_in_room(replace(seat, room=room)))
        else:
            self._deliver(self.people.act(seat))

    def _organisers(self) -> None:
        """One of them, or both at once, perhaps about the same."""
        for seat in self.people.chance.sample(self.setting.organisers, self.people.chance.choice((1, 1, 2))):
            self._deliver(self.people.act(seat))

    def _link_handed_on(self) -> None:
        """A member gets a personal link that somebody else was shown, and follows it."""
        member = self.people.chance.choice(self.setting.members)
        if not self._is_gone(member):
            self._deliver(self.people.follow(member))

    def _moderators(self) -> None:
        """One of them, or both at once, perhaps about the same card; answers they write in private."""
        for seat in self.setting.moderators[: self.people.chance.choice((1, 1, 2))]:
            private = Seat(seat.account)
            if self.people.chats.of(self.intake.chat(private)) and self.people.chance.random() < 0.4:
                self._deliver(self.people.act(private))
                continue
            cards = [
                card for card in self.people.chats.of(self.intake.chat(seat), seat.account) if card.buttons
            ]
            if cards:
                self._deliver(self.people.press(seat, self.people.chance.choice(cards[-3:])))

    def _admin(self) -> None:
        seat = self.people.chance.choice(self.setting.admins)
        if not self._is_gone(seat):
            self._deliver(self.people.act_in_room(seat))

    def _deliver(self, event: Event | None) -> None:
        if event is not None:
            again = self.people.chance.random() < self.people.weather.copies
            self.intake.deliver(event, self.process, 1 + again * self.people.chance.randint(1, 2))

    def _event_again(self) -> None:
        if self.intake.events:
            self.intake.deliver(self.people.chance.choice(self.intake.events[-12:]), self.process)

    def _ring(self) -> None:
        self.process.ring(*self.people.chance.sample(TICKS, self.people.chance.randint(1, 3)))

    def _time_passes(self) -> None:
        self.process.run(self.people.chance.choice(PASSING))
        self.process.ring(*TICKS)

    def _clock_jumps(self) -> None:
        self.time.wrong = timedelta(hours=self.people.chance.choice((-24, -1, 0, 1, 24)))
        self._note("the clock is wrong by", self.time.wrong)

    def _room_moves(self) -> None:
        seat = self.people.chance.choice(self.setting.admins)
        if seat.room is not None and not self._is_gone(seat):
            new = ChatRef(seat.room.platform, f"{seat.room.id}x")
            self._note(seat.room, "moves to", new)
            self.intake.peer.moved[seat.room] = new
            self.people.chats.move(seat.room, new)
            seat.room = new
            wish = f"ch/on/{self.people.chance.choice(self.people.campaigns)}"
            self._deliver(self.intake.happen(seat, Came.PRESS, data=wish))

    def _room_goes(self) -> None:
        self._lose(self.people.chance.choice(self.setting.admins))

    def _member_leaves(self) -> None:
        self._lose(self.people.chance.choice(self.setting.members))

    def _lose(self, seat: Seat) -> None:
        self.intake.peer.gone.add(self.intake.chat(seat))
        self._note(self.intake.chat(seat), "cannot be reached any more")

    def _is_gone(self, seat: Seat) -> bool:
        return self.intake.chat(seat) in self.intake.peer.gone

    def _note(self, *words: object) -> None:
        self.intake.peer.doom.trace.note(*words)

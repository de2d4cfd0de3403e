"""People who play: they look at the last card they see and press a likely button or type a likely answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from bot.dialog.messages import Came, Key
from tests.simulation import words
from tests.simulation.chats import Chats, Message, buttons
from tests.simulation.doom import Doom
from tests.simulation.intake import Event, Intake, Seat
from tests.simulation.memory import Memory
from tests.simulation.plans import OFTEN, Plan
from tests.simulation.weather import Weather

LIKELY = {
    "b.sign-organisation": 6.0,
    "b.sign-person": 4.0,
    "b.look-after": 2.0,
    "b.we-are-branch": 2.0,
    "b.they-speak": 4.0,
    "b.put-back": 3.0,
    "b.sign-and-publish": 20.0,
    "b.sign-now": 20.0,
    "b.sign-title": 8.0,
    "b.campaigns": 8.0,
    "b.to-campaign": 4.0,
    "b.go-on": 8.0,
    "b.show": 3.0,
    "b.my-sign-on": 2.0,
    "b.see-list": 1.0,
    "b.latest": 1.0,
    "b.take-name-off": 3.0,
    "b.take-back": 1.0,
    "b.throw-away": 0.3,
    "b.start-again": 0.5,
    "b.start-posting": 8.0,
    "b.yes-sample": 5.0,
    "b.stop-posting": 0.5,
    "b.approve": 8.0,
    "b.undo-approval": 6.0,
    "b.it-is-there": 1.0,
    "b.send-again": 2.0,
    "b.invitations": 4.0,
    "b.invite-more": 4.0,
    "b.sign-for": 10.0,
    "b.changed-my-mind": 2.0,
    "b.organise": 2.0,
    "dialog.skip": 2.0,
    "dialog.back": 0.3,
    "dialog.cancel": 0.1,
    "dialog.change": 0.4,
}
"""How likely a button is pressed beside others; one of a talk that is not named here 1, any other 0.3."""

AGAIN, OFF_WORK = 0.05, 0.6
"""How often an organiser begins something else, in the middle of it and beside it."""
LATE = 0.1
"""How often a screen still shows what a card was before, in any weather."""
ORGANISERS_COMMANDS = ("organise", "organise", "correct", "close", "names", "new", "start")
COMMANDS = (*("start", "sign", "mine", "list") * 2, "help", "cancel", "language", "channel")


@dataclass
class People:
    """How people act. ``campaigns`` are slugs they may have heard of, ``plans`` what they have in mind."""

    chats: Chats
    intake: Intake
    doom: Doom
    campaigns: tuple[str, ...]
    plans: tuple[Plan, Plan]
    memory: Memory = field(default_factory=Memory)

    @property
    def chance(self) -> Random:
        return self.doom.chance

    @property
    def weather(self) -> Weather:
        return self.doom.weather

    def act(self, seat: Seat) -> Event:
        """Somebody does something in their private chat."""
        card = self._card(seat)
        if card is None or self.chance.random() < self._restless(seat, card):
            return self.begin(seat)
        if self.chance.random() < self.weather.odd:
            return self._oddly(seat)
        typed = words.answer_to(card.said, self.chance, self.memory.written)
        if typed is not None and self.chance.random() < 0.85:
            return self.intake.happen(seat, Came.WORDS, text=typed)
        return self.press(seat, card) or self.command(seat, "start")

    def _restless(self, seat: Seat, card: Message) -> float:
        """How likely they begin something else: organisers often, before a card that is not of their work."""
        if not seat.organises:
            return 0.08
        works = words.is_asked(card.said) or any(self._is_planned(name) for name, _ in card.buttons)
        return AGAIN if works else OFF_WORK

    def begin(self, seat: Seat) -> Event:
        """A command, as they have it in mind."""
        ours, theirs = self.plans
        if not seat.organises:
            return self.command(seat, self.chance.choice((*theirs.commands * 4, *COMMANDS)))
        return self.command(seat, self.chance.choice((*ours.commands * 8, *ORGANISERS_COMMANDS)))

    def follow(self, seat: Seat) -> Event | None:
        """Somebody follows a link that another hands on to them, or types what is in it; None without one."""
        givers = list(self.memory.links)
        if not givers:
            return None
        word = self.chance.choice(self.memory.links[self.chance.choice(givers)][-3:])
        if self.chance.random() < 0.3:
            return self.intake.happen(seat, Came.WORDS, text=word)
        return self.intake.happen(seat, Came.COMMAND, name="start", args=word)

    def act_in_room(self, seat: Seat) -> Event:
        """Somebody does something in a room; whoever runs it subscribes and stops."""
        card = self._card(seat)
        if card is None or self.chance.random() < 0.1:
            return self.command(seat, self.chance.choice(("channel", "channel", "stop", "list", "sign")))
        return self.press(seat, card) or self.command(seat, "channel")

    def command(self, seat: Seat, name: str) -> Event:
        """A command, perhaps about a campaign."""
        about = name in {"start", "sign", "list"} and self.chance.random() < 0.8
        args = self.chance.choice(self.campaigns) if about else ""
        return self.intake.happen(seat, Came.COMMAND, name=name, args=args)

    def press(self, seat: Seat, card: Message) -> Event | None:
        """A likely button of a card, perhaps as it was before an edit; None where it has none to press."""
        late = card.before and self.chance.random() < max(self.weather.old, LATE)
        shown = self.chance.choice(card.before) if late else card.outgoing
        choices = [(name, key) for name, key in buttons(shown) if key.data or key.start]
        if not choices:
            return None
        ((_, key),) = self.chance.choices(choices, [self._likely(name, key) for name, key in choices])
        return self.intake.press(seat, card, key)

    def _card(self, seat: Seat) -> Message | None:
        """The card they look at: the last one with buttons, now and then an old one."""
        cards = self.chats.of(self.intake.chat(seat), seat.account)
        cards = [card for card in cards if card.buttons]
        if not cards:
            return None
        return self.chance.choice(cards) if self.chance.random() < self.weather.old else cards[-1]

    def _oddly(self, seat: Seat) -> Event:
        """Something that nobody expects."""
        text = words.odd(self.chance)
        match self.chance.choice(("words", "words", "edited", "other", "command", "press")):
            case "command":
                return self.intake.happen(seat, Came.COMMAND, name=text[:32], args=text)
            case "press":
                return self.intake.happen(seat, Came.PRESS, data=text)
            case "other":
                return self.intake.happen(seat, Came.OTHER)
            case came:
                return self.intake.happen(seat, Came(came), text=text)

    def _likely(self, name: str, key: Key) -> float:
        usual = LIKELY.get(name, 1.0 if key.data.startswith(("s/", "ch/", "rv/", "org/", "cor/")) else 0.3)
        return OFTEN if self._is_planned(name) else usual

    def _is_planned(self, name: str) -> bool:
        return any(name in plan.buttons for plan in self.plans)

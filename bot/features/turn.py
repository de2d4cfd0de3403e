"""A turn: one event in, one transaction, then the answer.

Turns of one person run in order, different people's at the same time.

The event counts as done once the transaction is committed (``committed`` is called then: a platform confirms
it); the answer follows, and what is still owed to a person is kept in the store until it was sent, so that a
killed process says it again at its next start.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from bot import log
from bot.content.card import BROKEN
from bot.content.phrases import Phrases
from bot.dialog.messages import Came, Incoming, Outgoing, Phrase, Saying
from bot.features import guards, missed
from bot.features.buttons import PACKING, button, keep_long_routes
from bot.features.feature import Answer, Ask, Tools
from bot.features.router import Router
from bot.ports import Clock, Fate, Fetch, Messenger, Person, Receipt, Store, StoreBusy, StoreFull, Tx

TRIES = 3
"""How often a turn that raises is tried before its event is marked dead."""
PAUSES = (0.05, 0.5)
"""Seconds between the tries."""
SOON, LATE = 5.0, 900.0
"""Seconds after which an answer that did not arrive is said again: at first, and at most."""
FEW = 10
"""So many people are told again between two notes of it: whoever dies in between does not begin anew."""
MOST_OWED = 10_000
"""People who are told again at one start; nobody is owed longer than the moment before a stop."""
ROOM_EVENTS = frozenset({Came.ADDED, Came.MUTED, Came.MOVED, Came.REMOVED, Came.SILENCED, Came.RETURNED})
"""What happens to a room is noted, whoever did it; there is nobody to answer."""
MISSED = frozenset({Fate.UNSENT, Fate.UNKNOWN})
"""The answer did not arrive, or nobody knows: saying it again is harmless."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a transaction decided to say, in which language, and which turn of which person it settles."""

    sayings: tuple[Saying, ...] = ()
    language: str = "en"
    person: str = ""
    turn: int = 0
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """An answer that did not arrive: how long we wait, and when it is said again, by the loop's clock."""

    wait: float
    again: float


async def _made(said: Said) -> Said:
    """The same with the files that take a while, made beside the loop."""
    if not any(each.attachment and each.attachment.make for each in said.sayings):
        return said
    return replace(said, sayings=tuple([await _with_file(each) for each in said.sayings]))


async def _with_file(saying: Saying) -> Saying:
    file = saying.attachment
    if file is None or file.make is None:
        return saying
    try:
        content = await asyncio.to_thread(file.make)
    except Exception as error:  # noqa: BLE001  (the card without its file is worth saying)
        log.event(log.Event.ANSWER_FAILED, error=error)
        return replace(saying, attachment=None)
    return replace(saying, attachment=replace(file, content=content, make=None))


NO_FETCH: Mapping[str, Fetch] = MappingProxyType({})


def nothing() -> None:
    """The platform has nothing to confirm."""


async def _answered(messenger: Messenger, incoming: Incoming, outgoing: Outgoing) -> Receipt:
    """The receipt of an answer; a messenger that raises, against its promise, leaves nobody knowing."""
    try:
        return await messenger.answer(incoming, outgoing)
    except Exception as error:  # noqa: BLE001 (whatever it is, the next turns go on)
        log.event(log.Event.ANSWER_FAILED, platform=incoming.chat.platform, error=error)
        return Receipt(Fate.UNKNOWN, reason=type(error).__name__)


class Turns:
    """Takes events, one at a time for each person."""

    def __init__(
        self,
        *,
        store: Store,
        router: Router,
        tools: Tools,
        phrases: Phrases,
        messengers: Mapping[str, Messenger],
        clock: Clock,
        zone: str = "UTC",
        formless: frozenset[str] = frozenset(),
        fetch: Mapping[str, Fetch] = NO_FETCH,
    ) -> None:
        self._store, self._router, self._tools = store, router, tools
        self._phrases, self._messengers, self._clock, self._zone = phrases, messengers, clock, zone
        self._formless, self._fetch = formless, fetch
        self._queues: dict[str, tuple[asyncio.Lock, int]] = {}
        self._answered: dict[str, int] = {}
        self._missed: dict[str, Missed] = {}
        self._refused: set[tuple[str, str]] = set()

    async def take(self, incoming: Incoming, committed: Callable[[], None] = nothing) -> None:
        """Take one event: decide and store, confirm, answer. Never raises for what a person sent."""
        async with self._in_order(str(incoming.person or incoming.chat)):
            said = await self._decide(await self._fetched(incoming), committed)
            if said is not None:
                await self._say(incoming, said)

    async def _fetched(self, incoming: Incoming) -> Incoming:
        """The event with what its file holds, where its sender may send files."""
        fetch = self._fetch.get(incoming.chat.platform)
        unread = incoming.file is not None and incoming.content is None
        if not (fetch and unread and incoming.file and guards.may_send_files(self._tools, incoming)):
            return incoming
        return replace(incoming, content=await fetch(incoming.file))

    async def resume(self) -> int:
        """Say again what people are still owed from before the last stop; returns to how many."""
        owed = await self._store.read(lambda tx: tx.people.owed(MOST_OWED))
        for number, person in enumerate(owed, 1):
            try:
                await self._say_again(person)
            except Exception as error:  # noqa: BLE001 (one of them must not keep the bot from starting)
                log.event(log.Event.ANSWER_FAILED, error=error)
            if number % FEW == 0:
                await self.flush()
        await self.flush()
        return len(owed)

    async def settle(self) -> None:
        """Say again what did not arrive, where its time has come, and note what was answered."""
        now = asyncio.get_running_loop().time()
        due = [person for person, missed in self._missed.items() if missed.again <= now]
        for person in await self._store.read(lambda tx: [tx.people.get(each) for each in due]):
            if person is not None:
                await self._say_again(person)
        await self.flush()

    async def flush(self) -> None:
        """Note in the store which answers were sent, many at once. Raises StoreFull, StoreBusy."""
        answered, self._answered = self._answered, {}
        try:
            if answered:
                await self._store.transaction(lambda tx: tx.people.settle(answered))
        except (StoreFull, StoreBusy):
            self._answered = answered | self._answered
            raise

    async def _say_again(self, person: Person) -> None:
        account = await self._store.read(lambda tx: tx.people.account(person.id))
        messenger = self._messengers.get(account.platform) if account else None
        if account is None or messenger is None:
            return
        again = Incoming("", Came.PRESS, messenger.private_chat(account), account, locale=person.hint)
        async with self._in_order(str(account)):
            await self._say(again, await self._store.transaction(lambda tx: self._repeat(tx, again)))

    async def _decide(self, incoming: Incoming, committed: Callable[[], None]) -> Said | None:
        for attempt in range(TRIES):
            try:
                said = await self._store.transaction(lambda tx: self._work(tx, incoming))
            except StoreFull:
                return self._full(incoming)
            except StoreBusy:
                log.event(log.Event.STORE_BUSY)
            except Exception as error:  # noqa: BLE001 (a fault in one turn must not stop the others)
                log.event(log.Event.TURN_FAILED, error=error, event_id=incoming.event, tries=attempt + 1)
            else:
                committed()
                self._refused.discard((incoming.chat.platform, incoming.event))
                return said
            if attempt < len(PAUSES):
                await asyncio.sleep(PAUSES[attempt])
        return await self._give_up(incoming, committed)

    def _unstored(self, phrase: str, incoming: Incoming) -> Said:
        saying = Saying((Phrase(phrase),), ((button("b.home", "home"),),))
        return Said((saying,), self._phrases.nearest(incoming.locale), now=self._clock.now())

    def _full(self, incoming: Incoming) -> Said | None:
        """Nothing could be kept: said once of each event, which its platform brings again until it can be."""
        event = (incoming.chat.platform, incoming.event)
        if event in self._refused:
            return None
        if len(self._refused) >= MOST_OWED:
            self._refused.clear()
        self._refused.add(event)
        return self._unstored("store.full", incoming)

    async def _give_up(self, incoming: Incoming, committed: Callable[[], None]) -> Said | None:
        """Mark the event dead, tell the person, and let the next ones go on."""
        now = self._clock.now()
        try:
            await self._store.transaction(
                lambda tx: tx.events.bury(incoming.chat.platform, incoming.event, "TurnFailed", now)
            )
        except (StoreFull, StoreBusy):
            return self._full(incoming)
        committed()
        return self._unstored("turn.broken", incoming)

    def _work(self, tx: Tx, incoming: Incoming) -> Said:
        """The transaction of a turn: mark the event seen, decide, note what is owed."""
        now = self._clock.now()
        if not tx.events.first(incoming.chat.platform, incoming.event, now):
            return self._repeat(tx, incoming) if self._may_be_lost(tx, incoming, now) else Said()
        if incoming.came in ROOM_EVENTS:
            self._tools.room_changed(tx, incoming, now)
            return Said()
        if incoming.person is None:
            return self._hidden(tx, incoming, now) if incoming.came is Came.COMMAND else Said()
        ask = self._ask(tx, incoming, now)
        return self._owed(ask, self._router.answer(ask))

    def _hidden(self, tx: Tx, incoming: Incoming, now: datetime) -> Said:
        """A command of somebody whom the platform hides, in the room's language."""
        cards = guards.hidden(incoming)
        for card in cards:
            keep_long_routes(card, tx)
        return Said(cards, self._phrases.nearest(self._spoken(tx, incoming)), now=now)

    def _may_be_lost(self, tx: Tx, incoming: Incoming, now: datetime) -> bool:
        """Whether the person is owed an answer that was not sent since this process began.

        Else each of a hundred events that come again at a start would be answered again.
        """
        if incoming.person is None:
            return False
        person = tx.people.meet(incoming.person, incoming.locale, now)
        return bool(person.owed) and self._answered.get(person.id) != person.turn

    def _repeat(self, tx: Tx, incoming: Incoming) -> Said:
        """A redelivered event, or a start after a stop.

        The answer that may be lost, else the question that is open.
        """
        if incoming.person is None or not incoming.private:
            return Said()
        ask = self._ask(tx, incoming, self._clock.now())
        return self._owed(ask, self._router.again(ask))

    def _ask(self, tx: Tx, incoming: Incoming, now: datetime) -> Ask:
        if incoming.person is None:
            raise AssertionError
        person = tx.people.meet(incoming.person, incoming.locale, now)
        language = self._phrases.nearest(self._spoken(tx, incoming) or person.language or person.hint)
        tools = self._tools.at(tx, inner=guards.sees_inside(self._tools, incoming))
        return Ask(incoming, person, language, now, tx, tools)

    def _spoken(self, tx: Tx, incoming: Incoming) -> str:
        """The language of a room, "" where everybody is answered in their own.

        A moderators' chat has one from the start, that of the cards which come there unasked.
        """
        if incoming.private:
            return ""
        moderators = incoming.chat in self._tools.moderators
        return tx.chats.language(incoming.chat) or (self._phrases.nearest("") if moderators else "")

    def _owed(self, ask: Ask, answer: Answer) -> Said:
        for saying in answer.sayings:
            keep_long_routes(saying, ask.tx)
        turn = ask.tx.people.owe(ask.person.id, answer.again) if answer.sayings and ask.private else 0
        return Said(answer.sayings, answer.language or ask.language, ask.person.id, turn, ask.now)

    async def _say(self, incoming: Incoming, said: Said) -> None:
        """Send the cards of a turn; once they are sent nothing is owed for this turn any more."""
        messenger = self._messengers.get(incoming.chat.platform)
        if messenger is None or not said.sayings:
            return
        forms = incoming.chat.platform not in self._formless
        for outgoing in self.render(await _made(said), forms=forms):
            receipt = await _answered(messenger, incoming, outgoing)
            if receipt.fate in MISSED or (receipt.fate is Fate.GONE and not await self._kept(said)):
                self._miss(incoming, said, receipt)
                return
        if said.turn:
            self._missed.pop(said.person, None)
            self._answered[said.person] = said.turn

    async def _kept(self, said: Said) -> bool:
        """Keep an answer that cannot be heard until its person comes again; False where it could not be."""

        def keep(tx: Tx) -> None:
            person = tx.people.get(said.person)
            if person is not None and person.turn == said.turn:
                missed.keep(tx, person, self._tools.ids.new(), self._clock.now())

        try:
            if said.turn:
                await self._store.transaction(keep)
        except (StoreFull, StoreBusy):
            return False
        return True

    def _miss(self, incoming: Incoming, said: Said, receipt: Receipt) -> None:
        """What is still owed is said again later, less and less often."""
        log.event(log.Event.ANSWER_FAILED, platform=incoming.chat.platform, reason=receipt.reason)
        if said.turn:
            before = self._missed.get(said.person)
            wait = min(before.wait * 2, LATE) if before else SOON
            again = asyncio.get_running_loop().time() + max(wait, receipt.retry)
            self._missed[said.person] = Missed(wait, again)

    def render(self, said: Said, *, forms: bool = True) -> Sequence[Outgoing]:
        """The cards in the reader's language; a phrase that a bug of ours keeps from being said is logged."""
        now = said.now or self._clock.now()
        sayings = said.sayings if forms else [replace(each, form=None) for each in said.sayings]
        cards = [self._phrases.render(each, said.language, self._zone, now, PACKING) for each in sayings]
        if any(BROKEN in card.phrases for card in cards):
            log.event(log.Event.PHRASE_BROKEN, kind=said.language)
        return cards

    @asynccontextmanager
    async def _in_order(self, key: str) -> AsyncIterator[None]:
        """Wait for the earlier turns of the same person."""
        lock, waiting = self._queues.get(key, (asyncio.Lock(), 0))
        self._queues[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._queues[key]
            if waiting == 1:
                del self._queues[key]
            else:
                self._queues[key] = (lock, waiting - 1)

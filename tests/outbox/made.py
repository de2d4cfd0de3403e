"""What the tests of the outbox share: a clock to turn, ids to know, a peer that plays fates, a catalogue."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from bot.campaign.announcement import Delivery, Policy, Subscription
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Endorsement, Entry, Kind, State, tally_names
from bot.campaign.refs import AccountRef, ChatRef
from bot.content.catalog import Catalog, Document, Statement
from bot.dialog.messages import Incoming, Outgoing
from bot.dialog.text import paragraph, plain
from bot.outbox.deliver import Ask, Composer, Deliverer
from bot.platforms.telegram.limit import LIMIT
from bot.ports import Fate, Limit, Receipt, Store, Tx
from bot.storage.batch import nothing
from bot.storage.direct import DirectStore, open_direct

KEY = b"k" * 32
ROOM, OTHER = ChatRef("telegram", "-1001"), ChatRef("telegram", "-1002")
DESK = ChatRef("console", "desk")
START = datetime(2026, 2, 11, 3, tzinfo=UTC)
"""A Wednesday, 10:00 in Bangkok."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Hands:
    """A clock that stands still until it is turned; sleeping turns it."""

    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def turn(self, by: timedelta) -> None:
        self.time += by

    async def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class Counting:
    """Ids in order."""

    last: int = 0

    def new(self) -> str:
        self.last += 1
        return f"id{self.last:014}"


@dataclass(frozen=True)
class Sent:
    """What the peer's users can read."""

    chat: ChatRef
    text: str
    message: str
    at: datetime


@dataclass
class Peer:
    """A platform of our own: it keeps posts and edits, may know nonces, and answers with the next fate.

    ``arrives`` says whether a send whose fate is unknown arrived in truth.
    """

    hands: Hands
    fates: list[Receipt] = field(default_factory=list)
    arrives: bool = True
    posts: dict[str, Sent] = field(default_factory=dict)
    calls: list[tuple[ChatRef, str, str]] = field(default_factory=list)
    nonces: dict[str, str] = field(default_factory=dict)
    knows_nonces: bool = False

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        return await self.send(incoming.chat, outgoing)

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        self.calls.append((chat, replaces, nonce))
        receipt = self.fates.pop(0) if self.fates else Receipt(Fate.SENT)
        if receipt.fate is Fate.SENT or (receipt.fate is Fate.UNKNOWN and self.arrives):
            message = (
                replaces or (self.nonces.get(nonce) if self.knows_nonces else None) or f"m{len(self.calls)}"
            )
            self.nonces[nonce] = message
            self.posts[message] = Sent(chat, plain(outgoing.text), message, self.hands.now())
            return replace(receipt, message=message) if receipt.fate is Fate.SENT else receipt
        return receipt

    def private_chat(self, account: AccountRef) -> ChatRef:
        return ChatRef(account.platform, account.id)

    def seen(self, chat: ChatRef) -> list[str]:
        return [post.text for post in self.posts.values() if post.chat == chat]


@cache
def template() -> sqlite3.Connection:
    raw = sqlite3.connect(":memory:", isolation_level=None)
    open_direct(raw, KEY)
    return raw


def store(
    before_commit: Callable[[], None] = nothing, after_commit: Callable[[], None] = nothing
) -> DirectStore:
    """An empty store in memory, its tables copied from a template."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    template().backup(raw)
    return open_direct(raw, KEY, before_commit=before_commit, after_commit=after_commit)


def says(text: str) -> Composer:
    """A composer that always says this."""
    return lambda _tx, _delivery, _now: Outgoing((paragraph(text),))


@dataclass
class Desk:
    """The deliverer with its surroundings."""

    store: Store = field(default_factory=store)
    hands: Hands = field(default_factory=Hands)
    ids: Counting = field(default_factory=Counting)
    compose: dict[str, Composer] = field(default_factory=lambda: {"word": says("hello")})
    ask: Ask = lambda tx, delivery, _now: tx.notes.put("asked", tx.notes.get("asked") + delivery.key)
    sleep: Callable[[float], Awaitable[None]] | None = None
    limits: Mapping[str, Limit] = field(default_factory=lambda: {"telegram": LIMIT})
    peer: Peer = field(init=False)
    deliverer: Deliverer = field(init=False)

    def __post_init__(self) -> None:
        self.peer = Peer(self.hands)
        self.restart("first")

    def restart(self, owner: str) -> None:
        """A new process on the same store."""
        messengers = dict.fromkeys(("telegram", "discord", "console"), self.peer)
        self.deliverer = Deliverer(
            self.store,
            messengers,
            self.compose,
            self.hands,
            self.ids,
            owner,
            ask=self.ask,
            limits=self.limits,
            sleep=self.sleep or self.hands.sleep,
        )

    async def owe(
        self, key: str = "k", policy: Policy = Policy.ONCE, chat: ChatRef | None = ROOM, **more: object
    ) -> None:
        base = Delivery(self.ids.new(), key, policy, ("word",), self.hands.now(), chat)
        assert await self.store.transaction(lambda tx: tx.deliveries.owe(replace(base, **more)))  # type: ignore[arg-type]

    async def asked(self) -> str:
        """The keys of the posts about which moderators were asked, one after the other."""
        return await self.store.read(lambda tx: tx.notes.get("asked"))

    async def row(self, key: str = "k") -> Delivery:
        found = await self.store.read(lambda tx: tx.deliveries.by_key(key))
        assert found
        return found


def campaign(slug: str = "peace", **more: object) -> Campaign:
    return replace(
        Campaign(slug, slug, "Asia/Bangkok", milestones=(5, 10), show_count_from=2),
        **more,  # type: ignore[arg-type]
    )


def catalog(*campaigns: Campaign) -> Catalog:
    statements = {}
    for each in campaigns:
        document = Document("en", f"A call for {each.slug}", (), "c0ffee", date(2026, 1, 1))
        statements[each.slug] = Statement(each.slug, "en", {"en": document})
    return Catalog({each.slug: each for each in campaigns}, statements)


def sign(  # noqa: PLR0917  (what makes a name)
    tx: Tx,
    slug: str,
    names: Sequence[str],
    at: datetime,
    kind: Kind = Kind.ORGANISATION,
    origin: str = "chat",
    **more: object,
) -> None:
    """Publish names with their tallies."""
    for name in names:
        position = tx.tallies.next_position(slug)
        made = Endorsement(
            id=f"{slug}{position}",
            campaign=slug,
            kind=kind,
            state=State.PUBLISHED,
            row=1,
            text="c0ffee",
            entry=replace(Entry(name, country="TH"), **more),  # type: ignore[arg-type]
            signed=at,
            origin=origin,
            position=position,
            published=at,
        )
        assert tx.endorsements.add(made, f"{kind}:{name}")
        tx.tallies.add(slug, Counter(tally_names(made)))


def wish(chat: ChatRef = ROOM, slug: str = "peace", **more: object) -> Subscription:
    return replace(Subscription(chat, slug, zone="Asia/Bangkok", by=""), **more)  # type: ignore[arg-type]

"""The sockets: everything outside that the rooms use, as Protocols.

The simulation replaces these and nothing else.

A *work* is a plain function of one transaction: it cannot await, so nothing can come between its statements.
Every time is an aware datetime in UTC. Every change of state names the row version it expects and answers
False where another was quicker; the caller raises ``Conflict`` and the whole turn runs again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from bot.campaign.announcement import Announcement, Delivery, DeliveryState, Subscription
from bot.campaign.endorsement import Endorsement, Kind, Private, State, Step
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import FileRef, Incoming, Outgoing, Route
from bot.dialog.session import Session

T = TypeVar("T")

LARGEST_FILE = 1_000_000
"""Bytes of a file that somebody may send: a text or a list of this size is a book."""


class Conflict(Exception):  # noqa: N818  (it is no error: the work simply runs again)
    """Somebody else changed the row in between: the store rolls back and runs the work again."""


class StoreFull(Exception):  # noqa: N818
    """The disk is full or cannot be written: nothing was stored."""


class StoreBusy(Exception):  # noqa: N818
    """Another program held the database for too long: nothing was stored."""


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """Return the time now, aware, UTC."""


class Ids(Protocol):
    """New names for new things."""

    def new(self) -> str:
        """Return 16 characters of a–z2–7 that nobody can guess."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to us.

    ``id`` is ours. ``language`` is what they chose, "" when they never did; ``hint`` what the platform said.
    ``turn`` counts their turns; ``owed`` is the route that shows again what we still owe them an answer to.
    """

    id: str
    language: str = ""
    hint: str = ""
    turn: int = 0
    owed: Route = ()


class People(Protocol):
    """Those who talk to us. Accounts are kept as a keyed hash and a sealed copy."""

    def meet(self, account: AccountRef, hint: str, now: datetime) -> Person:
        """Find the person of this account or make one."""

    def get(self, person: str) -> Person | None:
        """The person with this id of ours."""

    def account(self, person: str) -> AccountRef | None:
        """Open the sealed account so that the person can be told something; None when it was erased."""

    def choose_language(self, person: str, language: str) -> None:
        """Remember the language this person chose."""

    def owe(self, person: str, route: Route) -> int:
        """Note that an answer is owed (shown again by ``route``); returns the number of this turn."""

    def settle(self, turns: Mapping[str, int]) -> None:
        """Clear what is owed, person by person, where the turn is still this one."""

    def owed(self, limit: int = 500) -> Sequence[Person]:
        """Those who are still owed an answer."""

    def forget_account(self, person: str) -> None:
        """Erase the sealed account."""

    def part(self, person: str) -> None:
        """Erase the account and its hash: who writes from it again is somebody new here."""


class Events(Protocol):
    """Events seen, so that a redelivered one changes nothing."""

    def first(self, platform: str, event: str, now: datetime) -> bool:
        """Mark the event as seen; False when it was seen before."""

    def bury(self, platform: str, event: str, error: str, now: datetime) -> None:
        """Mark an event as dead: its id and the exception's class name, nothing else."""

    def prune(self, before: datetime) -> int:
        """Forget events seen before this time; returns how many."""


class Sessions(Protocol):
    """Open talks; answers are sealed. A person has at most one open talk."""

    def open(self, person: str) -> Session | None:
        """The person's open talk."""

    def start(self, session: Session, now: datetime) -> None:
        """Store a new talk; an open one of the same person is thrown away."""

    def save(self, session: Session, expected: int, now: datetime) -> bool:
        """Store a changed talk where its version is still ``expected``; False otherwise."""

    def end(self, session: str, now: datetime) -> bool:
        """End a talk and erase its answers; False when it was ended before."""

    def idle(self, since: datetime, limit: int = 100) -> Sequence[Session]:
        """Open talks untouched since then whose owner was not reminded yet."""

    def standing(self, limit: int = 100) -> Sequence[Session]:
        """Open talks, the longest untouched first."""

    def reminded(self, session: str) -> None:
        """Remember that the owner was reminded once."""

    def expire(self, before: datetime) -> int:
        """Erase talks untouched since before this time; returns how many."""


class Endorsements(Protocol):
    """The recorded acts.

    Names and private details are sealed; a published, named line also stands in clear for the list.
    """

    def add(self, endorsement: Endorsement, signer: str) -> bool:
        """Store a new endorsement; ``signer`` is the signatory's key in clear (hashed here).

        False: one is live already.
        """

    def get(self, endorsement: str) -> Endorsement | None:
        """One endorsement, with its private details."""

    def live(self, campaign: str, signer: str) -> Endorsement | None:
        """The live endorsement of this signatory key."""

    def imported(self, campaign: str, signer: str) -> bool:
        """Whether a published name with this key was ever imported (also when it was withdrawn later)."""

    def last(self, campaign: str, signer: str) -> Endorsement | None:
        """The newest endorsement of this signatory key, in whichever state it is."""

    def change(self, changed: Endorsement, expected: int) -> bool:
        """Store a changed endorsement (its ``row`` already raised) where the row is still ``expected``.

        False otherwise.
        """

    def of(self, person: str, limit: int = 50) -> Sequence[Endorsement]:
        """What this person signed, newest first, withdrawn ones included while they can be undone."""

    def latest_of(self, person: str, kind: Kind) -> Endorsement | None:
        """The last endorsement of this kind this person made in any campaign, for one who comes back."""

    def page(
        self,
        campaign: str,
        kind: Kind,
        *,
        after: int = 0,
        limit: int = 10,
        country: str = "",
        newest: bool = False,
    ) -> Sequence[Endorsement]:
        """Published, named endorsements by position after ``after``.

        With ``newest`` those before it, newest first; 0 is then from the newest on.
        """

    def number(self, campaign: str, kind: Kind, position: int) -> int:
        """The number of this position on the list: how many published, named ones stand at or before it."""

    def waiting(self, campaign: str = "", limit: int = 10) -> Sequence[Endorsement]:
        """Those in review, oldest first; of all campaigns when ``campaign`` is empty."""

    def queue(self) -> int:
        """How many are in review, of all campaigns."""

    def place_in_line(self, endorsement: Endorsement) -> int:
        """How many of the same campaign wait at or before this one."""

    def due(self, now: datetime, limit: int = 100) -> Sequence[Endorsement]:
        """Approved ones whose time to undo is over."""

    def published_between(
        self, campaign: str, begin: datetime, end: datetime, limit: int = 200
    ) -> Sequence[Endorsement]:
        """Published ones with ``begin <= published < end``, unnamed ones included, in order."""

    def signers(self, campaign: str, after: str = "", limit: int = 10_000) -> Sequence[str]:
        """The ids of those behind what is published of a campaign, each once, in order after ``after``."""

    def gone(self, campaign: str, since: datetime) -> int:
        """How many that were published at ``since`` were taken off after it, and are off now."""

    def count(self, campaign: str) -> Mapping[str, int]:
        """Every tally of the campaign counted from the rows: the check of ``Tallies``."""

    def bound_elsewhere(
        self, campaign: str, text: str, *, after: str = "", limit: int = 100
    ) -> Sequence[Endorsement]:
        """Live ones that are bound to another text than this hash, by id, after the id ``after``."""

    def seal_private(self, endorsement: str, private: Private) -> None:
        """Replace the private details (erasing them with an empty one)."""


class Tallies(Protocol):
    """Kept counts, changed only in the transaction that changes what they count."""

    def add(self, campaign: str, changes: Mapping[str, int]) -> None:
        """Add to named tallies (negative to take away)."""

    def get(self, campaign: str) -> Mapping[str, int]:
        """All tallies of a campaign by name."""

    def next_position(self, campaign: str) -> int:
        """The next position on the list; never given twice."""


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent: ``purpose`` is publish, contact or keep.

    ``wording`` the hash of the sentence that was shown.
    """

    endorsement: str
    purpose: str
    granted: bool
    wording: str
    text: str
    language: str
    at: datetime


class Consents(Protocol):
    """The ledger of consents; rows are only added."""

    def add(self, consent: Consent) -> None:
        """Add a row."""

    def of(self, endorsement: str) -> Sequence[Consent]:
        """The rows of one endorsement, oldest first."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One step of one endorsement: ``actor`` is a person's id of ours, "import" or "clock"."""

    campaign: str
    endorsement: str
    step: Step
    state: State
    row: int
    actor: str
    at: datetime


class Audit(Protocol):
    """What happened, step by step; rows are only added, and lose their actor where somebody is forgotten."""

    def add(self, event: AuditEvent) -> None:
        """Add a row."""

    def unlink(self, endorsement: str, person: str) -> None:
        """The steps of this person with this endorsement do not say any more that it was them."""

    def of(self, endorsement: str) -> Sequence[AuditEvent]:
        """The events of one endorsement, oldest first."""


class Subscriptions(Protocol):
    """Channels' wishes."""

    def get(self, chat: ChatRef, campaign: str) -> Subscription | None:
        """One wish."""

    def of(self, chat: ChatRef) -> Sequence[Subscription]:
        """A chat's active wishes."""

    def put(self, subscription: Subscription, now: datetime) -> None:
        """Store a wish, or replace it."""

    def stop(self, chat: ChatRef) -> int:
        """End all wishes of a chat and cancel what is still planned for it; returns how many wishes ended."""

    def wishing(self, campaign: str, news: str) -> Sequence[Subscription]:
        """Active wishes for this kind of news of this campaign."""


class Chats(Protocol):
    """What we know of chats that are not private: their language."""

    def language(self, chat: ChatRef) -> str:
        """The language chosen for this chat, "" when none was."""

    def choose_language(self, chat: ChatRef, language: str) -> None:
        """Remember it."""


class Announcements(Protocol):
    """What was to be announced; one row per slot, for ever."""

    def add(self, announcement: Announcement) -> bool:
        """Store it; False where its slot is taken."""

    def get(self, announcement: str) -> Announcement | None:
        """One announcement."""

    def latest_slot(self, campaign: str, kind: str) -> str:
        """The greatest slot announced so far, "" when none."""


class Deliveries(Protocol):
    """The outbox."""

    def owe(self, delivery: Delivery) -> bool:
        """Plan a delivery; False where its key exists."""

    def renew(self, key: str, now: datetime) -> bool:
        """The truth changed.

        A sent card is planned again to be edited, a planned one simply shows the new truth.
        """

    def renew_posts(self, campaign: str, since: datetime, now: datetime) -> int:
        """Renew the posts of a campaign that were first sent at ``since`` or later; returns how many.

        Those not sent yet or being sent are renewed too. A message that we do not know cannot be edited.
        """

    def claim(self, owner: str, now: datetime, lease: datetime, limit: int = 20) -> Sequence[Delivery]:
        """Claim due deliveries: one per receiver at a time, in order of due; PostgreSQL skips locked rows."""

    def sending(self, delivery: Delivery, now: datetime, lease: datetime) -> bool:
        """Mark a claimed one as being sent; False where the claim was lost."""

    def settle(self, settled: Delivery, expected: DeliveryState) -> bool:
        """Store the outcome where the row is still in ``expected`` and ours."""

    def stale(self, now: datetime, limit: int = 100) -> Sequence[Delivery]:
        """Claimed or being sent, with a lease that is over."""

    def by_key(self, key: str) -> Delivery | None:
        """One delivery."""

    def by_chat(self, chat: ChatRef, limit: int = 20) -> Sequence[Delivery]:
        """A chat's deliveries, newest first."""

    def missed(self, person: str, limit: int = 3) -> Sequence[Delivery]:
        """Notices for a person that failed because they could not be written to, oldest first."""

    def park(self, chat: ChatRef, reason: str) -> int:
        """Cancel all planned ones of a chat that cannot be reached."""

    def next_due(self) -> datetime | None:
        """When the next planned one is due."""

    def forget(self, person: str) -> int:
        """Erase what was sent or is planned for a person, but what is being sent; returns how many."""


class Paces(Protocol):
    """Budgets for sending, one per token and one per chat, kept in the store so that a restart keeps them."""

    def get(self, name: str) -> datetime | None:
        """The earliest time of the next send under this budget."""

    def put(self, name: str, free_at: datetime) -> None:
        """Remember it."""


class Routes(Protocol):
    """Routes too long for a button, by a token made from the route itself: it is the same for ever."""

    def keep(self, token: str, route: Route) -> None:
        """Store it, once."""

    def get(self, token: str) -> Route | None:
        """Find it."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message the console keeps for one of its chats; ``message`` is its id there, edits replace it."""

    message: str
    chat: str
    outgoing: str
    at: datetime


class Posts(Protocol):
    """What console chats were sent, sealed, so that another console can show it later."""

    def put(self, post: Post) -> None:
        """Store a message or replace one with the same id."""

    def of(self, chat: str, after: int = 0, limit: int = 50) -> Sequence[tuple[int, Post]]:
        """Messages of a chat after this running number, with their numbers.

        The last ``limit`` of them, in order.
        """

    def clear(self, chat: str) -> int:
        """Forget all messages of a chat; returns how many."""

    def prune(self, before: datetime) -> int:
        """Forget messages kept or edited last before this time; returns how many."""


class Notes(Protocol):
    """Small facts about this installation, by name."""

    def get(self, name: str) -> str:
        """The value, "" when absent."""

    def put(self, name: str, value: str) -> None:
        """Store it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of the catalogue that was written while the bot runs, by its path in a data folder.

    ``hidden``: only the organisers may see it yet; at ``due`` (UTC, None: not by itself) it is shown to all.
    """

    path: tuple[str, ...]
    text: str
    hidden: bool = False
    due: datetime | None = None


class Papers(Protocol):
    """Files of the catalogue written while the bot runs; sealed, since some are not public yet."""

    def version(self) -> str:
        """A word that is another one after every change; "" while there is no paper."""

    def put(self, paper: Paper, version: str) -> None:
        """Store a paper in place of the one with the same path; ``version`` is a new id of this state."""

    def get(self, path: tuple[str, ...]) -> Paper | None:
        """One paper."""

    def all(self) -> Sequence[Paper]:
        """All papers, by path."""

    def remove(self, path: tuple[str, ...], version: str) -> bool:
        """Take a paper away; False where there was none."""

    def due(self, now: datetime) -> Sequence[Paper]:
        """Hidden papers whose time has come."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something the organisers have in hand: a draft, an invitation, a claim, a dispute, a question.

    ``kind`` says what; ``subject`` what it is about in clear (a campaign's slug, an endorsement's id, never a
    name); ``key`` makes it unique within its kind and subject (kept as a keyed hash, so it may hold a name or
    a secret word; "" is never compared). ``person`` is our id of whom it belongs to, ``state`` a word of its
    kind's own steps, ``row`` its version. ``due`` (UTC) is when the clock next looks at it; the body is
    sealed.
    """

    id: str
    kind: str
    subject: str
    state: str
    begun: datetime
    key: str = ""
    person: str = ""
    row: int = 1
    due: datetime | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


class Matters(Protocol):
    """What organisers have in hand. Every change names the row it expects."""

    def add(self, matter: Matter, now: datetime) -> bool:
        """Store a new matter; False where one of its kind and subject has its key already."""

    def get(self, matter: str) -> Matter | None:
        """One matter; ``key`` of what is read is "": it is kept as a hash only."""

    def by_key(self, kind: str, key: str, subject: str = "") -> Matter | None:
        """The matter of a kind with this key; of any subject where ``subject`` is empty."""

    def change(self, changed: Matter, expected: int, now: datetime) -> bool:
        """Store a changed matter (its ``row`` already raised) where the row is still ``expected``.

        Its key stays. False otherwise.
        """

    def of(
        self, kind: str, subject: str, *, state: str = "", after: str = "", limit: int = 50
    ) -> Sequence[Matter]:
        """Matters of a kind about a subject, in the order in which they began; ``after`` is an id."""

    def of_person(self, kind: str, person: str, limit: int = 50) -> Sequence[Matter]:
        """Matters of a kind that belong to a person, newest first."""

    def count(self, kind: str, subject: str) -> Mapping[str, int]:
        """How many matters of a kind about a subject are in each state."""

    def due(self, kind: str, now: datetime, limit: int = 100) -> Sequence[Matter]:
        """Matters of a kind whose time has come, oldest first."""

    def remove(self, matter: str) -> bool:
        """Erase a matter; False where it is gone."""

    def prune(self, kind: str, before: datetime) -> int:
        """Erase those of a kind that nobody touched since before this time; returns how many."""


class Tx(Protocol):
    """One transaction: every noun the works use."""

    people: People
    events: Events
    sessions: Sessions
    endorsements: Endorsements
    tallies: Tallies
    consents: Consents
    audit: Audit
    subscriptions: Subscriptions
    chats: Chats
    announcements: Announcements
    deliveries: Deliveries
    paces: Paces
    routes: Routes
    posts: Posts
    notes: Notes
    papers: Papers
    matters: Matters


class Store(Protocol):
    """Where everything is remembered."""

    async def transaction(self, work: Callable[[Tx], T]) -> T:
        """Run a work in one transaction and return its answer after the commit.

        Raises what the work raised (rolled back), StoreFull, StoreBusy. On ``Conflict`` the work runs again,
        at most five times.
        """

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Run a work that only reads, beside the writer; never used to decide."""

    async def tidy(self) -> bool:
        """Take what was erased out of the files as well; False while that cannot be: try again later."""

    async def close(self) -> None:
        """Finish what is queued and close."""


class Fate(StrEnum):
    """What became of a send (PLATFORMS 1.4 and 2.8)."""

    SENT = "sent"
    UNSENT = "unsent"
    """Surely not sent (no connection, rate limit): try again, not before ``retry``."""
    UNKNOWN = "unknown"
    GONE = "gone"
    """The receiver cannot be reached any more."""
    MOVED = "moved"
    REFUSED = "refused"
    """The platform does not take this content."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome of one send.

    ``message`` is the platform's id when sent, ``retry`` seconds to wait, ``moved`` the new chat.
    """

    fate: Fate
    message: str = ""
    retry: float = 0.0
    moved: ChatRef | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """How fast a platform lets us send: the shortest time between two messages of one token, or in one room.

    ``edit`` is that between two edits of posts in one room, where a platform counts edits of old messages;
    zero where it does not.
    """

    token: timedelta
    room: timedelta
    edit: timedelta = timedelta()


class Messenger(Protocol):
    """One platform's way to send.

    It never raises for what the network or the platform does: it returns a receipt.
    """

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        """Answer an event in its own way: in place of the pressed card, or beside it.

        Only for the one who asked where ``outgoing.only`` says so. Where ``outgoing.clears`` says so, the
        card is sent and all before it in the private chat is taken away, as far as the platform lets a bot; a
        receipt that is not SENT has it said, and so tried, again.
        """

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        """Send to a chat.

        ``replaces`` edits that message of ours; ``nonce`` makes a repeat harmless where the platform can.
        """

    def private_chat(self, account: AccountRef) -> ChatRef:
        """The private chat with an account of this platform."""


Fetch = Callable[[FileRef], Awaitable[bytes | None]]
"""What a file holds that somebody sent; None where it cannot be had or is larger than ``LARGEST_FILE``.

The size that the platform tells is not believed: no more than that is ever read. It never raises.
"""


Link = Callable[[str], str]
"""What people follow, or type, to open our private chat with a start word; "" while it is not known."""


class Mirror(Protocol):
    """Files of what everybody may see, kept where people can pick them up."""

    version: str
    """The state of the papers that is kept."""

    def keep(self, version: str, files: Mapping[str, str]) -> None:
        """Keep these files, by path, in place of those of before; ``version`` names this state.

        Raises OSError.
        """


class Watch(Protocol):
    """What a platform's ear tells of itself. Neither raises."""

    async def heard(self, platform: str) -> None:
        """It hears what people write; told at the first connection and now and then."""

    async def shared(self, platform: str, how: str) -> None:
        """Somebody else uses our token: as a "webhook" or a "poller"."""

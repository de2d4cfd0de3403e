"""What a feature is: a name, its commands and presses, and what it may use.

Everything here runs inside one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.campaign.campaign import Campaign
from bot.campaign.recognition import Recognition
from bot.campaign.refs import AccountRef, ChatRef
from bot.content.catalog import Catalog
from bot.dialog.dialog import Dialog
from bot.dialog.engine import Move
from bot.dialog.messages import Incoming, Route, Saying
from bot.dialog.session import Session
from bot.ports import Ids, Link, Person, Tx
from bot.publication.facts import Say
from bot.publication.shelf import Laid, Shelf


@dataclass(frozen=True, slots=True)
class Tools:
    """What every feature may use.

    ``catalog`` and ``recognition`` are as of the transaction they were made for, see ``at``.
    ``announce(tx, campaign, before, after, now)`` plans a milestone's post; ``settle_unknown(tx, key, now,
    there=…)`` takes a moderator's word on a post of which nobody knows whether it arrived; ``wording(phrase,
    language)`` is the SHA-256 of a phrase as it is shown in a language; ``languages`` are those offered, by
    code, with what they call themselves. ``tell_channels(tx, campaign, now)``
    announces that it was handed over; ``say(language, now)`` puts phrases into words, for files.
    """

    shelf: Shelf
    catalog: Catalog
    recognition: Recognition
    languages: Mapping[str, str]
    ids: Ids
    announce: Callable[[Tx, Campaign, int, int, datetime], None]
    settle_unknown: Callable[..., bool]
    room_changed: Callable[[Tx, Incoming, datetime], None]
    wording: Callable[[str, str], str]
    owners: frozenset[AccountRef] = frozenset()
    moderators: tuple[ChatRef, ...] = ()
    links: Mapping[str, Link] = field(default_factory=dict)
    tell_channels: Callable[[Tx, Campaign, datetime], None] = lambda _tx, _campaign, _now: None
    say: Callable[[str, datetime], Say] = lambda _language, _now: lambda phrase: phrase.key

    def at(self, tx: Tx, *, inner: bool = False) -> Tools:
        """The same tools as of this transaction; ``inner``: with what only the organisers may see yet."""
        laid = self.shelf.look(tx)
        return self._with(laid, laid.inner if inner else laid.public)

    def latest(self) -> Tools:
        """The same tools as of the last turn, for what must not wait for the store."""
        return self._with(self.shelf.latest, self.shelf.latest.public)

    def _with(self, laid: Laid, catalog: Catalog) -> Tools:
        return (
            self if catalog is self.catalog else replace(self, catalog=catalog, recognition=laid.recognition)
        )


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the bot: who asks, in which language, when (UTC), inside which transaction."""

    incoming: Incoming
    person: Person
    language: str
    now: datetime
    tx: Tx
    tools: Tools

    @property
    def private(self) -> bool:
        """Whether this is a chat of the two of us."""
        return self.incoming.private

    def renewed(self) -> Ask:
        """The same with the catalogue as it is after what this transaction wrote; for the organisers."""
        return replace(self, tools=self.tools.at(self.tx, inner=True))


@dataclass(frozen=True, slots=True)
class Scene:
    """What a dialog's questions may look at: who is asked, and what the talk is about."""

    ask: Ask
    subject: str

    @property
    def campaign(self) -> Campaign:
        """The campaign the talk is about; KeyError where the data lost it (the talk is then thrown away)."""
        return self.ask.tools.catalog.campaigns[self.subject]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, the route that says it again if it is lost, and the language where it just changed."""

    sayings: tuple[Saying, ...] = ()
    again: Route = ("home",)
    language: str = ""


def is_campaign(ask: Ask, subject: str) -> bool:
    """Whether the subject of a talk is a campaign that the one who talks may see."""
    return subject in ask.tools.catalog.campaigns


Press = Callable[[Ask, Route], Answer]
Command = Callable[[Ask, str], Answer]


@dataclass(frozen=True, slots=True)
class Talk:
    """A dialog and what surrounds it.

    Its context, what may come instead of a move, what happens when it is committed. ``stands`` says whether
    what it is about still exists, else the talk is thrown away; ``file`` takes a file that is sent as an
    answer; ``left`` is where [Cancel] leads. ``waits`` says that any words answer it, forwarded ones too;
    ``captions`` that words beside a photo or a file do, and the photo or file is left aside.
    """

    dialog: Dialog[Scene]
    finish: Callable[[Ask, Session], Answer]
    instead: Callable[[Ask, Session, Move], Answer | None] = lambda _ask, _session, _move: None
    stands: Callable[[Ask, str], bool] = is_campaign
    file: Callable[[Ask, Session], Answer] | None = None
    left: Callable[[Ask, Session], Answer] | None = None
    waits: bool = False
    captions: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """One ability. ``name`` is the first piece of its routes; ``public`` says that rooms may use it too.

    ``takes`` is asked what it makes of a file or of forwarded words that came in private, unasked for.
    """

    name: str
    press: Press
    commands: Mapping[str, Command] = field(default_factory=dict)
    public: bool = False
    talks: tuple[Talk, ...] = ()
    takes: Callable[[Ask], Answer | None] | None = None


def say(*sayings: Saying, again: Route = ("home",)) -> Answer:
    """An answer of these cards."""
    return Answer(sayings, again)

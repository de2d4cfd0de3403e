"""What a feature is: a name, its commands and presses, and what it may use. Everything here runs inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.campaign.campaign import Campaign
from bot.campaign.recognition import Recognition
from bot.campaign.refs import AccountRef, ChatRef
from bot.content.catalog import Catalog
from bot.dialog.dialog import Dialog
from bot.dialog.engine import Move
from bot.dialog.messages import Incoming, Route, Saying
from bot.dialog.session import Session
from bot.ports import Ids, Person, Tx


@dataclass(frozen=True, slots=True)
class Tools:
    """What every feature may use. ``announce(tx, campaign, before, after, now)`` plans a milestone's post."""

    catalog: Catalog
    recognition: Recognition
    languages: tuple[str, ...]
    ids: Ids
    announce: Callable[[Tx, Campaign, int, int, datetime], None]
    country_of: Callable[[str], str]
    owners: frozenset[AccountRef] = frozenset()
    moderators: tuple[ChatRef, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, and the route that would say it again if it were lost on its way."""

    sayings: tuple[Saying, ...] = ()
    again: Route = ("home",)


Press = Callable[[Ask, Route], Answer]
Command = Callable[[Ask, str], Answer]


@dataclass(frozen=True, slots=True)
class Talk:
    """A dialog and what surrounds it: its context, what may come instead of a move, what happens when it is committed."""

    dialog: Dialog[Ask]
    finish: Callable[[Ask, Session], Answer]
    instead: Callable[[Ask, Session, Move], Answer | None] = lambda _ask, _session, _move: None


@dataclass(frozen=True, slots=True)
class Feature:
    """One ability. ``name`` is the first piece of its routes; ``public`` says that rooms may use it too."""

    name: str
    press: Press
    commands: Mapping[str, Command] = field(default_factory=dict)
    public: bool = False
    talks: tuple[Talk, ...] = ()


def say(*sayings: Saying, again: Route = ("home",)) -> Answer:
    """An answer of these cards."""
    return Answer(sayings, again)

"""The composition root: the one place that builds everything, for the bot as for its tests.

Only the edges are swapped.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from bot import log, night
from bot.campaign.refs import AccountRef, ChatRef
from bot.content.catalog import Catalog, Fault
from bot.content.importing.names import PublishedName, read_names
from bot.content.loader import find_names, load
from bot.content.phrases import Phrases, load_phrases
from bot.dialog.messages import Phrase
from bot.features import (
    delivered_thanks,
    drafts,
    invite,
    leaving,
    notices,
    opening_time,
    revealing,
    review,
    versions,
    watch,
)
from bot.features.feature import Tools
from bot.features.names import Joined, import_names
from bot.features.registry import FEATURES
from bot.features.router import build_router
from bot.features.turn import Turns
from bot.outbox import compose, question, rooms
from bot.outbox.deliver import Deliverer
from bot.ports import Clock, Fetch, Ids, Limit, Link, Messenger, Mirror, Store, Tx
from bot.publication.exported import public_files
from bot.publication.shelf import Shelf
from bot.rendering import composers, zone_of


@dataclass(frozen=True, slots=True)
class Edges:
    """What touches the outside: the simulation and the tests bring their own."""

    store: Store
    clock: Clock
    ids: Ids
    messengers: Mapping[str, Messenger]
    nonces: frozenset[str] = frozenset()
    """The platforms that know a repeat by its nonce."""
    formless: frozenset[str] = frozenset()
    """The platforms that have no forms: none is made ready for them."""
    fetch: Mapping[str, Fetch] = field(default_factory=dict)
    """How each platform fetches a file that somebody sent."""
    links: Mapping[str, Link] = field(default_factory=dict)
    """How each platform writes a way into our private chat."""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    """How fast each platform lets us send; those not named here have no limit."""
    mirror: Mirror | None = None
    """Keeps the public papers as files, where there is a state folder."""


@dataclass(frozen=True, slots=True)
class Content:
    """What ``data/`` says, and the words to say it."""

    catalog: Catalog
    phrases: Phrases
    names: Mapping[str, tuple[PublishedName, ...]]
    """Published names that come with a campaign, by its slug."""


@dataclass(frozen=True, slots=True)
class Team:
    """Who runs this bot."""

    owners: frozenset[AccountRef] = frozenset()
    moderators: tuple[ChatRef, ...] = ()

    @property
    def deciders(self) -> Sequence[ChatRef | AccountRef]:
        """Who is asked: the moderators' chats, or where there is none the owners."""
        return self.moderators or sorted(self.owners)


NOBODY = Team()
RUNG_IN_ORDER = (
    "open",
    "reveal",
    "again",
    "publish",
    "announce",
    "unfinished",
    "silent",
    "leaving",
    "drafts",
    "thank",
    "settle",
    "deliver",
    "mirror",
)
"""What is rung once, in a good order, by the console on a pipe, the tests and the simulation."""
Tick = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Bot:
    """The built bot: what takes events, what delivers, and what the scheduler rings."""

    edges: Edges
    content: Content
    tools: Tools
    turns: Turns
    deliverer: Deliverer

    async def start(self) -> None:
        """Bring in published names, settle what a crash left open, say again what is owed."""
        await self.bring_names()
        await self._look_back()
        await self.deliverer.begin()
        await self.turns.resume()

    async def bring_names(self) -> None:
        """Put the names that come with the campaigns on their lists: once, however often it is called."""
        for slug in self.content.names:
            await self.import_names(slug)

    async def import_names(self, slug: str, names: tuple[PublishedName, ...] = ()) -> Joined:
        """Put published names on a campaign's list: those given, else those that come with it."""
        campaign, now = self.content.catalog.campaigns[slug], self.edges.clock.now()
        wanted = names or self.content.names[slug]
        return await self.edges.store.transaction(
            lambda tx: import_names(tx, self.tools, campaign, wanted, now)
        )

    async def heard(self, platform: str) -> None:
        """See ``ports.Watch``."""
        await self._watch(partial(watch.heard, platform=platform))

    async def shared(self, platform: str, how: str) -> None:
        """See ``ports.Watch``."""
        await self._watch(partial(watch.shared, platform=platform, how=how))

    async def _look_back(self) -> None:
        """Before anything rings: how long nothing could be heard."""
        for platform in self.edges.messengers:
            await self._watch(partial(watch.look, platform=platform))

    async def _watch(self, work: Callable[..., None]) -> None:
        """What cannot be noted now is told again; a platform's ear must not stop for it."""
        now = self.edges.clock.now()
        try:
            await self.edges.store.transaction(lambda tx: work(tx, self.tools, now=now))
        except Exception as error:  # noqa: BLE001  (whatever it is, people are heard)
            log.event(log.Event.TICK_FAILED, tick="watch", error=error)

    def ticks(self) -> Mapping[str, tuple[float, Tick]]:
        """What the scheduler rings: seconds between two rings, and what to call."""
        return {
            "deliver": (2.0, self.deliverer.tick),
            "publish": (15.0, partial(self._tick, review.publish_due)),
            "announce": (30.0, self._announce),
            "settle": (1.0, self.turns.settle),
            "unfinished": (600.0, partial(self._tick, notices.remind_unfinished)),
            "open": (30.0, partial(self._tick, opening_time.open_due)),
            "reveal": (30.0, partial(self._tick, revealing.publish_due)),
            "again": (30.0, partial(self._tick, versions.ask_again)),
            "silent": (600.0, partial(self._tick, invite.remind)),
            "leaving": (60.0, partial(self._tick, leaving.forget_due)),
            "thank": (60.0, partial(self._tick, delivered_thanks.thank)),
            "drafts": (3600.0, partial(self._tick, drafts.expire)),
            "mirror": (30.0, self._mirror),
            "forget": (3600.0, self._forget),
        }

    async def tick(self) -> None:
        """Ring everything once, in a good order."""
        for name in RUNG_IN_ORDER:
            await self.ticks()[name][1]()

    async def _tick(self, work: Callable[[Tx, Tools, datetime], int]) -> None:
        now = self.edges.clock.now()
        await self.edges.store.transaction(lambda tx: work(tx, self.tools.at(tx), now))

    async def _announce(self) -> None:
        now = self.edges.clock.now()
        await self.edges.store.transaction(
            lambda tx: compose.due(tx, self.tools.at(tx).catalog, self.edges.ids, now, self.edges.nonces)
        )

    async def _mirror(self) -> None:
        """What everybody may see is kept as files; a state that is kept already is left alone."""
        mirror = self.edges.mirror
        if mirror is None or await self.edges.store.read(lambda tx: tx.papers.version()) == mirror.version:
            return
        version, papers = await self.edges.store.read(lambda tx: (tx.papers.version(), tx.papers.all()))
        await asyncio.to_thread(mirror.keep, version, public_files(papers))

    async def _forget(self) -> None:
        catalog = await self.edges.store.read(lambda tx: self.tools.at(tx).catalog)
        await night.ring(self.edges.store, catalog.campaigns, zone_of(catalog), self.edges.clock.now())


def build(content: Content, edges: Edges, team: Team = NOBODY, owner: str = "bot") -> Bot:
    """Build the bot over these edges; ``owner`` names this process and no other among those that deliver."""
    shelf = Shelf(content.catalog, lambda count: log.event(log.Event.PAPER_FAULTY, count=count))
    tools = Tools(
        shelf=shelf,
        catalog=shelf.base.public,
        recognition=shelf.base.recognition,
        languages=content.phrases.offered,
        ids=edges.ids,
        announce=partial(compose.milestone, edges.ids, nonces=edges.nonces),
        room_changed=partial(rooms.changed, edges.ids),
        settle_unknown=partial(question.answer, team.deciders),
        wording=partial(wording, content.phrases),
        owners=team.owners,
        moderators=team.moderators,
        links=edges.links,
        tell_channels=partial(compose.delivered, edges.ids, nonces=edges.nonces),
        say=partial(in_words, content.phrases),
    )
    router = build_router(FEATURES)
    turns = Turns(
        store=edges.store,
        router=router,
        tools=tools,
        phrases=content.phrases,
        messengers=edges.messengers,
        clock=edges.clock,
        zone=zone_of(content.catalog),
        formless=edges.formless,
        fetch=edges.fetch,
    )
    deliverer = Deliverer(
        store=edges.store,
        messengers=edges.messengers,
        compose=composers(content.phrases, tools),
        clock=edges.clock,
        ids=edges.ids,
        owner=owner,
        ask=partial(question.owe, edges.ids, team.deciders),
        limits=edges.limits,
    )
    return Bot(edges, content, tools, turns, deliverer)


def load_content(folders: Sequence[Path]) -> tuple[Content, tuple[Fault, ...]]:
    """Read everything in the data folders; the good part and all faults."""
    catalog, faults = load(folders)
    phrases, of_phrases = load_phrases(folders)
    found = {slug: find_names(folders, each.published_names) for slug, each in catalog.campaigns.items()}
    # A fault in such a file was found with the catalogue.
    names = {slug: read_names(file.read_bytes(), file.name)[0] for slug, file in found.items() if file}
    return Content(catalog, phrases, names), (*faults, *of_phrases)


def in_words(phrases: Phrases, language: str, now: datetime) -> Callable[[Phrase], str]:
    """Puts phrases into the words of a language, for files; days are those of ``now`` (aware)."""
    return lambda phrase: phrases.text(language, phrase, now, "UTC")


def wording(phrases: Phrases, key: str, language: str) -> str:
    """The SHA-256 of a phrase as the catalogue has it in a language: what a consent was given to."""
    return hashlib.sha256(phrases.template(language, key).encode()).hexdigest()

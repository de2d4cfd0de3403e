"""One transaction: every noun over one cursor."""

from __future__ import annotations

from bot.ports import (
    Announcements,
    Audit,
    Chats,
    Consents,
    Deliveries,
    Endorsements,
    Events,
    Matters,
    Notes,
    Paces,
    Papers,
    People,
    Posts,
    Routes,
    Sessions,
    Subscriptions,
    Tallies,
)
from bot.storage.announcements import StoredAnnouncements
from bot.storage.audit import StoredAudit
from bot.storage.chats import StoredChats
from bot.storage.consents import StoredConsents
from bot.storage.cursor import Cursor
from bot.storage.deliveries import StoredDeliveries
from bot.storage.endorsements import StoredEndorsements
from bot.storage.events import StoredEvents
from bot.storage.matters import StoredMatters
from bot.storage.notes import StoredNotes
from bot.storage.paces import StoredPaces
from bot.storage.papers import StoredPapers
from bot.storage.people import StoredPeople
from bot.storage.posts import StoredPosts
from bot.storage.routes import StoredRoutes
from bot.storage.seal import Hasher, Sealer
from bot.storage.sessions import StoredSessions
from bot.storage.subscriptions import StoredSubscriptions
from bot.storage.tallies import StoredTallies


class StoredTx:
    """See ``ports.Tx``. It keeps nothing itself, so one serves all transactions of its cursor."""

    def __init__(self, cursor: Cursor, sealer: Sealer, hasher: Hasher) -> None:
        self.people: People = StoredPeople(cursor, sealer, hasher)
        self.events: Events = StoredEvents(cursor)
        self.sessions: Sessions = StoredSessions(cursor, sealer)
        self.endorsements: Endorsements = StoredEndorsements(cursor, sealer, hasher)
        self.tallies: Tallies = StoredTallies(cursor)
        self.consents: Consents = StoredConsents(cursor)
        self.audit: Audit = StoredAudit(cursor)
        self.subscriptions: Subscriptions = StoredSubscriptions(cursor)
        self.chats: Chats = StoredChats(cursor)
        self.announcements: Announcements = StoredAnnouncements(cursor)
        self.deliveries: Deliveries = StoredDeliveries(cursor)
        self.paces: Paces = StoredPaces(cursor, hasher)
        self.routes: Routes = StoredRoutes(cursor)
        self.posts: Posts = StoredPosts(cursor, sealer, hasher)
        self.notes: Notes = StoredNotes(cursor)
        self.papers: Papers = StoredPapers(cursor, sealer, hasher)
        self.matters: Matters = StoredMatters(cursor, sealer, hasher)

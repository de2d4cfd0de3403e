"""What each kind of delivery shows: composed from the truth, for its receiver, at the moment it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import log
from bot.campaign.announcement import Delivery
from bot.campaign.refs import ChatRef, parse_chat
from bot.content.card import BROKEN
from bot.content.catalog import Catalog
from bot.content.phrases import Phrases
from bot.dialog.messages import Came, Incoming, Outgoing, Phrase, Saying
from bot.features import (
    asking,
    channel,
    claim_card,
    claims,
    contests,
    delivered_thanks,
    desk,
    disputes,
    guards,
    invitations,
    keepers,
    notices,
    review,
    sharing,
    watch,
)
from bot.features.buttons import PACKING, button, keep_long_routes
from bot.features.feature import Ask, Tools
from bot.outbox import compose, question, rooms
from bot.outbox.deliver import Composer
from bot.outbox.post import Post, post
from bot.ports import Tx

Card = Callable[[Tx, Delivery, datetime], Saying | None]


@dataclass(frozen=True, slots=True)
class Rendering:
    """The words and the zone of whoever receives a delivery."""

    phrases: Phrases
    tools: Tools
    zone: str

    def to_receiver(self, card: Card) -> Composer:
        """A composer that shows a card in its receiver's language."""

        def composed(tx: Tx, delivery: Delivery, now: datetime) -> Outgoing | None:
            saying = card(tx, delivery, now)
            return self._said(tx, saying, self.language(tx, delivery), self.zone, now) if saying else None

        return composed

    def announcement(self, tx: Tx, delivery: Delivery, now: datetime) -> Outgoing | datetime | None:
        """A post to a channel, in the language and zone that the channel wished."""
        made = post(tx, self.tools.at(tx).catalog, delivery, now)
        return self._said(tx, made.saying, made.language, made.zone, now) if isinstance(made, Post) else made

    def shared(self, tx: Tx, delivery: Delivery, now: datetime) -> Outgoing | None:
        """What somebody shared, in the language in which they saw it."""
        saying = sharing.shared(tx, self.tools.at(tx), delivery, now)
        return self._said(tx, saying, delivery.what[1], self.zone, now) if saying else None

    def _said(self, tx: Tx, saying: Saying, language: str, zone: str, now: datetime) -> Outgoing:
        keep_long_routes(saying, tx)
        card = self.phrases.render(saying, language, zone, now, PACKING)
        if BROKEN in card.phrases:
            log.event(log.Event.PHRASE_BROKEN, kind=language)
        return card

    def language(self, tx: Tx, delivery: Delivery) -> str:
        """The language of whoever receives a delivery."""
        if delivery.chat is not None:
            return self.phrases.nearest(tx.chats.language(delivery.chat))
        person = tx.people.get(delivery.person)
        return self.phrases.nearest(person.language or person.hint if person else "")


def composers(phrases: Phrases, tools: Tools) -> Mapping[str, Composer]:
    """The composer of each kind of delivery, by the first word of ``Delivery.what``."""

    def sign_on(tx: Tx, delivery: Delivery, _now: datetime) -> Saying | None:
        found = tx.endorsements.get(delivery.what[1])
        card = review.card(tx, tools.at(tx), found) if found else None
        return desk.discreet(delivery, ("rv", "see", delivery.what[1]), card)

    def dispute_card(tx: Tx, delivery: Delivery, _now: datetime) -> Saying | None:
        return desk.discreet(delivery, ("dis", "see", delivery.what[1]), disputes.card(tx, delivery.what[1]))

    def question_card(tx: Tx, delivery: Delivery, _now: datetime) -> Saying | None:
        return desk.discreet(delivery, ("ask", "see", delivery.what[1]), asking.card(tx, delivery.what[1]))

    rendering = Rendering(phrases, tools, zone_of(tools.catalog))
    return {
        "notice": rendering.to_receiver(lambda tx, delivery, _now: _notice(tx, delivery.what[1:])),
        delivered_thanks.COMPOSER: rendering.to_receiver(
            lambda tx, delivery, _now: delivered_thanks.notice(tx, delivery)
        ),
        "watch": rendering.to_receiver(lambda _tx, delivery, _now: watch.card(delivery.what[1:])),
        "review": rendering.to_receiver(sign_on),
        asking.KIND: rendering.to_receiver(question_card),
        disputes.KIND: rendering.to_receiver(dispute_card),
        claims.KIND: rendering.to_receiver(lambda tx, delivery, _now: claim_card.composed(tx, delivery)),
        keepers.CONTEST: rendering.to_receiver(lambda tx, delivery, _now: contests.composed(tx, delivery)),
        sharing.SHARE: rendering.shared,
        compose.COMPOSER: rendering.announcement,
        question.COMPOSER: rendering.to_receiver(
            lambda tx, delivery, _now: question.card(tx, delivery.what[1])
        ),
        rooms.LET_IN: rendering.to_receiver(
            lambda tx, delivery, now: _let_in(rendering, tx, tools, delivery, now)
        ),
        rooms.GREETED: rendering.to_receiver(lambda _tx, delivery, _now: _greeting(delivery.chat)),
        rooms.LOST: rendering.to_receiver(lambda _tx, delivery, _now: _lost(delivery.what[1])),
    }


def _notice(tx: Tx, what: tuple[str, ...]) -> Saying | None:
    """A notice, unless it reminds of an invitation that was answered since it was owed."""
    answered = what[0] == "invited" and not invitations.is_silent(tx, what[1])
    return None if answered else notices.card(what)


def _greeting(room: ChatRef | None) -> Saying | None:
    return guards.in_our_chat(room, "channel.greeting") if room else None


def _let_in(rendering: Rendering, tx: Tx, tools: Tools, delivery: Delivery, now: datetime) -> Saying | None:
    """What the person would be shown who asked for it in our private chat."""
    person, account = tx.people.get(delivery.person), tx.people.account(delivery.person)
    if person is None or account is None:
        return None
    asked = Incoming("", Came.ADDED, parse_chat(delivery.what[1]), account)
    return channel.let_in(
        Ask(asked, person, rendering.language(tx, delivery), now, tx, tools.at(tx)), delivery.what[1:]
    )


def _lost(room: str) -> Saying:
    rows = ((button("b.show", "ch", channel.LOST, room),),)
    return Saying((Phrase("notice.room-lost"),), rows)


def zone_of(catalog: Catalog) -> str:
    """The zone of times in our own chats: the first campaign's, since no platform tells a reader's."""
    return next((catalog.campaigns[slug].zone for slug in sorted(catalog.campaigns)), "UTC")

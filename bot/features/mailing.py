"""Mails that invite to sign: ready to be copied, in a language that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from bot.campaign.campaign import Campaign
from bot.content.catalog import Document, shown
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.features import invitations
from bot.features.buttons import button
from bot.features.choosing_language import languages
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_organiser, told
from bot.features.invitations import Invitation
from bot.features.quoting import whole
from bot.publication.ready_texts import MailText, mail_text


def press(ask: Ask, route: Route) -> Answer:
    """(invitation,) asks for the language, (invitation, language) gives the mail."""
    if not is_organiser(ask):
        return told(ask, Phrase("org.not-you"))
    invitation = invitations.get(ask, route[0]) if route else None
    if invitation is None or invitation.campaign not in ask.tools.catalog.campaigns:
        return told(ask, Phrase("button.old"))
    back = ("inv", invitation.campaign, "one", invitation.id)
    own = ("mail", invitation.id)
    if route[1:] and route[1] in ask.tools.languages:
        rows = ((button("b.other-language", *own), button("b.back", *back)),)
        return card(mail_of(ask, invitation, route[1]), rows, (*own, route[1]))
    return languages(ask, own, back)


def mail_of(ask: Ask, invitation: Invitation, language: str) -> MailText:
    """The mail that invites this organisation."""
    campaign = ask.tools.catalog.campaigns[invitation.campaign]
    document = document_of(ask, campaign, language)
    entry, link = invitation.entry, address(invitations.links(ask, invitation))
    return mail_text(document, entry.name, entry.country, link, ask.tools.say(language, ask.now))


def document_of(ask: Ask, campaign: Campaign, language: str) -> Document:
    """The text in a language, or the nearest there is."""
    statement = ask.tools.catalog.statements[campaign.statement]
    return shown(statement.documents, language, statement.original)


def address(found: Sequence[str]) -> str:
    """The one of some ways that can be followed anywhere, else the first; "" of none."""
    return next((each for each in found if "://" in each), next(iter(found), ""))


def card(text: MailText, rows: tuple[tuple[Button, ...], ...], again: Route) -> Answer:
    """A mail to be copied."""
    return say(Saying((Phrase("kit.mail"), *whole(f"{text.subject}\n\n{text.body}")), rows), again=again)


FEATURE = Feature("mail", press)

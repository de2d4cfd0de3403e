"""What makes a campaign known: its links, a poster, a text for websites and one for mails (FEATURES C10)."""

from __future__ import annotations

from bot.campaign.campaign import Campaign
from bot.dialog.messages import Copied, Phrase, Route, Saying
from bot.features import home, kit_poster, mailing, organise
from bot.features.buttons import button
from bot.features.choosing_language import languages
from bot.features.close_files import links, listing_of
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.quoting import whole
from bot.publication.files import Format, attachment
from bot.publication.ready_texts import WebsiteText, open_mail_text, website_text


def press(ask: Ask, route: Route) -> Answer:
    """The kit of a campaign; its slug comes first, then "poster", "site" or "mail"."""
    return organise.for_organisers(
        ask, route[0] if route else "", lambda ask, campaign: _about(ask, campaign, route[1:])
    )


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    match route:
        case ("poster", *what):
            return kit_poster.press(ask, campaign, tuple(what))
        case ("site", form) if form in {Format.TEXT, Format.HTML}:
            return _site(ask, campaign, Format(form))
        case ("site",):
            return _site(ask, campaign, Format.TEXT)
        case ("mail", language) if language in ask.tools.languages:
            return _mail(ask, campaign, language)
        case ("mail",):
            return languages(ask, ("kit", campaign.slug, "mail"), ("kit", campaign.slug))
        case _:
            return card(ask, campaign)


def card(ask: Ask, campaign: Campaign) -> Answer:
    """The links, to be copied, and what else there is."""
    own = ("kit", campaign.slug)
    found = "\n".join(links(ask, campaign))
    parts = [Phrase("kit.head", {"title": home.short_title(ask, campaign, 60)})]
    parts += [Phrase("kit.links", {"links": Copied(found)})] if found else []
    rows = (
        (button("b.poster", *own, "poster"),),
        (button("b.for-website", *own, "site"), button("b.for-mails", *own, "mail")),
        (button("b.organise", "org", campaign.slug), button("b.home", "home")),
    )
    return say(Saying(tuple(parts), rows), again=own)


def _site(ask: Ask, campaign: Campaign, form: Format) -> Answer:
    """Title, beginning, count, list and where to sign: to be copied where it fits, and as a file."""
    text, own = _site_text(ask, campaign), ("kit", campaign.slug)
    content = text.html if form is Format.HTML else text.plain
    other = Format.TEXT if form is Format.HTML else Format.HTML
    label = "b.as-text" if other is Format.TEXT else "b.as-html"
    rows = ((button(label, *own, "site", other),), (button("b.back", *own), button("b.home", "home")))
    quoted = whole(text.plain) if form is Format.TEXT else ()
    file = attachment(f"{campaign.slug}-website", form, content.encode())
    return say(Saying((Phrase("kit.site"), *quoted), rows, attachment=file), again=(*own, "site", form))


def _site_text(ask: Ask, campaign: Campaign) -> WebsiteText:
    document = mailing.document_of(ask, campaign, ask.language)
    link, words = mailing.address(links(ask, campaign)), ask.tools.say(ask.language, ask.now)
    return website_text(listing_of(ask, campaign), document, link, ask.now, words)


def _mail(ask: Ask, campaign: Campaign, language: str) -> Answer:
    """A mail for whoever may sign."""
    document, link = mailing.document_of(ask, campaign, language), mailing.address(links(ask, campaign))
    text = open_mail_text(document, link, ask.tools.say(language, ask.now))
    own = ("kit", campaign.slug)
    rows = ((button("b.other-language", *own, "mail"), button("b.back", *own)),)
    return mailing.card(text, rows, (*own, "mail", language))


FEATURE = Feature("kit", press)

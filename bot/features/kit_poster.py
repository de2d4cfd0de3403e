"""A poster with a code to scan: as a picture for chats, as a document to print."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from bot.campaign.campaign import Campaign
from bot.dialog.messages import Attachment, Phrase, Route, Saying
from bot.features import mailing
from bot.features.buttons import button, start_word
from bot.features.choosing_language import languages
from bot.features.feature import Answer, Ask, say
from bot.publication.poster import Poster, Size, poster, poster_of
from bot.publication.typesetting import Print

KINDS = {"png": (Print.PNG, Size.A5), "a3": (Print.PDF, Size.A3), "a4": (Print.PDF, Size.A4)}
"""What can be chosen, by the word in its route; a picture is made small enough for a chat."""
MIMES = {Print.PNG: "image/png", Print.PDF: "application/pdf"}


def press(ask: Ask, campaign: Campaign, what: Route) -> Answer:
    """() asks what for, (kind,) gives it in one's own language, (kind, language) in another."""
    match what:
        case (kind,) if kind in KINDS:
            return _made(ask, campaign, kind, ask.language)
        case (kind, "in") if kind in KINDS:
            own = ("kit", campaign.slug, "poster")
            return languages(ask, (*own, kind, "in"), own)
        case (kind, "in", language) if kind in KINDS and language in ask.tools.languages:
            return _made(ask, campaign, kind, language)
        case _:
            return _choose(campaign)


def _choose(campaign: Campaign) -> Answer:
    """Ask what it is for."""
    own = ("kit", campaign.slug, "poster")
    rows = (
        (button("b.poster-picture", *own, "png"),),
        (button("b.poster-print", *own, "a4", size="A4"), button("b.poster-print", *own, "a3", size="A3")),
        (button("b.back", "kit", campaign.slug), button("b.home", "home")),
    )
    return say(Saying((Phrase("kit.poster"),), rows), again=own)


def _made(ask: Ask, campaign: Campaign, kind: str, language: str) -> Answer:
    """The poster as a file; it is made when it is sent."""
    form, size = KINDS[kind]
    own = ("kit", campaign.slug, "poster")
    make = partial(poster, sheet_of(ask, campaign, language), size, form)
    file = Attachment(f"{campaign.slug}-poster-{language}.{form}", b"", MIMES[form], make)
    rows = (
        (button("b.other-language", *own, kind, "in"), button("b.back", *own)),
        (button("b.organise", "org", campaign.slug), button("b.home", "home")),
    )
    said = Saying((Phrase("kit.poster-made"),), rows, attachment=file)
    return say(said, again=(*own, kind, "in", language))


def sheet_of(ask: Ask, campaign: Campaign, language: str) -> Poster:
    """What stands on the poster: the way that any telephone can follow, and whom to search for."""
    word = start_word((campaign.slug,))
    found = {name: link for name, make in ask.tools.links.items() if (link := make(word))}
    ways = [link for link in found.values() if "://" in link] or list(found.values())
    called = {name: bot for name, link in found.items() if (bot := called_in(link))}
    title = mailing.document_of(ask, campaign, language).title
    return poster_of(title, ways[0] if ways else word, called, language, ask.tools.say(language, ask.now))


def called_in(link: str) -> str:
    """How the bot is called, where a link into its chat tells it ("https://…/name?start=…"); "" elsewhere."""
    name = urlsplit(link).path.strip("/") if "://" in link else ""
    return f"@{name}" if name and "/" not in name else ""

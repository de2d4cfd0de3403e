"""What is handed over of a closed list: a file for the addressee, a text for websites."""

from __future__ import annotations

from dataclasses import replace

from bot.campaign.campaign import Campaign
from bot.content.catalog import Document, shown
from bot.dialog.messages import Attachment, Phrase, Route, Saying
from bot.dialog.text import Paragraph, Plain, Quote
from bot.features.buttons import button, named, start_word
from bot.features.feature import Answer, Ask, say
from bot.publication import signatory_list, wordings
from bot.publication.facts import initiators
from bot.publication.files import Format, attachment
from bot.publication.paper import Paper, addressee_pdf
from bot.publication.ready_texts import WebsiteText, website_text
from bot.publication.signatory_list import Listing

SHORT = 3000
"""Characters of a text for websites that is shown as a message beside its file."""


def press(ask: Ask, campaign: Campaign, what: Route) -> Answer:
    """("pdf",) asks for its language, ("pdf", language) gives it; ("site",), ("site", language, form)."""
    match what:
        case ("pdf", language) if language in ask.tools.languages:
            return _pdf(ask, campaign, language)
        case ("site", form) if form in {Format.TEXT, Format.HTML}:
            return _site(ask, campaign, Format(form))
        case ("site",):
            return _site(ask, campaign, Format.TEXT)
        case _:
            return _choose(ask, campaign)


def _choose(ask: Ask, campaign: Campaign) -> Answer:
    """In which language? One's own stands first."""
    codes = sorted(ask.tools.languages, key=lambda code: code != ask.language)
    buttons = [
        named(ask.tools.languages[code], "close", campaign.slug, "files", "pdf", code) for code in codes
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (button("b.back", "close", campaign.slug),)
    again = ("close", campaign.slug, "files", "pdf")
    return say(Saying((Phrase("close.which-language"),), (*rows, back), picker=True), again=again)


def listing_of(ask: Ask, campaign: Campaign) -> Listing:
    """The list as it is handed over: as it was closed, who came late apart."""
    end = signatory_list.closed(ask.tx, campaign, ask.now)
    found = signatory_list.listing(ask.tx, campaign.slug, end)
    return replace(found, initiators=initiators(campaign, ask.tools.catalog.organisations))


def _document(ask: Ask, campaign: Campaign, language: str) -> Document:
    statement = ask.tools.catalog.statements[campaign.statement]
    return shown(statement.documents, language, statement.original)


def _pdf(ask: Ask, campaign: Campaign, language: str) -> Answer:
    """The text, who began it, who signed, and who came late apart; no contacts."""
    document, words = _document(ask, campaign, language), ask.tools.say(language, ask.now)
    listing = wordings.told(wordings.dated_listing(listing_of(ask, campaign), document), words)
    paper = Paper(
        listing,
        document,
        ask.now,
        initiators=listing.initiators,
        late=listing.late,
        addressee=campaign.delivered_to,
        closed=listing.closed,
        language=language,
    )
    file = Attachment(
        f"{campaign.slug}-{language}.pdf", b"", "application/pdf", lambda: addressee_pdf(paper, words)
    )
    own = ("close", campaign.slug)
    rows = (
        (button("b.delivered", "dl", campaign.slug), button("b.other-language", *own, "files", "pdf")),
        (button("b.back", *own),),
    )
    return say(Saying((Phrase("close.pdf"),), rows, attachment=file), again=(*own, "files", "pdf", language))


def _site(ask: Ask, campaign: Campaign, form: Format) -> Answer:
    """The list as sites publish it, with the text's title and its beginning; short ones to be copied, too."""
    text = _site_text(ask, campaign)
    own = ("close", campaign.slug)
    content = text.html if form is Format.HTML else text.plain
    file = attachment(f"{campaign.slug}-list", form, content.encode())
    other = (
        button("b.as-text", *own, "files", "site", Format.TEXT)
        if form is Format.HTML
        else button("b.as-html", *own, "files", "site", Format.HTML)
    )
    rows = ((other, button("b.back", *own)),)
    quoted = (_quoted(text.plain),) if form is Format.TEXT and len(text.plain) <= SHORT else ()
    card = Saying((Phrase("close.site"), *quoted), rows, attachment=file)
    return say(card, again=(*own, "files", "site", form))


def _quoted(text: str) -> tuple[Quote]:
    lines = tuple((Plain(line),) for line in text.rstrip().split("\n"))
    return (Quote((Paragraph(lines),)),)


def _site_text(ask: Ask, campaign: Campaign) -> WebsiteText:
    link = next(iter(links(ask, campaign)), "")
    words = ask.tools.say(ask.language, ask.now)
    document = _document(ask, campaign, ask.language)
    return website_text(listing_of(ask, campaign), document, link, ask.now, words)


def links(ask: Ask, campaign: Campaign) -> tuple[str, ...]:
    """The ways to a campaign, one for each platform."""
    word = start_word((campaign.slug,))
    return tuple(link for make in ask.tools.links.values() if (link := make(word)))

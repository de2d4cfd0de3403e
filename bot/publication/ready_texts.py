"""Texts ready to copy: for websites, for a mail that invites, for sites that carry an old wording.

They are handed to an organiser, who puts them where the bot is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.content.catalog import Document
from bot.dialog.messages import Country, Day, Phrase
from bot.dialog.text import Paragraph, plain_line
from bot.publication import hypertext, wordings
from bot.publication.facts import Say, how_many
from bot.publication.files import plain_list
from bot.publication.signatory_list import Listing

Change = tuple[str, str]
"""Words before and after; "" where nothing stood or stands."""


@dataclass(frozen=True, slots=True)
class WebsiteText:
    """The same as plain text and as a piece of HTML to put into a page."""

    plain: str
    html: str


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail to copy: one line of subject, and the body."""

    subject: str
    body: str


def website_text(listing: Listing, document: Document, link: str, now: datetime, say: Say) -> WebsiteText:
    """Title, how the text begins, the count of the day ``now`` (aware), the list, and where to sign."""
    listing = wordings.dated_listing(listing, document)
    legend = wordings.legend(listing, say)
    listing = wordings.told(listing, None)
    begins = _first_paragraph(document)
    counted = how_many(listing.counts)
    day = Day(now.date(), year=True)
    count = say(Phrase("site.count", {"day": day, "counted": counted})) if counted else ""
    sign = say(Phrase("site.read" if listing.closed else "site.sign", {"link": link}))
    parts = (
        document.title,
        "\n".join(begins),
        count,
        "\n".join(plain_list(listing)),
        "\n".join(legend),
        sign,
    )
    html = [
        hypertext.heading(document.title, 2),
        *([hypertext.paragraph(*begins)] if begins else []),
        *([hypertext.paragraph(count)] if count else []),
        *hypertext.names(listing.organisations),
        *hypertext.names(listing.people),
        *([hypertext.paragraph(*legend)] if legend else []),
        hypertext.linked(sign, link),
    ]
    return WebsiteText(_apart(parts), "".join(f"{line}\n" for line in html))


def mail_text(document: Document, organisation: str, country: str, link: str, say: Say) -> MailText:
    """An invitation to sign; ``country`` is an ISO code or "", ``link`` the organisation's own.

    ``document`` is the text in the language of ``say``, or the nearest there is.
    """
    friends: dict[str, str | Country] = {"organisation": organisation}
    hello = Phrase("mail.hello", friends)
    if country:
        hello = Phrase("mail.hello-country", friends | {"country": Country(country)})
    body = (
        hello,
        Phrase("mail.ask", {"title": document.title, "link": link}),
        Phrase("mail.link", {"organisation": organisation}),
        Phrase("mail.close"),
    )
    subject = Phrase("mail.subject", {"title": document.title, "organisation": organisation})
    return MailText(say(subject), _apart(map(say, body)))


def open_mail_text(document: Document, link: str, say: Say) -> MailText:
    """The same for whoever may sign; ``link`` is the campaign's own."""
    body = (
        Phrase("mail.hello-all"),
        Phrase("mail.ask", {"title": document.title, "link": link}),
        Phrase("mail.close"),
    )
    return MailText(say(Phrase("mail.subject-all", {"title": document.title})), _apart(map(say, body)))


def correction_note(document: Document, changes: Sequence[Change], link: str, say: Say) -> str:
    """What a site that carries the old wording should change; ``document`` has the new one."""
    lines = "\n".join(f"  {say(_change(before, after))}" for before, after in changes)
    intro, whole = (
        Phrase("correction.intro", {"title": document.title}),
        Phrase("correction.whole", {"link": link}),
    )
    return _apart((say(intro), lines, say(whole)))


def _change(before: str, after: str) -> Phrase:
    if not after:
        return Phrase("correction.out", {"before": before})
    if not before:
        return Phrase("correction.in", {"after": after})
    return Phrase("correction.change", {"before": before, "after": after})


def _first_paragraph(document: Document) -> tuple[str, ...]:
    paragraphs = (block for block in document.text if isinstance(block, Paragraph))
    first = next(paragraphs, Paragraph(()))
    return tuple(map(plain_line, first.lines))


def _apart(parts: Iterator[str] | Sequence[str]) -> str:
    """The parts that are not empty, an empty line between them."""
    return "\n\n".join(filter(None, parts)) + "\n"

"""The list for those who publish it elsewhere: as a message, as a file, and beside their own copy of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bot.campaign.campaign import Campaign
from bot.campaign.refusal import Refusal
from bot.content.catalog import Document, shown
from bot.dialog.messages import Attachment, Button, Phrase, Route, Saying
from bot.features import home, waiting
from bot.features.buttons import button, named
from bot.features.close_files import listing_of
from bot.features.feature import Answer, Ask, Feature, is_campaign, say
from bot.features.guards import may_send_files
from bot.features.quoting import quoted, whole
from bot.ports import Matter
from bot.publication.compare import Comparison, compare, compare_file
from bot.publication.files import WORDED, Format, attachment, export

FORMATS = (Format.TEXT, Format.HTML, Format.CSV, Format.PDF, Format.MARKDOWN, Format.JSON)
SLOW = frozenset({Format.HTML, Format.PDF})
"""These are made beside the loop."""
MANY = 30
"""Differences on a card."""
KIND = "copy"
"""The matter that keeps a long pasted list for a moment: its next part may follow."""
LONGEST = 200_000
"""Characters of a list that was pasted in parts."""
PART, FRESH = 3_000, timedelta(minutes=2)
"""Characters of a message whose next part may follow, and for how long."""


def press(ask: Ask, route: Route) -> Answer:
    """A campaign's list to be copied, ("slug", "as", format) as a file, ("slug", "compare") beside theirs."""
    campaign = ask.tools.catalog.campaigns.get(route[0]) if route else None
    if campaign is None:
        return home.card(ask, Phrase("button.old"))
    match route[1:]:
        case ("as", form) if form in set(Format):
            return _file(ask, campaign, Format(form))
        case ("compare",):
            return waiting.wait(ask, COPY, campaign.slug, ("copy", campaign.slug, "compare"))
        case _:
            return card(ask, campaign)


def card(ask: Ask, campaign: Campaign, note: Phrase | None = None) -> Answer:
    """The list in the shape in which movements publish it, and the ways to take it along."""
    text = whole(_plain(ask, campaign).decode())
    key = "copy.here" if text else "copy.long"
    parts = (*((note,) if note else ()), Phrase(key, {"title": home.short_title(ask, campaign, 60)}))
    own = ("copy", campaign.slug)
    files = [named(form.value.upper(), *own, "as", form) for form in FORMATS]
    rows = (
        tuple(files[:3]),
        tuple(files[3:]),
        (button("b.compare", *own, "compare"),),
        (button("b.see-list", "list", campaign.slug), button("b.home", "home")),
    )
    return say(Saying((*parts, *text), rows, picker=True), again=own)


def _document(ask: Ask, campaign: Campaign) -> Document:
    statement = ask.tools.catalog.statements[campaign.statement]
    return shown(statement.documents, ask.language, statement.original)


def _plain(ask: Ask, campaign: Campaign) -> bytes:
    return export(listing_of(ask, campaign), _document(ask, campaign), Format.TEXT, ask.now)


def _file(ask: Ask, campaign: Campaign, form: Format) -> Answer:
    """The list as a file of this kind."""
    own = ("copy", campaign.slug)
    rows = ((button("b.other-formats", *own), button("b.compare", *own, "compare")), _last(campaign))
    said = Saying((Phrase("copy.file"),), rows, attachment=file_of(ask, campaign, form))
    return say(said, again=(*own, "as", form))


def file_of(ask: Ask, campaign: Campaign, form: Format) -> Attachment:
    """The list as a file; what takes a while is made when it is sent."""
    document = _document(ask, campaign)
    words = ask.tools.say(ask.language, ask.now) if form in WORDED else None
    make = partial(export, listing_of(ask, campaign), document, form, ask.now, words)
    empty = attachment(f"{campaign.slug}-list", form, b"")
    if form in SLOW:
        return Attachment(empty.name, b"", empty.mime, make)
    return Attachment(empty.name, make(), empty.mime)


def _last(campaign: Campaign) -> tuple[Button, ...]:
    return (button("b.see-list", "list", campaign.slug), button("b.home", "home"))


def _compared(ask: Ask, campaign: Campaign, found: Comparison) -> Answer:
    """What came, went and changed since the copy, with the list as it is now."""
    own = ("copy", campaign.slug)
    rows = ((button("b.compare-again", *own, "compare"), button("b.as-file", *own)), _last(campaign))
    file = file_of(ask, campaign, Format.TEXT) if found.lines else None
    parts = (found.summary, *quoted(found.lines, MANY), *((Phrase("copy.ready"),) if file else ()))
    return say(Saying(parts, rows, attachment=file), again=(*own, "compare"))


def _check(ask: Ask, subject: str, words: str) -> Refusal | None:
    found = compare(listing_of(ask, ask.tools.catalog.campaigns[subject]), words)
    return None if found.found else Refusal("compare.no-names")


def _pasted(ask: Ask, subject: str, words: str) -> Answer:
    """A pasted list; of a long one the next part may follow."""
    campaign = ask.tools.catalog.campaigns[subject]
    _keep(ask, subject, words)
    return _compared(ask, campaign, compare(listing_of(ask, campaign), words))


def _keep(ask: Ask, slug: str, words: str) -> None:
    for each in ask.tx.matters.of_person(KIND, ask.person.id):
        ask.tx.matters.remove(each.id)
    if len(ask.incoming.text) >= PART:
        id_ = ask.tools.ids.new()
        body = {"words": words}
        ask.tx.matters.add(Matter(id_, KIND, slug, "", ask.now, person=ask.person.id, body=body), ask.now)


def goes_on(ask: Ask) -> Answer | None:
    """The next part of a list that was pasted just now; None of other words."""
    last = next(iter(ask.tx.matters.of_person(KIND, ask.person.id, 1)), None)
    if last is None or ask.now - last.begun > FRESH or not is_campaign(ask, last.subject):
        return None
    words = f"{last.body['words']}\n{ask.incoming.text}"[:LONGEST]
    return _pasted(ask, last.subject, words)


def _sent(ask: Ask, subject: str) -> Answer:
    """A saved page or a file with the list."""
    campaign = ask.tools.catalog.campaigns[subject]
    name = ask.incoming.file.name if ask.incoming.file else ""
    found = compare_file(listing_of(ask, campaign), ask.incoming.content or b"", name)
    return card(ask, campaign, found) if isinstance(found, Phrase) else _compared(ask, campaign, found)


COPY = waiting.talk_of(
    waiting.Waiting(
        "copy",
        prompt=lambda ask, _subject: (
            Phrase("copy.send" if may_send_files(ask.tools, ask.incoming) else "copy.paste"),
        ),
        take=_pasted,
        stands=is_campaign,
        left=lambda ask, subject: card(ask, ask.tools.catalog.campaigns[subject]),
        check=_check,
        file=_sent,
        label="copy.label",
    )
)
FEATURE = Feature("copy", press, talks=(COPY,))

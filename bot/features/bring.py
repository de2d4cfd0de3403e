"""/names: an organiser brings names from a form, a mail or a list on paper (FEATURES E10)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.campaign.bringing import Origin
from bot.campaign.campaign import Campaign
from bot.campaign.refusal import Refusal
from bot.content.importing.mail import read_request
from bot.content.importing.table import read_table
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import bring_steps, brought, home, organise, waiting
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_organiser, told
from bot.features.requests import read_words

FEW = 4
"""Tables in hand that are offered."""


def command(ask: Ask, _args: str) -> Answer:
    """Begin, at once with the table where a file holds it."""
    if not is_organiser(ask):
        return told(ask, Phrase("org.not-you"))
    if ask.incoming.file:
        return sent(ask, "") if ask.incoming.content is not None else _unread(ask, Phrase("file.unread"), "")
    return press(ask, ())


def press(ask: Ask, route: Route) -> Answer:
    """Bring names to a campaign: ("slug",) goes on with what is in hand, ("slug", "more") waits for more."""
    slugs = bring_steps.open_to_names(ask)
    if not route and is_organiser(ask) and slugs:
        return press(ask, slugs) if len(slugs) == 1 else _choose(ask, slugs)
    return organise.for_organisers(
        ask, route[0] if route else "", lambda ask, campaign: _about(ask, campaign, route[1:])
    )


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    if campaign.slug not in bring_steps.open_to_names(ask):
        return organise.card(ask, campaign, Phrase("bring.not-here"))
    in_hand = brought.waiting_for(ask, campaign.slug)
    if route == ("more",) or not in_hand:
        return waiting.wait(ask, NAMES, campaign.slug, ("bring", campaign.slug, "more"))
    rows = (
        *((named(each.name[:40], "bt", each.id),) for each in in_hand[:FEW]),
        (button("b.bring-more", "bring", campaign.slug, "more"),),
        (button("b.organise", "org", campaign.slug), button("b.home", "home")),
    )
    return say(Saying((Phrase("bring.in-hand"),), rows, picker=True), again=("bring", campaign.slug))


def _choose(ask: Ask, slugs: Iterable[str]) -> Answer:
    """Ask for which campaign."""
    campaigns = ask.tools.catalog.campaigns
    rows = tuple((named(home.short_title(ask, campaigns[slug], 40), "bring", slug),) for slug in slugs)
    last = (button("b.organise", "org"), button("b.home", "home"))
    return say(Saying((Phrase("org.choose"),), (*rows, last), picker=True), again=("bring",))


def sent(ask: Ask, subject: str) -> Answer:
    """A table came, for the campaign ``subject`` or for one that is still to be said ("")."""
    name = ask.incoming.file.name if ask.incoming.file else ""
    table = read_table(ask.incoming.content or b"", name)
    if not table.rows:
        return _unread(ask, table.faults[0], subject)
    if brought.size(table) > brought.LARGEST:
        return _unread(ask, Phrase("upload.too-large"), subject)
    return bring_steps.begun(ask, brought.of_table(ask, subject, table, name[:60] or "table"))


def forwarded(ask: Ask, words: str) -> Answer:
    """Whom somebody else's words, which were handed on, want on the list."""
    rows = read_request(words)
    if rows:
        return bring_steps.begun(ask, brought.of_rows(ask, "", rows, Origin.MAIL))
    return _unread(ask, Phrase("bring.no-request"), "")


def _unread(ask: Ask, why: Phrase, subject: str) -> Answer:
    """What cannot be read, and the way to write it by hand."""
    slugs = (subject,) if subject else bring_steps.open_to_names(ask)
    own = ("bring", slugs[0], "more") if len(slugs) == 1 else ("bring",)
    rows = ((button("b.bring-by-hand", *own),), (button("b.organise", "org"), button("b.home", "home")))
    return say(Saying((why,), rows), again=own)


def _check(_ask: Ask, _subject: str, words: str) -> Refusal | None:
    return None if read_words(words) else Refusal("bring.no-names")


def _written(ask: Ask, subject: str, words: str) -> Answer:
    origin = Origin.MAIL if ask.incoming.forwarded else Origin.HAND
    return bring_steps.begun(ask, brought.of_rows(ask, subject, read_words(words), origin))


def _stands(ask: Ask, subject: str) -> bool:
    return is_organiser(ask) and subject in ask.tools.catalog.campaigns


NAMES = waiting.talk_of(
    waiting.Waiting(
        "bring",
        prompt=lambda _ask, _subject: (Phrase("bring.ask"),),
        take=_written,
        stands=_stands,
        left=lambda ask, subject: organise.card(ask, ask.tools.catalog.campaigns[subject]),
        check=_check,
        file=sent,
        label="invite.label",
    )
)
FEATURE = Feature("bring", press, {"names": command}, talks=(NAMES,))

"""The second half of setting a campaign up: the usual settings, the rehearsal, and opening it for real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import available_timezones

from bot.campaign.campaign import Campaign
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Copied, Phrase, Saying
from bot.features import closing_day, drafts, names, organise, waiting
from bot.features.buttons import button, start_word
from bot.features.drafts import Draft
from bot.features.feature import Answer, Ask, say
from bot.features.guards import is_organiser

FRESH = timedelta(minutes=2)
"""How long after a part of a pasted text its next part is expected."""


def step(ask: Ask, draft: Draft, way: str) -> Answer:
    """One step with a draft that was looked through."""
    return WAYS.get(way, usual)(ask, draft)


def is_fresh(ask: Ask, draft: Draft) -> bool:
    """Whether its text was read just now, so that a next part of it may still come."""
    return draft.matter.state == drafts.READ and ask.now - draft.matter.begun <= FRESH


def usual(ask: Ask, draft: Draft, note: Phrase | None = None) -> Answer:
    """The settings that I suggest, and the rehearsal."""
    campaign = draft.campaign(ask.tools.catalog)
    if campaign is None:
        return _faulty(ask, draft)
    rehearsed = draft.matter.state == drafts.REHEARSED
    parts = (
        *((note,) if note else ()),
        Phrase("new.rehearsing" if rehearsed else "new.usual"),
        *_settings(ask, campaign),
        *((Phrase("new.opens", {"moment": draft.opens}),) if draft.opens else ()),
    )
    own = ("new", "of", draft.id)
    later = button("b.open-at", *own, "at") if rehearsed else button("b.save-for-later", *own, "save")
    first = (
        ((button("b.sign-as-test", "c", draft.slug), button("b.open-for-real", *own, "open")),)
        if rehearsed
        else ((button("b.rehearse", *own, "rehearse"),),)
    )
    rows = (
        *first,
        (button("b.change", *own, "change"), later),
        (button("b.throw-away", *own, "drop"),),
    )
    return say(Saying(parts, rows), again=(*own, "usual"))


def _settings(ask: Ask, campaign: Campaign) -> tuple[Phrase, ...]:
    who = "both" if campaign.persons_sign and campaign.organisations_sign else "organisations"
    checked = "moderators" if ask.tools.moderators else "you"
    return (
        Phrase(f"new.who-{who}"),
        Phrase(f"new.checked-{checked}"),
        closing_day.told(campaign),
        Phrase("new.count-from", count=campaign.show_count_from),
    )


def change(ask: Ask, draft: Draft) -> Answer:
    """What can be chosen otherwise."""
    campaign = draft.campaign(ask.tools.catalog)
    if campaign is None:
        return _faulty(ask, draft)
    own = ("new", "of", draft.id)
    persons = "b.without-persons" if campaign.persons_sign else "b.with-persons"
    open_end = ((button("b.open-end", *own, "end"),),) if campaign.closes else ()
    rows = (
        (button(persons, *own, "persons"),),
        (button("b.closing-day", *own, "closing"), button("b.zone", *own, "zone")),
        *open_end,
        (button("b.back", *own, "usual"),),
    )
    parts = (
        Phrase("new.change"),
        *_settings(ask, campaign),
        Phrase("new.zone", {"zone": closing_day.city(campaign.zone)}),
    )
    return say(Saying(parts, rows), again=(*own, "change"))


def _flip_persons(ask: Ask, draft: Draft) -> Answer:
    campaign = draft.campaign(ask.tools.catalog)
    return _set(ask, draft, persons_sign=not campaign.persons_sign) if campaign else _faulty(ask, draft)


def _set(ask: Ask, draft: Draft, **changes: object) -> Answer:
    """Store changed settings; a rehearsal shows them at once."""
    campaign = draft.campaign(ask.tools.catalog)
    if campaign is None:
        return _faulty(ask, draft)
    changed = drafts.save(ask, drafts.with_campaign(draft, replace(campaign, **changes)))  # type: ignore[arg-type]
    if changed.matter.state == drafts.REHEARSED:
        drafts.show(ask, changed, hidden=True)
    return change(ask, changed)


def _kept(_ask: Ask, draft: Draft) -> Answer:
    rows = ((button("b.go-on", "new", "of", draft.id), button("b.organise", "org")),)
    return say(Saying((Phrase("new.kept"),), rows), again=("new", "of", draft.id))


def _faulty(ask: Ask, draft: Draft) -> Answer:
    """The files have a fault: only somebody who can look at them can help."""
    _, faults = draft.laid(ask.tools.catalog)
    told = faults[0].sentence if faults else ""
    rows = (
        (button("b.correct-it", "new", "of", draft.id, "again"),),
        (button("b.throw-away", "new", "of", draft.id, "drop"),),
    )
    return say(Saying((Phrase("new.faulty", {"fault": told[:200]}),), rows), again=("new", "of", draft.id))


def rehearse(ask: Ask, draft: Draft) -> Answer:
    """Show it to the organisers alone."""
    if draft.campaign(ask.tools.catalog) is None:
        return _faulty(ask, draft)
    drafts.show(ask, draft, hidden=True)
    return usual(ask.renewed(), drafts.save(ask, draft, drafts.REHEARSED))


def open_for_real(ask: Ask, draft: Draft) -> Answer:
    """Show it to everybody, with the names that were published before; of two organisers one does it."""
    if draft.campaign(ask.tools.catalog) is None:
        return _faulty(ask, draft)
    drafts.end(ask, draft)
    drafts.show(ask, draft, hidden=False)
    now = ask.renewed()
    campaign = now.tools.catalog.campaigns[draft.slug]
    names.import_names(ask.tx, now.tools, campaign, draft.names, ask.now)
    return opened(now, campaign)


def opened(ask: Ask, campaign: Campaign) -> Answer:
    """It is open: the ways to it, and what to do next."""
    links = "\n".join(
        link for make in ask.tools.links.values() if (link := make(start_word((campaign.slug,))))
    )
    note = Phrase("new.opened", {"links": Copied(links)}) if links else Phrase("new.opened-plain")
    return organise.card(ask, campaign, note)


def _check_day(ask: Ask, subject: str, words: str) -> Refusal | None:
    draft = drafts.get(ask, subject)
    campaign = draft.campaign(ask.tools.catalog) if draft else None
    return closing_day.check(words, campaign.zone if campaign else "UTC", ask.now)


def _closing_day(ask: Ask, subject: str, words: str) -> Answer:
    """The list closes at the end of this day, by the campaign's clock."""
    draft = drafts.get(ask, subject)
    campaign = draft.campaign(ask.tools.catalog) if draft else None
    end = closing_day.end_of(words, campaign.zone) if campaign else None
    return _set(ask, draft, closes=end) if draft and end else organise.choose(ask)


def _zone_named(words: str) -> str:
    """The time zone of a city, by its name in English; "" where there is none."""
    wanted = "_".join(words.split()).casefold()
    zones = sorted(available_timezones())
    return next(
        (zone for zone in zones if wanted in {zone.casefold(), zone.rpartition("/")[2].casefold()}), ""
    )


def _check_zone(_ask: Ask, _subject: str, words: str) -> Refusal | None:
    return None if _zone_named(words) else Refusal("new.no-zone")


def _zone(ask: Ask, subject: str, words: str) -> Answer:
    draft, zone = drafts.get(ask, subject), _zone_named(words)
    campaign = draft.campaign(ask.tools.catalog) if draft else None
    if draft is None or campaign is None or not zone:
        return organise.choose(ask)
    return _set(ask, draft, zone=zone, closes=closing_day.moved(campaign, zone))


def _stands(ask: Ask, subject: str) -> bool:
    return is_organiser(ask) and drafts.get(ask, subject) is not None


def _left(ask: Ask, subject: str) -> Answer:
    draft = drafts.get(ask, subject)
    return change(ask, draft) if draft else organise.choose(ask)


CLOSING = waiting.talk_of(
    waiting.Waiting(
        "new-closing",
        prompt=lambda _ask, _subject: (Phrase("new.ask-closing"),),
        take=_closing_day,
        stands=_stands,
        left=_left,
        check=_check_day,
        label="new.day-label",
    )
)
ZONE = waiting.talk_of(
    waiting.Waiting(
        "new-zone",
        prompt=lambda _ask, _subject: (Phrase("new.ask-zone"),),
        take=_zone,
        stands=_stands,
        left=_left,
        check=_check_zone,
        label="new.zone-label",
    )
)


def _ask_closing(ask: Ask, draft: Draft) -> Answer:
    return waiting.wait(ask, CLOSING, draft.id, ("new", "of", draft.id, "closing"))


def _ask_zone(ask: Ask, draft: Draft) -> Answer:
    return waiting.wait(ask, ZONE, draft.id, ("new", "of", draft.id, "zone"))


WAYS: dict[str, Callable[[Ask, Draft], Answer]] = {
    "change": change,
    "persons": _flip_persons,
    "closing": _ask_closing,
    "zone": _ask_zone,
    "end": lambda ask, draft: _set(ask, draft, closes=None),
    "save": _kept,
    "rehearse": rehearse,
    "open": open_for_real,
}

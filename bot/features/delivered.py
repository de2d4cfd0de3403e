"""/delivered: to whom and when it was handed over; then signers and channels are told, once (6e)."""

from __future__ import annotations

from dataclasses import replace

from bot.campaign.campaign import Campaign
from bot.campaign.closing import Stage, Turn
from bot.campaign.refusal import Refusal
from bot.campaign.schedule import local_day, next_morning
from bot.dialog.messages import Button, Language, Phrase, Route, Saying
from bot.dialog.text import Paragraph, Plain, Quote
from bot.features import close, closings, delivered_thanks, delivered_words, home, organise, waiting
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, is_campaign, say
from bot.features.guards import is_organiser
from bot.publication.audience import wishing
from bot.publication.facts import handed_over

CHOICES = ("all", "channels", "nobody")
"""Who is told: who signed and the channels, only the channels, nobody."""


def press(ask: Ask, route: Route) -> Answer:
    """The news of it, for anybody; everything else is for the organisers. The campaign's slug comes first."""
    campaign = ask.tools.catalog.campaigns.get(route[0]) if route else None
    if campaign is not None and route[1:] == ("news",):
        return delivered_thanks.news(ask, campaign)
    return organise.for_organisers(
        ask, route[0] if route else "", lambda ask, campaign: _about(ask, campaign, route[1:])
    )


def command(ask: Ask, args: str) -> Answer:
    """A campaign's slug, or at once the words of to whom and when."""
    words = args.strip()
    if not words or words in ask.tools.catalog.campaigns:
        return press(ask, (words,))
    return organise.for_organisers(ask, "", lambda ask, campaign: _begin(ask, campaign, words))


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    stage = closings.of(ask.tx, campaign, ask.now).stage
    if campaign.rehearsal:
        return organise.card(ask, campaign)
    if stage is Stage.OPEN:
        return close.card(ask, campaign, Phrase("delivered.close-first"))
    if stage is Stage.TOLD:
        return _told(ask, campaign)
    if stage is Stage.CLOSED or route == ("words",):
        return waiting.wait(ask, WORDS, campaign.slug, ("dl", campaign.slug, "words"))
    return _written_down(ask, campaign, route)


def _written_down(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    """What can be done once it is written down, before anybody is told."""
    match route:
        case ("in",):
            return _languages(ask, campaign)
        case ("in", language) if language in ask.tools.languages:
            return preview(ask, campaign, language)
        case (choice,) if choice in CHOICES:
            return _tell(ask, campaign, choice)
        case _:
            return preview(ask, campaign)


def _begin(ask: Ask, campaign: Campaign, words: str) -> Answer:
    """The words came with the command: they are taken where they are wanted and can be."""
    wanted = closings.of(ask.tx, campaign, ask.now).stage in {Stage.CLOSED, Stage.DELIVERED}
    if campaign.rehearsal or not wanted or _check(ask, campaign.slug, words):
        return _about(ask, campaign, ("words",))
    return _take(ask, campaign.slug, words)


def _check(ask: Ask, subject: str, words: str) -> Refusal | None:
    campaign = ask.tools.catalog.campaigns[subject]
    return delivered_words.check(words, local_day(ask.now, campaign.zone))


def _take(ask: Ask, subject: str, words: str) -> Answer:
    """Kept for the organisers alone until one of them chose who is told."""
    campaign = ask.tools.catalog.campaigns[subject]
    said = delivered_words.read(words, local_day(ask.now, campaign.zone))
    if not closings.turn(ask, campaign, Turn.DELIVER, {"to": said.to, "day": said.day.isoformat()}):
        return _about(ask, campaign, ())
    return preview(ask, campaign)


def preview(ask: Ask, campaign: Campaign, language: str = "") -> Answer:
    """Who would be told, and how it reads in a language."""
    spoken = language or ask.language
    own = ("dl", campaign.slug)
    channels = Phrase("delivered.channels", count=len(wishing(ask.tx, campaign.slug)))
    people = len(ask.tx.endorsements.signers(campaign.slug))
    parts = (
        Phrase("delivered.tell", {"channels": channels}, count=people),
        Phrase("delivered.reads", {"language": Language(spoken)}),
        _reading(ask, campaign, spoken),
    )
    rows: tuple[tuple[Button, ...], ...] = (
        (button("b.tell-all", *own, "all"),),
        (button("b.tell-channels", *own, "channels"), button("b.tell-nobody", *own, "nobody")),
        (button("b.other-language", *own, "in"), button("b.change", *own, "words")),
    )
    return say(Saying(parts, rows), again=(*own, "in", spoken))


def _reading(ask: Ask, campaign: Campaign, language: str) -> tuple[Quote]:
    """What a channel will read, in its language."""
    words = ask.tools.say(language, ask.now)
    told = handed_over(_written(ask, campaign))
    in_it = replace(ask, language=language)
    lines = ((Plain(home.title(in_it, campaign)),), *(((Plain(words(told)),),) if told else ()))
    return (Quote((Paragraph(lines),)),)


def _written(ask: Ask, campaign: Campaign) -> Campaign:
    """The campaign as it will be: with what an organiser wrote down."""
    said = delivered_words.kept(closings.of(ask.tx, campaign, ask.now).body)
    return replace(campaign, delivered=said.day, delivered_to=said.to) if said else campaign


def _languages(ask: Ask, campaign: Campaign) -> Answer:
    buttons = [named(name, "dl", campaign.slug, "in", code) for code, name in ask.tools.languages.items()]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (button("b.back", "dl", campaign.slug),)
    card = Saying((Phrase("delivered.which-language"),), (*rows, back), picker=True)
    return say(card, again=("dl", campaign.slug, "in"))


def _tell(ask: Ask, campaign: Campaign, choice: str) -> Answer:
    """It stands in the campaign's file from now on; of two organisers one chooses who is told."""
    written = _written(ask, campaign)
    after = closings.rewrite(ask, campaign, delivered=written.delivered, delivered_to=written.delivered_to)
    due = next_morning(ask.now, campaign.zone) if choice == "all" else None
    if after is None or not closings.turn(ask, campaign, Turn.TELL, {"told": choice}, due):
        return _told(ask, campaign)
    if choice != "nobody":
        ask.tools.tell_channels(ask.tx, written, ask.now)
    return _told(after, after.tools.catalog.campaigns[campaign.slug])


def _told(ask: Ask, campaign: Campaign) -> Answer:
    """To whom it was handed over, and who is told."""
    choice = closings.of(ask.tx, campaign, ask.now).body.get("told", "nobody")
    text = handed_over(campaign)
    parts = (*((text,) if text else ()), Phrase(f"delivered.told-{choice}"))
    rows = (
        (button("b.file-pdf", "close", campaign.slug, "files", "pdf"),),
        (button("b.organise", "org", campaign.slug), button("b.home", "home")),
    )
    return say(Saying(parts, rows), again=("dl", campaign.slug))


WORDS = waiting.talk_of(
    waiting.Waiting(
        "delivered",
        prompt=lambda _ask, _subject: (Phrase("delivered.ask"),),
        take=_take,
        stands=lambda ask, subject: is_organiser(ask) and is_campaign(ask, subject),
        left=lambda ask, subject: close.card(ask, ask.tools.catalog.campaigns[subject]),
        check=_check,
        captions=True,
        label="delivered.label",
    )
)
FEATURE = Feature("dl", press, {"delivered": command}, talks=(WORDS,))

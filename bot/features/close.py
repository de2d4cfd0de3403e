"""/close: an organiser closes a list, at once or at the end of a day; then it can be handed over (6e)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.campaign.campaign import Campaign
from bot.campaign.closing import Stage, Turn
from bot.campaign.endorsement import Kind
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Button, Day, Phrase, Route, Saying
from bot.features import close_files, closing_day, closings, home, organise, waiting
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, is_campaign, say
from bot.features.guards import is_organiser
from bot.publication import signatory_list
from bot.publication.facts import how_many
from bot.publication.gate import counts

Rows = tuple[tuple[Button, ...], ...]


def press(ask: Ask, route: Route) -> Answer:
    """Something about the end of a campaign; its slug comes first."""
    return organise.for_organisers(
        ask, route[0] if route else "", lambda ask, campaign: _about(ask, campaign, route[1:])
    )


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    if campaign.rehearsal:
        return organise.card(ask, campaign)
    match route:
        case ("files", *what):
            return close_files.press(ask, campaign, tuple(what))
        case (way,) if way in WAYS:
            return WAYS[way](ask, campaign)
        case _:
            return card(ask, campaign)


def card(ask: Ask, campaign: Campaign, note: Phrase | None = None) -> Answer:
    """How many stand on the list, and how it can be closed; or that it is closed, and what comes next."""
    closing = closings.of(ask.tx, campaign, ask.now)
    show = _open if closing.stage is Stage.OPEN else _closed
    parts, rows = show(ask, campaign, closing)
    first = (note,) if note else ()
    return say(Saying((*first, *parts), rows), again=("close", campaign.slug))


def counted(ask: Ask, campaign: Campaign) -> Phrase:
    """How many stand on the list of a campaign, and from where."""
    seen = counts(signatory_list.tallies(ask.tx, campaign, ask.now), 0)
    return how_many(seen) or Phrase("post.organisations", count=0)


def _open(ask: Ask, campaign: Campaign, _closing: closings.Closing) -> tuple[tuple[Phrase, ...], Rows]:
    own = ("close", campaign.slug)
    waiting_for = len(ask.tx.endorsements.waiting(campaign.slug, 100))
    parts = (
        Phrase(
            "close.head", {"title": home.short_title(ask, campaign, 60), "counted": counted(ask, campaign)}
        ),
        closing_day.told(campaign),
        Phrase("close.late" if campaign.late else "close.no-late"),
        *((Phrase("close.waiting", count=waiting_for),) if waiting_for else ()),
        Phrase("close.ask"),
    )
    keep = "b.without-late" if campaign.late else "b.with-late"
    rows = (
        (button("b.close-now", *own, "now"), button("b.close-on-day", *own, "day")),
        (button(keep, *own, "late"),),
        (button("b.back", "org", campaign.slug), button("b.home", "home")),
    )
    return parts, rows


def _closed(ask: Ask, campaign: Campaign, closing: closings.Closing) -> tuple[tuple[Phrase, ...], Rows]:
    own = ("close", campaign.slug)
    end = signatory_list.closed(ask.tx, campaign, ask.now)
    title = home.short_title(ask, campaign, 60)
    parts = [Phrase("close.closed", {"title": title, "counted": counted(ask, campaign)})]
    parts += [Phrase("list.closed-on", {"day": Day(end.day, year=True)})] if end else []
    parts += [Phrase("list.gone", count=end.gone)] if end and end.gone else []
    parts += [Phrase("list.came-late", count=late)] if (late := _late(ask, campaign, end)) else []
    undo = ((button("b.undo-10", *own, "undo"),),) if closing.may_reopen(ask.now) else ()
    rows = (
        (button("b.file-pdf", *own, "files", "pdf"), button("b.list-for-sites", *own, "files", "site")),
        *undo,
        (button("b.delivered", "dl", campaign.slug), button("b.organise", "org", campaign.slug)),
    )
    return tuple(parts), rows


def _late(ask: Ask, campaign: Campaign, end: signatory_list.Closed | None) -> int:
    """How many names came late."""
    if end is None or end.until is None:
        return 0
    return sum(
        len(signatory_list.page(ask.tx, campaign.slug, kind, after=end.until, limit=1000).signatories)
        for kind in Kind
    )


def _is_open(ask: Ask, campaign: Campaign) -> bool:
    return closings.of(ask.tx, campaign, ask.now).stage is Stage.OPEN


def _now(ask: Ask, campaign: Campaign) -> Answer:
    """Close at once; of two organisers one does, the other is told."""
    before = campaign.closes.isoformat() if campaign.closes else ""
    kept = {"before": before, "undo_until": closings.undo_until(ask.now)}
    return _close(ask, campaign, Turn.CLOSE, ask.now, kept, Phrase("close.done"))


def _close(  # noqa: PLR0917  (whose, what, when, what is kept, what is said)
    ask: Ask, campaign: Campaign, what: Turn, closes: datetime | None, kept: dict[str, str], note: Phrase
) -> Answer:
    if not _is_open(ask, campaign):
        return card(ask, campaign, Phrase("close.already"))
    after = closings.rewrite(ask, campaign, closes=closes)
    if after is None:
        return card(ask, campaign, Phrase("close.not-begun"))
    closings.turn(ask, campaign, what, kept)
    return card(after, after.tools.catalog.campaigns[campaign.slug], note)


def _undo(ask: Ask, campaign: Campaign) -> Answer:
    """Open again, with the day that was set before."""
    closing = closings.of(ask.tx, campaign, ask.now)
    if not closing.may_reopen(ask.now):
        return card(ask, campaign, Phrase("close.undo-over"))
    before = closing.body["before"]
    after = closings.rewrite(ask, campaign, closes=datetime.fromisoformat(before) if before else None)
    if after is None:
        return card(ask, campaign, Phrase("close.undo-over"))
    closings.turn(ask, campaign, Turn.REOPEN, {"undo_until": ""})
    return card(after, after.tools.catalog.campaigns[campaign.slug], Phrase("close.open-again"))


def _keep_late(ask: Ask, campaign: Campaign) -> Answer:
    """Whether those who come after the closing can still sign, in a block of their own."""
    after = closings.rewrite(ask, campaign, late=not campaign.late) if _is_open(ask, campaign) else None
    if after is None:
        return card(ask, campaign, Phrase("close.already"))
    closings.turn(ask, campaign, Turn.SET)
    return card(after, after.tools.catalog.campaigns[campaign.slug])


def _ask_day(ask: Ask, campaign: Campaign) -> Answer:
    if not _is_open(ask, campaign):
        return card(ask, campaign, Phrase("close.already"))
    return waiting.wait(ask, DAY, campaign.slug, ("close", campaign.slug, "day"))


def _check_day(ask: Ask, subject: str, words: str) -> Refusal | None:
    return closing_day.check(words, ask.tools.catalog.campaigns[subject].zone, ask.now)


def _take_day(ask: Ask, subject: str, words: str) -> Answer:
    campaign = ask.tools.catalog.campaigns[subject]
    return _close(ask, campaign, Turn.SET, closing_day.end_of(words, campaign.zone), {}, Phrase("close.set"))


WAYS: dict[str, Callable[[Ask, Campaign], Answer]] = {
    "now": _now,
    "day": _ask_day,
    "late": _keep_late,
    "undo": _undo,
}
DAY = waiting.talk_of(
    waiting.Waiting(
        "close-day",
        prompt=lambda _ask, _subject: (Phrase("new.ask-closing"),),
        take=_take_day,
        stands=lambda ask, subject: is_organiser(ask) and is_campaign(ask, subject),
        left=lambda ask, subject: card(ask, ask.tools.catalog.campaigns[subject]),
        check=_check_day,
        label="new.day-label",
    )
)
FEATURE = Feature("close", press, {"close": lambda ask, args: press(ask, (args.strip(),))}, talks=(DAY,))

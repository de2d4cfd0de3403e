"""The cards with which a room is set up, in the room itself or from our private chat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.campaign import schedule
from bot.campaign.announcement import WISHES, News, Subscription
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Kind
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Button, Language, Phrase, Route, Saying, Value
from bot.features import home
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, say
from bot.publication import posts
from bot.publication.gate import counts
from bot.publication.signatory_list import latest

KINDS = WISHES

_AHEAD = timedelta(days=8)
"""Within so many days comes the next weekly summary."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room and the question about it; each button of its cards carries the room, wherever it is pressed."""

    ask: Ask
    chat: ChatRef

    def route(self, *more: str) -> Route:
        """The route of something about this room."""
        return ("ch", str(self.chat), *more)

    def wish(self, campaign: Campaign) -> Subscription:
        """What the room wished so far, else the good defaults.

        Its language, the campaign's zone, quiet from 22 to 8.
        """
        language = self.ask.tx.chats.language(self.chat) or self.ask.language
        found = self.ask.tx.subscriptions.get(self.chat, campaign.slug)
        if found is None:
            return Subscription(self.chat, campaign.slug, language=language, zone=campaign.zone, active=False)
        return found if found.active else replace(found, language=language)


def offer(room: Room, campaign: Campaign, note: Phrase | None = None) -> Saying:
    """The usual settings; ``note`` comes in place of our own first line."""
    rows = (
        (button("b.yes-sample", *room.route("sample", campaign.slug)),),
        (button("b.choose-myself", *room.route("change", campaign.slug)),),
    )
    return Saying((note or Phrase("channel.offer"), _settings(room.wish(campaign))), rows)


def choice(room: Room, note: Phrase | None = None) -> Saying:
    """Which campaign's news, where several are open; the way home where none is. ``note`` comes first."""
    rows = tuple(
        (named(home.short_title(room.ask, each, 40), *room.route("of", each.slug)),)
        for each in home.open_campaigns(room.ask)
    )
    parts = (*((note,) if note else ()), Phrase("channel.choose" if rows else "campaign.none"))
    return Saying(parts, rows or ((button("b.home", "home"),),), picker=True)


def sample(room: Room, campaign: Campaign) -> Answer:
    """A post as it would come at the next milestone."""
    rows = (
        (button("b.start-posting", *room.route("on", campaign.slug)),),
        (button("b.change", *room.route("change", campaign.slug)),),
    )
    parts = (Phrase("channel.sample"), *_post(room.ask, campaign).parts)
    return say(Saying(parts, rows), again=room.route("of", campaign.slug))


def gets(room: Room, campaign: Campaign, note: Phrase | None = None) -> Answer:
    """What the room gets; ``note`` says that it was just set."""
    head = Phrase("channel.gets", {"title": home.title(room.ask, campaign)})
    change = button("b.change", *room.route("change", campaign.slug))
    done = ((button("b.done", "home"),),) if room.ask.private else ()
    rows = ((change, button("b.stop-posting", *room.route("stop"))), *done)
    return say(Saying(((note or head), _settings(room.wish(campaign))), rows), again=room.route())


def change(room: Room, campaign: Campaign, note: Phrase | None = None) -> Answer:
    """Each kind of news with its mark; a tap turns it over. ``note`` comes first."""
    wish = room.wish(campaign)
    rows = [(_box(room, wish, kind),) for kind in KINDS]
    done = button("b.done" if wish.active else "b.start-posting", *room.route("on", campaign.slug))
    last = (done, button("b.language", *room.route("lang", campaign.slug)))
    parts = (*((note,) if note else ()), Phrase("channel.change"))
    return say(Saying(parts, (*rows, last)), again=room.route("change", campaign.slug))


def stopped(room: Room, *, ended: bool) -> Answer:
    """Nothing is posted; whether something was until now."""
    again = button("b.start-again" if ended else "b.channel", *room.route())
    text = Phrase("channel.stopped" if ended else "channel.nothing")
    return say(Saying((text,), ((again, button("b.home", "home")),)), again=room.route())


def first_post(room: Room, campaign: Campaign) -> Phrase:
    """When the room hears of us first: at the next time of its news, or at the next milestone."""
    wish = room.wish(campaign)
    when = _next_time(campaign, wish, room.ask.now)
    mark = _next_mark(room.ask, campaign) if News.MILESTONE in wish.news else None
    if when and mark:
        return Phrase("channel.set-both", {"when": when, "number": mark})
    if when:
        return Phrase("channel.set-when", {"when": when})
    return Phrase("channel.set-at", {"number": mark}) if mark else Phrase("channel.set")


def _next_time(campaign: Campaign, wish: Subscription, now: datetime) -> datetime | None:
    """The next weekly summary or reminder that the room wishes."""
    found = list(schedule.weekly(campaign.zone, now, now + _AHEAD)[:1]) if News.WEEKLY in wish.news else []
    if News.REMINDER in wish.news:
        for each in campaign.reminders:
            found += schedule.slots(each, campaign.zone, now, now + _AHEAD)[:1]
    due = min((slot.due for slot in found), default=None)
    return due if due and campaign.is_open(due) else None


def _next_mark(ask: Ask, campaign: Campaign) -> int | None:
    """The next milestone in organisations; None where none is left, or only people are counted."""
    seen = counts(ask.tx.tallies.get(campaign.slug), 0).organisations or 0
    marks = campaign.milestones if campaign.organisations_sign else ()
    return next((mark for mark in marks if mark > seen), None)


def _settings(wish: Subscription) -> Phrase:
    values: dict[str, Value] = {
        "language": Language(wish.language),
        "zone": wish.zone.rpartition("/")[2].replace("_", " "),
        "begin": f"{wish.quiet_from:02}",
        "end": f"{wish.quiet_to:02}",
    }
    kinds = [kind for kind in KINDS if kind in wish.news]
    news = Phrase("channel.news-" + "-".join(kinds)) if kinds else Phrase("channel.news-none")
    return Phrase("channel.settings", {"news": news, **values})


def _post(ask: Ask, campaign: Campaign) -> Saying:
    seen = counts(ask.tx.tallies.get(campaign.slug), 0)
    number = _next_mark(ask, campaign) or seen.organisations or 0
    subject = posts.Subject(campaign.slug, campaign.statement, home.title(ask, campaign))
    return posts.card(
        [posts.milestone(subject, number, seen, latest(ask.tx, campaign.slug, Kind.ORGANISATION, 3))]
    )


def _box(room: Room, wish: Subscription, kind: News) -> Button:
    label = {"label": Phrase(f"channel.kind-{kind}")}
    key = "dialog.toggle-on" if kind in wish.news else "dialog.toggle-off"
    return Button(Phrase(key, label), room.route("flip", wish.campaign, kind.value))

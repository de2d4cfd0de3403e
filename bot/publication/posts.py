"""What is posted to channels: milestones, the weekly summary, reminders. Names come through the gate only.

A ``Story`` is one thing to tell about one campaign. Several stories that meet on one day become one card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from bot.campaign.announcement import News
from bot.content.countries import english_name
from bot.content.inert import shortened
from bot.dialog.messages import Button, Country, Day, Phrase, Saying, Value
from bot.publication.gate import Counts, Signatory

LAST_DAYS = 7
"""So many days before the end a reminder says how many are left."""

MOST_CAMPAIGNS = 3
"""More campaigns than this do not fit on one card (9 lines, 400 characters)."""

_TELLING = (News.DELIVERED, News.MILESTONE, News.REMINDER, News.WEEKLY)
"""Which story counts where there is room for one."""

_NAMES, _NAMES_LENGTH, _PLACE_LENGTH = 4, 150, 40
"""So many new names are told, and so many characters of them; always one."""

_ADDRESSEE = 100
"""Characters of whom it was handed to."""

_TITLE, _TITLE_BESIDE_OTHERS, _TITLE_ON_BUTTON = 80, 50, 40


@dataclass(frozen=True, slots=True)
class Subject:
    """What a story is about: campaign and statement by slug, the statement's title, whether one can sign."""

    campaign: str
    statement: str
    title: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """One thing to tell: its headline, who is new, and how many stand behind the campaign in all."""

    kind: News
    subject: Subject
    headline: Phrase
    who: Phrase | None = None
    total: Phrase | None = None


def milestone(
    subject: Subject, number: int, counts: Counts, fresh: Sequence[Signatory], *, people: bool = False
) -> Story:
    """So many organisations (or people) have signed; ``fresh`` are this week's names, the newest first."""
    counted = _counted(number, counts, people=people)
    headline = Phrase("post.milestone", {"counted": counted})
    return Story(News.MILESTONE, subject, headline, _who(fresh, len(fresh)))


def weekly(subject: Subject, since: date, new: int, counts: Counts, fresh: Sequence[Signatory]) -> Story:
    """So many are new since a day; ``fresh`` are those of them that have a name.

    Where all of them withdrew after it was posted, it says in their place what is true without them.
    """
    in_all = total(counts)
    if new or not (subject.open or in_all):
        headline = Phrase("post.weekly", {"since": Day(since)}, count=new)
        return Story(News.WEEKLY, subject, headline, _who(fresh, new), in_all)
    if subject.open:
        return Story(News.WEEKLY, subject, Phrase("post.reminder"), total=in_all)
    return Story(News.WEEKLY, subject, in_all or Phrase("post.reminder"))


def reminder(subject: Subject, days_left: int | None, counts: Counts) -> Story:
    """One can still sign: days left (0: this is the last), None where there is no end."""
    if days_left is None or days_left > LAST_DAYS:
        headline = Phrase("post.reminder")
    elif days_left > 0:
        headline = Phrase("post.reminder-days", count=days_left)
    else:
        headline = Phrase("post.reminder-last-day")
    return Story(News.REMINDER, subject, headline, total=total(counts))


def delivered(subject: Subject, day: date, to: str, counts: Counts) -> Story:
    """It was handed over on a day to somebody; nobody is asked to sign any more."""
    headline = Phrase("post.delivered", {"day": Day(day), "to": shortened(to, _ADDRESSEE)})
    return Story(News.DELIVERED, replace(subject, open=False), headline, total=total(counts))


def total(counts: Counts) -> Phrase | None:
    """How many stand behind it in all; None while they are too few to be shown."""
    organisations = _counted(counts.organisations, counts, people=False) if counts.organisations else None
    people = Phrase("post.people", count=counts.people) if counts.people else None
    if organisations and people:
        both: dict[str, Value] = {"organisations": organisations, "people": people}
        return Phrase("post.total", {"counted": Phrase("post.both", both)})
    counted = organisations or people
    return Phrase("post.total", {"counted": counted}) if counted else None


def card(stories: Iterable[Story]) -> Saying:
    """One card of stories of at most ``MOST_CAMPAIGNS`` campaigns; the last of a kind and campaign.

    Where there are several campaigns, each has room for one story.
    """
    last = {(story.subject.campaign, story.kind): story for story in stories}
    groups: dict[str, list[Story]] = {}
    for (campaign, _), story in last.items():
        groups.setdefault(campaign, []).append(story)
    if len(groups) > 1:
        chosen = [min(group, key=lambda story: _TELLING.index(story.kind)) for group in groups.values()]
        parts = [part for story in chosen for part in _headlines([story], _TITLE_BESIDE_OTHERS)]
        return Saying(tuple(parts), tuple((_open(story.subject),) for story in chosen))
    (group,) = groups.values()
    return Saying((*_headlines(group, _TITLE), *_details(group)), (_ways(group[0].subject),))


def _headlines(group: Sequence[Story], title_length: int) -> list[Phrase]:
    """Every headline once, and the title under the last one."""
    *others, last = group
    values: dict[str, Value] = {
        "headline": last.headline,
        "title": shortened(last.subject.title, title_length),
    }
    before = [story.headline for story in others if story.headline != last.headline]
    return [*before, Phrase("post.story", values)]


def _details(group: Sequence[Story]) -> list[Phrase]:
    """Who is new, and the total unless a milestone says it already."""
    who = next((story.who for story in group if story.who), None)
    told = any(story.kind is News.MILESTONE for story in group)
    in_all = None if told else next((story.total for story in group if story.total), None)
    return [phrase for phrase in (who, in_all) if phrase]


def _ways(subject: Subject) -> tuple[Button, ...]:
    read = Button(Phrase("b.read"), opens=("st", "read", subject.statement, "0"))
    return (Button(Phrase("b.sign"), opens=("c", subject.campaign)), read) if subject.open else (read,)


def _open(subject: Subject) -> Button:
    return Button(shortened(subject.title, _TITLE_ON_BUTTON), opens=("c", subject.campaign))


def _counted(number: int, counts: Counts, *, people: bool) -> Phrase:
    countries = len(counts.people_by_country if people else counts.by_country)
    counted = Phrase("post.people" if people else "post.organisations", count=number)
    if not countries:
        return counted
    return Phrase("post.from", {"counted": counted, "countries": Phrase("post.countries", count=countries)})


def _who(fresh: Sequence[Signatory], new: int) -> Phrase | None:
    """The names that fit, and how many more of the ``new`` ones there are; None where none has a name."""
    names = _fitting(fresh)
    if not names:
        return None
    said = reduce(lambda before, name: Phrase("post.comma", {"before": before, "name": name}), names)
    more = new - len(names)
    return (
        Phrase("post.new-names-more", {"names": said}, count=more)
        if more
        else Phrase("post.new-names", {"names": said})
    )


def _fitting(fresh: Sequence[Signatory]) -> list[Phrase]:
    names, length = list[Phrase](), 0
    for signatory in fresh[:_NAMES]:
        length += len(signatory.name) + len(signatory.place)
        if names and length > _NAMES_LENGTH:
            break
        names.append(_name(signatory))
    return names


def _name(signatory: Signatory) -> Phrase:
    """Name and place; a place that is just the country is said in the reader's language."""
    name = shortened(signatory.name, _NAMES_LENGTH - _PLACE_LENGTH)
    if not signatory.place:
        return Phrase("post.name", {"name": name})
    country = signatory.country and signatory.place == english_name(signatory.country)
    place = Country(signatory.country) if country else shortened(signatory.place, _PLACE_LENGTH)
    return Phrase("post.name-place", {"name": name, "place": place})

"""When a new wording is shown: the talk that asks for the time, and the clock that publishes it then."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.campaign.refusal import Refusal
from bot.campaign.revision import Standing, Turn
from bot.content.importing.dates import day_in
from bot.dialog.messages import Phrase, Saying
from bot.features import revisions, steps, waiting
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, say
from bot.features.guards import is_organiser
from bot.features.revision_card import card, two
from bot.features.revisions import Revision

_HOUR = re.compile(r"(?<![\d:.-])([01]?\d|2[0-3])[:.]([0-5]\d)(?![\d:.-])")


def gone() -> Answer:
    """Somebody else published it or threw it away."""
    rows = ((button("b.texts", "cor"), button("b.home", "home")),)
    return say(Saying((Phrase("correct.gone"),), rows), again=("cor",))


def ask_time(ask: Ask, revision: Revision) -> Answer:
    """Wait for a day and an hour."""
    if revision.standing not in {Standing.CHOSEN, Standing.PLANNED}:
        return card(ask, revision, Phrase("correct.quicker"))
    return waiting.wait(ask, TIME, revision.id, ("rev", revision.id, "time"))


def moment_in(words: str, zone: str) -> datetime | None:
    """The moment (UTC) that words name by a zone's clock: a day with its year, and an hour like 18:00."""
    day, hour = day_in(words), _HOUR.search(words)
    if day is None or hour is None:
        return None
    clock = time(int(hour[1]), int(hour[2]))
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def city(zone: str) -> str:
    """What people call a time zone: the city it is named after."""
    return "Greenwich" if zone == "UTC" else zone.rpartition("/")[2].replace("_", " ")


def _zone(ask: Ask, id_: str) -> str:
    revision = revisions.get(ask, id_)
    return ask.tools.catalog.campaigns[revision.campaign].zone if revision else "UTC"


def _check(ask: Ask, subject: str, words: str) -> Refusal | None:
    at = moment_in(words, _zone(ask, subject))
    if at is None:
        return Refusal("correct.no-time")
    return Refusal("correct.past") if at <= ask.now else None


def _take(ask: Ask, subject: str, words: str) -> Answer:
    """Alone, or once it was agreed, the time holds at once; else it is agreed to with the text."""
    revision, at = revisions.get(ask, subject), moment_in(words, _zone(ask, subject))
    if revision is None or at is None:
        return gone()
    planned = revision.standing is Standing.PLANNED
    agreed = planned or not two(ask.tools)
    what = Turn.PLAN if agreed and not planned else Turn.TIME
    act = steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)
    moved = revisions.turn(act, revision, what, due=at if agreed else None, at=at.isoformat())
    return card(ask, moved) if moved else card(ask, revision, Phrase("correct.quicker"))


def _left(ask: Ask, subject: str) -> Answer:
    revision = revisions.get(ask, subject)
    return card(ask, revision) if revision else gone()


TIME = waiting.talk_of(
    waiting.Waiting(
        "correct-time",
        prompt=lambda ask, subject: (Phrase("correct.ask-time", {"zone": city(_zone(ask, subject))}),),
        take=_take,
        stands=lambda ask, subject: is_organiser(ask) and revisions.get(ask, subject) is not None,
        left=_left,
        check=_check,
        label="correct.time-label",
    )
)

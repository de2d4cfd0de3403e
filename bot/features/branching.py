"""[We are a branch]: a branch signs for itself; its entry is never merged with that of the whole (E13)."""

from __future__ import annotations

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Endorsement, Kind
from bot.campaign.lookalike import check_name, clean, lookalike_key
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Phrase, Route
from bot.features import campaigns, claims, guards, home, sign, talks, waiting
from bot.features.feature import Answer, Ask, Feature
from bot.features.sign_organisation import ANOTHER


def press(ask: Ask, route: Route) -> Answer:
    """("of", the id of the entry of the whole)."""
    if not ask.private:
        return guards.in_private(ask, ("branch", *route))
    match route:
        case ("of", id_) if found := _whole(ask, id_):
            _, campaign = found
            if campaign.is_open(ask.now):
                return waiting.wait(ask, NAME, id_, ("branch", "of", id_))
            return campaigns.card(ask, campaign)
        case _:
            return home.card(ask, Phrase("button.old"))


def _whole(ask: Ask, id_: str) -> tuple[Endorsement, Campaign] | None:
    """The entry of the whole, and its campaign."""
    found = claims.entry(ask, id_)
    campaign = ask.tools.catalog.campaigns.get(found.campaign) if found else None
    return (found, campaign) if found and campaign else None


def named(whole: Endorsement, typed: str) -> str | Refusal:
    """The name of a branch as it will stand on the list: "Name, branch"."""
    branch = check_name(typed)
    if isinstance(branch, Refusal):
        return branch
    name = whole.entry.name
    rest = clean(branch.removeprefix(name).lstrip(" ,·-–—"))
    if not lookalike_key(rest) or lookalike_key(branch) == lookalike_key(name):
        return Refusal("branch.which", {"name": name})
    return check_name(f"{name}, {rest}")


def _check(ask: Ask, subject: str, words: str) -> Refusal | None:
    found = _whole(ask, subject)
    name = named(found[0], words) if found else None
    return name if isinstance(name, Refusal) else None


def _take(ask: Ask, subject: str, words: str) -> Answer:
    found = _whole(ask, subject)
    name = named(found[0], words) if found else None
    if found is None or not isinstance(name, str):
        return home.card(ask, Phrase("button.old"))
    answers = {"organisation": name, "which": ANOTHER, "original": None, "acronym": None}
    return talks.begin(ask, sign.DIALOGS[Kind.ORGANISATION], found[1].slug, (), answers)


def _prompt(ask: Ask, subject: str) -> tuple[Phrase, ...]:
    found = ask.tx.endorsements.get(subject)
    return (Phrase("branch.ask", {"name": found.entry.name if found else ""}),)


NAME = waiting.talk_of(
    waiting.Waiting(
        "branch",
        prompt=_prompt,
        take=_take,
        stands=lambda ask, subject: ask.tx.endorsements.get(subject) is not None,
        left=lambda ask, _subject: home.card(ask, Phrase("talk.cancelled")),
        check=_check,
        label="branch.label",
    )
)
FEATURE = Feature("branch", press, talks=(NAME,))

"""What the two endorse dialogs share: a campaign's fields, free texts, the country, the date of the text."""

from __future__ import annotations

from bot.campaign.campaign import DEFAULT_FIELDS, FieldRule
from bot.campaign.lookalike import check_name, clean
from bot.campaign.refusal import Refusal
from bot.content.cldr import territory
from bot.content.countries import country_of
from bot.dialog.form import MOST_OPTIONS
from bot.dialog.messages import Country, Day, Phrase
from bot.dialog.questions import Choice, Toggle
from bot.dialog.session import Answer, Answers
from bot.dialog.text import Text
from bot.features.feature import Scene

INTERNATIONAL = "international"
"""The answer of a body that belongs to no single country."""
PERMISSIONS = {
    "contact": Toggle("may-write", "sign.may-write"),
    "keep": Toggle("may-keep", "sign.may-keep"),
}
"""The purposes beyond publishing, and the box on the review card that allows each."""
SHORT = 40
"""Characters of a short name."""
LONGEST = 500
"""Characters of an answer to the organisers."""


def permissions(_answers: Answers, _scene: Scene) -> tuple[Toggle, ...]:
    """What a signatory may allow beyond being published; each off until it is tapped (FEATURES P1)."""
    return tuple(PERMISSIONS.values())


def rule(scene: Scene, field: str) -> FieldRule:
    """Whether this campaign asks for a field."""
    return scene.campaign.fields.get(field, DEFAULT_FIELDS[field])


def listed_name(typed: str, _answers: Answers, _scene: Scene) -> Answer | Refusal:
    """A name that will stand on the list."""
    return check_name(typed)


def listed_acronym(typed: str, _answers: Answers, _scene: Scene) -> Answer | Refusal:
    """A short name that will stand on the list behind the name."""
    return check_name(typed, SHORT)


def private_text(typed: str, _answers: Answers, _scene: Scene) -> Answer | Refusal:
    """What only the organisers read: anything, on one line, without control or direction characters."""
    text = clean(typed)
    if not text:
        return Refusal("dialog.empty")
    return text if len(text) <= LONGEST else Refusal("dialog.too-long", {"limit": LONGEST})


def ask_country(typed: str, _answers: Answers, _scene: Scene) -> Answer | Refusal:
    """A country typed in any of our languages, or "international" as the button says it."""
    code = country_of(clean(typed))
    return code or Refusal("sign.country-unknown", {"typed": clean(typed)[:40]})


def country_prompt(_answers: Answers, _scene: Scene) -> tuple[Phrase | Text, ...]:
    """The question for the country."""
    return (Phrase("sign.ask-country"),)


def country_choices(_answers: Answers, scene: Scene) -> tuple[Choice, ...]:
    """The countries most signatories are from, then "international"."""
    codes = likely_countries(scene)
    offered = tuple(Choice(code, Phrase("country.name", {"country": Country(code)})) for code in codes)
    return (*offered, Choice(INTERNATIONAL, Phrase("b.international")))


def listed_countries(answers: Answers, scene: Scene) -> tuple[Choice, ...]:
    """The same for a list with room for more: then the countries of all organisations we know."""
    *likely, international = country_choices(answers, scene)
    there = {choice.value for choice in likely}
    known = {each.country for each in scene.ask.tools.catalog.organisations.values() if each.country}
    by_name = sorted(known - there, key=lambda code: territory(scene.ask.language, code))
    more = tuple(Choice(code, Phrase("country.name", {"country": Country(code)})) for code in by_name)
    return (*likely, *more[: MOST_OPTIONS - len(likely) - 1], international)


def said_country(answers: Answers) -> str:
    """The country's code that was answered, "" for an international body or where it was not asked."""
    country = answers.get("country")
    return country if isinstance(country, str) and country != INTERNATIONAL else ""


def likely_countries(scene: Scene, limit: int = 4) -> tuple[str, ...]:
    """The countries that most of the published organisations are from."""
    prefix = "organisation/country/"
    tallies = scene.ask.tx.tallies.get(scene.subject)
    found = sorted(
        (-count, name.removeprefix(prefix))
        for name, count in tallies.items()
        if name.startswith(prefix) and count
    )
    return tuple(code for _count, code in found[:limit])


def review_date(scene: Scene) -> dict[str, Day]:
    """The day of the wording that is signed, as a phrase value."""
    return {"date": Day(scene.ask.tools.catalog.statements[scene.campaign.statement].version.dated)}

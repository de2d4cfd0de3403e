"""The questions a person is asked. Unnamed is the usual way: counted, without the name being asked at all."""

from __future__ import annotations

from bot.campaign.campaign import FieldRule
from bot.campaign.endorsement import Endorsement, Entry, Kind, State
from bot.campaign.refusal import Refusal
from bot.content.countries import english_name
from bot.dialog.dialog import Dialog
from bot.dialog.messages import Phrase
from bot.dialog.questions import Choice, Question
from bot.dialog.session import Answers, Session
from bot.dialog.text import Text
from bot.features.feature import Scene
from bot.features.sign_fields import (
    INTERNATIONAL,
    ask_country,
    country_prompt,
    listed_countries,
    listed_name,
    permissions,
    review_date,
    rule,
    said_country,
)
from bot.features.sign_fields import country_choices as all_countries
from bot.publication.gate import line_of

UNNAMED, NAMED = "unnamed", "named"


def _named(answers: Answers, _scene: Scene) -> bool:
    return answers.get("showing") == NAMED


def entry(answers: Answers) -> Entry:
    """What is published, or only counted, when these answers are signed."""
    country = said_country(answers)
    named = answers.get("showing") == NAMED
    name = str(answers.get("name") or "") if named else ""
    return Entry(name=name, country=country, place=english_name(country) if country else "", named=named)


def review(answers: Answers, scene: Scene) -> tuple[Phrase | Text, ...]:
    """What becomes public: the line, or only one more in the count."""
    if _named(answers, scene):
        return (Phrase("sign.review-person", {"line": line_of(entry(answers)), **review_date(scene)}),)
    return (Phrase("sign.review-unnamed", review_date(scene)),)


def endorsement(scene: Scene, session: Session) -> Endorsement:
    """The endorsement of these answers: a name waits for the organisers' check, a count does not."""
    made = entry(session.answers)
    return Endorsement(
        id=session.id,
        campaign=session.subject,
        kind=Kind.PERSON,
        state=State.IN_REVIEW,
        row=1,
        text=scene.ask.tools.catalog.statements[scene.campaign.statement].version.sha256,
        entry=made,
        signed=scene.ask.now,
        person=scene.ask.person.id,
    )


def _countries(answers: Answers, scene: Scene) -> tuple[Choice, ...]:
    """Persons live in a country: no "international" here."""
    return tuple(choice for choice in all_countries(answers, scene) if choice.value != INTERNATIONAL)


def _all_countries(answers: Answers, scene: Scene) -> tuple[Choice, ...]:
    return tuple(each for each in listed_countries(answers, scene) if each.value != INTERNATIONAL)


QUESTIONS: tuple[Question[Scene], ...] = (
    Question(
        "showing",
        prompt=lambda _answers, _scene: (Phrase("sign.ask-showing"),),
        check=lambda _typed, _answers, _scene: Refusal("dialog.use-buttons"),
        choices=lambda _answers, _scene: (
            Choice(UNNAMED, Phrase("b.unnamed")),
            Choice(NAMED, Phrase("b.named")),
        ),
        words=False,
        label="sign.label-showing",
    ),
    Question(
        "name",
        prompt=lambda _answers, _scene: (Phrase("sign.ask-name"),),
        check=listed_name,
        asked=_named,
        label="sign.label-name",
        hint="sign.hint-name",
    ),
    Question(
        "country",
        prompt=country_prompt,
        check=ask_country,
        choices=_countries,
        listed=_all_countries,
        asked=lambda _answers, scene: rule(scene, "country") is not FieldRule.OFF,
        optional=lambda _answers, scene: rule(scene, "country") is FieldRule.OPTIONAL,
        label="sign.label-country",
    ),
)

DIALOG: Dialog[Scene] = Dialog(
    "sign-person",
    QUESTIONS,
    review,
    commit=lambda answers, scene: "b.sign-and-publish" if _named(answers, scene) else "b.sign-now",
    toggles=permissions,
    title="sign.form-person",
    forms=(("name", "country", "showing"),),
)

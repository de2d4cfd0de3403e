"""The questions an organisation's representative is asked, and the endorsement that comes of the answers."""

from __future__ import annotations

from collections.abc import Iterable

from bot.campaign.campaign import FieldRule
from bot.campaign.endorsement import Endorsement, Entry, Kind, Private, State
from bot.campaign.organisation import Organisation, is_branch
from bot.campaign.recognition import Match
from bot.campaign.refusal import Refusal
from bot.content.countries import english_name
from bot.content.inert import shortened
from bot.dialog.dialog import Dialog
from bot.dialog.messages import Country, Phrase
from bot.dialog.questions import Choice, Question
from bot.dialog.session import Answer, Answers, Session
from bot.dialog.text import Text
from bot.features.feature import Scene
from bot.features.sign_fields import (
    ask_country,
    country_choices,
    country_prompt,
    listed_acronym,
    listed_countries,
    listed_name,
    permissions,
    private_text,
    review_date,
    rule,
    said_country,
)
from bot.publication.gate import line_of

ANOTHER = "another"
"""The answer "none of these" to the question which known organisation is meant."""
LONGEST = 34
"""A name that stands on a button beside its country; a longer one is shown by its acronym."""
FEW = 3
"""Known organisations offered at once."""

Parts = tuple[Phrase | Text, ...]


def known(scene: Scene, answers: Answers) -> Organisation | None:
    """The known organisation that was chosen, or typed so that there is no doubt."""
    which = answers.get("which")
    return scene.ask.tools.catalog.organisations.get(which) if isinstance(which, str) else None


def candidates(answers: Answers, scene: Scene) -> tuple[Choice, ...]:
    """The known organisations that the typed name may mean, and "another"."""
    typed = str(answers.get("organisation") or "")
    found = _meant(scene.ask.tools.recognition.find(typed, FEW), typed)
    if not found:
        return ()
    offered = tuple(Choice(match.organisation.slug, _label(match.organisation)) for match in found)
    return (*offered, Choice(ANOTHER, Phrase("sign.another", {"typed": shortened(typed, 24)})))


def _meant(found: Iterable[Match], typed: str) -> list[Match]:
    """Those that may be meant: a branch is never the whole."""
    return [each for each in found if not is_branch(typed) or any(map(is_branch, each.organisation.names()))]


def _label(organisation: Organisation) -> Phrase:
    fits = len(organisation.name) <= LONGEST
    name = organisation.name if fits else organisation.acronym or organisation.name
    if organisation.country:
        return Phrase("sign.candidate", {"name": name, "country": Country(organisation.country)})
    return Phrase("sign.candidate-international", {"name": name})


LISTED = {"original": listed_name, "acronym": listed_acronym}
"""Fields that stand on the list, so that they are not asked of known organisations."""


def _asks(field: str) -> Question[Scene]:
    """A question for one field of the campaign."""
    return Question(
        field,
        prompt=lambda _answers, _scene: (Phrase(f"sign.ask-{field}"),),
        check=LISTED.get(field, private_text),
        optional=lambda _answers, scene: rule(scene, field) is FieldRule.OPTIONAL,
        asked=lambda answers, scene: (
            rule(scene, field) is not FieldRule.OFF and not (field in LISTED and known(scene, answers))
        ),
        label=f"sign.label-{field}",
        hint="" if field in LISTED else "sign.hint-private",
    )


def _who(answers: Answers, scene: Scene) -> Parts:
    return (Phrase("sign.who", {"name": entry(scene, answers).name}),)


def review(answers: Answers, scene: Scene) -> Parts:
    """The exact line to be published, the date of the text, and what stays with the organisers."""
    return (
        Phrase("sign.review-organisation", {"line": line_of(entry(scene, answers)), **review_date(scene)}),
        *_as_before(answers, scene),
    )


def _as_before(answers: Answers, scene: Scene) -> Parts:
    """Who signs, where that was not asked: it was told when the same organisation signed before."""
    last = scene.ask.tx.endorsements.latest_of(scene.ask.person.id, Kind.ORGANISATION)
    who = _text(answers, "representative")
    if not who or last is None or last.entry.organisation != answers.get("which"):
        return ()
    return (
        (Phrase("sign.as-before", {"who": shortened(who, 80)}),) if last.private.representative == who else ()
    )


def entry(scene: Scene, answers: Answers) -> Entry:
    """What is published when these answers are signed."""
    organisation = known(scene, answers)
    if organisation is not None:
        return entry_of(organisation)
    country = said_country(answers)
    return Entry(
        name=_text(answers, "organisation"),
        original=_text(answers, "original"),
        acronym=_text(answers, "acronym"),
        country=country,
        place=english_name(country) if country else "",
    )


def entry_of(organisation: Organisation) -> Entry:
    """What is published of a known organisation."""
    return Entry(
        name=organisation.line or organisation.name,
        original=organisation.original,
        acronym="" if organisation.line else organisation.acronym,
        country=organisation.country,
        place=organisation.place or (english_name(organisation.country) if organisation.country else ""),
        organisation=organisation.slug,
    )


def endorsement(scene: Scene, session: Session) -> Endorsement:
    """The endorsement of these answers: it waits for the organisers' check."""
    answers, ask = session.answers, scene.ask
    private = Private(
        representative=_text(answers, "representative"),
        contact=_text(answers, "contact"),
        message=_text(answers, "message"),
        link=_text(answers, "link"),
        city=_text(answers, "city"),
    )
    return Endorsement(
        id=session.id,
        campaign=session.subject,
        kind=Kind.ORGANISATION,
        state=State.IN_REVIEW,
        row=1,
        text=ask.tools.catalog.statements[scene.campaign.statement].version.sha256,
        entry=entry(scene, answers),
        signed=ask.now,
        person=ask.person.id,
        private=private,
    )


def _text(answers: Answers, key: str) -> str:
    value = answers.get(key)
    return value if isinstance(value, str) else ""


def _which(typed: str, answers: Answers, scene: Scene) -> Answer | Refusal:
    """Words instead of a button: the name of one of those offered, or a new attempt at the name."""
    for choice in candidates(answers, scene):
        organisation = scene.ask.tools.catalog.organisations.get(choice.value)
        if organisation and typed.casefold() in {name.casefold() for name in organisation.names()}:
            return organisation.slug
    return Refusal("sign.choose-one")


QUESTIONS: tuple[Question[Scene], ...] = (
    Question(
        "organisation",
        prompt=lambda _answers, _scene: (Phrase("sign.ask-organisation"),),
        check=listed_name,
        label="sign.label-organisation",
        hint="sign.hint-organisation",
        clears=("which", "original", "acronym", "country"),
    ),
    Question(
        "which",
        prompt=lambda _answers, _scene: (Phrase("sign.which"),),
        check=_which,
        choices=candidates,
        asked=lambda answers, scene: bool(candidates(answers, scene)),
    ),
    _asks("original"),
    _asks("acronym"),
    Question(
        "country",
        prompt=country_prompt,
        check=ask_country,
        choices=country_choices,
        listed=listed_countries,
        asked=lambda answers, scene: (
            rule(scene, "country") is not FieldRule.OFF and not known(scene, answers)
        ),
        optional=lambda _answers, scene: rule(scene, "country") is FieldRule.OPTIONAL,
        label="sign.label-country",
    ),
    Question(
        "representative",
        prompt=_who,
        check=private_text,
        asked=lambda _answers, scene: rule(scene, "capacity") is not FieldRule.OFF,
        optional=lambda _answers, scene: rule(scene, "capacity") is FieldRule.OPTIONAL,
        label="sign.label-representative",
        hint="sign.hint-private",
    ),
    *(_asks(field) for field in ("city", "link", "contact", "message")),
)

DIALOG: Dialog[Scene] = Dialog(
    "sign-organisation",
    QUESTIONS,
    review,
    commit=lambda _answers, _scene: "b.sign-and-publish",
    toggles=permissions,
    title="sign.form-organisation",
    forms=(
        ("organisation", "representative"),
        ("original", "acronym", "country"),
        ("city", "link", "contact", "message"),
    ),
)

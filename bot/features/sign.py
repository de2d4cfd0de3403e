"""/sign: the endorse dialog, for organisations and for persons (GOLDEN-DIALOGS 1b–1d)."""

from __future__ import annotations

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Endorsement, Kind
from bot.campaign.organisation import Organisation
from bot.dialog.engine import Fill, Move, Pick, Words, chosen
from bot.dialog.messages import Phrase, Route, Saying
from bot.dialog.session import Answers, Session
from bot.features import campaigns, endorsing, sign_organisation, sign_person, talks
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, Scene, Talk, say
from bot.features.home import open_campaigns

ANEW = "anew"
"""Ends a route that begins a new talk even where another one is unfinished."""


def press(ask: Ask, route: Route) -> Answer:
    """Begin to sign: ("campaign", "organisation"|"person", then "as-before" and "anew" where they apply).

    ("campaign", "organisation", "of", slug) begins for an organisation that is known.
    """
    campaign = ask.tools.catalog.campaigns.get(route[0]) if route else None
    if campaign is None:
        return command(ask, "")
    if not campaign.is_open(ask.now):
        return campaigns.card(ask, campaign)
    kinds = {Kind.ORGANISATION: campaign.organisations_sign, Kind.PERSON: campaign.persons_sign}
    wanted = next((kind for kind, may in kinds.items() if may and kind in route[1:]), None)
    if wanted is None:
        return campaigns.card(ask, campaign)
    match wanted, route[2:]:
        case Kind.ORGANISATION, ("of", slug, *rest) if slug in ask.tools.catalog.organisations:
            return begin_for(ask, campaign, ask.tools.catalog.organisations[slug], anew=ANEW in rest)
    return begin(ask, campaign, wanted, as_before="as-before" in route, anew=ANEW in route)


def begin_for(ask: Ask, campaign: Campaign, known: Organisation, *, anew: bool) -> Answer:
    """Begin the talk for a known organisation, unless it stands on the list already."""
    live = ask.tx.endorsements.live(campaign.slug, f"organisation:{known.slug}")
    if live is not None:
        return endorsing.already(ask, campaign, live)
    again = () if anew else ("sign", campaign.slug, Kind.ORGANISATION.value, "of", known.slug, ANEW)
    answers: Answers = {"organisation": known.name, "which": known.slug}
    return talks.begin(ask, DIALOGS[Kind.ORGANISATION], campaign.slug, again, answers)


def command(ask: Ask, args: str) -> Answer:
    """The campaign named by its slug, the only open one, or the choice."""
    named = ask.tools.catalog.campaigns.get(args.strip())
    found = [named] if named else open_campaigns(ask)
    return campaigns.card(ask, found[0]) if len(found) == 1 else campaigns.choose(ask)


def begin(ask: Ask, campaign: Campaign, kind: Kind, *, as_before: bool, anew: bool) -> Answer:
    """Begin the talk; a person who signed already is shown what they signed."""
    if kind is Kind.PERSON:
        live = ask.tx.endorsements.live(campaign.slug, f"person:{ask.person.id}")
        if live is not None:
            return _already_person(live)
    again = () if anew else ("sign", campaign.slug, kind.value, *(("as-before",) if as_before else ()), ANEW)
    answers = _as_before(ask, kind) if as_before else {}
    live = ask.tx.endorsements.live(campaign.slug, f"organisation:{answers['which']}") if answers else None
    if live is not None:
        return endorsing.already(ask, campaign, live)
    return talks.begin(ask, DIALOGS[kind], campaign.slug, again, answers)


def _as_before(ask: Ask, kind: Kind) -> Answers:
    """The answers of the last sign-on for a known organisation, so that only the review is left."""
    last = ask.tx.endorsements.latest_of(ask.person.id, kind)
    if last is None or last.entry.organisation not in ask.tools.catalog.organisations:
        return {}
    known = ask.tools.catalog.organisations[last.entry.organisation]
    answers: dict[str, str | bool | list[str] | None] = {"organisation": known.name, "which": known.slug}
    if last.private.representative:
        answers["representative"] = last.private.representative
    return answers


def instead(ask: Ask, session: Session, move: Move) -> Answer | None:
    """What comes instead of the next question.

    A campaign that closed, or an organisation that stands on the list already.
    """
    campaign = ask.tools.catalog.campaigns[session.subject]
    if not campaign.is_open(ask.now):
        talks.end(ask, session)
        return campaigns.card(ask, campaign)
    known = _meant(ask, session, move)
    live = ask.tx.endorsements.live(campaign.slug, f"organisation:{known.slug}") if known else None
    if live is None:
        return None
    talks.end(ask, session)
    return endorsing.already(ask, campaign, live)


def _meant(ask: Ask, session: Session, move: Move) -> Organisation | None:
    """The known organisation that this move names without doubt."""
    typed = _typed(session, move)
    if typed:
        matches = ask.tools.recognition.find(typed)
        return matches[0].organisation if matches and matches[0].exact else None
    if session.at == "which" and isinstance(move, Pick) and move.version == session.version:
        offered = sign_organisation.candidates(session.answers, Scene(ask, session.subject))
        choice = chosen(offered, move.value)
        return ask.tools.catalog.organisations.get(choice.value) if choice else None
    return None


def _typed(session: Session, move: Move) -> str:
    """The organisation's name that was written, alone or in a form."""
    if isinstance(move, Words) and session.at == "organisation":
        return move.text
    return move.values.get("organisation", "") if isinstance(move, Fill) else ""


def _already_person(live: Endorsement) -> Answer:
    rows = ((button("b.my-sign-on", "mine", "see", live.id), button("b.home", "home")),)
    return say(Saying((Phrase("sign.person-already"),), rows), again=("mine", "see", live.id))


def finish(ask: Ask, session: Session) -> Answer:
    """Record what was signed, or show what already stands."""
    scene = Scene(ask, session.subject)
    make = sign_person.endorsement if session.dialog == "sign-person" else sign_organisation.endorsement
    return endorsing.record(ask, scene.campaign, make(scene, session), session.answers)


DIALOGS = {Kind.ORGANISATION: sign_organisation.DIALOG, Kind.PERSON: sign_person.DIALOG}
FEATURE = Feature(
    "sign",
    press,
    {"sign": command},
    talks=tuple(Talk(dialog, finish, instead) for dialog in DIALOGS.values()),
)

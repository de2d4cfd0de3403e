"""What happens when the one tap commits.

The endorsement, its consents, the cards that are owed, and the last card of the talk.
"""

from __future__ import annotations

from dataclasses import replace

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import INVITATION, RETURNING, Endorsement, Kind, State, Step, signer_key
from bot.campaign.invitation import Turn
from bot.dialog.messages import Day, Phrase, Saying
from bot.dialog.session import Answers
from bot.features import invitations, keepers, steps
from bot.features.buttons import button, share_row
from bot.features.feature import Answer, Ask, say
from bot.features.sign_fields import PERMISSIONS
from bot.features.steps import IMPORT
from bot.ports import Consent
from bot.publication.gate import line_of, show
from bot.publication.signatory_list import came_late


def record(ask: Ask, campaign: Campaign, endorsement: Endorsement, answers: Answers) -> Answer:
    """Record what was signed; where the same signatory stands already, show that instead."""
    if campaign.rehearsal:
        return rehearsed(campaign, endorsement)
    act = steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)
    signer = signer_key(endorsement.kind, endorsement.entry, endorsement.person)
    invitation = invitations.of_signer(ask, endorsement)
    returns = invitation is None and keepers.returns(ask, endorsement)
    if invitation or returns:
        endorsement = replace(endorsement, origin=RETURNING if returns else INVITATION)
    if not steps.add(act, endorsement, signer, Step.SIGN):
        live = ask.tx.endorsements.live(campaign.slug, signer)
        return already(ask, campaign, live) if live else _waits(campaign, endorsement)
    _consent(ask, endorsement, answers)
    if endorsement.kind is Kind.PERSON and not endorsement.entry.named:
        steps.take(act, endorsement, Step.COUNT)
        return counted(ask, campaign, endorsement)
    if returns or (invitation and invitations.turn(ask, invitation, Turn.SIGN, endorsement=endorsement.id)):
        return listed(ask, campaign, _publish(act, endorsement))
    steps.owe_cards(act, endorsement)
    return thanks(ask, campaign, endorsement)


def _publish(act: steps.Act, endorsement: Endorsement) -> Endorsement:
    """On the list at once; the organisers are told and can take it off."""
    published = steps.take(act, endorsement, Step.KNOWN) or endorsement
    steps.owe_cards(act, published)
    return published


def listed(ask: Ask, campaign: Campaign, endorsement: Endorsement) -> Answer:
    """It stands on the list: under which number, and how to take it back."""
    number = ask.tx.endorsements.number(campaign.slug, endorsement.kind, endorsement.position or 0)
    said = Phrase("sign.listed", {"name": endorsement.entry.name, "number": number})
    if came_late(campaign, endorsement):
        said = Phrase("sign.listed-late", {"name": endorsement.entry.name})
    rows = (
        (button("b.see-list", "list", campaign.slug), button("b.my-sign-on", "mine", "see", endorsement.id)),
        (button("b.undo-sign-on", "mine", "off", endorsement.id), button("b.clear", "clear")),
    )
    return say(Saying((said,), rows), again=("mine", "see", endorsement.id))


def rehearsed(campaign: Campaign, endorsement: Endorsement) -> Answer:
    """The end of a test: nothing of it is kept."""
    name = endorsement.entry.name
    said = Phrase("sign.rehearsed", {"name": name}) if name else Phrase("sign.rehearsed-unnamed")
    rows = ((button("b.organise", "org", campaign.slug), button("b.to-campaign", "c", campaign.slug)),)
    return say(Saying((said,), rows), again=("org", campaign.slug))


def _consent(ask: Ask, endorsement: Endorsement, answers: Answers) -> None:
    """The ledger keeps what was agreed to by the hash of the sentence that asked for it."""
    asked = {"publish": (reviewed(endorsement), True)}
    asked |= {purpose: (box.label, bool(answers.get(box.key))) for purpose, box in PERMISSIONS.items()}
    for purpose, (phrase, granted) in asked.items():
        wording = ask.tools.wording(phrase, ask.language)
        ask.tx.consents.add(
            Consent(endorsement.id, purpose, granted, wording, endorsement.text, ask.language, ask.now)
        )


def reviewed(endorsement: Endorsement) -> str:
    """The phrase of the card above the one tap that commits."""
    if endorsement.kind is Kind.ORGANISATION:
        return "sign.review-organisation"
    return "sign.review-person" if endorsement.entry.named else "sign.review-unnamed"


def thanks(ask: Ask, campaign: Campaign, endorsement: Endorsement) -> Answer:
    """Thank you, and what happens next: a check by an organiser, and the place in line."""
    place = ask.tx.endorsements.place_in_line(endorsement)
    organisation = endorsement.kind is Kind.ORGANISATION
    parts = (
        Phrase("sign.thanks", {"name": endorsement.entry.name})
        if organisation
        else Phrase("sign.thanks-person"),
        Phrase("sign.in-line", {"place": place}) if place > 1 else Phrase("sign.first-in-line"),
    )
    rows = (
        *share_row(ask.incoming, "c", campaign.slug),
        (button("b.my-sign-on", "mine", "see", endorsement.id), button("b.see-list", "list", campaign.slug)),
        (button("b.clear", "clear"),),
    )
    return say(Saying(parts, rows), again=("mine", "see", endorsement.id))


def counted(ask: Ask, campaign: Campaign, endorsement: Endorsement) -> Answer:
    """An unnamed person is counted at once."""
    people = ask.tx.tallies.get(campaign.slug).get(Kind.PERSON.value, 0)
    rows = (
        *share_row(ask.incoming, "c", campaign.slug),
        (button("b.my-sign-on", "mine", "see", endorsement.id), button("b.to-campaign", "c", campaign.slug)),
        (button("b.clear", "clear"),),
    )
    return say(Saying((Phrase("sign.counted", count=people),), rows), again=("mine", "see", endorsement.id))


def already(ask: Ask, campaign: Campaign, live: Endorsement) -> Answer:
    """The signatory stands on the list already, or is being checked; the card says which and leads on."""
    if keepers.is_keeper(ask, live):
        return _mine(live)
    if live.state is not State.PUBLISHED:
        return _waits(campaign, live)
    shown = show(live)
    values: dict[str, str | int | Day] = {"line": shown.line if shown else line_of(live.entry)}
    if shown and live.position is not None:
        values["number"] = ask.tx.endorsements.number(campaign.slug, live.kind, live.position)
    signed = live.origin != IMPORT and live.published is not None
    if signed and live.published:
        values["date"] = Day(live.published.date())
    person = ((button("b.sign-person", "sign", campaign.slug, Kind.PERSON.value),),)
    rows = (
        (button("b.look-after", "claim", "ask", live.id),),
        (
            button("b.we-are-branch", "branch", "of", live.id),
            button("b.share-it", "share", "c", campaign.slug),
        ),
        *(person if campaign.persons_sign else ()),
        (button("b.see-list", "list", campaign.slug),),
    )
    key = "sign.already-on-day" if signed else "sign.already"
    return say(Saying((Phrase(key, values),), rows), again=("c", campaign.slug))


def _mine(live: Endorsement) -> Answer:
    rows = ((button("b.my-sign-on", "mine", "see", live.id), button("b.home", "home")),)
    return say(Saying((Phrase("sign.already-yours"),), rows), again=("mine", "see", live.id))


def _waits(campaign: Campaign, endorsement: Endorsement) -> Answer:
    """Somebody else asked for the same name: who it was is not said."""
    rows = ((button("b.see-list", "list", campaign.slug), button("b.home", "home")),)
    return say(
        Saying((Phrase("sign.being-checked", {"name": endorsement.entry.name}),), rows),
        again=("c", campaign.slug),
    )

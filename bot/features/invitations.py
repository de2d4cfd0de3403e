"""Invitations as they are kept: a secret word in a link, bound to the first account that opens it."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Endorsement, Entry, Kind, signer_key
from bot.campaign.invitation import MOST_REMINDERS, REMIND_AFTER, SILENT, Standing, Turn, next_standing
from bot.content.importing.names import PublishedName
from bot.dialog.messages import Route
from bot.dialog.session import Answers
from bot.features import names, sign_organisation, steps
from bot.features.buttons import start_word
from bot.features.feature import Ask, Tools
from bot.features.sign_fields import INTERNATIONAL
from bot.features.sign_organisation import ANOTHER
from bot.ports import Conflict, Matter, Tx
from bot.publication.gate import line_of

KIND = "invitation"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation. ``entry`` is the organisation as it will stand on the list."""

    matter: Matter

    @property
    def id(self) -> str:
        """Its id, which tells nothing of the word in its link."""
        return self.matter.id

    @property
    def campaign(self) -> str:
        """The slug of its campaign."""
        return self.matter.subject

    @property
    def standing(self) -> Standing:
        """Its state."""
        return Standing(self.matter.state)

    @property
    def entry(self) -> Entry:
        """Who is invited."""
        return Entry(**self.matter.body["entry"])

    @property
    def line(self) -> str:
        """Who is invited, as the list would say it."""
        return line_of(self.entry)

    @property
    def route(self) -> Route:
        """Where its link leads."""
        return ("in", str(self.matter.body["word"]))

    @property
    def endorsement(self) -> str:
        """The id of what was signed through it, "" before."""
        return str(self.matter.body.get("endorsement", ""))


def id_of(word: str) -> str:
    """The id of the invitation with this secret word: nobody can find the word from it."""
    digest = hashlib.blake2b(word.encode(), digest_size=10, person=b"invitation").digest()
    return b32encode(digest).decode().lower()


def find(ask: Ask, word: str) -> Invitation | None:
    """The invitation of a link, of a campaign that can still be seen."""
    found = ask.tx.matters.get(id_of(word))
    if found is None or found.kind != KIND or found.subject not in ask.tools.catalog.campaigns:
        return None
    return Invitation(found)


def get(ask: Ask, id_: str) -> Invitation | None:
    """The invitation with this id."""
    found = ask.tx.matters.get(id_)
    return Invitation(found) if found and found.kind == KIND else None


def invite(ask: Ask, campaign: Campaign, found: Iterable[PublishedName]) -> tuple[Invitation, ...]:
    """Invite organisations; those that are invited already, or signed, are passed over."""
    made = (_invite(ask, campaign, _entry(ask.tools, name)) for name in found)
    return tuple(each for each in made if each)


def is_new(ask: Ask, campaign: Campaign, name: PublishedName) -> bool:
    """Whether an organisation was neither invited nor signed yet."""
    signer = signer_key(Kind.ORGANISATION, _entry(ask.tools, name), "")
    invited = ask.tx.matters.by_key(KIND, signer, campaign.slug)
    return invited is None and ask.tx.endorsements.live(campaign.slug, signer) is None


def _entry(tools: Tools, name: PublishedName) -> Entry:
    """Who is meant, as the list would say it: a known organisation by what we know of it."""
    entry = names.entry_of(tools, name)
    known = tools.catalog.organisations.get(entry.organisation)
    return sign_organisation.entry_of(known) if known else replace(entry, printed="")


def _invite(ask: Ask, campaign: Campaign, entry: Entry) -> Invitation | None:
    signer = signer_key(Kind.ORGANISATION, entry, "")
    if ask.tx.endorsements.live(campaign.slug, signer):
        return None
    word = ask.tools.ids.new()
    fields = ("name", "original", "acronym", "country", "place", "organisation")
    matter = Matter(
        id=id_of(word),
        kind=KIND,
        subject=campaign.slug,
        state=Standing.INVITED,
        begun=ask.now,
        key=signer,
        due=ask.now + REMIND_AFTER,
        body={
            "word": word,
            "entry": {field: getattr(entry, field) for field in fields},
            "by": ask.person.id,
            "reminded": 0,
        },
    )
    return Invitation(matter) if ask.tx.matters.add(matter, ask.now) else None


def turn(ask: Ask, invitation: Invitation, what: Turn, person: str = "", **body: str) -> Invitation | None:
    """Take a turn and store it; None where it cannot be taken. Raises Conflict where another was quicker."""
    standing = next_standing(invitation.standing, what)
    if standing is None:
        return None
    before = invitation.matter
    silent = standing is Standing.OPENED
    changed = replace(
        before,
        state=standing,
        row=before.row + 1,
        person=person or before.person,
        due=before.due if silent else None,
        body={**before.body, **body},
    )
    if not ask.tx.matters.change(changed, before.row, ask.now):
        raise Conflict
    return Invitation(changed)


def forget(ask: Ask) -> None:
    """No invitation tells any more that it was the one who asks who opened it."""
    for before in ask.tx.matters.of_person(KIND, ask.person.id):
        changed = replace(before, person="", row=before.row + 1, due=None)
        if not ask.tx.matters.change(changed, before.row, ask.now):
            raise Conflict


def answers(tools: Tools, invitation: Invitation) -> Answers:
    """What need not be asked of whoever was invited."""
    entry = invitation.entry
    known = tools.catalog.organisations.get(entry.organisation)
    signs = invitation.matter.body.get("representative")
    before: Answers = {"representative": str(signs)} if signs else {}
    if known:
        return {"organisation": known.name, "which": known.slug, **before}
    return {
        **before,
        "organisation": entry.name,
        "which": ANOTHER,
        "original": entry.original or None,
        "acronym": entry.acronym or None,
        "country": entry.country or INTERNATIONAL,
    }


def of_signer(ask: Ask, endorsement: Endorsement) -> Invitation | None:
    """The invitation through which this person signs for this organisation, where it can be signed."""
    if endorsement.kind is not Kind.ORGANISATION:
        return None
    signer = signer_key(endorsement.kind, endorsement.entry, endorsement.person)
    found = ask.tx.matters.by_key(KIND, signer, endorsement.campaign)
    theirs = found is not None and found.person == ask.person.id
    return Invitation(found) if found and theirs and next_standing(Standing(found.state), Turn.SIGN) else None


def is_silent(tx: Tx, id_: str) -> bool:
    """Whether there is still no answer to the invitation with this id."""
    found = tx.matters.get(id_)
    return found is not None and found.kind == KIND and found.state in SILENT


def links(ask: Ask, invitation: Invitation) -> tuple[str, ...]:
    """The ways in, one for each platform."""
    word = start_word(invitation.route)
    return tuple(link for make in ask.tools.links.values() if (link := make(word)))


def reminded(act: steps.Act, invitation: Invitation) -> Invitation | None:
    """Count a reminder; None where there were enough. Raises Conflict where another was quicker."""
    before, count = invitation.matter, int(invitation.matter.body["reminded"])
    last = count + 1 >= MOST_REMINDERS
    changed = replace(
        before,
        row=before.row + 1,
        due=None if last else act.now + REMIND_AFTER,
        body={**before.body, "reminded": count + 1},
    )
    if not act.tx.matters.change(changed, before.row, act.now):
        raise Conflict
    return Invitation(changed) if count < MOST_REMINDERS else None

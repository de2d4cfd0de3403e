"""Inviting organisations: who is invited, their links and ready paragraphs, who is silent (FEATURES E9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.campaign import Campaign
from bot.campaign.invitation import SILENT, Standing, Turn
from bot.campaign.refusal import Refusal
from bot.content.importing.names import PublishedName, published_name
from bot.dialog.messages import Attachment, Button, Copied, Phrase, Route, Saying
from bot.features import home, invitations, mailing, organise, steps, waiting
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, Tools, say
from bot.features.guards import is_organiser
from bot.features.invitations import Invitation
from bot.ports import Tx

MOST = 200
"""Organisations that are invited at once."""
MANY = 8
"""Invitations on a card."""


def press(ask: Ask, route: Route) -> Answer:
    """Something about the invitations of a campaign; its slug comes first."""
    return organise.for_organisers(
        ask, route[0] if route else "", lambda ask, campaign: _about(ask, campaign, route[1:])
    )


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    match route:
        case ("more",):
            return waiting.wait(ask, NAMES, campaign.slug, ("inv", campaign.slug, "more"))
        case ("links",):
            return _links(ask, campaign)
        case ("in", state, *after) if state in set(Standing):
            return _listed(ask, campaign, state, after[0] if after else "")
        case ("one" | "cancel" as what, id_):
            return _one(ask, campaign, id_, cancel=what == "cancel")
        case _:
            return card(ask, campaign)


def card(ask: Ask, campaign: Campaign, note: Phrase | None = None) -> Answer:
    """How many are invited, and what became of it."""
    counted = ask.tx.matters.count(invitations.KIND, campaign.slug)
    own = ("inv", campaign.slug)
    states = tuple(
        (Button(Phrase(f"b.invited-{state}", count=counted[state]), (*own, "in", state)),)
        for state in Standing
        if counted.get(state)
    )
    links = (button("b.links-file", *own, "links"),) if counted.keys() & SILENT else ()
    rows = (
        (button("b.invite-more", *own, "more"), *links),
        *states,
        (button("b.back", "org", campaign.slug), button("b.home", "home")),
    )
    key = "invite.head" if counted else "invite.none"
    parts = (*((note,) if note else ()), Phrase(key, {"title": home.short_title(ask, campaign, 60)}))
    return say(Saying(parts, rows, picker=True), again=own)


def read_lines(words: str) -> tuple[PublishedName, ...]:
    """The organisations in what was written, one on each line ("Name (ACR), Country")."""
    read = (
        published_name({"line": line.strip().lstrip("-*•").strip()})
        for line in words.splitlines()
        if line.strip()
    )
    return tuple(name for name in read if isinstance(name, PublishedName))[:MOST]


def _check(_ask: Ask, _subject: str, words: str) -> Refusal | None:
    return None if read_lines(words) else Refusal("invite.no-names")


def _take(ask: Ask, subject: str, words: str) -> Answer:
    return invite(ask, ask.tools.catalog.campaigns[subject], read_lines(words))


def invite(ask: Ask, campaign: Campaign, names: Iterable[PublishedName]) -> Answer:
    """Invite them; the file with links and ready paragraphs comes with the answer."""
    found = tuple(names)
    made = invitations.invite(ask, campaign, found)
    passed = len(found) - len(made)
    told = [Phrase("invite.made", count=len(made))]
    told += [Phrase("invite.passed", count=passed)] if passed else []
    own = ("inv", campaign.slug)
    rows = ((button("b.invitations", *own), button("b.invite-more", *own, "more")),)
    if len(made) == 1:
        return _shown(ask, campaign, made[0], tuple(told))
    file = _file(ask, campaign, made) if made else None
    return say(Saying(tuple(told), rows, attachment=file), again=own)


def _links(ask: Ask, campaign: Campaign) -> Answer:
    """The links of those who are silent, once more."""
    silent = [
        Invitation(each)
        for state in sorted(SILENT)
        for each in ask.tx.matters.of(invitations.KIND, campaign.slug, state=state, limit=500)
    ]
    own = ("inv", campaign.slug)
    rows = ((button("b.back", *own), button("b.home", "home")),)
    if not silent:
        return card(ask, campaign)
    said = Phrase("invite.links", count=len(silent))
    return say(Saying((said,), rows, attachment=_file(ask, campaign, silent)), again=own)


def _file(ask: Ask, campaign: Campaign, found: Iterable[Invitation]) -> Attachment:
    """A text with each organisation and its own links, ready to be copied into a mail."""
    blocks = [_block(ask, each) for each in found]
    text = "\n\n".join((home.title(ask, campaign), *blocks)) + "\n"
    return Attachment(f"{campaign.slug}-invitations.txt", text.encode(), "text/plain")


def _block(ask: Ask, invitation: Invitation) -> str:
    """An organisation, its links, and a mail to it."""
    mail = mailing.mail_of(ask, invitation, ask.language)
    links = "\n".join(invitations.links(ask, invitation))
    return f"{invitation.line}\n{links}\n\n{mail.subject}\n\n{mail.body}"


def _listed(ask: Ask, campaign: Campaign, state: str, after: str) -> Answer:
    """The invitations in one state, a button each."""
    own = ("inv", campaign.slug)
    found = ask.tx.matters.of(invitations.KIND, campaign.slug, state=state, after=after, limit=MANY + 1)
    rows: list[tuple[Button, ...]] = [
        (named(Invitation(each).line[:40], *own, "one", each.id),) for each in found[:MANY]
    ]
    if len(found) > MANY:
        rows.append((button("b.more-titles", *own, "in", state, found[MANY - 1].id),))
    rows.append((button("b.back", *own), button("b.home", "home")))
    return say(Saying((Phrase(f"invite.in-{state}"),), tuple(rows), picker=True), again=(*own, "in", state))


def _one(ask: Ask, campaign: Campaign, id_: str, *, cancel: bool) -> Answer:
    invitation = invitations.get(ask, id_)
    if invitation is None or invitation.campaign != campaign.slug:
        return card(ask, campaign)
    if cancel:
        invitation = invitations.turn(ask, invitation, Turn.CANCEL) or invitation
    return _shown(ask, campaign, invitation, ())


def _shown(ask: Ask, campaign: Campaign, invitation: Invitation, told: tuple[Phrase, ...]) -> Answer:
    """One invitation: its state, its links, and taking it back."""
    own = ("inv", campaign.slug)
    silent = invitation.standing in SILENT
    links = "\n".join(invitations.links(ask, invitation)) if silent else ""
    state = Phrase(f"invite.is-{invitation.standing}")
    parts = [*told, Phrase("invite.one", {"line": invitation.line, "state": state})]
    parts += [Phrase("invite.link", {"links": Copied(links)})] if links else []
    mail = button("b.for-a-mail", "mail", invitation.id)
    stop = ((mail, button("b.take-back-invitation", *own, "cancel", invitation.id)),) if silent else ()
    rows = ((button("b.invitations", *own), button("b.invite-more", *own, "more")), *stop)
    return say(Saying(tuple(parts), rows), again=(*own, "one", invitation.id))


def remind(tx: Tx, tools: Tools, now: datetime) -> int:
    """Remind the silent: who opened a link by a notice, of the others whoever invited them; says how many."""
    due = [Invitation(each) for each in tx.matters.due(invitations.KIND, now)]
    act = steps.Act(tx, tools, steps.CLOCK, now)
    for each in due:
        campaign = tools.catalog.campaigns.get(each.campaign)
        if invitations.reminded(act, each) and campaign and campaign.is_open(now):
            _owe(act, each, now)
    return len(due)


def _owe(act: steps.Act, invitation: Invitation, now: datetime) -> None:
    opened = invitation.standing is Standing.OPENED
    person = invitation.matter.person if opened else str(invitation.matter.body["by"])
    number = int(invitation.matter.body["reminded"]) + 1
    about = invitation.id if opened else f"{invitation.campaign}/{now.date()}"
    what = ("notice", "invited", invitation.id) if opened else ("notice", "silent", invitation.campaign)
    act.tx.deliveries.owe(
        Delivery(
            id=act.tools.ids.new(),
            key=f"notice/{what[1]}/{about}/{number if opened else person}",
            policy=Policy.NOTICE,
            what=what,
            due=now,
            person=person,
        )
    )


def _stands(ask: Ask, subject: str) -> bool:
    return is_organiser(ask) and subject in ask.tools.catalog.campaigns


NAMES = waiting.talk_of(
    waiting.Waiting(
        "invite",
        prompt=lambda _ask, _subject: (Phrase("invite.ask"),),
        take=_take,
        stands=_stands,
        left=lambda ask, subject: card(ask, ask.tools.catalog.campaigns[subject]),
        check=_check,
        label="invite.label",
    )
)
FEATURE = Feature("inv", press, talks=(NAMES,))

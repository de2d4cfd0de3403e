"""Who takes part in a run, where, and in which campaigns: drawn by the seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from bot.app import Content, Team
from bot.campaign.announcement import Subscription
from bot.campaign.campaign import Reminder
from bot.campaign.refs import AccountRef, ChatRef
from bot.ports import Tx
from tests.simulation.intake import Seat
from tests.simulation.texts import CAMPAIGN, CONTENT
from tests.simulation.virtual import BEGIN

LOCALES = ("en", "ms", "de", "")


@dataclass
class Setting:
    """``admins`` run rooms. Organisers are owners, in private; moderators sit in a room, or are those."""

    content: Content
    team: Team
    members: list[Seat]
    moderators: list[Seat]
    organisers: list[Seat]
    admins: list[Seat]

    @property
    def campaigns(self) -> tuple[str, ...]:
        return tuple(sorted(self.content.catalog.campaigns))

    def subscribe(self, tx: Tx) -> None:
        """Most rooms wished for news long before the run begins."""
        for seat in self.admins:
            if seat.room is not None and seat.wishes:
                by = tx.people.meet(seat.account, "", BEGIN).id
                wishes = [
                    Subscription(seat.room, slug, zone=each.zone, by=by)
                    for slug, each in self.content.catalog.campaigns.items()
                ]
                for wish in wishes:
                    tx.subscriptions.put(wish, BEGIN)

    def accounts(self) -> Iterator[AccountRef]:
        """Everybody."""
        yield from (
            seat.account for seat in (*self.members, *self.moderators, *self.organisers, *self.admins)
        )


def drawn(chance: Random) -> Setting:
    """The setting of a seed."""
    members = [
        Seat(AccountRef("telegram", f"person{n}"), locale=chance.choice(LOCALES))
        for n in range(chance.randint(2, 4))
    ]
    organisers = [Seat(AccountRef("telegram", name), organises=True) for name in ("asa", "lin")]
    team, moderators = _team(chance, organisers)
    admins = [
        Seat(
            AccountRef("telegram", f"admin{n}"),
            ChatRef(chance.choice(("telegram", "console")), f"room{n}"),
            runs=True,
            wishes=chance.random() < 0.8,
        )
        for n in range(chance.randint(1, 3))
    ]
    return Setting(_content(chance), team, members, moderators, organisers, admins)


def _team(chance: Random, organisers: list[Seat]) -> tuple[Team, list[Seat]]:
    owners = frozenset(each.account for each in organisers)
    if chance.random() < 0.3:
        return Team(owners=owners), organisers
    desk = ChatRef(chance.choice(("telegram", "console")), "desk")
    seats = [Seat(AccountRef("telegram", name), desk) for name in ("anna", "bela")]
    return Team(owners=owners, moderators=(desk,)), seats


def _content(chance: Random) -> Content:
    """The shipped campaign made short, sometimes with a second one that soon closes."""
    base = CONTENT
    first = replace(
        base.catalog.campaigns[CAMPAIGN],
        milestones=(3, 4, 5, 6, 7, 8),
        show_count_from=1,
        undo_minutes=chance.choice((0, 10, 10)),
        reminders=(Reminder("daily", cron="0 11 * * *"),),
    )
    second = replace(first, slug="second", zone="Europe/Berlin", closes=BEGIN + timedelta(days=2))
    campaigns = {CAMPAIGN: first, "second": second} if chance.random() < 0.4 else {CAMPAIGN: first}
    return replace(base, catalog=replace(base.catalog, campaigns=campaigns))

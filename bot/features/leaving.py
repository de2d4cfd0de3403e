"""Forgetting the account of somebody who wished it, as soon as nothing is owed to them any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.features.feature import Ask, Tools
from bot.features.tries import KIND as TRIES
from bot.ports import Matter, Tx

KIND, WORDS = "leaving", "words"
THEIRS = ("keeper", "claim", "question", "dispute", "invitation", "handover")
"""Matters that keep an account from being forgotten."""
TRIES_KEPT = timedelta(days=2)


def begin(ask: Ask) -> None:
    """The account of the one who asks is forgotten once their last answer was sent."""
    me = ask.person.id
    matter = Matter(ask.tools.ids.new(), KIND, "", "due", ask.now, key=me, person=me, due=ask.now)
    ask.tx.matters.add(matter, ask.now)


def forget_due(tx: Tx, _tools: Tools, now: datetime) -> int:
    """Forget the accounts of those who wished it and are owed nothing; those who stay keep theirs.

    Returns how many were looked at.
    """
    for shown in tx.matters.due(WORDS, now):
        tx.matters.remove(shown.id)
    tx.matters.prune(TRIES, now - TRIES_KEPT)
    found = tx.matters.due(KIND, now)
    for each in found:
        person = tx.people.get(each.person)
        if person and person.owed:
            continue
        if person and not _stays(tx, each.person):
            tx.people.part(each.person)
            _untie(tx, each.person)
        tx.matters.remove(each.id)
    return len(found)


def _stays(tx: Tx, person: str) -> bool:
    """Whether something is still theirs: a sign-on of their own, an open talk or matter."""
    matters = (tx.matters.of_person(kind, person, 1) for kind in THEIRS)
    return bool(tx.endorsements.of(person, 1) or tx.sessions.open(person) or any(matters))


def _untie(tx: Tx, person: str) -> None:
    for each in tx.matters.of_person(TRIES, person):
        tx.matters.remove(each.id)

"""How often written words may be tried: guessing them must not be worth a beginning."""

from __future__ import annotations

from dataclasses import replace

from bot.features.feature import Ask
from bot.ports import Conflict, Matter

KIND = "tries"
OWN, ALL = 5, 50
"""Tries on one day (UTC) of one person, and of everybody together."""


def may_try(ask: Ask) -> bool:
    """Count a try of the one who asks; False, and not counted, where there were enough on this day."""
    counted = [(_of(ask, who), most) for who, most in ((ask.person.id, OWN), ("all", ALL))]
    if any(_count(ask, each) >= most for each, most in counted):
        return False
    for each, _most in counted:
        _add(ask, each)
    return True


def _of(ask: Ask, who: str) -> Matter:
    """The tries of somebody, or of all; a new matter (row 0) where there were none yet."""
    person = "" if who == "all" else who
    new = Matter(ask.tools.ids.new(), KIND, "", "counted", ask.now, key=who, person=person, row=0)
    return ask.tx.matters.by_key(KIND, who) or new


def _count(ask: Ask, tries: Matter) -> int:
    return int(tries.body["count"]) if tries.body.get("day") == str(ask.now.date()) else 0


def _add(ask: Ask, tries: Matter) -> None:
    body = {"day": str(ask.now.date()), "count": _count(ask, tries) + 1}
    changed = replace(tries, row=tries.row + 1, body=body)
    stored = (
        ask.tx.matters.change(changed, tries.row, ask.now)
        if tries.row
        else ask.tx.matters.add(replace(changed, key=tries.key), ask.now)
    )
    if not stored:
        raise Conflict

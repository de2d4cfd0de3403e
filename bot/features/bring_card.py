"""The card of names that were brought: what becomes of them, and one tap that puts them on the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.campaign.bringing import Fate, Origin
from bot.campaign.campaign import Campaign
from bot.dialog.messages import Button, Phrase, Saying
from bot.features import bring_columns, bring_left, taking
from bot.features.brought import Brought
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, say
from bot.features.quoting import quoted
from bot.features.taking import Judged

OUT = {
    Fate.LISTED: "bring.listed",
    Fate.DOUBLE: "bring.double",
    Fate.GONE: "bring.gone-once",
    Fate.UNREAD: "bring.unread",
}
"""What stays out, and how the card says it."""
FAULTS = 1
"""What is wrong with the table itself, on the card."""


def card(ask: Ask, campaign: Campaign, found: Brought) -> Answer:
    """How many are new, how many are not, and what can be done."""
    results = taking.judged(ask, campaign.slug, found.part())
    if found.is_table:
        return _table(found, results)
    return _only(found, results[0]) if len(results) == 1 else _several(found, results)


def _table(found: Brought, results: Sequence[Judged]) -> Answer:
    """A table, and what its columns are taken for."""
    counted = Counter(each.fate for each in results)
    parts = [Phrase("bring.rows", {"new": Phrase("bring.new", count=counted[Fate.NEW])}, count=len(results))]
    parts += [Phrase(key, count=counted[fate]) for fate, key in OUT.items() if counted[fate]]
    parts += [Phrase(key, values) for key, values in found.matter.body["faults"]][:FAULTS]
    parts.append(bring_columns.told(found))
    own = ("bt", found.id)
    rows = (
        *_take_row("b.take-all", found, counted[Fate.NEW]),
        (*_left_button(found, results), button("b.columns-wrong", *own, "col")),
        (button("b.throw-away", *own, "drop"),),
    )
    return say(Saying(tuple(parts), rows), again=own)


def _take_row(key: str, found: Brought, new: int) -> tuple[tuple[Button, ...], ...]:
    return ((Button(Phrase(key, count=new), ("bt", found.id, "take")),),) if new else ()


def _left_button(found: Brought, results: Sequence[Judged]) -> tuple[Button, ...]:
    count = sum(each.is_told for each in results)
    return (Button(Phrase("b.show-left", count=count), ("bt", found.id, "left")),) if count else ()


def _several(found: Brought, results: Sequence[Judged]) -> Answer:
    """Several names of a mail, or written by hand."""
    new = [each for each in results if each.fate is Fate.NEW]
    own = ("bt", found.id)
    said = Phrase("bring.names", {"new": Phrase("bring.new", count=len(new))}, count=len(results))
    rows = (
        *_take_row("b.add-all", found, len(new)),
        (*_left_button(found, results), button("b.change", *own, "change")),
        (button("b.leave-it", *own, "drop"),),
    )
    listed = quoted([bring_left.line(each.row) for each in new])
    return say(Saying((said, *listed), rows), again=own)


def _only(found: Brought, result: Judged) -> Answer:
    """One name: to be added, or why it is not."""
    own = ("bt", found.id)
    change, leave = button("b.change", *own, "change"), button("b.leave-it", *own, "drop")
    if result.fate is not Fate.NEW:
        return say(Saying((bring_left.why(result),), ((leave, change),)), again=own)
    key = "bring.add-mail" if found.origin is Origin.MAIL else "bring.add-hand"
    said = Phrase(key, {"line": bring_left.line(result.row)})
    return say(Saying((said,), ((button("b.add", *own, "take"), change), (leave,))), again=own)

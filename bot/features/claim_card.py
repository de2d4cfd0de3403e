"""The organisers' card of a claim, and what does not stand on it."""

from __future__ import annotations

from bot.campaign.announcement import Delivery
from bot.campaign.claim import Standing
from bot.campaign.endorsement import Endorsement
from bot.content.inert import shortened
from bot.dialog.messages import Button, Phrase, Saying
from bot.dialog.questions import Parts
from bot.dialog.text import Quote, Text, paragraph
from bot.features import desk, keepers
from bot.features.buttons import button
from bot.features.claims import KIND
from bot.ports import Matter, Tx
from bot.publication.gate import line_of

LONG = 80
"""Characters of who it is that fit on the card."""


def composed(tx: Tx, delivery: Delivery) -> Saying | None:
    """The card of a claim for the desk."""
    claim = tx.matters.get(delivery.what[1])
    found = tx.endorsements.get(claim.subject) if claim else None
    shown = card(tx, claim, found) if claim and found else None
    return desk.discreet(delivery, (KIND, "see", delivery.what[1]), shown)


def card(tx: Tx, claim: Matter, found: Endorsement) -> Saying:
    """A claim as it stands now."""
    line = {"line": line_of(found.entry)}
    row = str(claim.row)
    details = button("b.details", KIND, "details", claim.id)
    match claim.state:
        case Standing.ASKED:
            yes = button("b.they-speak", KIND, "grant", claim.id, row)
            no = button("b.not-now", KIND, "refuse", claim.id, row)
            parts = (Phrase("claim.head"), Phrase("review.line", line), *_facts(tx, claim, found))
            return Saying(parts, ((yes,), (no, details)))
        case Standing.GRANTED:
            end = button("b.they-do-not-speak", KIND, "end", claim.id, row)
            return Saying((_granted(claim, line),), ((end,),))
        case _:
            return Saying((Phrase(f"claim.{claim.state}", {**line, "by": _by(claim)}),), ())


def _by(claim: Matter) -> str:
    return str(claim.body["by"]) or "…"


def _granted(claim: Matter, line: dict[str, str]) -> Phrase:
    """How whoever looks after it came to it."""
    how = str(claim.body["how"])
    if how == "asked":
        return Phrase("claim.granted", {**line, "by": _by(claim)})
    return Phrase(f"claim.by-{how}", line)


def _facts(tx: Tx, claim: Matter, found: Endorsement) -> tuple[Phrase, ...]:
    """Who says so, and who signed or looks after the entry."""
    facts = [Phrase("claim.who", {"who": shortened(str(claim.body["who"]), LONG)})]
    signer = found.private.representative
    if signer:
        facts.append(Phrase("claim.signed-by", {"who": shortened(signer, LONG)}))
    if not keepers.keepers_of(tx, found.id):
        facts.append(Phrase("claim.nobody-yet"))
    return tuple(facts)


def details(claim: Matter, found: Endorsement) -> tuple[Parts, tuple[tuple[Button, ...], ...]]:
    """Everything told, quoted, and the way back."""
    parts: list[Phrase | Text] = [Phrase("review.line", {"line": line_of(found.entry)})]
    for key, words in (("claim.says", claim.body["who"]), ("claim.signer", found.private.representative)):
        if words:
            parts += [Phrase(key), (Quote((paragraph(str(words)),)),)]
    return tuple(parts), ((button("b.back", KIND, "see", claim.id),),)

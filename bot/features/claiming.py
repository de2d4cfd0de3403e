"""[I look after this entry]: somebody says that they speak for it, and the organisers say yes or no (E12)."""

from __future__ import annotations

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.claim import MOST_ASKED, Standing, Turn
from bot.campaign.endorsement import Endorsement
from bot.campaign.lookalike import clean
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import claim_card, claims, guards, home, keepers, mine, waiting
from bot.features.buttons import button
from bot.features.claims import KIND
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_moderator, told
from bot.ports import Matter
from bot.publication.gate import line_of

LONGEST = 500
"""Characters of what somebody says of themselves."""
DECIDES = {"grant": Turn.GRANT, "refuse": Turn.REFUSE, "end": Turn.END}
"""What an organiser's button does to a claim."""


def press(ask: Ask, route: Route) -> Answer:
    """Claim an entry, see what became of it, or decide as an organiser."""
    match route:
        case ("ask", id_) | (id_,):
            return _begin(ask, id_) if ask.private else guards.in_private(ask, (KIND, "ask", id_))
        case ("mine", id_):
            return _mine(ask, id_)
        case (what, id_, *row):
            return _for_organisers(ask, what, id_, row[0] if row else "")
        case _:
            return home.card(ask)


def _begin(ask: Ask, id_: str) -> Answer:
    found = claims.entry(ask, id_)
    if found is None:
        return home.card(ask, Phrase("button.old"))
    if keepers.is_keeper(ask, found):
        return mine.see(ask, found)
    mine_now = ask.tx.matters.of_person(KIND, ask.person.id)
    of_this = next((each for each in mine_now if each.subject == id_), None)
    if of_this and of_this.state == Standing.ASKED:
        return _waits(ask, found)
    often = of_this is not None and int(of_this.body["asked"]) >= MOST_ASKED
    if often or sum(each.state == Standing.ASKED for each in mine_now) >= MOST_ASKED:
        return _led_on(Phrase("claim.enough"), (KIND, "ask", id_))
    return waiting.wait(ask, WHO, id_, (KIND, "ask", id_))


def _led_on(said: Phrase, again: Route) -> Answer:
    rows = ((button("b.ask-organisers", "ask"), button("b.home", "home")),)
    return say(Saying((said,), rows), again=again)


def _check(_ask: Ask, _subject: str, words: str) -> Refusal | None:
    text = clean(words)
    if not text:
        return Refusal("dialog.empty")
    return Refusal("dialog.too-long", {"limit": LONGEST}) if len(text) > LONGEST else None


def _take(ask: Ask, subject: str, words: str) -> Answer:
    found = claims.entry(ask, subject)
    if found is None:
        return home.card(ask, Phrase("button.old"))
    claims.store(ask, found, Turn.ASK, "asked", clean(words))
    return _waits(ask, found)


def _waits(_ask: Ask, found: Endorsement) -> Answer:
    said = Phrase("claim.waits", {"line": line_of(found.entry)})
    rows = (
        (button("b.see-list", "list", found.campaign), button("b.home", "home")),
        (button("b.ask-organisers", "ask"),),
    )
    return say(Saying((said,), rows), again=(KIND, "ask", found.id))


def _mine(ask: Ask, id_: str) -> Answer:
    """What became of one's own claim."""
    pair = claims.claimed(ask, id_)
    if pair is None or pair[0].person != ask.person.id:
        return mine.overview(ask)
    claim, found = pair
    if claim.state == Standing.ASKED:
        return _waits(ask, found)
    if keepers.is_keeper(ask, found):
        return mine.see(ask, found)
    said = Phrase("claim.not-this-time", {"line": line_of(found.entry)})
    return _led_on(said, (KIND, "mine", id_))


def _for_organisers(ask: Ask, what: str, id_: str, row: str) -> Answer:
    """An organiser's tap on the card of a claim."""
    if not is_moderator(ask):
        return told(ask, Phrase("review.not-you"))
    pair = claims.claimed(ask, id_)
    if pair is None:
        return told(ask, Phrase("review.gone"))
    claim, found = pair
    if what in DECIDES:
        return _decide(ask, claim, found, DECIDES[what]) if row == str(claim.row) else _late(claim)
    if what == "details":
        return say(Saying(*claim_card.details(claim, found)), again=(KIND, "see", id_))
    return say(claim_card.card(ask.tx, claim, found), again=(KIND, "see", id_))


def _late(claim: Matter) -> Answer:
    """Only this organiser sees it: somebody else decided before."""
    rows = ((button("b.see-card", KIND, "see", claim.id),),)
    return say(Saying((Phrase("review.late"),), rows, only=True), again=(KIND, "see", claim.id))


def _decide(ask: Ask, claim: Matter, found: Endorsement, turn: Turn) -> Answer:
    """Every desk is owed the changed card; whoever claimed it, and those who look after it, hear of it."""
    asked = claim.state == Standing.ASKED
    changed = None
    if asked or turn is Turn.END:
        changed = claims.change(ask, claim, turn, {"by": ask.incoming.called[:40]})
    if changed is None:
        return _late(claim)
    act = claims.act_of(ask)
    if turn is Turn.GRANT:
        keepers.add(act, found, claim.person)
        keepers.tell(act, found, f"{claim.id}/{changed.row}", keepers.keepers_of(ask.tx, found.id))
    else:
        keepers.drop(ask.tx, found.id, claim.person)
        _refuse(ask, changed)
    return Answer()


def _refuse(ask: Ask, claim: Matter) -> None:
    """A notice that names nothing."""
    ask.tx.deliveries.owe(
        Delivery(
            id=ask.tools.ids.new(),
            key=f"notice/claim/{claim.id}/{claim.row}",
            policy=Policy.NOTICE,
            what=("notice", "claim", claim.id),
            due=ask.now,
            person=claim.person,
        )
    )


WHO = waiting.talk_of(
    waiting.Waiting(
        "claim",
        prompt=lambda ask, subject: (Phrase("claim.ask", {"name": _name(ask, subject)}),),
        take=_take,
        stands=lambda ask, subject: ask.tx.endorsements.get(subject) is not None,
        left=lambda ask, _subject: home.card(ask, Phrase("talk.cancelled")),
        check=_check,
        label="sign.label-representative",
    )
)


def _name(ask: Ask, subject: str) -> str:
    found = ask.tx.endorsements.get(subject)
    return found.entry.name if found else ""


FEATURE = Feature(KIND, press, public=True, talks=(WHO,))

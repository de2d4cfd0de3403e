"""[Hand it over]: whoever looks after an entry makes a link for the one who comes after them (FEATURES E12).

The link makes its first reader look after the entry too; whoever gave it stays until they let go.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import replace

from bot.campaign.claim import LINK_LASTS, Link
from bot.campaign.endorsement import FORGOTTEN, Endorsement, Private, Step
from bot.dialog.messages import Copied, Phrase, Route, Saying
from bot.features import claims, home, keepers, mine, steps
from bot.features.buttons import button, start_word
from bot.features.feature import Answer, Ask, Feature, say
from bot.ports import Conflict, Matter
from bot.publication.gate import line_of

KIND = "handover"


def press(ask: Ask, route: Route) -> Answer:
    """A link that was opened, ("give", id) to make one, ("show", id) to see it, ("go", id) to let go."""
    match route:
        case ("give" | "show" | "go" as what, id_):
            found = claims.entry(ask, id_)
            if found is None or not keepers.is_keeper(ask, found):
                return mine.overview(ask)
            return _let_go(ask, found) if what == "go" else _give(ask, found, anew=what == "give")
        case (word,):
            return _open(ask, word)
        case _:
            return mine.overview(ask)


def id_of(word: str) -> str:
    """The id of the hand-over with this secret word: nobody can find the word from it."""
    digest = hashlib.blake2b(word.encode(), digest_size=10, person=KIND.encode()).digest()
    return b32encode(digest).decode().lower()


def _give(ask: Ask, found: Endorsement, *, anew: bool) -> Answer:
    """The link: the same one until it was used or is too old, then ``anew`` makes another."""
    made = _offered(ask, found) or (_make(ask, found) if anew else None)
    if made is None:
        return mine.see(ask, found)
    word = start_word(("ho", str(made.body["word"])))
    links = "\n".join(link for make in ask.tools.links.values() if (link := make(word))) or word
    parts = (
        Phrase("handover.link", {"line": line_of(found.entry)}, count=LINK_LASTS.days),
        Phrase("handover.words", {"links": Copied(links)}),
    )
    rows = (
        (button("b.my-sign-on", "mine", "see", found.id), button("b.let-go", "ho", "go", found.id)),
        (button("b.clear", "clear"),),
    )
    return say(Saying(parts, rows), again=("ho", "show", found.id))


def _offered(ask: Ask, found: Endorsement) -> Matter | None:
    mine_now = ask.tx.matters.of_person(KIND, ask.person.id)
    fresh = (each for each in mine_now if each.subject == found.id and _is_fresh(ask, each))
    return next(fresh, None)


def _is_fresh(ask: Ask, made: Matter) -> bool:
    return made.state == Link.MADE and ask.now < made.begun + LINK_LASTS


def _make(ask: Ask, found: Endorsement) -> Matter:
    word = ask.tools.ids.new()
    made = Matter(id_of(word), KIND, found.id, Link.MADE, ask.now, person=ask.person.id, body={"word": word})
    ask.tx.matters.add(made, ask.now)
    return made


def _open(ask: Ask, word: str) -> Answer:
    """Whoever opens it first looks after the entry too."""
    made = ask.tx.matters.get(id_of(word))
    found = claims.entry(ask, made.subject) if made and made.kind == KIND else None
    if made is None or found is None:
        return home.card(ask, Phrase("handover.unknown"))
    if keepers.is_keeper(ask, found):
        return _give(ask, found, anew=False) if made.person == ask.person.id else mine.see(ask, found)
    if not _is_fresh(ask, made) or made.person not in keepers.keepers_of(ask.tx, found.id):
        rows = ((button("b.look-after", "claim", "ask", found.id), button("b.home", "home")),)
        return say(
            Saying((Phrase("handover.used", {"line": line_of(found.entry)}),), rows), again=("ho", word)
        )
    used = replace(made, state=Link.USED, row=made.row + 1, body={})
    if not ask.tx.matters.change(used, made.row, ask.now):
        raise Conflict
    claims.appoint(ask, found, "handover")
    return mine.see(ask, found, Phrase("handover.yours"))


def _let_go(ask: Ask, found: Endorsement) -> Answer:
    """Only where somebody else looks after it."""
    others = keepers.others(ask.tx, found, ask.person.id)
    if not others:
        rows = (
            (button("b.hand-over", "ho", "give", found.id),),
            (button("b.forget-me", "fg"), button("b.home", "home")),
        )
        return say(Saying((Phrase("handover.alone"),), rows), again=("ho", "go", found.id))
    release(ask, found)
    return mine.overview(ask, Phrase("handover.let-go", {"line": line_of(found.entry)}))


def release(ask: Ask, found: Endorsement) -> None:
    """The one who asks looks after an entry no more, and is forgotten as who signed it."""
    keepers.drop(ask.tx, found.id, ask.person.id)
    claims.end(ask, found.id)
    if found.person != ask.person.id:
        return
    steps.take(replace(claims.act_of(ask), actor=FORGOTTEN), found, Step.UNLINK, {"person": ""})
    ask.tx.endorsements.seal_private(found.id, Private(decided_by=found.private.decided_by))


def forget(ask: Ask) -> None:
    """Links that the one who asks made and nobody opened are worth nothing any more."""
    for each in ask.tx.matters.of_person(KIND, ask.person.id):
        ask.tx.matters.remove(each.id)


FEATURE = Feature("ho", press)

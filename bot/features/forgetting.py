"""[Forget me, keep our name]: for a phone that may be taken (GOLDEN-DIALOGS 6c, FEATURES P6).

The name stays on the list, the bot forgets who looked after it, and whoever has the written words looks after
it again. The words are shown once and kept as a keyed hash only.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.campaign.endorsement import LIVE, Endorsement, Kind, State
from bot.content.remembered import shown_words, written_key
from bot.dialog.messages import Copied, Phrase, Route, Saying
from bot.features import claims, handing_over, invitations, keepers, leaving, mine, talks, waiting
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.leaving import WORDS as KIND
from bot.features.tries import may_try
from bot.ports import Conflict, Matter
from bot.publication.gate import line_of

SHOWN, KEPT = "shown", "kept"
"""The states of a set of words: shown on a card, and kept by somebody who was forgotten."""
SHOWN_FOR = timedelta(days=1)
"""After that, words that were only shown are worth nothing."""
MANY = 50


def press(ask: Ask, route: Route) -> Answer:
    """() shows new words, ("do", id) forgets, ("words",) takes words, ("done",) is the last card."""
    match route:
        case ("do", id_):
            return _forget(ask, id_)
        case ("no",):
            _drop_shown(ask)
            return mine.overview(ask)
        case ("words",):
            return waiting.wait(ask, WORDS, "", ("fg", "words"))
        case ("done",):
            return _done()
        case _:
            return _show(ask)


def _entries(ask: Ask) -> list[Endorsement]:
    """What the one who asks looks after for organisations."""
    signed = ask.tx.endorsements.of(ask.person.id, MANY)
    found = [*signed, *keepers.kept_by(ask.tx, ask.person.id)]
    return [each for each in found if each.kind is Kind.ORGANISATION]


def _show(ask: Ask) -> Answer:
    """New words, each time: those before them, if any were shown, are worth nothing any more."""
    entries = [each for each in _entries(ask) if each.state in LIVE]
    if not entries:
        return mine.overview(ask)
    _drop_shown(ask)
    words = shown_words(ask.tools.ids.new())
    made = Matter(
        id=ask.tools.ids.new(),
        kind=KIND,
        subject="",
        state=SHOWN,
        begun=ask.now,
        key=written_key(words),
        person=ask.person.id,
        due=ask.now + SHOWN_FOR,
        body={"entries": [each.id for each in entries]},
    )
    ask.tx.matters.add(made, ask.now)
    one = len(entries) == 1
    head = Phrase("forget.head", {"line": line_of(entries[0].entry)}) if one else Phrase("forget.head-all")
    parts = (head, Phrase("forget.words", {"words": Copied(words)}))
    rows = ((button("b.wrote-it-down", "fg", "do", made.id),), (button("b.leave-it", "fg", "no"),))
    return say(Saying(parts, rows), again=("fg",))


def _drop_shown(ask: Ask) -> None:
    for each in ask.tx.matters.of_person(KIND, ask.person.id):
        ask.tx.matters.remove(each.id)


def _forget(ask: Ask, id_: str) -> Answer:
    """Forget who it was; without words that were just shown, new ones are."""
    made = ask.tx.matters.get(id_)
    if made is None or made.kind != KIND or made.person != ask.person.id or made.state != SHOWN:
        return _show(ask)
    kept = replace(made, state=KEPT, row=made.row + 1, person="", due=None)
    if not ask.tx.matters.change(kept, made.row, ask.now):
        raise Conflict
    for entry in _entries(ask):
        handing_over.release(ask, entry)
        ask.tx.audit.unlink(entry.id, ask.person.id)
    claims.forget(ask)
    invitations.forget(ask)
    handing_over.forget(ask)
    ask.tx.deliveries.forget(ask.person.id)
    if unfinished := ask.tx.sessions.open(ask.person.id):
        talks.end(ask, unfinished)
    leaving.begin(ask)
    return _done()


def _done() -> Answer:
    """The last card: all before it is taken away."""
    rows = ((button("b.home", "home"),),)
    return say(Saying((Phrase("forget.done"),), rows, clears=True), again=("fg", "done"))


def _take(ask: Ask, _subject: str, words: str) -> Answer:
    """Whoever writes the words looks after the entries again; few tries a day."""
    if not may_try(ask):
        return _refused(Phrase("forget.later"))
    found = ask.tx.matters.by_key(KIND, written_key(words))
    if found is None or found.state != KEPT:
        return _refused(Phrase("forget.wrong"))
    ask.tx.matters.remove(found.id)
    entries = [ask.tx.endorsements.get(str(id_)) for id_ in found.body["entries"]]
    back = [each for each in entries if each and (each.state in LIVE or each.state is State.WITHDRAWN)]
    for entry in back:
        claims.appoint(ask, entry, "words")
    return mine.overview(ask, Phrase("forget.back"))


def _refused(said: Phrase) -> Answer:
    rows = (
        (button("b.have-words", "fg", "words"),),
        (button("b.ask-organisers", "ask"), button("b.home", "home")),
    )
    return say(Saying((said,), rows), again=("mine",))


WORDS = waiting.talk_of(
    waiting.Waiting(
        "written-words",
        prompt=lambda _ask, _subject: (Phrase("forget.ask-words"),),
        take=_take,
        stands=lambda _ask, _subject: True,
        left=lambda ask, _subject: mine.overview(ask),
        label="forget.label",
    )
)
FEATURE = Feature("fg", press, talks=(WORDS,))

"""/mine: what I signed or look after, in which state it is, and taking it back.

Two taps, and ten minutes to undo it. An organisation's entry may have several who look after it: they hear of
what one of them does.
"""

from __future__ import annotations

from bot.campaign.endorsement import Endorsement, Kind, State, Step
from bot.content.inert import shortened
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import contests, home, keepers, mine_card, steps
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.mine_card import is_off_by_another, title_of

MANY = 8
see = mine_card.see
"""One of mine: its line, its state, and what can be done."""


def press(ask: Ask, route: Route) -> Answer:
    """One sign-on, taking it back, its undo, or all of them."""
    match route:
        case ("see", id_):
            return _one(ask, id_, see)
        case ("off", id_):
            return _one(ask, id_, withdraw)
        case ("undo", id_):
            return _one(ask, id_, undo)
        case ("back", id_):
            return _one(ask, id_, put_back)
        case ("over",):
            return overview(ask, Phrase("talk.over"))
        case _:
            return overview(ask)


def overview(ask: Ask, note: Phrase | None = None) -> Answer:
    """All of mine; with only one, that one."""
    found = [each for each in _all(ask) if _is_shown(each, ask)]
    notes = (note,) if note else ()
    if not found:
        return _none(note)
    if len(found) == 1:
        return see(ask, found[0], note)
    rows = tuple((named(_label(ask, each), "mine", "see", each.id),) for each in found)
    kept = any(each.kind is Kind.ORGANISATION for each in found)
    last = (
        *(((button("b.forget-me", "fg"),),) if kept else ()),
        (button("b.have-words", "fg", "words"),),
        (button("b.home", "home"),),
    )
    head = Phrase("mine.all", count=len(found))
    return say(Saying((*notes, head), (*rows, *last), picker=True), again=("mine",))


def _none(note: Phrase | None) -> Answer:
    """Nothing here: the way to sign, and for who has words for an entry on paper."""
    rows = (
        (button("b.campaigns", "c"), button("b.home", "home")),
        (button("b.have-words", "fg", "words"),),
    )
    return say(Saying((*((note,) if note else ()), Phrase("mine.none")), rows), again=("mine",))


def _all(ask: Ask) -> list[Endorsement]:
    """What the one who asks signed, then what they look after besides."""
    signed = ask.tx.endorsements.of(ask.person.id, MANY)
    return [*signed, *keepers.kept_by(ask.tx, ask.person.id, MANY)][:MANY]


def _is_shown(endorsement: Endorsement, ask: Ask) -> bool:
    over = endorsement.undo_until is None or endorsement.undo_until <= ask.now
    return not (endorsement.state is State.WITHDRAWN and over)


def withdraw(ask: Ask, mine: Endorsement) -> Answer:
    """Take it back at once; a second tap on the same button shows the same.

    Where those who look after it disagreed about that before, the organisers decide.
    """
    if keepers.contested(ask.tx, mine.id):
        return see(ask, mine)
    if mine.state is State.PUBLISHED and contests.disagreed(ask, mine):
        contests.begin(ask, mine)
        return see(ask, mine)
    changed = steps.take(_act(ask), mine, Step.WITHDRAW)
    if changed:
        others = keepers.others(ask.tx, mine, ask.person.id)
        keepers.tell(_act(ask), changed, str(changed.row), others)
    return see(ask, changed or mine)


def put_back(ask: Ask, mine: Endorsement) -> Answer:
    """Somebody else took it off: it stands again as it last was beyond doubt, and the organisers decide."""
    changed = (
        None if keepers.contested(ask.tx, mine.id) else steps.take(_act(ask), mine, Step.UNDO_WITHDRAWAL)
    )
    if changed is None:
        return home.card(ask, Phrase("mine.undo-over")) if mine.state is State.WITHDRAWN else see(ask, mine)
    if is_off_by_another(ask, mine):
        contests.begin(ask, changed)
    return see(ask, changed)


def undo(ask: Ask, mine: Endorsement) -> Answer:
    """Undo a withdrawal, while it can be and nobody signed for the same in between."""
    if is_off_by_another(ask, mine):
        return put_back(ask, mine)
    changed = steps.take(_act(ask), mine, Step.UNDO_WITHDRAWAL)
    if changed is None and mine.state is State.WITHDRAWN:
        return home.card(ask, Phrase("mine.undo-over"))
    return see(ask, changed or mine)


def _act(ask: Ask) -> steps.Act:
    return steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)


def _one(ask: Ask, id_: str, do: object) -> Answer:
    found = ask.tx.endorsements.get(id_)
    if found is None or not keepers.is_keeper(ask, found):
        return overview(ask)
    return do(ask, found)  # type: ignore[operator,no-any-return]


def _label(ask: Ask, mine: Endorsement) -> str:
    who, title = shortened(mine.entry.name, 20), title_of(ask, mine)
    return f"{who} · {title}" if who else title


FEATURE = Feature("mine", press, {"mine": lambda ask, _args: overview(ask)})

"""/mine: what I signed or look after, in which state it is, and taking it back.

Two taps, and ten minutes to undo it. An organisation's entry may have several who look after it: they hear of
what one of them does.
"""

from __future__ import annotations

from bot.campaign.endorsement import LIVE, Endorsement, Kind, State, Step
from bot.content.inert import shortened
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.features import contests, home, keepers, steps
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.publication.gate import line_of
from bot.publication.signatory_list import came_late

MANY = 8

Rows = tuple[tuple[Button, ...], ...]


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
        (button("b.have-words", "fg", "words"), button("b.home", "home")),
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


def see(ask: Ask, mine: Endorsement, note: Phrase | None = None) -> Answer:
    """One of mine: its line, its state, and what can be done."""
    parts = (*((note,) if note else ()), *_state(ask, mine))
    return say(Saying(parts, _rows(ask, mine)), again=("mine", "see", mine.id))


def _state(ask: Ask, mine: Endorsement) -> tuple[Phrase, ...]:
    title = _title(ask, mine)
    if not mine.entry.name:
        head = Phrase("mine.head-unnamed", {"title": title})
    else:
        key = "mine.head" if mine.person == ask.person.id else "mine.kept"
        head = Phrase(key, {"title": title, "line": line_of(mine.entry)})
    return (head, Phrase(f"mine.{_said(ask, mine)}", _facts(ask, mine)), *_disagreeing(ask, mine))


def _disagreeing(ask: Ask, mine: Endorsement) -> tuple[Phrase, ...]:
    """What another did who looks after it too, where that can be changed or is being decided."""
    if keepers.contested(ask.tx, mine.id):
        return (Phrase("mine.contested"),)
    off = mine.state is State.WITHDRAWN and _can_undo(mine, ask) and _is_off_by_another(ask, mine)
    return (Phrase("mine.off-by-another"),) if off else ()


def _is_off_by_another(ask: Ask, mine: Endorsement) -> bool:
    return contests.taken_off_by(ask.tx, mine.id) not in {"", ask.person.id}


def _said(ask: Ask, mine: Endorsement) -> str:
    """Its state, as far as it is not the usual one of a name on the list."""
    if mine.state is State.PUBLISHED and not mine.entry.named:
        return "published-unnamed"
    if mine.state is State.PUBLISHED and came_late(ask.tools.catalog.campaigns.get(mine.campaign), mine):
        return "published-late"
    if mine.state is State.WITHDRAWN and not (mine.entry.named and mine.position is not None):
        return "withdrawn-unlisted"
    return mine.state


def _facts(ask: Ask, mine: Endorsement) -> dict[str, str | int | Phrase]:
    match mine.state:
        case State.PUBLISHED if mine.position is not None and mine.entry.named:
            return {"number": ask.tx.endorsements.number(mine.campaign, mine.kind, mine.position)}
        case State.IN_REVIEW:
            return {"place": ask.tx.endorsements.place_in_line(mine)}
        case State.REJECTED:
            return {"reason": Phrase(f"reason.{mine.reason}")}
        case _:
            return {}


def _rows(ask: Ask, mine: Endorsement) -> Rows:
    """The likely one first: taking it back stands below, its undo first."""
    signed = button("b.text-changed", "ver", mine.id) if _is_earlier(ask, mine) else None
    way = (signed or button("b.see-list", "list", mine.campaign), button("b.home", "home"))
    if keepers.contested(ask.tx, mine.id):
        return (way, (button("b.ask-organisers", "ask"),))
    listed = mine.state is State.PUBLISHED and mine.entry.named
    match mine.state:
        case State.IN_REVIEW | State.APPROVED | State.PUBLISHED:
            off = (button("b.take-name-off" if listed else "b.take-back", "mine", "off", mine.id),)
            return (way, off, *_keeping(mine))
        case State.WITHDRAWN:
            return (_undoing(ask, mine), way) if _can_undo(mine, ask) else (way,)
        case _:
            again = (button("b.sign-again", "c", mine.campaign),)
            return (way, again) if mine.reason == "on-list" else (again, way)


def _is_earlier(ask: Ask, mine: Endorsement) -> bool:
    """Whether it was signed before the text was changed in its meaning."""
    campaign = ask.tools.catalog.campaigns.get(mine.campaign)
    if campaign is None or mine.state not in LIVE:
        return False
    return ask.tools.catalog.statements[campaign.statement].version.earlier(mine.text) is not None


def _keeping(mine: Endorsement) -> Rows:
    """What whoever looks after an organisation's entry can do with that."""
    if mine.kind is not Kind.ORGANISATION or mine.state is not State.PUBLISHED:
        return ()
    return ((button("b.hand-over", "ho", "give", mine.id),), (button("b.forget-me", "fg"),))


def _undoing(ask: Ask, mine: Endorsement) -> tuple[Button, ...]:
    """Whoever took it off can undo it; whoever else looks after it can put it back."""
    if _is_off_by_another(ask, mine):
        return (button("b.put-back", "mine", "back", mine.id),)
    return (button("b.undo-10", "mine", "undo", mine.id),)


def _can_undo(mine: Endorsement, ask: Ask) -> bool:
    return mine.undo_until is not None and mine.undo_until > ask.now


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
    if _is_off_by_another(ask, mine):
        contests.begin(ask, changed)
    return see(ask, changed)


def undo(ask: Ask, mine: Endorsement) -> Answer:
    """Undo a withdrawal, while it can be and nobody signed for the same in between."""
    if _is_off_by_another(ask, mine):
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


def _title(ask: Ask, mine: Endorsement) -> str:
    campaign = ask.tools.catalog.campaigns.get(mine.campaign)
    return home.title(ask, campaign) if campaign else mine.campaign


def _label(ask: Ask, mine: Endorsement) -> str:
    who, title = shortened(mine.entry.name, 20), _title(ask, mine)
    return f"{who} · {title}" if who else title


FEATURE = Feature("mine", press, {"mine": lambda ask, _args: overview(ask)})

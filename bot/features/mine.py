"""/mine: what I signed, in which state it is, and taking it back: two taps, and ten minutes to undo it."""

from __future__ import annotations

from bot.campaign.endorsement import Endorsement, State, Step
from bot.content.inert import shortened
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.features import home, steps
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.publication.gate import line_of

MANY = 8


def press(ask: Ask, route: Route) -> Answer:
    """One sign-on, taking it back, its undo, or all of them."""
    match route:
        case ("see", id_):
            return _one(ask, id_, see)
        case ("off", id_):
            return _one(ask, id_, withdraw)
        case ("undo", id_):
            return _one(ask, id_, undo)
        case ("over",):
            return overview(ask, Phrase("talk.over"))
        case _:
            return overview(ask)


def overview(ask: Ask, note: Phrase | None = None) -> Answer:
    """All of mine; with only one, that one."""
    found = [each for each in ask.tx.endorsements.of(ask.person.id, MANY) if _is_shown(each, ask)]
    notes = (note,) if note else ()
    if not found:
        return home.card(ask, note or Phrase("mine.none"))
    if len(found) == 1:
        return see(ask, found[0], note)
    rows = tuple((named(_label(ask, each), "mine", "see", each.id),) for each in found)
    return say(
        Saying(
            (*notes, Phrase("mine.all", count=len(found))), (*rows, (button("b.home", "home"),)), picker=True
        ),
        again=("mine",),
    )


def _is_shown(endorsement: Endorsement, ask: Ask) -> bool:
    over = endorsement.undo_until is None or endorsement.undo_until <= ask.now
    return not (endorsement.state is State.WITHDRAWN and over)


def see(ask: Ask, mine: Endorsement, note: Phrase | None = None) -> Answer:
    """One of mine: its line, its state, and what can be done."""
    parts = (*((note,) if note else ()), *_state(ask, mine))
    return say(Saying(parts, _rows(mine)), again=("mine", "see", mine.id))


def _state(ask: Ask, mine: Endorsement) -> tuple[Phrase, ...]:
    title = _title(ask, mine)
    head = (
        Phrase("mine.head", {"title": title, "line": line_of(mine.entry)})
        if mine.entry.name
        else Phrase("mine.head-unnamed", {"title": title})
    )
    return (head, Phrase(f"mine.{_said(mine)}", _facts(ask, mine)))


def _said(mine: Endorsement) -> str:
    """Its state, as far as it is not the usual one of a name on the list."""
    if mine.state is State.PUBLISHED and not mine.entry.named:
        return "published-unnamed"
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


def _rows(mine: Endorsement) -> tuple[tuple[Button, ...], ...]:
    """The likely one first: taking it back stands last, its undo first."""
    way = (button("b.see-list", "list", mine.campaign), button("b.home", "home"))
    listed = mine.state is State.PUBLISHED and mine.entry.named
    match mine.state:
        case State.IN_REVIEW | State.APPROVED | State.PUBLISHED:
            return (way, (button("b.take-name-off" if listed else "b.take-back", "mine", "off", mine.id),))
        case State.WITHDRAWN:
            return ((button("b.undo-10", "mine", "undo", mine.id),), way)
        case _:
            again = (button("b.sign-again", "c", mine.campaign),)
            return (way, again) if mine.reason == "on-list" else (again, way)


def withdraw(ask: Ask, mine: Endorsement) -> Answer:
    """Take it back at once; a second tap on the same button shows the same."""
    changed = steps.take(_act(ask), mine, Step.WITHDRAW)
    return see(ask, changed or mine)


def undo(ask: Ask, mine: Endorsement) -> Answer:
    """Undo a withdrawal, while it can be and nobody signed for the same in between."""
    changed = steps.take(_act(ask), mine, Step.UNDO_WITHDRAWAL)
    if changed is None and mine.state is State.WITHDRAWN:
        return home.card(ask, Phrase("mine.undo-over"))
    return see(ask, changed or mine)


def _act(ask: Ask) -> steps.Act:
    return steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)


def _one(ask: Ask, id_: str, do: object) -> Answer:
    found = ask.tx.endorsements.get(id_)
    if found is None or found.person != ask.person.id:
        return overview(ask)
    return do(ask, found)  # type: ignore[operator,no-any-return]


def _title(ask: Ask, mine: Endorsement) -> str:
    campaign = ask.tools.catalog.campaigns.get(mine.campaign)
    return home.title(ask, campaign) if campaign else mine.campaign


def _label(ask: Ask, mine: Endorsement) -> str:
    who, title = shortened(mine.entry.name, 20), _title(ask, mine)
    return f"{who} · {title}" if who else title


FEATURE = Feature("mine", press, {"mine": lambda ask, _args: overview(ask)})

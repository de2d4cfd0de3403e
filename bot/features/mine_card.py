"""The card of one sign-on: its line, its state, and what whoever looks after it can do with it."""

from __future__ import annotations

from bot.campaign.endorsement import LIVE, Endorsement, Kind, State
from bot.dialog.messages import Button, Phrase, Saying
from bot.features import contests, home, keepers
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, say
from bot.publication.gate import line_of
from bot.publication.signatory_list import came_late

Rows = tuple[tuple[Button, ...], ...]


def see(ask: Ask, mine: Endorsement, note: Phrase | None = None) -> Answer:
    """One of mine: its line, its state, and what can be done."""
    parts = (*((note,) if note else ()), *_state(ask, mine))
    return say(Saying(parts, _rows(ask, mine)), again=("mine", "see", mine.id))


def _state(ask: Ask, mine: Endorsement) -> tuple[Phrase, ...]:
    title = title_of(ask, mine)
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
    off = mine.state is State.WITHDRAWN and _can_undo(mine, ask) and is_off_by_another(ask, mine)
    return (Phrase("mine.off-by-another"),) if off else ()


def is_off_by_another(ask: Ask, mine: Endorsement) -> bool:
    """Whether somebody else who looks after it took it off last."""
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
    if is_off_by_another(ask, mine):
        return (button("b.put-back", "mine", "back", mine.id),)
    return (button("b.undo-10", "mine", "undo", mine.id),)


def _can_undo(mine: Endorsement, ask: Ask) -> bool:
    return mine.undo_until is not None and mine.undo_until > ask.now


def title_of(ask: Ask, mine: Endorsement) -> str:
    """The title of what was signed; the campaign's slug where it is not there any more."""
    campaign = ask.tools.catalog.campaigns.get(mine.campaign)
    return home.title(ask, campaign) if campaign else mine.campaign

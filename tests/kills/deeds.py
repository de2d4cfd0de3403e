"""What somebody on Discord does about what is before them; each gives back the words that were typed."""

from __future__ import annotations

from tests.kills.member import Member
from tests.kills.patience import times
from tests.kills.person import START, label
from tests.kills.seat import WAYS_BACK
from tests.peers.discord.modals import parts_of

FILL = "dialog.fill-in"
WORDS = "How?"
"""What is typed where a form asks first for what is chosen: the buttons come then."""


def do_next(who: Member) -> str:
    """What they do about what is before them."""
    form, card = who.account.form, who.card
    if form and form.modal and who.types:
        who.account.dismiss()
        return _say(who, who.person.words.get(next(iter(parts_of(form.modal))), WORDS))
    if form:
        who.sent = form
        return submit(who)
    if card and who.has(FILL) and not who.types:
        return press(who, label(FILL))
    line = who.person.line(card)
    if line.isdigit() and card:
        return press(who, next(name for name, number in card.buttons.items() if number == int(line)))
    return _say(who, line) if who.types and line != START else command(who, "sign")


def command(who: Member, name: str) -> str:
    """Use a command where they are."""
    who.account.command(name, who.place)
    return ""


def _say(who: Member, words: str) -> str:
    who.account.say(words)
    return words


def press(who: Member, name: str) -> str:
    """Press a button; the impatient press twice."""
    for _ in range(times(who.chance)):
        who.account.press(name, who.newest)
    return ""


def submit(who: Member) -> str:
    """Send the form they have, or had; the impatient send it twice."""
    assert who.sent
    assert who.sent.modal
    filled = {key: _value(who, key) for key in parts_of(who.sent.modal)}
    who.given = {key: value for key, value in filled.items() if value == who.person.words.get(key)}
    for _ in range(times(who.chance)):
        who.account.submit(who.sent, **filled)
    return ""


def _value(who: Member, key: str) -> str:
    """What they write or choose in a field."""
    if key == "showing":
        return label("b.named" if "name" in who.person.words else "b.unnamed")
    return who.person.words.get(key, "")


def take_back(who: Member) -> str:
    """Press what takes it back, through the own sign-on where that comes first."""
    key = next((key for key in WAYS_BACK if who.has(key)), "")
    return press(who, label(key)) if key else command(who, "mine")

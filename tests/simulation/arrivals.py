"""What must hold of everything that reaches a chat: each rule says what is wrong, or nothing.

They look at the moment of arrival, when the database can still be asked whether it was true. Rules named E
and D are invariants of the threat model, F its faults, Q our own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.campaign.announcement import Policy
from bot.campaign.endorsement import Endorsement, State
from bot.dialog.text import plain
from tests.simulation import words
from tests.simulation.intake import Event
from tests.simulation.ledger import Ledger
from tests.simulation.peer import Arrival
from tests.simulation.process import DECIDED

THANKS = {"sign.thanks", "sign.thanks-person", "sign.counted"}
NAMING = ("list.", "post.", "campaign.", "channel.", "notice.", "home.", "sign.already")
"""Cards on which names of others may stand."""


def e6_thanks_only_for_what_stands(ledger: Ledger, arrival: Arrival) -> Iterator[str]:
    """Nobody is thanked for an endorsement that is not committed."""
    if THANKS.isdisjoint(arrival.message.said):
        return
    for route in arrival.message.routes:
        if route[:2] == ["mine", "see"]:
            ledger.thanked.add(route[2])
            if ledger.truth.one("SELECT 1 FROM endorsements WHERE id = ?", route[2]) is None:
                yield f"thanked for {route[2]}, which is not there"


def q2_a_card_shows_a_stored_talk(ledger: Ledger, arrival: Arrival) -> Iterator[str]:
    """No card of a talk is ahead of what is stored of it."""
    for route in arrival.message.routes:
        if route[0] == "s" and len(route) > 2:
            row = ledger.truth.one("SELECT version FROM sessions WHERE id = ?", route[1])
            if row is not None and row["version"] < int(route[2]):
                yield f"talk {route[1]}: version {route[2]} is shown, {row['version']} is stored"


def e7_no_name_after_withdrawal(ledger: Ledger, arrival: Arrival) -> Iterator[str]:
    """Once a withdrawal was acknowledged, nothing decided later shows the name to others.

    The organisers' own card keeps it: they have to know which one was taken back. So does an invitation.
    """
    _note_withdrawal(ledger, arrival)
    message = arrival.message
    naming = any(said.startswith(NAMING) for said in message.said) and "invited.hello" not in message.said
    if message.chat in ledger.desks or not naming:
        return
    text = plain(message.outgoing.text)
    for id_, (decided, row) in ledger.withdrawn.items():
        gone = ledger.truth.ask(lambda tx, id_=id_: tx.endorsements.get(id_))  # type: ignore[misc]
        still = gone is not None and gone.state is State.WITHDRAWN and gone.row == row
        if still and decided < DECIDED.get() and is_named(ledger, gone, text):
            yield f"{gone.entry.name!r} was withdrawn and stands in {message.chat} {message.id}"


def _note_withdrawal(ledger: Ledger, arrival: Arrival) -> None:
    if not {"mine.withdrawn", "mine.withdrawn-unlisted"} & set(arrival.message.said):
        return
    for route in arrival.message.routes:
        if route[:2] == ["mine", "undo"]:
            row = ledger.truth.one("SELECT row FROM endorsements WHERE id = ?", route[2])
            ledger.withdrawn[route[2]] = (DECIDED.get(), row["row"])


def is_named(ledger: Ledger, gone: Endorsement, text: str) -> bool:
    """Whether the text has this name although nobody else stands under it."""
    name = gone.entry.name
    if name not in words.TELLING or name not in text:
        return False
    return not any(
        other.entry.name == name and other.state is State.PUBLISHED for other in ledger.truth.endorsements()
    )


def d1_one_post_per_key(ledger: Ledger, arrival: Arrival) -> Iterator[str]:
    """What goes out once is posted once, unless a moderator asked for it again."""
    row = _once(ledger, arrival)
    if row is not None:
        ledger.posted[row["key"]] += 1
        if ledger.posted[row["key"]] > 1 + ledger.told_again(row["key"]):
            yield f"{row['key']} was posted {ledger.posted[row['key']]} times"


def f32_one_post_per_slot(ledger: Ledger, arrival: Arrival) -> Iterator[str]:
    """No room gets two posts for one slot or one milestone, whatever the clocks did."""
    row = _once(ledger, arrival)
    if row is None:
        return
    sql = "SELECT campaign, kind, due, facts FROM announcements WHERE id = ?"
    campaign, kind, due, facts = ledger.truth.one(sql, json.loads(row["what"])[1])
    slot = (str(ledger.room(arrival.message.chat)), campaign, kind, str(json.loads(facts).get("number", due)))
    ledger.slots[slot] += 1
    if ledger.slots[slot] > 1 + ledger.told_again(row["key"]):
        yield f"{slot} was posted {ledger.slots[slot]} times"


def _once(ledger: Ledger, arrival: Arrival) -> Any:  # noqa: ANN401  (a row)
    """The delivery of a new post that must go out once; None for anything else."""
    sql = "SELECT key, what FROM deliveries WHERE id = ? AND policy = ?"
    return ledger.truth.one(sql, arrival.nonce, Policy.ONCE.value) if arrival.nonce and arrival.new else None


def d6_nothing_after_stop(ledger: Ledger, arrival: Arrival) -> Iterator[str]:
    """Once a stop was acknowledged in a room, no post decided later comes until somebody wishes it again."""
    chat = arrival.message.chat
    sql = "SELECT campaign, active, row FROM subscriptions WHERE platform = ? AND chat = ? ORDER BY campaign"
    wishes = str([tuple(row) for row in ledger.truth.rows(sql, chat.platform, chat.id)])
    if "channel.stopped" in arrival.message.said:
        ledger.stopped[chat] = (DECIDED.get(), wishes)
        return
    decided, then = ledger.stopped.get(chat, (0, ""))
    posted = arrival.new and arrival.nonce and any(said.startswith("post.") for said in arrival.message.said)
    if posted and then == wishes and decided < DECIDED.get():
        yield f"{chat} was told that nothing comes any more, then {arrival.message.id} came"


def f1_only_stored_events_are_confirmed(ledger: Ledger, event: Event) -> Iterator[str]:
    """The platform is told that an event is done only when it is."""
    if ledger.truth.one("SELECT 1 FROM events WHERE event = ?", event.incoming.event) is None:
        yield f"{event.incoming.event} was confirmed and is not stored"


ON_ARRIVAL = (
    e6_thanks_only_for_what_stands,
    q2_a_card_shows_a_stored_talk,
    e7_no_name_after_withdrawal,
    d1_one_post_per_key,
    f32_one_post_per_slot,
    d6_nothing_after_stop,
)

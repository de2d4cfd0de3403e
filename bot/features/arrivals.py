"""What came unasked for, and who takes it: names of a table, a new campaign's text, a forwarded mail."""

from __future__ import annotations

from bot.content.importing.arriving import is_table
from bot.features import bring, copies, home, new
from bot.features.feature import Answer, Ask, Feature
from bot.features.guards import is_organiser


def takes(ask: Ask) -> Answer | None:
    """A file, forwarded words, the next part of a text or list; None where nobody can use it."""
    incoming = ask.incoming
    if incoming.content is None and (answer := copies.goes_on(ask)):
        return answer
    if not is_organiser(ask):
        return None
    if incoming.content is not None:
        name = incoming.file.name if incoming.file else ""
        return bring.sent(ask, "") if is_table(incoming.content, name) else new.takes(ask)
    return new.takes(ask) or (bring.forwarded(ask, incoming.text) if incoming.forwarded else None)


FEATURE = Feature("arr", lambda ask, _route: home.card(ask), takes=takes)

"""Made-up endorsements for the tests of publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.campaign.endorsement import Endorsement, Entry, Kind, State
from bot.content.catalog import Document
from bot.publication.gate import Signatory, show

SIGNED = datetime(2026, 2, 14, 12, tzinfo=UTC)
DOCUMENT = Document("en", "A *call* for peace", (), "c0ffee" * 10 + "abcd", date(2026, 2, 1))


def endorsement(
    entry: Entry,
    position: int | None = 1,
    kind: Kind = Kind.ORGANISATION,
    state: State = State.PUBLISHED,
) -> Endorsement:
    """A published endorsement unless told otherwise."""
    return Endorsement(
        id=f"e{position}",
        campaign="peace",
        kind=kind,
        state=state,
        row=1,
        text="c0ffee",
        entry=entry,
        signed=SIGNED,
        position=position,
        published=SIGNED,
    )


def signatories(*entries: Entry, kind: Kind = Kind.ORGANISATION) -> Sequence[Signatory]:
    """What the gate shows of these entries, in order."""
    found = [show(endorsement(entry, position, kind)) for position, entry in enumerate(entries, 1)]
    return [signatory for signatory in found if signatory]

"""An endorsement as a row: what is sealed, and what stands in clear while its name is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from bot.campaign.endorsement import Endorsement, Entry, Kind, Private, State, shows_name, tally_names
from bot.storage.cursor import Row, Value
from bot.storage.moments import EPOCH, micros, micros_or_none, moment, moment_or_none
from bot.storage.seal import Sealer

CLEAR = ("name", "original", "acronym", "country", "place", "organisation", "printed")
"""The columns of a published, named line; NULL at all other times."""


def fixed(endorsement: Endorsement) -> dict[str, Value]:
    """The columns that never change."""
    return {
        "campaign": endorsement.campaign,
        "kind": endorsement.kind.value,
        "origin": endorsement.origin,
    }


def changing(endorsement: Endorsement, sealer: Sealer) -> dict[str, Value]:
    """The columns that a step may change, without the private details."""
    return {
        "person": endorsement.person or None,
        "text": endorsement.text,
        "state": endorsement.state.value,
        "row": endorsement.row,
        "signed": micros(endorsement.signed),
        "position": endorsement.position,
        "published": micros_or_none(endorsement.published),
        "before": endorsement.before and endorsement.before.value,
        "undo_until": micros_or_none(endorsement.undo_until),
        "due": micros_or_none(endorsement.due),
        "sealed_entry": _sealed_entry(endorsement, sealer),
        **_clear(endorsement),
    }


def sealed_private(endorsement: str, private: Private, sealer: Sealer) -> bytes | None:
    """The private details, sealed; None where there are none."""
    if private == Private():
        return None
    return sealer.seal("endorsements", endorsement, "sealed_private", asdict(private))


def opened(row: Row, sealer: Sealer) -> Endorsement:
    """The endorsement of a row with its private details."""
    sealed = row["sealed_private"]
    private = sealer.open("endorsements", row["id"], "sealed_private", sealed) if sealed else {}
    return _endorsement(row, *_open_entry(row, sealer), Private(**private))


def public(row: Row, sealer: Sealer) -> Endorsement:
    """The endorsement of a published row without its private details; a line in clear is not opened."""
    if row["name"] is None:
        return _endorsement(row, *_open_entry(row, sealer), Private())
    return _endorsement(row, Entry(**{name: row[name] for name in CLEAR}), "", Private())


def tally(named: Iterable[Row], unnamed: Iterable[Row], sealer: Sealer) -> Mapping[str, int]:
    """Count published rows: ``named`` come as kind, country and how many (n); ``unnamed`` are opened."""
    groups = Counter({(row["kind"], row["country"], True): row["n"] for row in named})
    groups.update((row["kind"], _open_entry(row, sealer)[0].country, False) for row in unnamed)
    counted: Counter[str] = Counter()
    for (kind, country, is_named), n in groups.items():
        entry = Entry(name="", country=country, named=is_named)
        sample = Endorsement("", "", Kind(kind), State.PUBLISHED, 0, "", entry, EPOCH)
        counted.update(dict.fromkeys(tally_names(sample), n))
    return dict(counted)


def _sealed_entry(endorsement: Endorsement, sealer: Sealer) -> bytes:
    clear = {"entry": asdict(endorsement.entry), "reason": endorsement.reason}
    return sealer.seal("endorsements", endorsement.id, "sealed_entry", clear)


def _clear(endorsement: Endorsement) -> dict[str, Value]:
    entry = endorsement.entry
    shown = shows_name(endorsement.kind, endorsement.state, named=entry.named)
    return {name: getattr(entry, name) if shown else None for name in CLEAR}


def _open_entry(row: Row, sealer: Sealer) -> tuple[Entry, str]:
    clear = sealer.open("endorsements", row["id"], "sealed_entry", row["sealed_entry"])
    return Entry(**clear["entry"]), clear["reason"]


def _endorsement(row: Row, entry: Entry, reason: str, private: Private) -> Endorsement:
    return Endorsement(
        id=row["id"],
        campaign=row["campaign"],
        kind=Kind(row["kind"]),
        state=State(row["state"]),
        row=row["row"],
        text=row["text"],
        entry=entry,
        signed=moment(row["signed"]),
        person=row["person"] or "",
        origin=row["origin"],
        position=row["position"],
        published=moment_or_none(row["published"]),
        before=State(row["before"]) if row["before"] else None,
        undo_until=moment_or_none(row["undo_until"]),
        due=moment_or_none(row["due"]),
        reason=reason,
        private=private,
    )

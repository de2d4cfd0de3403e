"""Moves: everything a person can do in a talk, and how a button carries one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.dialog.messages import DATA_LIMIT, Route
from bot.dialog.session import Session


@dataclass(frozen=True, slots=True)
class Words:
    """Something typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice was pressed; ``value`` is the choice's value or the token that stands for it in a button."""

    version: int
    value: str


@dataclass(frozen=True, slots=True)
class Back:
    """To the question before; from a question opened for a change, to the review."""

    version: int


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave an optional question out."""

    version: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Go on with the answer that is there; from the choice of what to change, back to the review."""

    version: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """Throw the talk away."""

    version: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Show what can be changed from the review."""

    version: int


@dataclass(frozen=True, slots=True)
class Change:
    """Ask one question again from the review."""

    version: int
    key: str


@dataclass(frozen=True, slots=True)
class Flip:
    """Give or take back a permission on the review card."""

    version: int
    key: str


@dataclass(frozen=True, slots=True)
class Commit:
    """The one tap that commits."""

    version: int


@dataclass(frozen=True, slots=True)
class Fill:
    """A form was sent: what its fields hold, by question."""

    version: int
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Again:
    """Show again where the talk stands (after a restart, a redelivery, a photo)."""


Bare = Back | Skip | Keep | Cancel | Changes | Commit
Named = Pick | Change | Flip
Press = Bare | Named
Move = Words | Press | Fill | Again

ROOM = "s"
"""The first word of every route of a talk."""

_BARE: Mapping[str, type[Bare]] = {
    "b": Back,
    "k": Skip,
    "o": Keep,
    "x": Cancel,
    "m": Changes,
    "g": Commit,
}
_NAMED: Mapping[str, type[Named]] = {"p": Pick, "c": Change, "f": Flip}
_FILL = "a"
_OPS = {make: op for op, make in (*_BARE.items(), *_NAMED.items(), (_FILL, Fill))}
_VERSION = re.compile(r"[1-9][0-9]{0,8}")
_SHORT = re.compile(r"[A-Za-z0-9_.:-]{1,24}")


def token(value: str) -> str:
    """What stands for a choice's value in a button: the value where it is short and plain, else a hash of it.

    No index: the choices may have changed since the card was drawn, and then an index would pick a neighbour.
    """
    if _SHORT.fullmatch(value):
        return value
    return "~" + hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def route_of(session: Session, move: Press | Fill) -> Route:
    """The route of a button, or of a form, that makes this move.

    ValueError where it cannot fit into a button (a bug).
    """
    op = _OPS[type(move)]
    route = (ROOM, session.id, str(move.version), op, *_argument(move))
    if any("/" in piece for piece in route) or len("/".join(route).encode()) > DATA_LIMIT:
        raise ValueError(f"the button {op!r} of a talk cannot be packed")
    return route


def _argument(move: Press | Fill) -> Route:
    match move:
        case Pick(_, value):
            return (token(value),)
        case Change(_, key) | Flip(_, key):
            return (key,)
        case _:
            return ()


def move_from(route: Route, fields: Mapping[str, str] | None = None) -> Move | None:
    """The move a pressed button makes, or a form with these fields; None where the route is none of ours.

    ``route[1]`` names the session it was drawn for: the caller compares it with the open one.
    """
    match route:
        case (room, _, version, op) if room == ROOM and op in _BARE and _VERSION.fullmatch(version):
            return _BARE[op](int(version))
        case (room, _, version, op, arg) if room == ROOM and op in _NAMED and _VERSION.fullmatch(version):
            return _NAMED[op](int(version), arg)
        case (room, _, version, op) if room == ROOM and op == _FILL and _VERSION.fullmatch(version):
            return Fill(int(version), fields or {})
    return None

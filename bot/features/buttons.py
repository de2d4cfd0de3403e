"""Buttons that many cards share, and the packing of routes into what a button may carry."""

from __future__ import annotations

import hashlib
from base64 import b32encode

from bot.dialog.messages import DATA_LIMIT, Button, Phrase, Route, Saying
from bot.ports import Tx

LONG = "~"
"""Begins the token of a route that is too long for a button."""


def button(key: str, *route: str, **values: str | int) -> Button:
    """A button labelled by a phrase that leads to a route."""
    return Button(Phrase(key, values), route)


def named(label: str, *route: str) -> Button:
    """A button labelled with the name of a thing, as it is."""
    return Button(label, route)


def pack(route: Route) -> str:
    """A route as button data: its pieces joined by "/", or a token where that is too long or a piece holds a "/"."""
    joined = "/".join(route)
    plain = joined.isascii() and joined.isprintable() and not joined.startswith(LONG) and joined.count("/") == len(route) - 1
    return joined if plain and len(joined) <= DATA_LIMIT else _token(route)


def _token(route: Route) -> str:
    digest = hashlib.blake2b("\0".join(route).encode(), digest_size=15).digest()
    return LONG + b32encode(digest).decode().lower()


def unpack(data: str, tx: Tx) -> Route | None:
    """The route of button data; None for a token nobody knows or for data no button of ours carries."""
    if len(data.encode()) > DATA_LIMIT or not data:
        return None
    return tx.routes.get(data) if data.startswith(LONG) else tuple(data.split("/"))


def keep_long_routes(saying: Saying, tx: Tx) -> None:
    """Store the routes of a card that do not fit into their buttons."""
    for row in saying.buttons:
        for each in row:
            if each.route and (data := pack(each.route)).startswith(LONG):
                tx.routes.keep(data, each.route)

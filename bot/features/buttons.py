"""Buttons that many cards share, and the packing of routes into what a button may carry."""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode

from bot.content.card import Packing
from bot.dialog.messages import DATA_LIMIT, Button, Incoming, Phrase, Route, Saying
from bot.ports import Tx

START = re.compile("[A-Za-z0-9_-]+")
LONG = "~"
"""Begins the token of a route that is too long for a button."""


def button(key: str, *route: str, **values: str | int) -> Button:
    """A button labelled by a phrase that leads to a route."""
    return Button(Phrase(key, values), route)


def named(label: str, *route: str) -> Button:
    """A button labelled with the name of a thing, as it is."""
    return Button(label, route)


def share_row(incoming: Incoming, *route: str) -> tuple[tuple[Button, ...], ...]:
    """A row with the button that shares what a route shows; none where nobody is around, or they may not."""
    if incoming.around is None or not incoming.around.theirs:
        return ()
    return ((button("b.share-here", "share", *route),),)


def pack(route: Route) -> str:
    """A route as button data.

    Its pieces joined by "/", or a token where that is too long or a piece holds a "/".
    """
    joined = "/".join(route)
    plain = (
        joined.isascii()
        and joined.isprintable()
        and not joined.startswith(LONG)
        and joined.count("/") == len(route) - 1
    )
    return joined if plain and len(joined) <= DATA_LIMIT else _token(route)


def _token(route: Route) -> str:
    digest = hashlib.blake2b("\0".join(route).encode(), digest_size=15).digest()
    return LONG + b32encode(digest).decode().lower()


def unpack(data: str, tx: Tx) -> Route | None:
    """The route of button data; None for a token nobody knows or for data no button of ours carries."""
    if not data or len(data) > DATA_LIMIT or not (data.isascii() and data.isprintable()):
        return None
    return tx.routes.get(data) if data.startswith(LONG) else tuple(data.split("/"))


def start_word(route: Route) -> str:
    """A route as the start word of a link into our private chat, for example "c_palestine".

    At most 64 characters of A–Z a–z 0–9 _ -.
    """
    joined = "_".join(route)
    fits = len(joined) <= DATA_LIMIT and joined.count("_") == len(route) - 1 and START.fullmatch(joined)
    return joined if fits else "t_" + _token(route)[1:]


def started(word: str, tx: Tx) -> Route | None:
    """The route of a start word; None for a token nobody knows or for a word no link of ours carries."""
    if not START.fullmatch(word):
        return None
    token = word.removeprefix("t_")
    return tx.routes.get(LONG + token) if token != word else tuple(word.split("_"))


PACKING = Packing(pack, start_word)
"""How the routes of a card travel."""


def keep_long_routes(saying: Saying, tx: Tx) -> None:
    """Store the routes of a card that do not fit into their buttons."""
    for row in saying.buttons:
        for each in row:
            if each.route and (data := pack(each.route)).startswith(LONG):
                tx.routes.keep(data, each.route)
            if each.opens and (word := start_word(each.opens)).startswith("t_"):
                tx.routes.keep(LONG + word[2:], each.opens)

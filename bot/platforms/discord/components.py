"""Buttons in rows, and lists to choose from where they are too many (pure).

What a component carries: "p<n>:" and the data of a press, "s<n>:" and a start word, "o<n>:" for a list
whose chosen option is the data. The number makes it unique in its message. "r" and "q" are "p" and "o" of a
card that belongs to a room, though one person alone may see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.dialog.messages import Key, Outgoing
from bot.dialog.pages import size
from bot.platforms.discord.cut import fit

Component = dict[str, Any]

MOST_ROWS, MOST_IN_A_ROW, MOST_OPTIONS = 5, 5, 25
LONGEST_LABEL, LONGEST_OPTION, LONGEST_URL = 80, 100, 512
ROW, BUTTON, SELECT = 1, 2, 3
_ADDRESS = re.compile(r"https?://\S+\Z")
_ROOMS = {"p": "r", "o": "q"}
_PRIMARY, _SECONDARY, _OPENS = 1, 2, 5


def write_rows(outgoing: Outgoing) -> list[Component]:
    """The rows of a card; what opens its form stands first, alone."""
    opener = [[outgoing.sheet.opener]] if outgoing.sheet else []
    rows = [[key for key in row if _leads(key)] for row in (*opener, *outgoing.keys)]
    cut = [part for row in rows for part in _split(row, MOST_IN_A_ROW)]
    every = [key for row in rows for key in row]
    if len(cut) > MOST_ROWS:
        cut = _split(every, MOST_IN_A_ROW)
    return _many(every) if len(cut) > MOST_ROWS else _buttons(cut)


def of_room(rows: Iterable[Component]) -> list[Component]:
    """The rows of a card that belongs to a room: what is pressed there is pressed in the room."""
    return [_row([_of_room(part) for part in row["components"]]) for row in rows]


def _of_room(part: Component) -> Component:
    kind = part.get("custom_id", "")[:1]
    return part | {"custom_id": _ROOMS[kind] + part["custom_id"][1:]} if kind in _ROOMS else part


def _leads(key: Key) -> bool:
    """Whether it can be a button: one address Discord does not take would cost the whole message."""
    return bool(key.data or key.start or (_ADDRESS.match(key.url) and size(key.url) <= LONGEST_URL))


def _split(keys: Sequence[Key], most: int) -> list[Sequence[Key]]:
    return [keys[at : at + most] for at in range(0, len(keys), most)]


def _many(keys: Iterable[Key]) -> list[Component]:
    """Presses as lists of options, what opens something else as one row of buttons below."""
    presses = list({key.data: key for key in keys if key.data}.values())
    others = [key for key in keys if not key.data][:MOST_IN_A_ROW]
    lists = _split(presses, MOST_OPTIONS)[: MOST_ROWS - bool(others)]
    return [
        *(_row([_select(number, each)]) for number, each in enumerate(lists)),
        *(_buttons([others], begin=len(lists)) if others else []),
    ]


def _select(number: int, keys: Sequence[Key]) -> Component:
    options = [{"label": fit(key.label, LONGEST_OPTION), "value": key.data} for key in keys]
    return {"type": SELECT, "custom_id": f"o{number}:", "options": options}


def _buttons(rows: Iterable[Sequence[Key]], begin: int = 0) -> list[Component]:
    """The first button of a card is the one most people need."""
    written, number = [], begin
    for row in rows:
        written.append(_row([_button(key, number + place) for place, key in enumerate(row)]))
        number += len(row)
    return written


def _button(key: Key, number: int) -> Component:
    label = {"type": BUTTON, "label": fit(key.label, LONGEST_LABEL)}
    if key.url:
        return label | {"style": _OPENS, "url": key.url}
    style = _SECONDARY if number else _PRIMARY
    return label | {
        "style": style,
        "custom_id": f"p{number}:{key.data}" if key.data else f"s{number}:{key.start}",
    }


def _row(components: list[Component]) -> Component:
    return {"type": ROW, "components": components}

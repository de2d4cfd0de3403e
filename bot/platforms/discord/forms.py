"""Forms, and what is offered while somebody types (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.dialog.messages import Blank, Sheet
from bot.dialog.pages import size
from bot.platforms.discord.cut import begun, fit
from bot.platforms.discord.inert import clean
from bot.platforms.discord.reading import CHOSEN, OTHER

LONGEST_TITLE, LONGEST_LABEL, LONGEST_HINT, LONGEST_OPTION = 45, 45, 100, 100
MOST_BLANKS, MOST_OPTIONS, MOST_IN_RADIO, LONGEST_WORDS = 5, 25, 10, 4000
_TEXT, _SELECT, _LABEL, _RADIO = 4, 3, 18, 21
_ONE_LINE, _LINES = 1, 2


def write_form(sheet: Sheet) -> dict[str, Any]:
    """The data of a modal: its first five fields; ``read`` gives what was filled in by question."""
    return {
        "custom_id": f"f:{sheet.data}",
        "title": fit(sheet.title, LONGEST_TITLE),
        "components": [_labelled(blank, sheet.other) for blank in sheet.blanks[:MOST_BLANKS]],
    }


def write_choices(offered: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The data that answers typing: pairs of a label and a packed route, the first 25 that fit."""
    pairs = [(fit(label, LONGEST_OPTION), CHOSEN + packed) for label, packed in offered]
    fitting = [{"name": label, "value": value} for label, value in pairs if len(value) <= LONGEST_OPTION]
    return {"choices": fitting[:MOST_OPTIONS]}


def _labelled(blank: Blank, other: str) -> dict[str, Any]:
    label = {"type": _LABEL, "label": fit(blank.label, LONGEST_LABEL), "component": _component(blank, other)}
    return label | ({"description": fit(blank.hint, LONGEST_HINT)} if blank.hint.strip() else {})


def _component(blank: Blank, other: str) -> dict[str, Any]:
    base: dict[str, Any] = {"custom_id": blank.key, "required": blank.required}
    if not blank.options:
        return base | _words(blank)
    pairs = _offered(blank)
    chosen = OTHER if blank.words and blank.value not in pairs else blank.value
    named = pairs | ({OTHER: other} if blank.words else {})
    options = [_option(value, label, chosen if blank.value else "") for value, label in named.items()]
    radio = not blank.words and 1 < len(options) <= MOST_IN_RADIO
    return base | {"type": _RADIO if radio else _SELECT, "options": options}


def _offered(blank: Blank) -> dict[str, str]:
    """What can be chosen, what stands there already among it: also what somebody wrote themselves."""
    room = MOST_OPTIONS - blank.words
    known = dict(blank.options)
    own = known.get(blank.value, blank.value if blank.words else "")
    pairs = [*([(blank.value, own)] if blank.value not in [*known][:room] and own else []), *known.items()]
    return dict([pair for pair in pairs if 0 < size(pair[0]) <= LONGEST_OPTION][:room])


def _option(value: str, label: str, chosen: str) -> dict[str, Any]:
    option = {"value": value, "label": fit(label, LONGEST_OPTION)}
    return option | ({"default": True} if value == chosen else {})


def _words(blank: Blank) -> dict[str, Any]:
    """A long answer that stands there already gets more lines."""
    lines, there = "\n" in blank.value or blank.key == "message", begun(clean(blank.value), LONGEST_WORDS)
    value = {"value": there} if there else {}
    return {"type": _TEXT, "style": _LINES if lines else _ONE_LINE, "max_length": LONGEST_WORDS} | value

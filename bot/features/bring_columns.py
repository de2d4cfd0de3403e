"""What the columns of a table mean: told on its card, and put right by two taps each."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

from bot.campaign.bringing import Origin
from bot.content.importing.columnguess import Columns
from bot.content.inert import inert, shortened
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.features import brought
from bot.features.brought import Brought
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, say

KINDS = tuple(field.name for field in fields(Columns))
MOST = 20
"""Columns to choose from."""
SHORT, TOLD = 18, 24
"""Graphemes of a heading behind its meaning on a button, and on the card."""


def press(ask: Ask, found: Brought, route: Route) -> Answer:
    """() shows all, (kind,) asks for one, (kind, number) says it, ("from", origin) says how they came."""
    match route:
        case ("from", origin) if origin in {Origin.FORM, Origin.PAPER}:
            return card(brought.change(ask, found, origin=origin))
        case (kind,) if kind in KINDS:
            return _choose(found, kind)
        case (kind, number) if kind in KINDS:
            return card(_with(ask, found, kind, number))
        case _:
            return card(found)


def _with(ask: Ask, found: Brought, kind: str, number: str) -> Brought:
    """With another column for a meaning; a column that had another meaning loses that."""
    at = int(number) if number.isdecimal() and int(number[:4]) < len(_widest(found)) else None
    kept = {other: None if place == at else place for other, place in asdict(found.columns).items()}
    return brought.change(ask, found, columns=asdict(replace(Columns(**kept), **{kind: at})))


def card(found: Brought) -> Answer:
    """Each meaning with its column, and how the names came."""
    own = ("bt", found.id, "col")
    rows = tuple((Button(_label(found, kind), (*own, kind)),) for kind in KINDS)
    other = Origin.PAPER if found.origin is Origin.FORM else Origin.FORM
    last = (button(f"b.from-{other}", *own, "from", other), button("b.looks-right", "bt", found.id))
    said = (Phrase("bring.which-columns"), Phrase(f"bring.came-{found.origin}"))
    return say(Saying(said, (*rows, last), picker=True), again=own)


def _label(found: Brought, kind: str) -> Phrase:
    at = getattr(found.columns, kind)
    column = shortened(_heading(found, at), SHORT) if at is not None else "–"
    return Phrase("bring.column", {"kind": Phrase(f"bring.kind-{kind}"), "column": column})


def _heading(found: Brought, at: int) -> str:
    """What a column is called: its heading, else its number and what stands first in it."""
    header = found.table.header
    if at < len(header) and header[at].strip():
        return inert(header[at])
    first = next((cells[at] for cells in found.table.rows if at < len(cells) and cells[at]), "")
    return f"{at + 1}: {inert(first)}"


def _widest(found: Brought) -> tuple[str, ...]:
    table = found.table
    return table.rows[0] if table.rows else table.header


def _choose(found: Brought, kind: str) -> Answer:
    """Ask which column it is."""
    own = ("bt", found.id, "col")
    columns = [
        named(shortened(_heading(found, at), 24), *own, kind, str(at))
        for at in range(min(len(_widest(found)), MOST))
    ]
    rows = tuple(tuple(columns[at : at + 2]) for at in range(0, len(columns), 2))
    last = (button("b.no-column", *own, kind, "none"), button("b.back", *own))
    said = Phrase("bring.which-column", {"kind": Phrase(f"bring.kind-{kind}")})
    return say(Saying((said,), (*rows, last), picker=True), again=(*own, kind))


def told(found: Brought) -> Phrase:
    """The columns that are used, as the table calls them."""
    used = sorted({at for at in asdict(found.columns).values() if at is not None})
    columns = ", ".join(shortened(_heading(found, at), TOLD) for at in used)
    return Phrase("bring.columns", {"columns": columns}) if columns else Phrase("bring.no-columns")

"""Who started a statement, where a line of the page says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.content.importing.lexicon import TEXT_KIND
from bot.content.importing.page import Line
from bot.content.importing.printed import split_line
from bot.content.importing.register import Register

STARTED = re.compile(
    r"^(?:the |ang |la |le |el |les |los )?(?P<name>\S.{1,120}?)\s+"
    r"(?:(?:has|have) (?:initiated|launched|started|issued)|(?:initiated|launched)"
    r"|telah (?:memulakan|melancarkan|memulai|menginisiasi|memprakarsai|menggagas)|ha (?:iniciado|lanzado)"
    r"|a (?:lancé|initié))\s"
    r"(?P<what>.{1,60})",
    re.IGNORECASE,
)
STARTED_BY = re.compile(
    r"(?:(?:initiated|launched|started|issued) by (?:the )?"
    r"|(?:diprakarsai|dimulakan|digagas|diinisiasi|dilancarkan) oleh "
    r"|iniciad[oa] por |sinimulan ng |à l['’]initiative d[eu] )(?P<name>[^.;:,()]{3,120})",
    re.IGNORECASE,
)
LONGEST = 60
"""Words of a line that may say it."""
LONGEST_NAME = 12


def find_initiators(lines: Iterable[Line], register: Register) -> tuple[str, ...]:
    """The slugs of who started it; empty, with a doubt, where no line says so."""
    for line in lines:
        name = initiator_name(line.text) if len(line.words) <= LONGEST else ""
        if name:
            return (register.slug_of(split_line(name), line.number),)
    register.ledger.doubt(0, "No line says who started this statement.")
    return ()


def initiator_name(text: str) -> str:
    """The name in "X has initiated a joint statement" or "a statement initiated by X", else ""."""
    for found in filter(None, (STARTED.search(text), STARTED_BY.search(text))):
        groups = found.groupdict()
        name = groups["name"].strip()
        if (
            TEXT_KIND.search(groups.get("what", text))
            and name[0].isupper()
            and len(name.split()) <= LONGEST_NAME
        ):
            return name
    return ""

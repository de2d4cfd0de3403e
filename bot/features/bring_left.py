"""The names that stay out, and those that need a look: each with why, on a card and in a file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.campaign.bringing import Fate
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Entry
from bot.content.importing.rows import Row
from bot.content.inert import inert
from bot.dialog.messages import Attachment, Phrase, Saying
from bot.features import taking
from bot.features.brought import Brought
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, say
from bot.features.quoting import quoted
from bot.features.taking import Judged
from bot.publication.gate import line_of

MANY = 12
"""Lines that are quoted; all of them stand in the file."""


def line(row: Row) -> str:
    """A row as the list would say it."""
    said = line_of(Entry(row.name, row.original, row.acronym, row.country, row.place))
    return said if any(map(str.isalnum, said)) else "–"


def why(result: Judged) -> Phrase:
    """What is to be said of a row."""
    said = line(result.row)
    match result.fate:
        case Fate.NEW | Fate.UNREAD:
            doubt = Phrase(result.row.doubt or "row.name")
            return Phrase("bring.is-doubted", {"line": said, "why": doubt})
        case Fate.LISTED if result.number:
            return Phrase("bring.is-listed-at", {"line": said, "number": result.number})
        case Fate.LISTED:
            return Phrase("bring.is-waiting", {"line": said})
        case Fate.DOUBLE:
            return Phrase("bring.is-double", {"line": said})
        case Fate.GONE:
            return Phrase("bring.is-gone", {"line": said})


def card(ask: Ask, campaign: Campaign, found: Brought) -> Answer:
    """Every one of them, by the number of its row."""
    results = taking.judged(ask, campaign.slug, found.part())
    lines = _lines(ask, [each for each in results if each.is_told], numbered=found.is_table)
    rows = ((button("b.back", "bt", found.id), button("b.home", "home")),)
    file = _file(campaign, lines) if len(lines) > MANY else None
    head = Phrase("bring.left", count=len(lines))
    return say(Saying((head, *quoted(lines, MANY)), rows, attachment=file), again=("bt", found.id, "left"))


def _lines(ask: Ask, results: Sequence[Judged], *, numbered: bool) -> list[str]:
    words = ask.tools.say(ask.language, ask.now)
    return [f"{each.row.line}. {words(why(each))}" if numbered else words(why(each)) for each in results]


def _file(campaign: Campaign, lines: Sequence[str]) -> Attachment:
    text = "".join(f"{inert(each)}\n" for each in lines)
    return Attachment(f"{campaign.slug}-left-out.txt", text.encode(), "text/plain")

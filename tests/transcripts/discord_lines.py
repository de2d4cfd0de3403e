"""What goes otherwise on Discord by its nature: a transcript, lines of transcripts, and marks in records."""

from __future__ import annotations

import re

from tests.transcripts.records import Rows

LEFT_OUT = {"channel_from_private.txt": "nobody tells who let a bot in, and no member is hidden"}
"""Transcripts that are about what Discord does not have."""

NOT_THERE = {
    # Commands about a room are offered there only, and only to who runs it.
    "channel.txt": ("mira> /channel\n< channel.how\n", "mira@news> /channel\n< guard.administrators\n"),
}
"""Lines that nobody can act on Discord: they are played neither there nor where records come from."""

WAY = "palestine/organisation/of/"
"""To signing for a known organisation."""
OTHERWISE: dict[str, tuple[tuple[str, str], ...]] = {
    # A message has 2000 characters at most, so no answer is longer than any answer may be.
    "sign_new_organisation.txt": (("< dialog.too-long", "< name.too-long"),),
    # Only the commands that are offered exist: whatever else begins with a stroke is words.
    # A private command in a room is answered there, for one person alone; nothing leads elsewhere.
    "small_turns.txt": (
        ("< guard.private | b.open-chat", "< campaign.title campaign.started-counted campaign.calls"),
        ("mira@square> [b.open-chat]\n@mira< campaign.title campaign.started-counted campaign.calls", ""),
    ),
    # There are no links into our chat: an organisation is chosen while its name is typed.
    "sign_for_an_organisation.txt": ((f"/start sign_{WAY.replace('/', '_')}", f"/sign >sign/{WAY}"),),
    # A link that is pressed in a channel is answered there, and one person alone sees it.
    "asking.txt": (
        ("[b.answer]\n@bina< ask.reply", "[b.answer]\n< ask.reply"),
        ("[b.answer]\n@cato< ask.reply", "[b.answer]\n< ask.reply"),
    ),
    "compare.txt": (("[b.take-along]\n@dao< copy.here", "[b.take-along]\n< copy.here"),),
    # What is asked in a room one person alone sees: everybody asks for themselves.
    "reading.txt": (
        ("noor@square> [b.begin]", "noor@square> /greetings\n< greetings.about\nnoor@square> [b.begin]"),
        ("noor@square> [b.by-country]", "noor@square> /list\n< list.head\nnoor@square> [b.by-country]"),
    ),
}
"""The lines as they stand in a transcript, and as they are played here."""


RECORDS = {
    # Who looks for a message that may have come twice: here the platform knows a repeat.
    "deliveries": (r'"policy": "(?:once|nonce)"', '"policy": "any"'),
    # What is sent as words, a personal link too, tells no language.
    "people": (r'"hint": "[^"]*"', '"hint": "any"'),
}
"""What is written differently in every transcript: the table, and what is put in its place."""

RECORDS_OF = {
    # What is read in a room belongs to the private chat, whose turns are counted.
    "reading.txt": {"people": (r'"hint": "[^"]*"|"turn": [0-9]+', "any")},
    "compare.txt": {"people": (r'"hint": "[^"]*"|"turn": [0-9]+', "any")},
}
"""The same in one transcript."""


def shortened(name: str, text: str) -> str:
    """A transcript without what nobody can act on Discord."""
    for line in NOT_THERE.get(name, ()):
        assert line in text, line
        text = text.replace(line, "")
    return text


def rewritten(name: str, text: str) -> str:
    """A transcript as it goes on Discord."""
    text = shortened(name, text)
    for there, here in OTHERWISE.get(name, ()):
        assert there in text, there
        text = text.replace(there, here)
    return text


def compared(name: str, rows: Rows) -> Rows:
    """Records without what is named above."""
    different = RECORDS | RECORDS_OF.get(name, {})
    return {
        table: [re.sub(*different[table], line) for line in lines] if table in different else lines
        for table, lines in rows.items()
    }

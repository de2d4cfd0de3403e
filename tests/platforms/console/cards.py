"""Cards for the tests of the console, and texts that try to break a terminal."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Attachment, Key, Outgoing
from bot.dialog.text import (
    Bold,
    Bullets,
    Code,
    Heading,
    Instant,
    Italic,
    Line,
    Link,
    Paragraph,
    Plain,
    Quote,
    Text,
    paragraph,
)

HOME = ChatRef("console", "@mira")
DESK = ChatRef("console", "desk")

HOSTILE = (
    "",
    "\x1b[2J\x1b]0;owned\x07\x1b[31mred",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x9b31m\x00\x07\x08\x7f",
    "a\rb\r\nc\vd\fe\x85f\u2028g\u2029h",
    "\u202egnp.exe\u202c \u2067x\u2069",
    "\ud800 half \udfff",
    "Z" + "\u0335\u0301\u0489" * 50,
    "\u200b\u200d\ufeff\u2060",
    "=cmd|' /C calc'!A0",
    "👩‍❤️‍💋‍👩" * 30,
    "🇲🇾" * 60,
    "👩" + "\u200d👩" * 200,
    "สมานฉันท์กับปาเลสไตน์เพื่อสันติภาพและความยุติธรรม" * 5,
    "တစ်ကမ္ဘာလုံးသွေးစည်းညီညွတ်ကြပါစို့" * 6,
    "全世界の労働者、団結せよ。" * 9,
    "التضامن مع فلسطين " * 9,
    "x" * 1000,
    "a" + " " * 300 + "b",
    "ก" + "\u0e33" * 300,
)


def card(*labels: str, text: str = "Well?") -> Outgoing:
    """A card with one row of buttons; the data of each is "to " and its label."""
    return Outgoing(
        (paragraph(text),), (tuple(Key(label, f"to {label}") for label in labels),) if labels else ()
    )


def every_kind(text: str) -> Outgoing:
    """A message that holds the text in every place there is."""
    moment = Instant(text, datetime(2026, 12, 1, 9, tzinfo=UTC))
    line: Line = (
        Plain(text),
        Bold(text),
        Italic(text),
        Link(text, text),
        Link("here", text),
        moment,
        Code(text),
    )
    blocks = (Paragraph((line, line)), Heading(line), Bullets((line,)), Bullets((line, line), 99))
    everything: Text = (*blocks, Quote(blocks), Quote(blocks, folds=False))
    keys = ((Key(text, "a"), Key("short", "b"), Key(text, url=text)), (Key("c", start="d"),))
    return Outgoing(everything, keys, attachment=Attachment(text, text.encode(errors="ignore"), "text/plain"))

"""HTML for the sites of others: elements without scripts, styles or pictures; what a name holds is text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from bot.content.markup import is_web_address
from bot.publication.gate import Signatory

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def page(title: str, language: str, body: Iterable[str]) -> str:
    """A whole page; ``body`` are lines of HTML."""
    direction = ' dir="rtl"' if _RIGHT_TO_LEFT.match(title) else ""
    head = (
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}"{direction}>',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title>",
        "</head>",
        "<body>",
    )
    return "\n".join((*head, *body, "</body>", "</html>"))


def heading(text: str, level: int = 1) -> str:
    """A heading."""
    return f"<h{level}>{escape(text)}</h{level}>"


def paragraph(*lines: str) -> str:
    """A paragraph of lines of text."""
    return f"<p>{'<br>'.join(map(escape, lines))}</p>"


def linked(text: str, link: str) -> str:
    """A paragraph of text in which ``link`` can be followed where it stands, if it is a web address."""
    before, found, after = text.partition(link) if is_web_address(link) else (text, "", "")
    anchor = f'<a href="{escape(link)}">{escape(link)}</a>' if found else ""
    return f"<p>{escape(before)}{anchor}{escape(after)}</p>"


def names(signatories: Sequence[Signatory]) -> list[str]:
    """A numbered list; each name keeps its direction to itself. Nothing where there is nobody."""
    items = [f"<li><bdi>{escape(signatory.line)}</bdi></li>" for signatory in signatories]
    return ["<ol>", *items, "</ol>"] if items else []

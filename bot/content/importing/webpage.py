"""A saved web page: its visible words as lines; headings, list marks and furniture told apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

from bot.content.importing.page import Fragment

CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]{2,30})""", re.IGNORECASE)
BLOCKS = frozenset(
    "address article aside blockquote body button caption dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main nav ol option p pre section select"
    " summary table tbody td textarea th thead tr ul".split()
)
SILENT = frozenset({"script", "style", "template", "svg", "title", "noscript", "iframe", "object"})
ASIDES = {
    "figcaption": "image caption",
    "nav": "navigation",
    "footer": "page footer",
    "aside": "side column",
    "form": "form",
    "button": "button",
}
INSIDE = frozenset({"main", "article"})
BOLD = frozenset({"b", "strong"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD_LINE = 7
TRACKED = BOLD | INSIDE | ASIDES.keys() | HEADINGS.keys()


def declared_encoding(content: bytes) -> str:
    """The encoding a web page names in its head, "" where none."""
    found = CHARSET.search(content[:4096])
    return found.group(1).decode("ascii", errors="ignore") if found else ""


def html_fragments(text: str) -> tuple[list[Fragment], tuple[str, ...]]:
    """The lines of a web page, and what it holds beside words (scripts, link addresses).

    Broken markup never fails.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.finish()
    unread = [f"{count} × {tag}" for tag, count in sorted(reader.silenced.items())]
    return reader.fragments, (*unread, *dict.fromkeys(reader.links))


class _Reader(HTMLParser):
    """Collects lines; html.parser calls it tag by tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fragments: list[Fragment] = []
        self.links: list[str] = []
        self.silenced: Counter[str] = Counter()
        self._outside: list[int] = []
        self._has_article = False
        self._line: list[str] = []
        self._mark = ""
        self._number = 0
        self._plain_seen = False
        self._open: list[str] = []
        self._silent: list[str] = []
        self._hushed: list[str] = []
        self._lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silenced[tag] += 1
            self._silent.append(tag)
        if self._silent:
            return
        if tag in BLOCKS or tag == "br":
            self._end_line(parted=tag != "br")
        self._start_list(tag)
        values = dict(attrs)
        if tag == "a" and (href := values.get("href")) and not href.startswith("#"):
            self.links.append(" ".join(href.split()))
        if tag == "img" and (alt := values.get("alt")):
            self._end_line(parted=True)
            self.fragments += [Fragment(self.getpos()[0], alt, 0, "image caption"), Fragment(0, "")]
        if tag in TRACKED:
            self._open.append(tag)
            self._has_article |= tag in INSIDE

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
                self._hushed = []
            return
        if tag in BLOCKS:
            self._end_line(parted=True)
        if tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        if tag == "li":
            self._mark = ""
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._silent:
            self._hushed.append(data)
            return
        if data.strip():
            self._number = self.getpos()[0] if not self._line else self._number
            self._plain_seen |= not BOLD.intersection(self._open)
        self._line.append(data)

    def handle_comment(self, data: str) -> None:
        self.silenced["comment"] += bool(data)

    def finish(self) -> None:
        """Close the last line; bring back what a tag never closed has hushed; mark what is outside."""
        self._end_line(parted=True)
        for text in "".join(self._hushed).splitlines():
            self.fragments.append(
                Fragment(self.getpos()[0], text, 0, "in a script or picture that was never closed")
            )
        for at in self._outside if self._has_article else ():
            self.fragments[at] = replace(self.fragments[at], aside="outside the article")

    def _end_line(self, *, parted: bool) -> None:
        text = " ".join("".join(self._line).split())
        if text:
            self._note_outside()
            self.fragments.append(Fragment(self._number, self._mark + text, self._heading(), self._aside()))
            self._mark = ""
        if parted and self.fragments and self.fragments[-1].text:
            self.fragments.append(Fragment(0, ""))
        self._line, self._plain_seen = [], False

    def _note_outside(self) -> None:
        if not INSIDE.intersection(self._open) and "h1" not in self._open and not self._aside():
            self._outside.append(len(self.fragments))

    def _start_list(self, tag: str) -> None:
        if tag in {"ol", "ul"}:
            self._lists.append(0 if tag == "ol" else None)
        if tag == "li":
            count = self._lists[-1] if self._lists else None
            if count is not None:
                count = self._lists[-1] = count + 1
            self._mark = "- " if count is None else f"{count}. "

    def _heading(self) -> int:
        levels = [HEADINGS[tag] for tag in self._open if tag in HEADINGS]
        return levels[-1] if levels else 0 if self._plain_seen else BOLD_LINE

    def _aside(self) -> str:
        return next((ASIDES[tag] for tag in self._open if tag in ASIDES), "")

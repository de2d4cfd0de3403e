"""A Markdown page: its words as lines, without the marks."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.content.importing.page import Fragment
from bot.content.importing.webpage import BOLD_LINE


def markdown_fragments(text: str) -> tuple[list[Fragment], tuple[str, ...]]:
    """The lines of a Markdown text, and the addresses of its links. HTML inside it stays as it is written."""
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    fragments: list[Fragment] = []
    links: list[str] = []
    marks = _Marks()
    for token in tokens:
        marks.step(token)
        if token.type == "inline":
            fragments += _inline(token, marks.take(), marks.level)
            links += [str(child.attrs["href"]) for child in token.children or () if "href" in child.attrs]
        elif token.type in {"fence", "code_block"}:
            first = token.map[0] if token.map else 0
            fragments += [Fragment(first + i, line) for i, line in enumerate(token.content.splitlines(), 2)]
        if token.nesting <= 0 and token.block:
            fragments.append(Fragment(0, ""))
    return fragments, tuple(dict.fromkeys(links))


class _Marks:
    """Which list mark and which heading level the next line has."""

    def __init__(self) -> None:
        self.level = 0
        self._mark = ""
        self._counts: list[int | None] = []

    def step(self, token: Token) -> None:
        """Take note of a token that opens or closes something."""
        if token.type == "heading_open":
            self.level = int(token.tag[1])
        elif token.type == "heading_close":
            self.level = 0
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            self._counts.append(int(token.attrs.get("start", 1)) if token.tag == "ol" else None)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._counts.pop()
        elif token.type == "list_item_open":
            count = self._counts[-1]
            self._mark = "- " if count is None else f"{count}. "
            self._counts[-1] = None if count is None else count + 1

    def take(self) -> str:
        """The mark of the item just opened, once."""
        mark, self._mark = self._mark, ""
        return mark


def _inline(token: Token, mark: str, level: int) -> list[Fragment]:
    first = (token.map[0] if token.map else 0) + 1
    text = mark + "".join(_words(child) for child in token.children or ())
    heading = level or (BOLD_LINE if _all_bold(token.children or []) else 0)
    return [Fragment(first + i, line, heading) for i, line in enumerate(text.split("\n"))]


def _words(child: Token) -> str:
    if child.type in {"softbreak", "hardbreak"}:
        return "\n"
    return child.content


def _all_bold(children: list[Token]) -> bool:
    shown = [child for child in children if child.type != "text" or child.content.strip()]
    return (
        len(shown) > 1
        and shown[0].type == "strong_open"
        and shown[-1].type == "strong_close"
        and (sum(child.type == "strong_open" for child in shown) == 1)
    )

"""Small Markdown, as our texts are written, turned into rich text.

Known are paragraphs, # headings, bullets, numbers, > quotes, *italic*, **bold**, [text](https://…) and a hard
end of a line (a backslash or two blanks). Everything else, HTML above all, stays as the characters it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from bot.dialog.text import (
    Block,
    Bold,
    Bullets,
    Heading,
    Inline,
    Italic,
    Line,
    Link,
    Paragraph,
    Plain,
    Quote,
    Text,
    paragraph,
    plain,
)

_DEEPEST = 20
"""Levels of lists in quotes in lists …; a text that goes deeper is none of ours and stays as characters."""

_UNKNOWN = (
    "code",
    "fence",
    "html_block",
    "html_inline",
    "lheading",
    "reference",
    "autolink",
    "backticks",
    "entity",
    "image",
)
_LISTS = frozenset({"bullet_list", "ordered_list"})


def read(markdown: str) -> Text:
    """The rich text of ``markdown``; no character of a word is lost, whatever it holds."""
    tokens = _PARSER.parse(markdown)
    if _depth(tokens) >= _DEEPEST:
        return tuple(paragraph(*part.splitlines()) for part in markdown.split("\n\n") if part.strip())
    return tuple(_blocks(SyntaxTreeNode(tokens).children))


def is_web_address(address: str) -> bool:
    """Whether an address may stand behind a link of ours: http or https, with a host."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).disable(_UNKNOWN)
    parser.validateLink = is_web_address  # type: ignore[method-assign,assignment]
    return parser


_PARSER = _parser()


def _depth(tokens: Sequence[Token]) -> int:
    inside = max((_depth(token.children) for token in tokens if token.children), default=0)
    return inside + max(accumulate((token.nesting for token in tokens), initial=0))


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading":
                yield Heading(_joined(_lines(node)))
            case "bullet_list" | "ordered_list":
                yield Bullets(tuple(_items(node)), _first(node))
            case "blockquote":
                yield Quote(tuple(_unquoted(_blocks(node.children))))
            case "hr":
                yield paragraph(node.markup[0] * 3)
            case _:
                yield Paragraph(tuple(_lines(node)))


def _unquoted(blocks: Iterator[Block]) -> Iterator[Paragraph | Heading | Bullets]:
    """A quote inside a quote is the same quote."""
    for block in blocks:
        if isinstance(block, Quote):
            yield from block.blocks
        else:
            yield block


def _first(node: SyntaxTreeNode) -> int | None:
    return int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None


def _items(node: SyntaxTreeNode) -> Iterator[Line]:
    """One line for each item; items of a list inside it follow, their own marks as characters."""
    for item in node.children:
        lines: list[Line] = [()]
        for child in item.children:
            if child.type in _LISTS:
                lines += _marked(child)
            else:
                lines[-1] = _joined([lines[-1], *_every_line(child)])
        yield from lines


def _marked(node: SyntaxTreeNode) -> Iterator[Line]:
    first = _first(node)
    for place, line in enumerate(_items(node)):
        yield (Plain("– " if first is None else f"{first + place}. "), *line)


def _every_line(node: SyntaxTreeNode) -> Iterator[Line]:
    """The lines of a paragraph, or of whatever else stands inside an item."""
    for block in _blocks([node]):
        match block:
            case Paragraph(lines) | Bullets(lines):
                yield from lines
            case Heading(line):
                yield line
            case Quote(blocks):
                yield (Plain(plain(blocks).replace("\n", " ")),)


def _joined(lines: Iterable[Line]) -> Line:
    """Lines as one, a blank between them."""
    blank = (Plain(" "),)
    return tuple(piece for line in lines if line for piece in (*blank, *line))[1:]


def _lines(node: SyntaxTreeNode) -> Iterator[Line]:
    """The lines of a paragraph or heading: a hard end begins a new one."""
    line: list[Inline] = []
    for piece in _pieces(node.children, Plain):
        if piece is None:
            yield tuple(line)
            line = []
        else:
            line.append(piece)
    yield tuple(line)


def _pieces(nodes: Sequence[SyntaxTreeNode], kind: type[Plain | Bold | Italic]) -> Iterator[Inline | None]:
    """The pieces of a line, None for a hard end; bold inside italic or the other way round is bold."""
    for node in nodes:
        match node.type:
            case "inline":
                yield from _pieces(node.children, kind)
            case "em":
                yield from _pieces(node.children, Italic if kind is Plain else kind)
            case "strong":
                yield from _pieces(node.children, Bold)
            case "link":
                yield from _link(node)
            case "hardbreak":
                yield None
            case "softbreak":
                yield kind(" ")
            case _ if node.content:
                yield kind(node.content)


def _link(node: SyntaxTreeNode) -> Iterator[Inline]:
    label = "".join(piece.text if piece else " " for piece in _pieces(node.children, Plain))
    address, title = str(node.attrs.get("href", "")), node.attrs.get("title")
    yield Link(label or address, address) if address else Plain(f"[{label}]()")
    if title:
        yield Plain(f" ({title})")

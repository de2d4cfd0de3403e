"""One text as a file to keep: plain for reading anywhere, Markdown for those who publish it again."""

from __future__ import annotations

from bot.content.catalog import Document
from bot.dialog.messages import Attachment
from bot.dialog.text import plain
from bot.publication.files import Format, attachment


def document_file(document: Document, name: str, form: Format) -> Attachment:
    """The text with its title above and corrections, source, day and SHA-256 below; ``name`` has no ending.

    ``form`` is plain text or Markdown; anything else is plain text.
    """
    source = " ".join(filter(None, (document.source.title, document.source.url)))
    below = " · ".join(filter(None, (source, document.dated.isoformat(), f"SHA-256 {document.sha256}")))
    changes = "\n".join(f"{each.day} {each.change}".rstrip() for each in document.corrected)
    markdown = form is Format.MARKDOWN
    title = f"# {document.title}" if markdown and document.title else document.title
    body = document.body.strip() if markdown else plain(document.text)
    text = "\n\n".join(filter(None, (title, body, changes, below))) + "\n"
    return attachment(name, Format.MARKDOWN if markdown else Format.TEXT, text.encode())

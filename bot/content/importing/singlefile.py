"""A web page saved as a single file (.mhtml, as browsers on phones save it): the page inside it."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

HEAD = 4_000
"""Bytes in which such a file says what it is."""
MARKS = (
    re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"multipart/related", re.IGNORECASE),
)
MOST_BOUNDARIES = 20
"""An honest file has one; parts inside parts inside parts are a trap."""


def page_inside(content: bytes) -> tuple[bytes, str] | None:
    """The bytes of the web page and the encoding that the file names ("" for none); None for other files."""
    if not all(mark.search(content[:HEAD]) for mark in MARKS):
        return None
    if content.count(b"boundary=") > MOST_BOUNDARIES:
        return None
    for part in message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            return _payload(part), str(part.get_param("charset") or "")
    return None


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (LookupError, ValueError):
        return b""
    return payload if isinstance(payload, bytes) else b""

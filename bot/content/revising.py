"""A statement's file with another wording in it: everything else it says stays as it was written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date

from bot.campaign.version import HASH_LENGTH, Correction
from bot.content.catalog import Document, TextStatus
from bot.content.importing.notation import front_matter, toml_text
from bot.content.loading.documents import MARK


def parts(text: str) -> tuple[list[str], str]:
    """The lines of the front matter and the body of a file; no lines where it has no front matter."""
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == MARK][:2]
    if ends[:1] != [0] or len(ends) == 1:
        return [], text
    return lines[1 : ends[1]], "\n".join(lines[ends[1] + 1 :]).strip("\n")


def titled(text: str) -> tuple[str, str]:
    """The title and the body of a file with front matter; ("", the text) where it has none."""
    head, body = parts(text)
    try:
        title = tomllib.loads("\n".join(head)).get("title", "")
    except tomllib.TOMLDecodeError:
        title = ""
    return (str(title), body) if head else ("", text)


def revised(text: str, title: str, body: str, correction: Correction) -> str:
    """The file of an original with a new wording, its history one correction longer."""
    head, _ = parts(text)
    return front_matter([*_set(head, {"title": title}), "", *_told(correction)], body)


def translated(text: str, title: str, body: str, status: TextStatus, original: Document) -> str:
    """The file of a translation with a new wording, bound to the one of its original."""
    head, _ = parts(text)
    changes = {"title": title, "status": status.value, "translates": original.sha256[:HASH_LENGTH]}
    return front_matter(_set(head, changes), body)


def translation(title: str, body: str, day: date, status: TextStatus, original: Document) -> str:
    """The file of a translation that was not there before; ``day`` dates it."""
    changes = {"status": status.value, "translates": original.sha256[:HASH_LENGTH]}
    head = [f"title = {toml_text(title)}", f"dated = {day}", 'kind = "full"']
    return front_matter(_set(head, changes), body)


def _told(correction: Correction) -> Sequence[str]:
    change = [f"change = {toml_text(correction.change)}"] if correction.change else []
    return (
        "[[corrected]]",
        f"day = {correction.day}",
        f'kind = "{correction.weight}"',
        f'replaces = "{correction.replaces[:HASH_LENGTH]}"',
        *change,
    )


def _set(head: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """The lines with these keys set, in the part before the first table."""
    end = next((at for at, line in enumerate(head) if re.match(r"\s*\[{1,2}[\w.]+\]", line)), len(head))
    top, rest = list(head[:end]), list(head[end:])
    while top and not top[-1].strip():
        top.pop()
    for key, value in values.items():
        line = f"{key} = {toml_text(value)}"
        at = next((at for at, old in enumerate(top) if re.match(rf"\s*{key}\s*=", old)), None)
        top[len(top) if at is None else at : len(top) if at is None else at + 1] = [line]
    while rest and not rest[-1].strip():
        rest.pop()
    return [*top, *([""] if rest else []), *rest]

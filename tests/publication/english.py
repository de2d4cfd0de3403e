"""The English models of the phrases of publication, said by the real wording."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.content.po import Entry
from bot.content.template import parse
from bot.content.wording import Reader, Wording
from bot.dialog.messages import Phrase, Saying
from bot.dialog.text import plain_line

MODELS: dict[str, str | tuple[str, str]] = {
    "post.story": "{headline}\n*{title}*",
    "post.milestone": "{counted} have signed",
    "post.weekly": ("{count} new since {since}", "{count} new since {since}"),
    "post.reminder": "This statement is open for signing.",
    "post.reminder-days": ("One day left to sign", "{count} days left to sign"),
    "post.reminder-last-day": "Today is the last day to sign.",
    "post.organisations": ("{count} organisation", "{count} organisations"),
    "post.people": ("{count} person", "{count} people"),
    "post.countries": ("{count} country", "{count} countries"),
    "post.from": "{counted} from {countries}",
    "post.both": "{organisations}, and {people}",
    "post.total": "In all: {counted}",
    "post.new-names": "New: {names}",
    "post.new-names-more": ("New: {names} and one more", "New: {names} and {count} more"),
    "post.comma": "{before}, {name}",
    "post.name": "{name}",
    "post.name-place": "{name} ({place})",
    "b.sign": "Sign",
    "b.read": "Read",
    "file.organisations": "Organisations",
    "file.people": "People",
    "file.unnamed": ("And one person without a name.", "And {count} people without their names."),
    "file.version": "Text of {day}, {version}",
    "file.list-of": "List of {day}",
    "file.counts": "{organisations}, {people}",
    "file.count-organisations": ("{count} organisation", "{count} organisations"),
    "file.count-people": ("{count} person", "{count} people"),
    "time.today": "today {time}",
    "time.tomorrow": "tomorrow {time}",
    "time.yesterday": "yesterday {time}",
    "time.on-day": "{day} {time}",
}


def _entry(key: str, model: str | tuple[str, str]) -> Entry:
    forms = (model,) if isinstance(model, str) else model
    return Entry(key, tuple(map(parse, forms)), not isinstance(model, str), "", 0)


WORDING = Wording({"en": {key: _entry(key, model) for key, model in MODELS.items()}}, {})
NOW = datetime(2026, 2, 15, 3, tzinfo=UTC)


def say(phrase: Phrase) -> str:
    """The phrase in English."""
    return "\n".join(map(plain_line, WORDING.lines(phrase, Reader("en", NOW, "UTC"))))


def said(saying: Saying) -> str:
    """A card as it is read, paragraphs apart by an empty line."""
    return "\n\n".join(say(part) for part in saying.parts if isinstance(part, Phrase))


def labels(saying: Saying) -> list[list[str]]:
    """The buttons' words, row by row."""
    return [[b.label if isinstance(b.label, str) else say(b.label) for b in row] for row in saying.buttons]

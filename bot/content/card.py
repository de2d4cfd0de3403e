"""A card: what is to be said, made into one message ready for a platform's writing. It never fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from bot.content.inert import inert, shortened
from bot.content.locales import ENGLISH
from bot.dialog.messages import Blank, Button, Form, Key, Outgoing, Phrase, Route, Saying, Sheet
from bot.dialog.text import Block, Line, Paragraph, Plain, Quote, Text, plain_line

BROKEN = "bot.broken"
"""Said instead of a phrase that a bug of ours keeps from being said."""

ALONE, BESIDE = (42, 48), (24, 30)
"""Graphemes on a button that is alone in its row, and beside another: in English, in other languages."""

Lines = Callable[[Phrase], tuple[Line, ...]]
"""A phrase in the reader's words."""


@dataclass(frozen=True, slots=True)
class Packing:
    """How routes travel: ``press`` makes button data (up to ``DATA_LIMIT`` bytes), ``start`` start words."""

    press: Callable[[Route], str]
    start: Callable[[Route], str]


def render(saying: Saying, language: str, lines: Lines, beside: Lines, packing: Packing) -> Outgoing:
    """The card; a phrase that cannot be said is replaced by ``BROKEN``, also among ``phrases``.

    ``beside`` gives the English of a phrase that asks for a consent in unchecked words, else no line: it is
    quoted below, and as every quotation it is not counted by the rules for cards.
    """
    parts = [_part(part, lines) for part in saying.parts]
    blocks = chain.from_iterable(text for _, text in parts)
    rows = [_row(row, language, lines, packing) for row in saying.buttons]
    labels = [name for row in rows for name, _ in row]
    return Outgoing(
        (*_joined(blocks), *_english(saying, beside)),
        tuple(tuple(key for _, key in row) for row in rows),
        replaces=saying.replaces,
        attachment=saying.attachment,
        only=saying.only,
        phrases=(*(key for key, _ in parts if key), *(["|", *labels] if labels else [])),
        picker=saying.picker,
        language=language,
        sheet=_sheet(saying.form, lines, packing) if saying.form else None,
        clears=saying.clears,
    )


def _sheet(form: Form, lines: Lines, packing: Packing) -> Sheet:
    def said(label: Phrase | str) -> str:
        return (
            " ".join(map(plain_line, _said(label, lines)[1])) if isinstance(label, Phrase) else inert(label)
        )

    blanks = tuple(
        Blank(
            field.key,
            said(field.label),
            said(field.hint) if field.hint else "",
            field.value,
            tuple((value, said(label)) for value, label in field.options),
            words=field.words,
            required=field.required,
        )
        for field in form.fields
    )
    opener = Key(said(Phrase("dialog.fill-in")), packing.press(form.again or form.route))
    other = said(Phrase("dialog.none-of-these"))
    return Sheet(said(form.title), blanks, packing.press(form.route), opener, other, at_once=form.at_once)


def _joined(blocks: Iterable[Block]) -> Text:
    """Paragraphs that follow each other become one: a card is read without scrolling (GOLDEN-DIALOGS 0.1)."""
    text: list[Block] = []
    for block in blocks:
        last = text[-1] if text else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph):
            text[-1] = Paragraph((*last.lines, *block.lines))
        else:
            text.append(block)
    return tuple(text)


def _english(saying: Saying, beside: Lines) -> Text:
    """The English of the card's paragraphs, then of its buttons, where it is to stand beside them."""
    labels = (button.label for row in saying.buttons for button in row)
    phrases = (each for each in chain(saying.parts, labels) if isinstance(each, Phrase))
    lines = tuple(line for phrase in phrases for line in _or_nothing(beside, phrase))
    return (Quote((Paragraph(lines),), folds=False),) if lines else ()


def _or_nothing(beside: Lines, phrase: Phrase) -> tuple[Line, ...]:
    try:
        return beside(phrase)
    except Exception:  # noqa: BLE001  (its own words on the card say already that something is missing)
        return ()


def _part(part: Phrase | Text, lines: Lines) -> tuple[str, Text]:
    """The phrase key of a part, "" for a quoted text, and its blocks."""
    if isinstance(part, tuple):
        return "", part
    key, said = _said(part, lines)
    return key, (Paragraph(said),)


def _said(phrase: Phrase, lines: Lines) -> tuple[str, tuple[Line, ...]]:
    try:
        return phrase.key, lines(phrase)
    except Exception:  # noqa: BLE001  (whatever is wrong with one phrase, the rest of the card is worth saying)
        return (BROKEN, ((Plain(BROKEN),),)) if phrase.key == BROKEN else _said(Phrase(BROKEN), lines)


def _row(row: tuple[Button, ...], language: str, lines: Lines, packing: Packing) -> list[tuple[str, Key]]:
    limit = (ALONE if len(row) == 1 else BESIDE)[language != ENGLISH]
    return [_button(button, limit, lines, packing) for button in row]


def _button(button: Button, limit: int, lines: Lines, packing: Packing) -> tuple[str, Key]:
    """The name of a button for transcripts, and the button."""
    name, label = _label(button.label, limit, lines)
    data = packing.press(button.route) if button.route else ""
    start = packing.start(button.opens) if button.opens else ""
    return name, Key(label, data, start, button.url)


def _label(label: Phrase | str, limit: int, lines: Lines) -> tuple[str, str]:
    """The phrase key of a label, or its inert text in «…», and what stands on the button.

    Only what people wrote is cut short: our own words that do not fit are a fault to be found by a test.
    """
    if isinstance(label, str):
        text = shortened(inert(label), limit)
        return f"«{text}»", text
    key, said = _said(label, lines)
    text = " ".join(map(plain_line, said))
    from_people = any(isinstance(value, str) for value in label.values.values())
    return key, shortened(text, limit) if from_people else text

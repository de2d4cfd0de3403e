"""What comes in, what the rooms want said, what goes out: the only shapes platforms and the rest share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.text import Text

DATA_LIMIT = 64
"""Bytes a button may carry: Telegram's callback_data, the tighter of the platforms (PLATFORMS 1.1)."""


class Came(StrEnum):
    """How a word came in."""

    COMMAND = "command"
    PRESS = "press"
    WORDS = "words"
    FORM = "form"
    """Several answers at once: ``data`` says to what, ``fields`` holds them."""
    FILE = "file"
    """A file, with ``text`` beside it where its sender wrote some."""
    OTHER = "other"
    """A photo, a voice message, a sticker: nothing we can read as an answer, with ``text`` beside it."""
    EDITED = "edited"
    """An earlier message was changed by its writer."""
    ADDED = "added"
    """We may speak in this room from now on; ``person`` let us in."""
    MUTED = "muted"
    """We are in this room from now on, but may not speak there; ``person`` let us in."""
    REMOVED = "removed"
    """We may not speak in this room any more."""
    SILENCED = "silenced"
    """We are in this room still, but may not speak there any more."""
    RETURNED = "returned"
    """We may speak again in this room, where we could not for a while."""
    MOVED = "moved"
    """This room goes on under another id of its platform, ``moved``."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that somebody sent: its platform fetches it by ``id`` and told its ``size`` in bytes."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Around:
    """The room in which a card stands that one person alone sees.

    ``theirs`` says whether this person may write there, ``ours`` whether we may.
    """

    room: ChatRef
    theirs: bool
    ours: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event from a platform, already read.

    ``event`` is unique for ever on its platform (a redelivery has the same one). ``person`` is None where the
    platform hides who spoke. ``private`` is true in a chat of the two of us. ``administrator`` says whether
    the person runs the chat (None: the platform must be asked first; only given for chats that are not
    private). ``name``/``args`` belong to a command, ``data`` to a press, ``text`` to words. ``locale`` is the
    platform's hint, BCP 47.
    """

    event: str
    came: Came
    chat: ChatRef
    person: AccountRef | None
    private: bool = True
    administrator: bool | None = None
    name: str = ""
    args: str = ""
    data: str = ""
    text: str = ""
    locale: str = ""
    called: str = ""
    """How the platform shows this person.

    Display only, used among moderators ("Approved by …"), never stored in clear.
    """
    reply: str = ""
    """What the platform itself needs to answer this event in its own way; it means nothing to others."""
    moved: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What a form holds, by question; a field that was left out is absent or empty."""
    room: ChatRef | None = None
    """The room of which ``administrator`` speaks, where that is not ``chat`` itself: a press in private on a
    button about a room.
    """
    title: str = ""
    """The room's name, where the event tells it. Display only."""
    broadcast: bool = False
    """Only those who run the room speak there (a channel): we say nothing there that is no post."""
    file: FileRef | None = None
    content: bytes | None = None
    """What the file holds, fetched before the turn where its sender may send files; None where it was not."""
    forwarded: bool = False
    """The words were written by somebody else and handed on."""
    around: Around | None = None
    """Where the answer is seen by its person alone though others are around; None anywhere else."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country by ISO code, shown in the reader's language."""

    code: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language by BCP 47 code, shown by its name in the reader's language."""

    code: str


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, shown as "14 February"; with its year where that is another or ``year`` is true."""

    day: date
    year: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the catalogue with the values for its places.

    ``count`` chooses its plural form and fills ``{count}``.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Copied:
    """Lines of ours to be copied as they are; never what people typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Names:
    """Names of people or things, listed as the reader's language does: "A, B and C"."""

    names: tuple[str, ...]


Value = str | int | datetime | Country | Language | Day | Copied | Names | Phrase
"""A string is inert text.

A datetime (aware) is shown in the reader's zone, as "today 18:00 (GMT+08:00)", or by the reader's own clock
where the platform knows it.
"""

Route = tuple[str, ...]
"""Where a press leads: the feature's name, then what it needs.

The router packs it into at most ``DATA_LIMIT`` bytes.
"""


@dataclass(frozen=True, slots=True)
class Button:
    """``label`` is a phrase, or inert text for names of things.

    One of ``route`` (a press), ``opens`` (opens our private chat on this route) or ``url`` is set.
    """

    label: Phrase | str
    route: Route = ()
    opens: Route = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send; ``name`` carries its ending.

    ``make`` makes the content of one that takes a while: outside of the transaction, before it is sent.
    """

    name: str
    content: bytes
    mime: str
    make: Callable[[], bytes] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form, its label and hint as phrases.

    ``options`` are what can be chosen, by value; ``words`` says whether something else may be written.
    ``value`` stands there already; ``required`` says that it cannot be left empty.
    """

    key: str
    label: Phrase
    hint: Phrase | None = None
    value: str = ""
    options: tuple[tuple[str, Phrase | str], ...] = ()
    words: bool = True
    required: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """The question of a card and those beside it, all at once, for a platform that has forms.

    ``route`` takes the answers; ``again`` shows the card once more, so that its button can open the form.
    ``at_once`` says that the form may stand in place of the card, where the platform can open it.
    """

    title: Phrase
    fields: tuple[Field, ...]
    route: Route
    again: Route = ()
    at_once: bool = True


@dataclass(frozen=True, slots=True)
class Saying:
    """One card to be said: paragraphs of phrases, quoted texts between them, rows of buttons.

    ``replaces`` asks the platform to show it in place of the card whose button was pressed. ``picker`` frees
    it from the limit of five buttons (a choice of language, country or page).
    """

    parts: tuple[Phrase | Text, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    replaces: bool = False
    picker: bool = False
    attachment: Attachment | None = None
    only: bool = False
    """For the one who asked alone, when it is said in a room (a notice on the platform's own terms)."""
    form: Form | None = None
    """The same question for a platform that has forms; others leave it."""
    clears: bool = False
    """It takes the place of all that was said in this private chat; see ``Outgoing.clears``."""


@dataclass(frozen=True, slots=True)
class Key:
    """A button ready for a platform: ``data`` (≤ ``DATA_LIMIT`` bytes), or ``start``/``url`` to open."""

    label: str
    data: str = ""
    start: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A field in the reader's words."""

    key: str
    label: str
    hint: str = ""
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    words: bool = True
    required: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form ready for a platform: ``data`` goes with what was filled in, ``opener`` opens it from the card.

    ``other`` is the option that says: none of these, I write it.
    """

    title: str
    blanks: tuple[Blank, ...]
    data: str
    opener: Key
    other: str
    at_once: bool = True


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready for a platform's writing."""

    text: Text
    keys: tuple[tuple[Key, ...], ...] = ()
    replaces: bool = False
    attachment: Attachment | None = None
    only: bool = False
    phrases: tuple[str, ...] = ()
    """The phrase keys it was made from, and of its buttons after a "|": what transcripts compare. Never sent.
    """
    picker: bool = field(default=False, compare=False)
    """Whether it may have more than five buttons. Never sent."""
    language: str = field(default="", compare=False)
    """The language it speaks. Never sent."""
    sheet: Sheet | None = field(default=None, compare=False)
    """The same as a form, for a platform that has them."""
    clears: bool = False
    """Said new, never in place of another card; then all that was said before it in this private chat, by
    either side, is taken away as far as the platform lets a bot. Saying it twice is harmless: the second card
    takes the first away too.
    """

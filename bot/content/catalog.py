"""The catalogue: everything ``data/`` says, read once at start and never changed while running."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.campaign.campaign import Campaign
from bot.campaign.organisation import Organisation
from bot.campaign.version import Correction, earlier
from bot.dialog.text import Text


class TextKind(StrEnum):
    """Whether a text is the whole text or a summary in our own words."""

    FULL = "full"
    SUMMARY = "summary"


class TextStatus(StrEnum):
    """Who stands behind a translation (FEATURES C8)."""

    OFFICIAL = "official"
    COMMUNITY = "community"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from.

    A title or description, an address where there is one, the day it was published if known.
    """

    title: str
    url: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    r"""One exact text in one language.

    ``body`` is the Markdown as written (NFC, line ends as \n, one at the end), ``sha256`` the hash of its
    UTF-8 bytes, ``dated`` the day of this wording (a slip put right is no other one), ``corrected`` what was
    changed since it was published, ``calls`` the items of its first list (what a statement calls for),
    ``words`` how many it has.
    """

    language: str
    title: str
    text: Text
    sha256: str
    dated: date
    kind: TextKind = TextKind.FULL
    status: TextStatus = TextStatus.OFFICIAL
    source: Source = Source("")
    words: int = 0
    body: str = ""
    calls: tuple[str, ...] = ()
    corrected: tuple[Correction, ...] = ()
    signed: tuple[str, tuple[Correction, ...]] | None = None
    """Of a translation: the hash of the text people sign, and what was changed in that."""

    def earlier(self, text: str) -> date | None:
        """The day of the earlier wording of the text people sign that has this hash.

        None where the hash still counts as that of the current one, or nobody knows it.
        """
        return earlier(text, *(self.signed or (self.sha256, self.corrected)))


@dataclass(frozen=True, slots=True)
class Statement:
    """A text people stand behind.

    ``documents`` by language; ``original`` names the language of the version signed.
    """

    slug: str
    original: str
    documents: Mapping[str, Document]
    initiators: tuple[str, ...] = ()

    @property
    def version(self) -> Document:
        """The text whose hash an endorsement is bound to."""
        return self.documents[self.original]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed a greeting, and in which role."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting to an occasion.

    ``organisations`` are slugs in the order printed (joint greetings have several).
    """

    slug: str
    occasion: str
    order: int
    organisations: tuple[str, ...]
    signers: tuple[Signer, ...]
    documents: Mapping[str, Document]
    original: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What greetings are sent to. ``titles`` by language; ``greetings`` in the order of the source."""

    slug: str
    titles: Mapping[str, str]
    host: str
    begins: date | None
    ends: date | None
    place: str
    greetings: tuple[Greeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """All content by slug."""

    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)
    occasions: Mapping[str, Occasion] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    files: Mapping[tuple[str, ...], str] = field(default_factory=dict, compare=False)
    """The statements' and campaigns' files as they were read, by path, for those that are laid over them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault found in the data.

    File and line (1-based, 0 where a line makes no sense) and a sentence saying what to do.
    """

    file: str
    line: int
    sentence: str


def shown(documents: Mapping[str, Document], language: str, original: str) -> Document:
    """The document to show a reader of ``language``: theirs, else English, else the original."""
    return documents.get(language) or documents.get("en") or documents[original]

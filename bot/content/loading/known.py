"""What other files may name: a reference to nothing is a fault."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.content.loading.sheet import Sheet, meant


@dataclass(frozen=True, slots=True)
class Known:
    """What exists. What has a fault of its own is told there, and not once more where it is named.

    ``organisations`` are those of the catalogue, ``nameless`` the slugs of those left out; without ``whole``
    nobody knows which there are. ``unread`` are paths of files that could not be read.
    """

    organisations: Collection[str]
    nameless: Collection[str]
    statements: Collection[str]
    unread: Collection[tuple[str, ...]]
    whole: bool

    def organisations_of(self, sheet: Sheet, key: str, *, required: bool = False) -> tuple[str, ...]:
        """The known organisations that a list names."""
        return tuple(self._only(sheet, key, sheet.slugs(key, required=required)))

    def organisation_of(self, sheet: Sheet, key: str) -> str:
        """The known organisation that a key must name, "" where there is none."""
        named = sheet.slug(key, required=True)
        return next(iter(self._only(sheet, key, (named,) if named else ())), "")

    def statement_of(self, sheet: Sheet, key: str) -> str:
        """The statement that a key must name, "" where there is none."""
        slug = sheet.slug(key, required=True)
        if slug and slug not in self.statements:
            sheet.fault(key, f"There is no statement “{slug}”{meant(slug, self.statements)}.")
            return ""
        return slug

    def no_organisation(self, slug: str) -> str:
        """The sentence for an organisation that does not exist, "" for one that does or may."""
        if slug in self.organisations or slug in self.nameless or not self.whole:
            return ""
        return f"There is no organisation “{slug}” in organisations.toml{meant(slug, self.organisations)}."

    def _only(self, sheet: Sheet, key: str, slugs: Iterable[str]) -> Iterable[str]:
        for slug in slugs:
            if slug in self.organisations:
                yield slug
            elif sentence := self.no_organisation(slug):
                sheet.fault(key, sentence)

"""The shelf: the catalogue as it stands at this moment, for everybody and for the organisers.

What was read at start lies below; papers written while the bot runs lie over it. It is read anew whenever
the store says that the papers are in another state, so what a turn decides by is never older than the turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.campaign.recognition import Recognition
from bot.content.catalog import Catalog
from bot.content.laying import lay_over
from bot.ports import Tx


@dataclass(frozen=True, slots=True)
class Laid:
    """Both views of one state of the papers: ``public`` has nothing that is hidden yet."""

    version: str
    public: Catalog
    inner: Catalog
    recognition: Recognition


class Shelf:
    """The catalogue over ``base``, what ``data/`` said at start.

    ``complain`` is told how many faults the papers have: they were checked before they were kept, but what
    lies below them may have changed since.
    """

    def __init__(self, base: Catalog, complain: Callable[[int], None]) -> None:
        self._complain = complain
        self._base = Laid("", base, base, Recognition(base.organisations.values()))
        self._laid = self._base

    @property
    def base(self) -> Laid:
        """What was read at start, with nothing over it."""
        return self._base

    @property
    def latest(self) -> Laid:
        """Both views as they were looked at last; for what must not wait for the store."""
        return self._laid

    def look(self, tx: Tx) -> Laid:
        """Both views as of this transaction, what it wrote itself included."""
        version = tx.papers.version()
        if version != self._laid.version:
            self._laid = self._lay(tx, version)
        return self._laid

    def _lay(self, tx: Tx, version: str) -> Laid:
        papers = tx.papers.all()
        hidden = frozenset(paper.path for paper in papers if paper.hidden)
        shown = {paper.path: paper.text for paper in papers if not paper.hidden}
        base = self._base.public
        public, faults = lay_over(base, shown)
        if hidden:
            inner, faults = lay_over(base, {paper.path: paper.text for paper in papers}, hidden)
        else:
            inner = public
        if faults:
            self._complain(len(faults))
        return Laid(version, public, inner, self._recognition(inner))

    def _recognition(self, catalog: Catalog) -> Recognition:
        if catalog.organisations is self._base.public.organisations:
            return self._base.recognition
        return Recognition(catalog.organisations.values())

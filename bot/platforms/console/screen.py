"""What a screen is to the console: where a person types and reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.platforms.console.writing import Look


class Interrupted(Exception):  # noqa: N818  (it is no error: the person pressed Ctrl-C)
    """The person wants this line gone; ``empty`` says that there was nothing on it."""

    def __init__(self, *, empty: bool = True) -> None:
        super().__init__()
        self.empty = empty


class View(Protocol):
    """What a screen asks the console while a person types."""

    def prompt(self) -> str:
        """What stands before the line."""

    def labels(self) -> Sequence[str]:
        """The labels of the buttons on the newest card, by number from 1."""

    def began(self) -> None:
        """The person typed the first character of a line."""


class Screen(Protocol):
    """A terminal or a pipe."""

    @property
    def comfortable(self) -> bool:
        """Whether a person sits there, who is glad of a hint."""

    @property
    def look(self) -> Look:
        """What rows must look like now."""

    async def read(self, view: View) -> str | None:
        """The next line, None at the end; raises Interrupted."""

    async def show(self, rows: Sequence[str]) -> None:
        """Show rows and an empty one after them."""

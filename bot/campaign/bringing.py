"""Names that came another way than through us: how they came, and what becomes of each of them."""

from __future__ import annotations

from enum import StrEnum

PART = 500
"""Names that are put on a list in one transaction."""


class Origin(StrEnum):
    """How a name came; kept with its endorsement, whose day of signing is the day it was brought."""

    FORM = "form"
    """From a table: a web form, a sheet that somebody keeps."""
    PAPER = "paper"
    """From a table too, written off lists on paper."""
    MAIL = "mail"
    HAND = "hand"
    """Written by an organiser."""


class Fate(StrEnum):
    """What becomes of a name that was brought."""

    NEW = "new"
    LISTED = "listed"
    """It is on the list already, or waits to be checked."""
    DOUBLE = "double"
    """It stands in the same table twice."""
    GONE = "gone"
    """It was on the list once and was taken off: nobody is brought back silently."""
    UNREAD = "unread"
    """There is no name that could stand on a list."""

"""The result of an import: files to write, and the report on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.importing.account import MARK, REPORT, UNACCOUNTED, Account, Ledger, missing
from bot.content.importing.page import Doubt, Page


@dataclass(frozen=True, slots=True)
class SetAside:
    """Words that are no part of the content: where they stood and why they were set aside."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a page became.

    ``files`` are contents by path relative to the folder they will be written to, ``report.md`` among them;
    ``numbers`` counts what was found, by name in plain English, in the order of a summary.
    """

    slug: str
    title: str
    files: Mapping[str, str]
    account: Account
    doubts: tuple[Doubt, ...]
    set_aside: tuple[SetAside, ...]
    numbers: Mapping[str, int]


def imported(
    ledger: Ledger, slug: str, title: str, files: Mapping[str, str], numbers: Mapping[str, int]
) -> Imported:
    """Settle the account and put the report beside the files."""
    page = ledger.page
    account = ledger.settle()
    if lost := missing(account, files):
        ledger.doubt(0, f"{len(lost)} words did not reach their files: {' '.join(lost)}")
    numbers_of_lines, starts = [line.number for line in page.lines], [line.start for line in page.lines]
    set_aside = tuple(
        SetAside(numbers_of_lines[bisect_right(starts, piece.start) - 1], piece.field, account.text(piece))
        for piece in account.pieces
        if piece.file == REPORT
    )
    doubts = tuple(sorted((*page.doubts, *ledger.doubts), key=lambda doubt: doubt.line))
    result = Imported(slug, title, files, account, doubts, set_aside, numbers)
    return Imported(
        slug, title, {**files, REPORT: _report(page, result)}, account, doubts, set_aside, numbers
    )


def _report(page: Page, result: Imported) -> str:
    sections = [
        f"# Import of {' '.join(page.name.split())}",
        f"Read as {page.format}; {len(result.account.words)} words.",
        _section("Found", [f"- {name}: {count}" for name, count in result.numbers.items()]),
        _section("Doubtful", [f"- {_place(doubt.line)}{doubt.sentence}" for doubt in result.doubts]),
        _section(
            "Set aside", [f"- {_place(a.line)}{a.reason}:\n\n      {a.text}\n" for a in result.set_aside]
        ),
        _section("Not read, since it has no words of the text", [f"- {part}" for part in page.unread]),
        _section("Where the words went", _accounted(result.account)),
    ]
    return "\n\n".join(filter(None, sections)) + "\n"


def _section(title: str, lines: list[str]) -> str:
    return f"## {title}\n\n" + "\n".join(lines).rstrip() if lines else ""


def _place(line: int) -> str:
    return f"line {line}: " if line else ""


def _accounted(account: Account) -> list[str]:
    files = dict.fromkeys(piece.file for piece in account.pieces)
    marks = sum(piece.count for piece in account.pieces if piece.field == MARK)
    lost = sum(piece.count for piece in account.pieces if piece.field == UNACCOUNTED)
    verdict = (
        "Every word of the page is in one of these places."
        if account.whole
        else "THE ACCOUNT DOES NOT ADD UP."
    )
    return [
        *(f"- {file}: {account.count(file)}" for file in files),
        *([f"- of these, marks of lists that became an order: {marks}"] if marks else []),
        *([f"- of these, not understood: {lost}"] if lost else []),
        "",
        verdict,
    ]

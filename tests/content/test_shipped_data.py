"""The data that ship with the bot: without a fault, true to the published pages, and in our own words."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.campaign.lookalike import check_name
from bot.content.catalog import Catalog, TextKind, TextStatus
from bot.content.loader import find_names, load

RUN = 9
"""So many words in a row that stand in a source document are a quotation."""

CONGRESS = "24th-annual-congress-of-psm"
TEXT_LIMIT = 1_000_000


@pytest.fixture(scope="module")
def catalog(checkout: Path) -> Catalog:
    catalog, faults = load([checkout / "data"])
    assert faults == ()
    return catalog


def test_the_published_names_are_the_page_line_for_line(
    checkout: Path, shared: Path, catalog: Catalog
) -> None:
    page = (shared / "source-documents" / "statement-palestine.txt").read_text("utf-8")
    path = find_names([checkout / "data"], catalog.campaigns["palestine"].published_names)
    assert path
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [f"{row['number']}. {row['line']}" for row in rows] == [
        line.lstrip() for line in page.splitlines()[-20:]
    ]


def test_each_published_name_is_a_known_organisation_with_that_line(checkout: Path, catalog: Catalog) -> None:
    path = find_names([checkout / "data"], catalog.campaigns["palestine"].published_names)
    assert path
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = catalog.organisations[row["organisation"]]
            line = known.line or (f"{known.name} ({known.acronym})" if known.acronym else known.name)
            assert row["line"].startswith(f"{line},"), row
            assert (row["country"], row["place"]) == (known.country, known.place), row


def test_no_tracked_file_quotes_the_source_documents(checkout: Path, shared: Path) -> None:
    sources = {run for path in (shared / "source-documents").glob("*.txt") for run in runs(path)}
    assert sources
    quoting = [str(path) for path in tracked(checkout) if not sources.isdisjoint(runs(path))]
    assert quoting == []


def test_the_greetings_of_the_congress(catalog: Catalog) -> None:
    greetings = catalog.occasions[CONGRESS].greetings
    assert [greeting.order for greeting in greetings] == list(range(1, 18))
    joint = {
        greeting.slug: len(greeting.organisations)
        for greeting in greetings
        if len(greeting.organisations) > 1
    }
    assert joint == {"party-of-the-european-left": 2, "international-peoples-assembly": 4}
    assert [greeting.slug for greeting in greetings if greeting.note] == ["kpri", "prp"]
    assert all(greeting.slug == greeting.organisations[0] for greeting in greetings)
    for greeting in greetings:
        document = greeting.documents[greeting.original]
        assert document.kind is TextKind.SUMMARY
        assert 40 <= document.words <= 110, greeting.slug


def test_the_signers_stand_in_the_source(shared: Path, catalog: Catalog) -> None:
    page = (shared / "source-documents" / "greetings-24th-congress.txt").read_text("utf-8")
    signers = [signer for greeting in catalog.occasions[CONGRESS].greetings for signer in greeting.signers]
    assert len(signers) == 18
    for signer in signers:
        assert all(word in page for word in signer.name.split()), signer
        assert all(word.strip(",;") in page for word in signer.role.split()), signer


def test_the_statements_of_campaigns_can_be_read_in_each_language(catalog: Catalog) -> None:
    for campaign in catalog.campaigns.values():
        documents = catalog.statements[campaign.statement].documents
        assert documents.keys() == {"en", "ms", "id", "fil", "th"}
        for document in documents.values():
            assert document.status is not TextStatus.OUTDATED
            assert len(document.calls) == 6
            assert 120 <= document.words <= 220


def test_occasions_have_a_malay_title(catalog: Catalog) -> None:
    for occasion in catalog.occasions.values():
        assert "ms" in occasion.titles


def test_the_names_of_organisations_may_stand_on_a_list(catalog: Catalog) -> None:
    assert len(catalog.organisations) == 36
    for organisation in catalog.organisations.values():
        for name in organisation.names():
            assert check_name(name) == name


def tracked(checkout: Path) -> Iterator[Path]:
    """The tracked text files; those nobody tracks yet count as well, since they soon may be."""
    if not shutil.which("git"):
        pytest.skip("without git nobody says which files are tracked")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=checkout,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("git does not say which files are tracked")
    paths = (checkout / name for name in listed.stdout.decode().split("\0") if name)
    return (path for path in paths if path.is_file() and path.stat().st_size <= TEXT_LIMIT)


def runs(path: Path) -> Iterator[tuple[str, ...]]:
    try:
        words = re.findall(r"[\w’']+", path.read_text("utf-8").lower())
    except UnicodeDecodeError:
        return
    yield from zip(*(words[start:] for start in range(RUN)), strict=False)

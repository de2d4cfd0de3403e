"""Files that were written while the bot runs, laid over the catalogue that was read at start."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.campaign.campaign import Campaign
from bot.content.catalog import Catalog, Fault, Statement
from bot.content.loader import standing
from bot.content.loading.campaigns import read_campaign
from bot.content.loading.files import ORGANISATIONS, DataFile
from bot.content.loading.known import Known
from bot.content.loading.organisations import Register
from bot.content.loading.statements import read_statement

Path = tuple[str, ...]


def lay_over(
    base: Catalog, papers: Mapping[Path, str], rehearsed: Collection[Path] = ()
) -> tuple[Catalog, tuple[Fault, ...]]:
    """The catalogue with these files in place of those of the same path, and all faults in them.

    Paths are those of the data folders: ("statements", slug, "en.md"), ("campaigns", "slug.toml"),
    ("organisations.toml",), and beside them ("organisations", "slug.toml"), whose entries join the others.
    A campaign whose path is ``rehearsed`` says so. Only what a paper touches is read anew; what has a fault
    that matters is left as it was.
    """
    if not papers:
        return base, ()
    faults: list[Fault] = []
    register = Register(faults)
    entries = {path: text for path, text in papers.items() if _is_register(path)}
    for path in sorted(entries):
        register.read(_file(path, entries[path]))
    organisations = {**base.organisations, **register.organisations} if register.organisations else None
    known_organisations = organisations or base.organisations
    files = {**base.files, **{path: text for path, text in papers.items() if path not in entries}}
    known = Known(known_organisations, register.nameless, base.statements, (), whole=register.whole)
    statements = {**base.statements, **_statements(files, papers, known, faults)}
    known = replace(known, statements=statements)
    campaigns = {**base.campaigns, **_campaigns(files, papers, known, faults)}
    laid = replace(
        base,
        campaigns=_rehearsed(standing(campaigns, statements), rehearsed),
        statements=statements,
        organisations=known_organisations,
        files=files,
    )
    return laid, tuple(faults)


def _statements(
    files: Mapping[Path, str], papers: Mapping[Path, str], known: Known, faults: list[Fault]
) -> dict[str, Statement]:
    found = {}
    for slug in sorted({path[1] for path in papers if path[0] == "statements"}):
        own = [_file(path, text) for path, text in sorted(files.items()) if path[:2] == ("statements", slug)]
        if statement := read_statement(slug, own, known, faults):
            found[slug] = statement
    return found


def _campaigns(
    files: Mapping[Path, str], papers: Mapping[Path, str], known: Known, faults: list[Fault]
) -> dict[str, Campaign]:
    names = {path[-1]: _file(path, text) for path, text in files.items() if path[-1].endswith(".csv")}
    found = {}
    for path, text in papers.items():
        if path[0] == "campaigns" and path[-1].endswith(".toml"):
            slug = path[-1].removesuffix(".toml")
            if campaign := read_campaign(slug, _file(path, text), names, known, faults):
                found[slug] = campaign
    return found


def _rehearsed(campaigns: dict[str, Campaign], rehearsed: Collection[Path]) -> dict[str, Campaign]:
    slugs = {path[-1].removesuffix(".toml") for path in rehearsed if path[0] == "campaigns"}
    return {slug: replace(each, rehearsal=slug in slugs) for slug, each in campaigns.items()}


def _is_register(path: Path) -> bool:
    return path == ORGANISATIONS or path[0] == "organisations"


def _file(path: Path, text: str) -> DataFile:
    return DataFile(path, "/".join(path), text)

"""The loader: one pass over the data folders gives the catalogue, and every fault in them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.campaign.campaign import Campaign
from bot.content.catalog import Catalog, Fault, Occasion, Statement
from bot.content.loading.campaigns import read_campaign
from bot.content.loading.files import ORGANISATIONS, DataFile, Laid, read_folders
from bot.content.loading.greetings import Post
from bot.content.loading.known import Known
from bot.content.loading.occasions import read_occasion
from bot.content.loading.organisations import Register
from bot.content.loading.sheet import meant, slug_fault
from bot.content.loading.statements import read_statement

_SHAPES = {
    "statements": (3, ".md", "statements/<slug>/<language>.md"),
    "occasions": (2, ".md", "occasions/<slug>.md"),
    "greetings": (3, ".md", "greetings/<occasion>/<slug>.md"),
    "campaigns": (2, ".toml", "campaigns/<slug>.toml"),
}
"""How deep the files of a room lie, their ending, and how to say so."""

LAID_OVER = frozenset({"statements", "campaigns"})
"""The rooms whose files may be laid over while the bot runs."""

_NAMES = ".csv"
"""The ending of files with published names, beside the campaigns."""

Rooms = Mapping[str, Mapping[str, Sequence[DataFile]]]
"""Files by room and slug; none for a slug whose files could not be read."""


def load(folders: Sequence[Path]) -> tuple[Catalog, tuple[Fault, ...]]:
    """Read the data folders, laid over each other; a later folder's file stands in for an earlier one's.

    Returns the catalogue and all faults, by file and line. What has a fault that matters is left out of the
    catalogue, so that nothing in it names what is not there. Never raises for what the folders hold.
    """
    faults: list[Fault] = []
    laid = read_folders(folders, faults)
    register = Register(faults, whole=ORGANISATIONS not in laid.unread)
    for file in laid.files:
        if file.path == ORGANISATIONS:
            register.read(file)
    rooms = _sort(laid, faults)
    organisations = register.organisations
    known = Known(organisations, register.nameless, rooms["statements"], laid.unread, whole=register.whole)
    read = (read_statement(slug, files, known, faults) for slug, files in rooms["statements"].items())
    statements = {statement.slug: statement for statement in read if statement}
    names = {file.path[-1]: file for file in laid.files if _is_names(file.path)}
    campaigns = {
        slug: campaign
        for slug, files in rooms["campaigns"].items()
        for file in files
        if (campaign := read_campaign(slug, file, names, known, faults))
    }
    catalog = Catalog(
        standing(campaigns, statements),
        statements,
        _occasions(rooms, known, faults),
        organisations,
        {file.path: file.text for file in laid.files if file.path[0] in LAID_OVER},
    )
    return catalog, tuple(sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.sentence)))


def find_names(folders: Sequence[Path], published_names: str) -> Path | None:
    """The CSV that a campaign's ``published_names`` means, None where there is none."""
    paths = (folder / "campaigns" / published_names for folder in reversed(folders))
    return next((path for path in paths if path.is_file()), None) if published_names else None


def _sort(laid: Laid, faults: list[Fault]) -> Rooms:
    rooms: dict[str, dict[str, list[DataFile]]] = {room: {} for room in _SHAPES}
    for file in laid.files:
        if file.path != ORGANISATIONS and not _is_names(file.path):
            if sentence := _misplaced(file.path):
                faults.append(Fault(file.name, 0, sentence))
            else:
                rooms[file.path[0]].setdefault(_slug(file.path), []).append(file)
    for path in laid.unread:
        if path != ORGANISATIONS and not _misplaced(path):
            rooms[path[0]].setdefault(_slug(path), [])
    return rooms


def _is_names(path: Sequence[str]) -> bool:
    return (
        path[0] == "campaigns" and len(path) == len(("campaigns", "names.csv")) and path[1].endswith(_NAMES)
    )


def _slug(path: Sequence[str]) -> str:
    return path[1].removesuffix(_SHAPES[path[0]][1])


def _misplaced(path: Sequence[str]) -> str:
    """Why a path belongs to nothing, "" where it does."""
    depth, ending, shape = _SHAPES[path[0]]
    if len(path) != depth or not path[-1].endswith(ending):
        return f"Nothing reads this: files here are called {shape}."
    return slug_fault(_slug(path))


def standing(campaigns: Mapping[str, Campaign], statements: Mapping[str, Statement]) -> dict[str, Campaign]:
    """Campaigns whose statement can be read; begun by whoever began it, where they say nothing else."""
    return {
        slug: replace(campaign, initiators=campaign.initiators or statements[campaign.statement].initiators)
        for slug, campaign in campaigns.items()
        if campaign.statement in statements
    }


def _occasions(rooms: Rooms, known: Known, faults: list[Fault]) -> dict[str, Occasion]:
    occasions = {}
    found = rooms["occasions"]
    for slug in dict.fromkeys((*found, *rooms["greetings"])):
        files = rooms["greetings"].get(slug, ())
        if slug not in found and files:
            sentence = f"There is no occasion “{slug}”{meant(slug, found)}: add occasions/{slug}.md."
            faults.append(Fault(files[0].name, 0, sentence))
        occasion = next((read_occasion(slug, file, known, faults) for file in found.get(slug, ())), None)
        greetings = Post(slug, occasion.begins if occasion else None, known, faults).read(files)
        if occasion:
            occasions[slug] = replace(occasion, greetings=greetings)
    return occasions

"""The loader: one pass over the data folders gives the catalogue, and every fault in them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from bot.content.catalog import Catalog, Fault, Occasion
from bot.content.loading.campaigns import read_campaign
from bot.content.loading.files import ORGANISATIONS, DataFile, read_folders
from bot.content.loading.greetings import Reading
from bot.content.loading.known import Known
from bot.content.loading.occasions import read_occasion
from bot.content.loading.organisations import read_organisations
from bot.content.loading.sheet import meant, slug_fault
from bot.content.loading.statements import read_statement

SHAPES = {
    "statements": (3, ".md", "statements/<slug>/<language>.md"),
    "occasions": (2, ".md", "occasions/<slug>.md"),
    "greetings": (3, ".md", "greetings/<occasion>/<slug>.md"),
    "campaigns": (2, ".toml", "campaigns/<slug>.toml"),
}
"""How deep the files of a room lie, their ending, and how to say so."""

Rooms = Mapping[str, Mapping[str, Sequence[DataFile]]]
"""Files by room and slug: several for a statement and for the greetings of an occasion, else one."""


def load(folders: Sequence[Path]) -> tuple[Catalog, tuple[Fault, ...]]:
    """Read the data folders, laid over each other; a later folder's file stands in for an earlier one's.

    Returns the catalogue and all faults, by file and line. What has a fault that matters is left out of the
    catalogue, so that nothing in it names what is not there. Never raises for what the folders hold.
    """
    faults: list[Fault] = []
    files = read_folders(folders, faults)
    organisations = read_organisations((file for file in files if file.path == ORGANISATIONS), faults)
    names = {file.path[1]: file for file in files if _is_names(file)}
    rooms = _rooms((file for file in files if file.path != ORGANISATIONS and not _is_names(file)), faults)
    known = Known(organisations, rooms["statements"], rooms["occasions"])
    read = (read_statement(slug, found, known, faults) for slug, found in rooms["statements"].items())
    statements = {statement.slug: statement for statement in read if statement}
    campaigns = {}
    for slug, (file,) in rooms["campaigns"].items():
        campaign = read_campaign(slug, file, names, known, faults)
        if campaign and campaign.statement in statements:
            begun = campaign.initiators or statements[campaign.statement].initiators
            campaigns[slug] = replace(campaign, initiators=begun)
    catalog = Catalog(campaigns, statements, _occasions(rooms, known, faults), organisations)
    return catalog, tuple(sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.sentence)))


def find_names(folders: Sequence[Path], published_names: str) -> Path | None:
    """The CSV that a campaign's ``published_names`` means, None where there is none."""
    paths = (folder / "campaigns" / published_names for folder in reversed(folders))
    return next((path for path in paths if path.is_file()), None) if published_names else None


def _is_names(file: DataFile) -> bool:
    return (
        len(file.path) == SHAPES["campaigns"][0]
        and file.path[0] == "campaigns"
        and file.path[1].endswith(".csv")
    )


def _rooms(files: Iterable[DataFile], faults: list[Fault]) -> Rooms:
    rooms: dict[str, defaultdict[str, list[DataFile]]] = {room: defaultdict(list) for room in SHAPES}
    for file in files:
        depth, ending, shape = SHAPES[file.path[0]]
        slug = PurePath(file.path[1]).name.removesuffix(ending)
        if len(file.path) != depth or not file.path[-1].endswith(ending):
            faults.append(Fault(file.name, 0, f"Nothing reads this: files here are called {shape}."))
        elif sentence := slug_fault(slug):
            faults.append(Fault(file.name, 0, sentence))
        else:
            rooms[file.path[0]][slug].append(file)
    return {room: dict(found) for room, found in rooms.items()}


def _occasions(rooms: Rooms, known: Known, faults: list[Fault]) -> dict[str, Occasion]:
    occasions = {}
    for slug, (file,) in rooms["occasions"].items():
        occasion = read_occasion(slug, file, known, faults)
        reading = Reading(slug, occasion.begins if occasion else None, known, faults)
        greetings = reading.read(rooms["greetings"].get(slug, ()))
        if occasion:
            occasions[slug] = replace(occasion, greetings=greetings)
    for slug in rooms["greetings"].keys() - known.occasions:
        sentence = f"There is no occasion “{slug}”{meant(slug, known.occasions)}: add occasions/{slug}.md."
        faults.append(Fault(rooms["greetings"][slug][0].name, 0, sentence))
    return occasions

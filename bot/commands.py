"""What the short commands do: each returns its exit code, and works beside a running bot."""

from __future__ import annotations

import dataclasses
import sys
from datetime import datetime
from pathlib import Path

import click

from bot import host
from bot.app import Bot, Content, Edges, build, load_content
from bot.content.catalog import Document
from bot.content.importing.folder import write
from bot.content.importing.greetings import import_greetings
from bot.content.importing.names import read_names
from bot.content.importing.reading import read
from bot.content.importing.statement import import_statement
from bot.content.lint import faults as phrase_faults
from bot.dialog.drawing import draw as drawing
from bot.features.registry import FEATURES
from bot.menus import faults as menu_faults
from bot.ports import Store, Tx
from bot.publication.exported import public_files
from bot.publication.facts import initiators
from bot.publication.files import WORDED, Format
from bot.publication.files import export as file_of
from bot.publication.signatory_list import Listing, closed, listing
from bot.running import FAULT, GOOD, TROUBLE, WRONG_USE, complain, open_state, team_of, told, unusable
from bot.settings import Settings


def check(settings: Settings) -> int:
    """Check data and phrases; every fault at once."""
    content, faults = load_content(settings.data)
    found = dict.fromkeys(told((*faults, *phrase_faults(settings.data), *menu_faults(content.phrases))))
    complain(*found)
    click.echo(f"{len(found)} to put right" if found else "All good.")
    return FAULT if found else GOOD


def import_page(settings: Settings, file: Path, kind: str, into: Path, slug: str, *, replace: bool) -> int:
    """Turn a saved page into content."""
    content, faults = load_content(settings.data)
    if faults:
        complain(*told(faults))
        return FAULT
    page, catalog = read(file.read_bytes(), file.name), content.catalog
    today = host.SystemClock().now().date()
    made = (
        import_greetings(page, catalog, slug)
        if kind == "greetings"
        else import_statement(page, catalog, today, slug)
    )
    there = write(made, into, replace=replace)
    if there:
        complain(
            "Nothing was written. These files are there already; use --replace to write over them:", *there
        )
        return FAULT
    for name, count in made.numbers.items():
        click.echo(f"{name}: {count}")
    click.echo(
        f"{len(made.doubts)} doubts and {len(made.set_aside)} parts set aside: see {into / 'report.md'}"
    )
    return GOOD


async def import_names(settings: Settings, file: Path, campaign: str) -> int:
    """Put published names from a CSV on a campaign's list."""
    content, faults = load_content(settings.data)
    names, wrong = read_names(content_of(file), str(file))
    if faults or wrong:
        complain(*told((*faults, *wrong)))
        return FAULT
    if campaign not in content.catalog.campaigns:
        return _no_campaign(content)
    try:
        async with open_state(settings) as store:
            joined = await _bot(content, store, settings).import_names(campaign, names)
    except TROUBLE as error:
        return unusable(error)
    click.echo(f"{joined.new} new, {joined.known} there already")
    return GOOD


def _bot(content: Content, store: Store, settings: Settings) -> Bot:
    """The bot for a short command beside a running one: it speaks on no platform."""
    return build(content, Edges(store, host.SystemClock(), host.RandomIds(), {}), team_of(settings))


def content_of(file: Path) -> bytes:
    """The bytes of a file that was named on the command line."""
    return file.read_bytes()


def _no_campaign(content: Content) -> int:
    complain(
        f"--campaign: there is {', '.join(sorted(content.catalog.campaigns)) or 'no campaign in the data'}."
    )
    return WRONG_USE


async def export_names(settings: Settings, campaign: str, form: str, language: str, *, heading: bool) -> int:
    """Print the published list of a campaign, of one that was opened from the chat too."""
    content, faults = load_content(settings.data)
    if faults:
        complain(*told(faults))
        return FAULT
    now, nearest = host.SystemClock().now(), content.phrases.nearest(language)
    try:
        async with open_state(settings) as store:
            bot = _bot(content, store, settings)
            await bot.bring_names()
            found = await store.read(lambda tx: _listed(bot, tx, campaign, now))
    except TROUBLE as error:
        return unusable(error)
    if found is None:
        return _no_campaign(content)
    worded = heading or form in WORDED
    say = (lambda phrase: content.phrases.text(nearest, phrase, now, "UTC")) if worded else None
    sys.stdout.buffer.write(file_of(*found, Format(form), now, say))
    sys.stdout.buffer.flush()
    return GOOD


def _listed(bot: Bot, tx: Tx, slug: str, now: datetime) -> tuple[Listing, Document] | None:
    """A campaign's list and the text signed, as everybody may see them; None of one nobody may see."""
    catalog = bot.tools.at(tx).catalog
    campaign = catalog.campaigns.get(slug)
    if campaign is None:
        return None
    found = listing(tx, slug, closed(tx, campaign, now))
    found = dataclasses.replace(found, initiators=initiators(campaign, catalog.organisations))
    return found, catalog.statements[campaign.statement].version


async def export_content(settings: Settings, into: Path) -> int:
    """Write what organisers published while the bot runs as files of a data folder."""
    try:
        async with open_state(settings) as store:
            files = public_files(await store.read(lambda tx: tx.papers.all()))
        host.write_files(into, files)
    except TROUBLE as error:
        return unusable(error)
    for path in sorted(files):
        click.echo(path)
    click.echo(f"{len(files)} files in {into}")
    return GOOD


def draw(name: str) -> int:
    """Draw a dialog, or list them."""
    dialogs = {talk.dialog.name: talk.dialog for feature in FEATURES for talk in feature.talks}
    if name in dialogs:
        click.echo(drawing(dialogs[name]))
        return GOOD
    click.echo("\n".join(dialogs), err=bool(name))
    return WRONG_USE if name else GOOD

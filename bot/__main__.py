"""The command line: ``bot`` or ``python -m bot``. Exit codes: 0 good, 1 a fault was found, 2 wrong use."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
from pathlib import Path

import click

from bot import commands, log, running, serving, settings
from bot.running import WRONG_USE, Place

ENV_FILE = Path(".env")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """A bot for movements that stand together.

    It serves statements and greetings, collects endorsements in a guided talk, and posts reminders and
    counts. Settings come from the environment and from .env (see .env.example); every name begins with BOT_.

    Exit codes: 0 good, 1 a fault was found, 2 wrong use.
    """


def load_settings() -> settings.Settings:
    """The settings, or all their faults at once and exit code 2."""
    loaded = settings.load(os.environ, ENV_FILE)
    if isinstance(loaded, settings.Settings):
        log.configure(loaded.log_level, loaded.secrets)
        return loaded
    for fault in loaded:
        click.echo(str(fault), err=True)
    sys.exit(WRONG_USE)


@main.command()
def run() -> None:
    """Start the bot on every platform that has a token; with none, the console on the shipped data.

    It holds the lock of the state folder (BOT_STATE), so that only one bot works on it. Stop it with Ctrl-C
    or SIGTERM.
    """
    loaded = load_settings()
    has_token = loaded.telegram_token or loaded.discord_token
    work = serving.serve(loaded) if has_token else running.talk(loaded, Place())
    sys.exit(asyncio.run(work))


@main.command()
@click.option("--user", metavar="NAME", default="guest", show_default=True, help="Speak as this person.")
@click.option("--chat", metavar="NAME", help="Speak in this group or channel instead of the private chat.")
@click.option("--member", is_flag=True, help="In --chat: as an ordinary member, not as one who runs it.")
@click.option(
    "--moderator", is_flag=True, help="Sit in the moderators' chat: sign-ons to check arrive there."
)
@click.option(
    "--locale", metavar="CODE", default="en", show_default=True, help="The language your device would tell."
)
def console(user: str, chat: str | None, member: bool, moderator: bool, locale: str) -> None:  # noqa: FBT001 (click's flags)
    r"""Chat with the bot in this terminal, or feed it lines: printf '/start\\n' | bot console.

    Tap a button by its number or its label. What was said is remembered in the state folder; several consoles
    may run one after another and go on with each other's talks. End with Ctrl-D or /quit.
    """
    place = Place(user, chat or "", member=member, moderator=moderator, locale=locale)
    sys.exit(asyncio.run(running.talk(load_settings(), place)))


@main.command()
def check() -> None:
    """Check all data and phrases; prints every fault with file and line, all at once.

    Exit code 1 when there is one.
    """
    sys.exit(commands.check(load_settings()))


@main.group(name="import")
def import_() -> None:
    """Bring in a published page, or names that were published before."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--kind", type=click.Choice(["greetings", "statement"]), required=True, help="What the page is."
)
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to."
)
@click.option(
    "--slug",
    default="",
    help="The short name of the statement or occasion; made from the title when left out.",
)
@click.option("--replace", is_flag=True, help="Write over files that are there already.")
def page(file: Path, kind: str, into: Path, slug: str, replace: bool) -> None:  # noqa: FBT001 (click's flag)
    """Turn a saved page (text, HTML, Markdown, Word) into content; no word of it is lost.

    Writes one Markdown file per greeting or one for the statement, signatories.csv, organisations.toml with
    those not known yet, and report.md with what was set aside and what is doubtful. Correct what you like,
    then serve it with BOT_DATA=data:FOLDER. A page of unknown shape becomes a draft and a list of doubts.
    Exit code 1: nothing was written.
    """
    sys.exit(commands.import_page(load_settings(), file, kind, into, slug, replace=replace))


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--campaign", required=True, metavar="SLUG", help="Whose list the names join.")
def signatories(file: Path, campaign: str) -> None:
    """Put published names from a CSV on a campaign's list. Importing them again adds nothing.

    Columns by name, in any order: number, line, name, acronym, original, country, place, organisation. Only
    "line" is needed ("Name (ACR), Place"). Works beside a running bot. Exit code 1: a line is at fault, and
    nothing was added.
    """
    sys.exit(asyncio.run(commands.import_names(load_settings(), file, campaign)))


@main.group()
def export() -> None:
    """Write a list as a file for others."""


@export.command(name="signatories")
@click.option("--campaign", required=True, metavar="SLUG", help="Whose list.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["txt", "md", "csv", "json", "html", "pdf"]),
    default="txt",
    show_default=True,
)
@click.option("--heading", is_flag=True, help="With txt: title, date and count above the bare list.")
@click.option("--language", default="en", show_default=True, help="The language of headings.")
def export_signatories(campaign: str, form: str, heading: bool, language: str) -> None:  # noqa: FBT001 (click's flag)
    """Print the published list of a campaign: plain text as movements publish it, or another kind of file.

    Works beside a running bot.
    """
    sys.exit(asyncio.run(commands.export_names(load_settings(), campaign, form, language, heading=heading)))


@main.command(name="export-content")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_content(folder: Path) -> None:
    """Write what organisers published from the chat as files, to be put under version control.

    Statements, campaigns and organisations, as in data/; what is not public yet is left out. Other files in
    the folder stay. Check the result with BOT_DATA=data:FOLDER bot check. Works beside a running bot.
    """
    sys.exit(asyncio.run(commands.export_content(load_settings(), folder)))


@main.command()
@click.argument("dialog", default="")
def draw(dialog: str) -> None:
    """Draw a dialog as a Mermaid diagram; without a name, list the dialogs."""
    sys.exit(commands.draw(dialog))


@main.command()
@click.option(
    "--seeds", type=click.IntRange(1, 1_000_000), default=50, show_default=True, help="How many runs."
)
@click.option("--seed", "first", type=click.IntRange(0), default=1, show_default=True, help="The first seed.")
def simulate(seeds: int, first: int) -> None:
    """Run the bot under a seeded clock with crashes, repeats and lost messages; check what must always hold.

    A seed that fails is printed and fails again the same way. Needs the source checkout (tests/simulation).
    """
    sys.path.insert(0, str(Path(__file__).parents[1]))
    try:
        simulation = importlib.import_module("tests.simulation.run")
    except ModuleNotFoundError:
        click.echo("the simulation lives in tests/: run this from the source checkout", err=True)
        sys.exit(WRONG_USE)
    sys.exit(simulation.main(seeds, first))


if __name__ == "__main__":
    main()

"""The commands for a platform that has options: all fit, in every language, and every option offers."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from bot.features.suggestions import Typed, suggest
from bot.menus import EVERY, FILLED, faults, slash_commands
from bot.platforms.discord.commands import LONGEST_COMMAND, LONGEST_DESCRIPTION, write_commands
from tests.stage import HandClock, open_stage, shipped

NOW = HandClock().now()
CONTENT = shipped()
NAME = re.compile(r"[-_a-z0-9]{1,32}")


def test_every_command_fits_in_every_language() -> None:
    commands = slash_commands(CONTENT.phrases, NOW)
    assert [each.name for each in commands] == list(EVERY)
    for each in commands:
        assert all(NAME.fullmatch(name) for name in (each.name, *(option.name for option in each.options)))
        for texts in (each.descriptions, *(option.descriptions for option in each.options)):
            assert all(1 <= len(text) <= LONGEST_DESCRIPTION for text in texts.values())
    for written in write_commands(commands):
        assert len(json.dumps(written, ensure_ascii=False)) <= LONGEST_COMMAND


def test_names_are_in_the_languages_that_discord_has() -> None:
    written = write_commands(slash_commands(CONTENT.phrases, NOW))
    options = [option for each in written for option in each["options"]]
    for each in (*written, *options):
        assert each["name_localizations"].keys() == {"en-US", "en-GB", "id", "th"}
        assert each["name_localizations"]["en-US"] == each["name"]
        assert each["name_localizations"]["th"] != each["name"]


def test_no_name_is_at_fault_and_one_that_is_is_told_with_its_place() -> None:
    assert faults(CONTENT.phrases) == ()
    entries = CONTENT.phrases.wording.entries
    bad = replace(entries["th"]["slash.sign"], forms=entries["th"]["slash.stop"].forms)
    wording = replace(
        CONTENT.phrases.wording, entries={**entries, "th": {**entries["th"], "slash.sign": bad}}
    )
    found = faults(replace(CONTENT.phrases, wording=wording))
    assert [fault.sentence.partition(":")[0] for fault in found] == ["slash.sign", "slash.stop"]
    assert all(fault.file.endswith("bot.po") and fault.line for fault in found)


def test_every_option_offers_something() -> None:
    tools = open_stage(CONTENT).bot.tools
    for command, options in FILLED.items():
        for option in options:
            assert suggest(tools, Typed(command, option, "", "en", NOW)), (command, option)

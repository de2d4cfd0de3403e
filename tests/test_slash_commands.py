"""The commands for a platform that has options: all fit, in every language, and every option offers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.commands import check
from bot.features.suggestions import Typed, suggest
from bot.menus import EVERY, FILLED, slash_commands
from bot.platforms.discord.commands import LONGEST_COMMAND, LONGEST_DESCRIPTION, write_commands
from bot.running import FAULT, GOOD
from bot.settings import Settings
from tests.content.planted import FIRST_LINE, plant
from tests.stage import DATA, HandClock, open_stage, shipped

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


def test_a_name_that_cannot_be_shown_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {"slash.sign": "หยุด", "slash.mine": "ของ ฉัน", "slash-option.country": "งาน"}
    file = plant(tmp_path, "th", wrong)
    assert check(Settings(data=(DATA, tmp_path), state=tmp_path)) == FAULT
    said = capsys.readouterr().err
    assert [line.partition(": ")[2].partition(":")[0] for line in said.splitlines()] == [
        *("slash.sign", "slash.mine", "slash.stop"),
        *("slash-option.occasion", "slash-option.country"),
    ]
    assert f"{file}:{FIRST_LINE}: slash.sign" in said
    assert check(Settings(data=(DATA,), state=tmp_path)) == GOOD


def test_every_option_offers_something() -> None:
    tools = open_stage(CONTENT).bot.tools
    for command, options in FILLED.items():
        for option in options:
            assert suggest(tools, Typed(command, option, "", "en", NOW)), (command, option)

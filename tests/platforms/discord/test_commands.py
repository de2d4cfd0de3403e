"""The set of commands: in Discord's own languages only, for the places where each belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.platforms.discord.commands import Command, Option, digest, misnamed, write_commands

WORDS = {"en": "Sign it", "id": "Tanda tangan", "ms": "Tandatangan", "es": "Firmar"}
SIGN = Command("sign", {"en": "sign", "id": "tanda"}, WORDS, (Option("statement", {}, WORDS),))
STOP = Command("stop", {}, {"en": "x" * 120}, room=True)


def test_only_languages_that_discord_has() -> None:
    sign, _ = write_commands([SIGN, STOP])
    assert sign["name_localizations"] == {"en-US": "sign", "en-GB": "sign", "id": "tanda"}
    assert set(sign["description_localizations"]) == {"en-US", "en-GB", "id", "es-ES", "es-419"}
    assert sign["options"][0]["autocomplete"] is True


def test_commands_about_a_room_are_for_those_who_manage_servers() -> None:
    sign, stop = write_commands([SIGN, STOP])
    assert (sign["contexts"], sign["integration_types"]) == ([0, 1, 2], [0, 1])
    assert (stop["contexts"], stop["integration_types"]) == ([0], [0])
    assert stop["default_member_permissions"] == "32"
    assert "default_member_permissions" not in sign
    assert len(stop["description"]) == 100


def test_a_file_is_picked_not_typed() -> None:
    file = Option("file", {"en": "file", "id": "berkas"}, WORDS, file=True)
    (new,) = write_commands([replace(SIGN, options=(*SIGN.options, file))])
    assert [each["type"] for each in new["options"]] == [3, 11]
    assert "autocomplete" not in new["options"][1]
    assert new["options"][1]["required"] is False
    assert new["options"][1]["name_localizations"]["id"] == "berkas"


def test_the_digest_changes_only_with_the_set() -> None:
    assert digest(write_commands([SIGN])) == digest(write_commands([SIGN]))
    assert digest(write_commands([SIGN])) != digest(write_commands([SIGN, STOP]))


BAD = (
    "Tanda",
    "tanda tangan",
    "",
    "a" * 33,
    "tanda\u200btangan",
    "tanda'tangan",
    "tanda.tangan",
    "@tanda",
    "🙂",
)


@pytest.mark.parametrize("name", BAD)
def test_a_name_that_discord_refuses_is_never_cut_the_default_stands_there(name: str) -> None:
    sign, _ = write_commands([replace(SIGN, names={"en": "sign", "id": name}), STOP])
    assert sign["name_localizations"] == {"en-US": "sign", "en-GB": "sign"}


@pytest.mark.parametrize(
    "name", ["ลงชื่อ", "เริ่ม", "ความเป็นส่วนตัว", "สารสมานฉันท์", "น้ำใจ", "แถลงการณ์", "ก" * 32, "पढ़ें"]
)
def test_thai_and_hindi_names_keep_their_signs(name: str) -> None:
    assert [*misnamed({"sign": {"th": name}})] == []


def test_no_two_have_one_name() -> None:
    names = {"sign": {"id": "stop", "th": "ลงชื่อ", "es": "parar"}, "stop": {"th": "ลงชื่อ", "id": "stop"}}
    assert {each[:2] for each in misnamed(names)} == {("sign", "id"), ("sign", "th"), ("stop", "th")}
    options = (Option("a", {"id": "satu"}, WORDS), Option("b", {"id": "satu"}, WORDS))
    (written,) = write_commands([replace(SIGN, options=options)])
    assert [each["name_localizations"] for each in written["options"]] == [{}, {}]

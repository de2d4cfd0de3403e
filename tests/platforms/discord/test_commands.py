"""The set of commands: in Discord's own languages only, for the places where each belongs."""

from __future__ import annotations

from bot.platforms.discord.commands import Command, Option, digest, write_commands

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


def test_the_digest_changes_only_with_the_set() -> None:
    assert digest(write_commands([SIGN])) == digest(write_commands([SIGN]))
    assert digest(write_commands([SIGN])) != digest(write_commands([SIGN, STOP]))

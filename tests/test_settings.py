"""Settings: every fault at once, in words that say what to do, and no secret ever shown."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.campaign.refs import AccountRef, ChatRef
from bot.settings import NAMES, SECRET_FILES, Settings, Shards, load

KEY = bytes(range(224, 256))  # its base64 has both of the characters that the two alphabets write differently
HERE = Path(__file__).parents[1]
DATA = {"BOT_DATA": str(HERE)}


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text("\ufeff" + KEY.hex() + "\n")  # as some editors save it
    file.chmod(0o600)
    return file


def read(environ: dict[str, str], env_file: Path | None = None) -> Settings:
    settings = load(DATA | environ, env_file)
    assert isinstance(settings, Settings), settings
    return settings


def faults(environ: dict[str, str], env_file: Path | None = None) -> dict[str, str]:
    found = load(DATA | environ, env_file)
    assert isinstance(found, tuple)
    return {fault.name: fault.sentence for fault in found}


def test_without_any_setting_everything_has_a_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    settings = read({"BOT_DATA": ""})
    assert (settings.state, settings.data) == (Path("state"), (Path("data"),))
    assert settings.database_url == "sqlite:///state/bot.db"
    assert (settings.owners, settings.moderators_chat, settings.key, settings.log_level) == (
        (),
        (),
        None,
        "WARNING",
    )


def test_elsewhere_the_data_beside_the_program_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read({"BOT_DATA": ""}).data == (HERE / "data",)


def test_each_setting_is_read(tmp_path: Path) -> None:
    settings = read(
        {
            "BOT_STATE": str(tmp_path / "new"),
            "BOT_DATA": f"{tmp_path}:{HERE}",
            "BOT_DATABASE": "postgresql+asyncpg://bot:word@db/bot",
            "BOT_OWNERS": "telegram:1, discord:2,",
            "BOT_MODERATORS_CHAT": "console:desk,telegram:-100/7",
            "BOT_KEY": KEY.hex(),
            "BOT_LOG_LEVEL": "DEBUG",
            "PATH": "not ours",
            "BOT_TEST_DATABASE": "nor this",
        }
    )
    assert (settings.state, settings.data) == (tmp_path / "new", (tmp_path, HERE))
    assert settings.database_url == "postgresql+asyncpg://bot:word@db/bot"
    assert settings.owners == (AccountRef("telegram", "1"), AccountRef("discord", "2"))
    assert settings.moderators_chat == (ChatRef("console", "desk"), ChatRef("telegram", "-100", "7"))
    assert settings.key is not None
    assert settings.key.get_secret_value() == KEY
    assert settings.log_level == "DEBUG"


@pytest.mark.parametrize("write", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_key_may_be_base64(write: type[bytes]) -> None:
    key = read({"BOT_KEY": write(KEY).decode()}).key
    assert key is not None
    assert key.get_secret_value() == KEY


def test_printing_shows_no_secret_and_nobody() -> None:
    given = {
        "BOT_DATABASE": "postgresql+asyncpg://bot:canary@db/bot",
        "BOT_KEY": KEY.hex(),
        "BOT_OWNERS": "telegram:4711",
        "BOT_MODERATORS_CHAT": "telegram:4711",
    }
    text = repr(read(given)) + str(read(given))
    assert not any(word in text for word in ("canary", KEY.hex(), repr(KEY), "4711"))


def test_the_log_learns_what_to_strike_out() -> None:
    assert read({}).secrets == ()
    given = {"BOT_KEY": KEY.hex(), "BOT_DATABASE": "postgresql+asyncpg://bot:canary@db/bot"}
    assert {KEY.hex(), base64.b64encode(KEY).decode(), "canary"} <= {*read(given).secrets}


def test_all_faults_are_found_at_once_and_none_repeats_a_secret(tmp_path: Path, env_file: Path) -> None:
    env_file.write_text("BOT_LOG_LEVEL=loud\n=what is this\nBOT_DATBASE=x\n")
    (tmp_path / "file").touch()
    found = faults(
        {
            "BOT_STATE": str(tmp_path / "file"),
            "BOT_DATA": f"{tmp_path / 'absent'}:{tmp_path}",
            "BOT_DATABASE": "postgres://bot:canary@db/bot",
            "BOT_OWNERS": "telegram:1,canary",
            "BOT_MODERATORS_CHAT": "canary:",
            "BOT_KEY": "canary",
            "BOT_ZZZZ": "canary",
            "bot_owners": "canary",
        },
        env_file,
    )
    assert {*found} == {
        *("BOT_STATE", "BOT_DATA", "BOT_DATABASE", "BOT_OWNERS", "BOT_MODERATORS_CHAT", "BOT_KEY"),
        *("BOT_LOG_LEVEL", "BOT_DATBASE", "BOT_ZZZZ", "bot_owners", f"{env_file}:2"),
    }
    assert "canary" not in str(found)
    assert str(tmp_path / "absent") in found["BOT_DATA"]
    assert "entry 2" in found["BOT_OWNERS"]
    assert "did you mean BOT_DATABASE?" in found["BOT_DATBASE"]
    assert "did you mean BOT_OWNERS?" in found["bot_owners"]
    assert "BOT_STATE" in found["BOT_ZZZZ"]
    assert "'DEBUG'" in found["BOT_LOG_LEVEL"]


@pytest.mark.parametrize(
    "key", ["", "00" * 31, "g" * 64, "ключ", "AAAA", base64.b64encode(KEY).decode()[:-1]]
)
def test_a_key_that_is_no_key_is_refused_or_absent(key: str) -> None:
    assert {*faults({"BOT_KEY": key})} == {"BOT_KEY"} if key else read({"BOT_KEY": key}).key is None


@pytest.mark.parametrize(
    "address", ["sqlite:///", "sqlite:bot.db", "mysql://x", "postgresql://x", "x", "postgresql+asyncpg://[x"]
)
def test_a_database_of_another_kind_is_refused(address: str) -> None:
    assert {*faults({"BOT_DATABASE": address})} == {"BOT_DATABASE"}


def test_the_environment_wins_over_the_file(env_file: Path) -> None:
    env_file.write_text('\ufeffexport BOT_STATE="from ${HOME}"\nBOT_LOG_LEVEL=ERROR\nOTHER=1\n')
    assert read({}, env_file).state == Path("from ${HOME}")
    settings = read({"BOT_STATE": "elsewhere"}, env_file)
    assert (settings.state, settings.log_level) == (Path("elsewhere"), "ERROR")


def test_a_file_of_settings_that_is_no_text_is_a_fault(env_file: Path) -> None:
    env_file.write_bytes(b"BOT_STATE=\xff\xfe")
    assert {*faults({}, env_file)} == {str(env_file)}


def test_an_absent_file_of_settings_is_none(env_file: Path) -> None:
    assert read({}, env_file) == read({})


def test_a_secret_in_the_file_of_settings_must_be_private(env_file: Path) -> None:
    env_file.write_text(f"BOT_KEY={KEY.hex()}\n")
    env_file.chmod(0o640)
    assert "chmod 600" in faults({}, env_file)[str(env_file)]
    env_file.chmod(0o600)
    assert read({}, env_file).key


def test_a_secret_may_come_from_a_private_file(key_file: Path) -> None:
    key = read({"BOT_KEY_FILE": str(key_file)}).key
    assert key is not None
    assert key.get_secret_value() == KEY


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610])
def test_a_secret_in_a_file_that_others_may_use_is_refused(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    assert faults({"BOT_KEY_FILE": str(key_file)}) == {
        "BOT_KEY_FILE": f"others may read it; run: chmod 600 {str(key_file)!r}"
    }


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff"])
def test_a_secret_file_without_a_secret_is_a_fault(key_file: Path, content: bytes | None) -> None:
    key_file.unlink() if content is None else key_file.write_bytes(content)
    assert {*faults({"BOT_KEY_FILE": str(key_file)})} == {"BOT_KEY_FILE"}


def test_a_wrong_secret_in_a_file_is_a_fault_that_does_not_repeat_it(key_file: Path) -> None:
    key_file.write_text("canary")
    found = faults({"BOT_KEY_FILE": str(key_file)})
    assert {*found} == {"BOT_KEY"}
    assert "canary" not in str(found)


def test_a_wrong_secret_given_by_our_own_code_is_not_repeated() -> None:
    with pytest.raises(ValidationError) as raised:
        Settings(data=(HERE,), database="canary")  # type: ignore[arg-type]
    assert "canary" not in str(raised.value)


def test_a_secret_given_twice_is_a_fault(key_file: Path) -> None:
    assert {*faults({"BOT_KEY_FILE": str(key_file), "BOT_KEY": KEY.hex()})} == {"BOT_KEY_FILE"}


@pytest.mark.parametrize("name", ["BOT_STATE_FILE", "BOT_OWNERS_FILE"])
def test_only_secrets_come_from_files(name: str, key_file: Path) -> None:
    assert {*faults({name: str(key_file)})} == {name}


def test_no_folder_of_data_is_a_fault() -> None:
    assert {*faults({"BOT_DATA": ":"})} == {"BOT_DATA"}


@pytest.mark.parametrize("path", ["~nobody-of-this-name/x", "a\0b", "x" * 5000])
@pytest.mark.parametrize("name", ["BOT_DATA", "BOT_KEY_FILE"])
def test_a_path_that_cannot_be_is_a_fault(name: str, path: str) -> None:
    assert {*faults({name: path})} == {name}


def test_the_example_names_every_setting_and_nothing_else(checkout: Path) -> None:
    text = (checkout / ".env.example").read_text()
    assert {*re.findall(r"^#(BOT_\w+)=", text, re.MULTILINE)} == {*NAMES, *SECRET_FILES}


TELEGRAM = {
    "BOT_TELEGRAM_TOKEN": "123456:AAabcdefghijklmnopqrstuvwxyz012345",
    "BOT_TELEGRAM_WEBHOOK_URL": "https://bot.example.org/telegram/",
    "BOT_TELEGRAM_WEBHOOK_SECRET": "nobody-can-guess-this",
    "BOT_WEB_LISTEN": "127.0.0.1:8080",
}


def test_telegram_by_webhook() -> None:
    settings = read(TELEGRAM)
    assert settings.telegram_webhook_url == "https://bot.example.org/telegram"
    assert settings.web_listen == ("127.0.0.1", 8080)
    assert settings.telegram_api == "https://api.telegram.org"
    assert set(settings.secrets) >= {TELEGRAM["BOT_TELEGRAM_TOKEN"], TELEGRAM["BOT_TELEGRAM_WEBHOOK_SECRET"]}
    assert not [secret for secret in settings.secrets if secret in repr(settings)]


def test_a_webhook_without_what_it_needs_says_all_of_it() -> None:
    alone = {name: TELEGRAM[name] for name in ("BOT_TELEGRAM_TOKEN", "BOT_TELEGRAM_WEBHOOK_URL")}
    faults = load(alone)
    assert isinstance(faults, tuple)
    assert [fault.name for fault in faults] == ["BOT_TELEGRAM_WEBHOOK_SECRET", "BOT_WEB_LISTEN"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("BOT_TELEGRAM_TOKEN", "not-a-token"),
        ("BOT_TELEGRAM_TOKEN", "123456:short"),
        ("BOT_TELEGRAM_API", "api.telegram.org"),
        ("BOT_TELEGRAM_WEBHOOK_URL", "https://"),
        ("BOT_TELEGRAM_WEBHOOK_SECRET", "too short"),
        ("BOT_WEB_LISTEN", "8080"),
        ("BOT_WEB_LISTEN", "localhost:99999"),
    ],
)
def test_what_is_wrong_with_telegram_is_said_without_the_secret(name: str, wrong: str) -> None:
    faults = load({**TELEGRAM, name: wrong})
    assert isinstance(faults, tuple)
    assert [fault.name for fault in faults] == [name]
    assert "SECRET" not in name or wrong not in str(faults[0])


DISCORD = {
    "BOT_DISCORD_TOKEN": "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.a-canary-token_a-canary-token_a-canary",
    "BOT_DISCORD_API": "http://127.0.0.1:8090/api/v10/",
    "BOT_DISCORD_GATEWAY": "ws://127.0.0.1:8090/gateway",
    "BOT_DISCORD_SHARDS": "0,1/4",
}


def test_discord() -> None:
    settings = read(DISCORD)
    assert settings.discord_api == "http://127.0.0.1:8090/api/v10"
    assert settings.discord_gateway == "ws://127.0.0.1:8090/gateway"
    assert settings.discord_shards == Shards((0, 1), 4)
    assert DISCORD["BOT_DISCORD_TOKEN"] in settings.secrets
    assert "canary" not in repr(settings)


def test_without_a_word_discord_is_as_discord_is() -> None:
    settings = read({"BOT_DISCORD_SHARDS": "auto"})
    assert settings.discord_api == "https://discord.com/api/v10"
    assert (settings.discord_token, settings.discord_gateway, settings.discord_shards) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("BOT_DISCORD_TOKEN", "canary"),
        ("BOT_DISCORD_TOKEN", "canary.canary.canary!"),
        ("BOT_DISCORD_API", "discord.com/api"),
        ("BOT_DISCORD_GATEWAY", "https://gateway.discord.gg"),
        ("BOT_DISCORD_SHARDS", "2"),
        ("BOT_DISCORD_SHARDS", "4/4"),
        ("BOT_DISCORD_SHARDS", "1,1/4"),
        ("BOT_DISCORD_SHARDS", "-1/4"),
        ("BOT_DISCORD_SHARDS", "0/"),
    ],
)
def test_what_is_wrong_with_discord_is_said_without_the_token(name: str, wrong: str) -> None:
    faults = load({**DISCORD, name: wrong})
    assert isinstance(faults, tuple)
    assert [fault.name for fault in faults] == [name]
    assert "canary" not in str(faults[0])

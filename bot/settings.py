"""The operator's settings, read from the environment and from ``.env``; every fault is found at once.

The sentences here are for operators, so they stand in Python. They repeat no secret, no account and no chat.
"""

from __future__ import annotations

import base64
import difflib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import BeforeValidator, ConfigDict, Field, SecretBytes, SecretStr, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked
from pydantic_core import ErrorDetails

from bot.campaign.refs import AccountRef, ChatRef, parse_account, parse_chat

PREFIX = "BOT_"
TESTS = "BOT_TEST_"  # the test suite's own switches are no settings of the bot
KEY_BYTES = 32
PORTS = 65535

Ref = TypeVar("Ref", AccountRef, ChatRef)


@dataclass(frozen=True, slots=True)
class SettingFault:
    """One fault: the setting's name, or the file it stands in, and a sentence that says what to do."""

    name: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.name}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Shards:
    """The part of Discord that one process of several serves: the shards ``ids`` of ``count``."""

    ids: tuple[int, ...]
    count: int


def _path(text: str | Path) -> Path:
    try:
        path = Path(text).expanduser()
        path.exists()  # raises where the path can never be used
    except (OSError, RuntimeError):
        raise ValueError(
            f"{str(text)[:80]!r} cannot be used; write a path that this user may open."
        ) from None
    return path


def _state(given: str | Path) -> Path:
    folder = _path(given)
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{str(folder)!r} is a file: name a folder, the bot makes it when it is absent.")
    return folder


def _data(given: str | Iterable[Path]) -> tuple[Path, ...]:
    parts = given.split(os.pathsep) if isinstance(given, str) else given
    folders = tuple(_path(part) for part in parts if part)
    absent = [str(folder) for folder in folders if not folder.is_dir()]
    if absent or not folders:
        raise ValueError(f"no such folder: {absent!r}. Name folders that exist, apart by {os.pathsep!r}.")
    return folders


def _database(given: object) -> object:
    if not isinstance(given, str):
        return given
    try:
        urlsplit(given)
        known = re.match(r"(sqlite:///|postgresql\+asyncpg://).", given)
    except ValueError:
        known = None
    if not known:
        raise ValueError("write sqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME.")
    return given


def _refs(parse: Callable[[str], Ref], example: str) -> Callable[[object], object]:
    def read(given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(one(*item) for item in enumerate(given.split(","), 1) if item[1].strip())

    def one(number: int, text: str) -> Ref:
        try:
            return parse(text)
        except ValueError:
            raise ValueError(f"entry {number} is not like {example}; entries are apart by commas.") from None

    return read


def _key(given: object) -> object:
    if not isinstance(given, str):
        return given
    base = given.replace("-", "+").replace("_", "/")
    is_hex = re.fullmatch(r"[0-9A-Fa-f]{64}", given)
    try:
        key = bytes.fromhex(given) if is_hex else base64.b64decode(base, validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(
            "write 32 random bytes as base64 or 64 hex digits, or leave it out: the bot makes one."
        )
    return key


def _telegram_token(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}", given):
        raise ValueError("write the token as BotFather gave it: digits, a colon, letters and digits.")
    return given


def _discord_token(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"[A-Za-z0-9_-]{3,60}(\.[A-Za-z0-9_-]{3,80}){2}", given):
        raise ValueError("write the token as Discord showed it: three parts with dots between them.")
    return given


def _gateway_address(given: object) -> object:
    if isinstance(given, str):
        parts = urlsplit(given)
        if parts.scheme not in {"ws", "wss"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("write an address like wss://gateway.discord.gg.")
    return given


def _shards(given: object) -> object:
    if not isinstance(given, str):
        return given
    if given == "auto":
        return None
    listed, slash, count = given.partition("/")
    ids = listed.split(",")
    whole = slash and all(re.fullmatch(r"[0-9]{1,5}", each) for each in (*ids, count))
    if not whole or not all(int(each) < int(count) for each in ids) or len(set(map(int, ids))) < len(ids):
        raise ValueError("write auto, or ids/count as 0,1/4: which shards of how many this process serves.")
    return Shards(tuple(map(int, ids)), int(count))


def _web_address(given: object) -> object:
    if isinstance(given, str):
        parts = urlsplit(given)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("write an address like https://bot.example.org/telegram.")
        return given.rstrip("/")
    return given


def _webhook_secret(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", given):
        raise ValueError("write 16 to 256 letters, digits, _ and -; make one up that nobody can guess.")
    return given


def _listen(given: object) -> object:
    if not isinstance(given, str):
        return given
    host, _, port = given.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= PORTS:
        raise ValueError("write host:port, for example 127.0.0.1:8080.")
    return host.strip("[]"), int(port)


def _default_data() -> tuple[Path, ...]:
    beside = Path(__file__).parents[1] / "data"
    return (Path("data") if Path("data").is_dir() else beside,)


Folders = Annotated[tuple[Path, ...], BeforeValidator(_data)]
Accounts = Annotated[tuple[AccountRef, ...], BeforeValidator(_refs(parse_account, "telegram:123"))]
Chats = Annotated[tuple[ChatRef, ...], BeforeValidator(_refs(parse_chat, "telegram:-100123"))]


@checked(frozen=True, kw_only=True, config=ConfigDict(hide_input_in_errors=True))
class Settings:
    """What the operator decided. Secrets, accounts and chats do not show when it is printed.

    ``data`` folders are read in this order; ``key`` is None when the state folder's own key is to be used.
    """

    state: Annotated[Path, BeforeValidator(_state)] = Path("state")
    data: Folders = Field(default_factory=_default_data, validate_default=True)
    database: Annotated[SecretStr | None, BeforeValidator(_database)] = None
    owners: Accounts = Field(default=(), repr=False)
    moderators_chat: Chats = Field(default=(), repr=False)
    key: Annotated[SecretBytes | None, BeforeValidator(_key)] = None
    telegram_token: Annotated[SecretStr | None, BeforeValidator(_telegram_token)] = None
    telegram_api: Annotated[str, BeforeValidator(_web_address)] = "https://api.telegram.org"
    telegram_webhook_url: Annotated[str | None, BeforeValidator(_web_address)] = None
    telegram_webhook_secret: Annotated[SecretStr | None, BeforeValidator(_webhook_secret)] = None
    discord_token: Annotated[SecretStr | None, BeforeValidator(_discord_token)] = None
    discord_api: Annotated[str, BeforeValidator(_web_address)] = "https://discord.com/api/v10"
    discord_gateway: Annotated[str | None, BeforeValidator(_gateway_address)] = None
    discord_shards: Annotated[Shards | None, BeforeValidator(_shards)] = None
    web_listen: Annotated[tuple[str, int] | None, BeforeValidator(_listen)] = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"

    @property
    def database_url(self) -> str:
        """The database's address, password and all: the one given, else a SQLite file in the state folder."""
        return self.database.get_secret_value() if self.database else f"sqlite:///{self.state / 'bot.db'}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What the log must strike out: the key as it may be written, and the database's password."""
        key = self.key.get_secret_value() if self.key else b""
        written = (key.hex(), base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode())
        secrets = (self.telegram_token, self.telegram_webhook_secret, self.discord_token)
        given = [each.get_secret_value() for each in secrets if each]
        return tuple(filter(None, (*written, *given, urlsplit(self.database_url).password)))


NAMES = tuple(PREFIX + name.upper() for name in Settings.__dataclass_fields__)
SECRETS = (
    *("BOT_DATABASE", "BOT_KEY", "BOT_TELEGRAM_TOKEN", "BOT_TELEGRAM_WEBHOOK_SECRET"),
    "BOT_DISCORD_TOKEN",
)
SECRET_FILES = tuple(name + "_FILE" for name in SECRETS)


def load(environ: Mapping[str, str], env_file: Path | None = None) -> Settings | tuple[SettingFault, ...]:
    """Read the settings; returns them, or every fault there is.

    ``environ`` wins over ``env_file``, which may be absent. An empty value counts as none. A secret may stand
    in a file of its own, named by ``<NAME>_FILE``, which nobody else may read.
    """
    filed, file_faults = _read_env_file(env_file) if env_file and env_file.exists() else ({}, [])
    given = {name: value for name, value in (filed | dict(environ)).items() if value and _is_ours(name)}
    secrets, secret_faults = _read_secrets(given)
    settings, value_faults = _check(given | secrets)
    together = _together(settings) if settings else ()
    faults = (*file_faults, *_unknown(given), *secret_faults, *value_faults, *together)
    return settings if settings and not faults else faults


def _together(settings: Settings) -> Iterator[SettingFault]:
    """What settings need of each other."""
    if settings.telegram_webhook_url:
        if not settings.telegram_webhook_secret:
            yield SettingFault(
                "BOT_TELEGRAM_WEBHOOK_SECRET", "a webhook needs one: make one up that nobody can guess."
            )
        if not settings.web_listen:
            yield SettingFault(
                "BOT_WEB_LISTEN", "a webhook needs a place to listen, for example 127.0.0.1:8080."
            )


def _is_ours(name: str) -> bool:
    return name.upper().startswith(PREFIX) and not name.startswith(TESTS)


def _read_env_file(path: Path) -> tuple[dict[str, str], list[SettingFault]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
            is_open = _is_open_to_others(stream)
    except (OSError, UnicodeDecodeError):
        return {}, [SettingFault(str(path), "it cannot be read as UTF-8 text.")]
    bad = [binding.original.line for binding in bindings if binding.error]
    faults = [SettingFault(f"{path}:{line}", "write NAME=value.") for line in bad]
    values = {binding.key: binding.value or "" for binding in bindings if binding.key}
    if is_open and any(values.get(name) for name in SECRETS):
        faults.append(
            SettingFault(str(path), f"others may read the secrets in it; run: chmod 600 {str(path)!r}")
        )
    return values, faults


def _read_secrets(given: Mapping[str, str]) -> tuple[dict[str, str], list[SettingFault]]:
    secrets, faults = {}, []
    for name, file_name in zip(SECRETS, SECRET_FILES, strict=True):
        if file_name not in given:
            continue
        try:
            secrets[name] = _read_secret(_path(given[file_name]))
        except ValueError as error:
            faults.append(SettingFault(file_name, str(error)))
        if name in given:
            faults.append(SettingFault(file_name, f"{name} is given too: keep one of the two."))
    return secrets, faults


def _read_secret(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            text, is_open = stream.read().strip(), _is_open_to_others(stream)
    except (OSError, ValueError):
        raise ValueError(f"{str(path)!r} cannot be read as UTF-8 text.") from None
    if is_open:
        raise ValueError(f"others may read it; run: chmod 600 {str(path)!r}")
    if not text:
        raise ValueError(f"{str(path)!r} is empty.")
    return text


def _is_open_to_others(stream: IO[str]) -> bool:
    return bool(os.fstat(stream.fileno()).st_mode & 0o077)


def _unknown(given: Mapping[str, str]) -> Iterator[SettingFault]:
    known = (*NAMES, *SECRET_FILES)
    for name in sorted(set(given) - set(known)):
        nearest = difflib.get_close_matches(name.upper(), known, n=1)
        advice = f"did you mean {nearest[0]}?" if nearest else f"there are {', '.join(known)}."
        yield SettingFault(name, f"there is no such setting; {advice}")


def _check(given: Mapping[str, str]) -> tuple[Settings | None, list[SettingFault]]:
    values = {name.removeprefix(PREFIX).lower(): given[name] for name in NAMES if name in given}
    try:
        return TypeAdapter(Settings).validate_python(values), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    return None, [SettingFault(PREFIX + str(one["loc"][0]).upper(), _sentence(one)) for one in found]


def _sentence(error: ErrorDetails) -> str:
    return str(error.get("ctx", {}).get("error") or error["msg"])

"""The log: JSON lines on standard error that can hold no name, no contact, no message and no token.

What may be logged stands here: the events, and fields that are numbers, short ids and words of ours, or an
exception (its class and where it came from in our files). Of a library's record only who, where and how bad
it was are kept.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TextIO, TypedDict, Unpack

_DEBUG, _INFO, _WARNING, _ERROR = logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR


class Event(Enum):
    """Everything that is logged: its words and how bad it is."""

    STARTED = ("started", _INFO)
    STOPPED = ("stopped", _INFO)
    CRASHED = ("crashed", _ERROR)
    KEY_MADE = ("key made", _INFO)
    DATA_LOADED = ("data loaded", _INFO)
    DATA_FAULTY = ("data faulty", _ERROR)
    STORE_MIGRATED = ("store migrated", _INFO)
    STORE_BUSY = ("store busy", _WARNING)
    PAPER_FAULTY = ("paper faulty", _ERROR)
    SQLITE_OLD = ("sqlite can damage its log: run the bot with SQLite 3.51.3 or newer", _WARNING)
    STORE_FULL = ("store full", _ERROR)
    BATCH_FAILED = ("batch failed", _WARNING)
    TALLY_WRONG = ("tally wrong", _ERROR)
    PLATFORM_STARTED = ("platform started", _INFO)
    PLATFORM_FAILED = ("platform failed", _ERROR)
    TOKEN_SHARED = ("token used by somebody else", _ERROR)
    EVENT_UNREADABLE = ("event unreadable", _WARNING)
    FILE_UNREAD = ("file unread", _WARNING)
    TURN_DONE = ("turn done", _DEBUG)
    TURN_AGAIN = ("turn again", _DEBUG)
    TURN_FAILED = ("turn failed", _WARNING)
    TURN_DEAD = ("turn dead", _ERROR)
    ANSWER_FAILED = ("answer failed", _WARNING)
    PHRASE_BROKEN = ("phrase broken", _ERROR)
    ANNOUNCED = ("announced", _INFO)
    DELIVERY_SENT = ("delivery sent", _DEBUG)
    DELIVERY_FAILED = ("delivery failed", _WARNING)
    DELIVERY_UNKNOWN = ("delivery unknown", _WARNING)
    CHAT_PARKED = ("chat parked", _WARNING)
    TICK_DONE = ("tick done", _DEBUG)
    TICK_FAILED = ("tick failed", _ERROR)
    WEB_FAILED = ("web failed", _ERROR)


class Fields(TypedDict, total=False):
    """Everything that may stand beside an event; strings are ids and words of ours, never a person's."""

    announcement: str
    campaign: str
    count: int
    delivery: str
    error: BaseException
    event_id: str
    feature: str
    kind: str
    platform: str
    reason: str
    seconds: float
    state: str
    tick: str
    tries: int
    version: str


LIBRARIES = (
    *("telegram", "httpx", "httpcore", "discord", "aiohttp", "apscheduler", "sqlalchemy", "alembic"),
    *("aiosqlite", "asyncpg", "asyncio", "concurrent", "markdown_it", "prompt_toolkit", "babel", "tzlocal"),
)
"""Below WARNING they log texts, addresses and tokens: they are held there whatever the bot's own level is."""

_ours = logging.getLogger("bot")
_HOME = Path(__file__).parents[1]
_WORD = re.compile(r"[A-Za-z0-9_.:/-]{1,80}")
_ERRORS_SHOWN = 8
_SHORTEST_SECRET = 8  # a shorter one hides nothing, and striking it out would spoil other words


def event(what: Event, **fields: Unpack[Fields]) -> None:
    """Log that ``what`` happened. Fields that are not listed and strings that are no words are left out."""
    _ours.log(what.value[1], what, extra={"fields": fields})


def configure(level: str, secrets: Collection[str] = (), stream: TextIO | None = None) -> None:
    """Send the log to ``stream`` (standard error if None) from ``level`` on, with ``secrets`` struck out.

    It is called once, by the command line: uncaught exceptions are logged too from then on, so that nothing
    prints their messages.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Lines(secrets))
    logging.basicConfig(handlers=[handler], level=_WARNING, force=True)
    logging.raiseExceptions = False  # it would print the arguments of a record that cannot be written
    logging.captureWarnings(capture=True)
    _ours.setLevel(level)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(_WARNING)
    sys.excepthook = lambda _, error, __: event(Event.CRASHED, error=error)
    sys.unraisablehook = lambda args: event(Event.CRASHED, error=args.exc_value or RuntimeError())
    threading.excepthook = lambda args: event(Event.CRASHED, error=args.exc_value or RuntimeError())


class _Lines(logging.Formatter):
    """One JSON object per record, without the record's message unless it is an event of ours."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__()
        long_enough = (secret for secret in secrets if len(secret) >= _SHORTEST_SECRET)
        self._secrets = sorted(long_enough, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        what = _own(record.msg, record) if isinstance(record.msg, Event) else _foreign(record)
        line = json.dumps({"time": time, "level": record.levelname} | what)
        for secret in self._secrets:
            line = line.replace(secret, "[hidden]").replace(json.dumps(secret)[1:-1], "[hidden]")
        return line


def _own(what: Event, record: logging.LogRecord) -> dict[str, object]:
    given = record.__dict__["fields"]
    listed = [name for name in Fields.__annotations__ if name in given]
    return {"event": what.value[0]} | {name: _fit(given[name]) for name in listed}


def _foreign(record: logging.LogRecord) -> dict[str, object]:
    error = record.exc_info[1] if record.exc_info else None
    where = {"logger": _fit(record.name), "at": _fit(f"{record.module}:{record.lineno}")}
    return {"event": "library", **where} | ({"error": _fit(error)} if error else {})


def _fit(value: object) -> object:
    match value:
        case BaseException():
            return [{"class": type(error).__qualname__, "at": _places(error)} for error in _chain(value)]
        case str() if not _WORD.fullmatch(value):
            return "[left out]"
        case str() | int() | float() | None:
            return value
    return "[left out]"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, what it came from and what it groups; a few of them, each once."""
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < _ERRORS_SHOWN:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        grouped = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        waiting += [*grouped, *filter(None, (one.__cause__ or one.__context__,))]


def _places(error: BaseException) -> list[str]:
    frames = traceback.walk_tb(error.__traceback__)
    places = ((Path(frame.f_code.co_filename), line) for frame, line in frames)
    return [
        f"{path.relative_to(_HOME)}:{line}" for path, line in places if path.is_relative_to(_HOME / "bot")
    ]

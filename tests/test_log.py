"""What the log says and never says. It changes its whole process, so it is tried in one of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest

NAME = "Maryam Canary-Farouk"
TOKEN = "7777777777:AAcanary/Token-of-a-bot"  # its slash is escaped in some writings of JSON
TALK = f"""
import logging, threading, warnings
from bot import log
from bot.campaign.refs import parse_account
from bot.log import Event

log.configure("DEBUG", [{TOKEN!r}, "e", ""])
logging.getLogger().setLevel(logging.DEBUG)
name, token = {NAME!r}, {TOKEN!r}


def fail():
    try:
        parse_account(name)
    except ValueError as cause:
        raise ExceptionGroup(name, [KeyError(name), OSError(token)]) from cause


log.event(Event.STARTED, version="0.1.0", count=3, seconds=0.5)
log.event(Event.TURN_FAILED, event_id="12", platform=name, reason=token, called=name, kind=[name], state=None)
try:
    fail()
except ExceptionGroup as error:
    error.__cause__.__cause__ = error  # a circle
    log.event(Event.TURN_DEAD, event_id="13", error=error)
    logging.getLogger("telegram.ext").exception("failed for %s", name)
log.event(Event.STARTED, version=name.split()[0] + "\\u202e\\x1b[31m")
for library in ("telegram", "httpx", "discord.client", "aiosqlite", "asyncio", "markdown_it", "unheard.of"):
    logging.getLogger(library).info("%s says %s", name, token)
    logging.getLogger(library).warning(f"{{name}} says {{token}}")
logging.getLogger("bot.features").error("%s says %s", name, token)
logging.getLogger(token).error("too many places: %s %s", name)
warnings.warn(name)
thread = threading.Thread(target=fail)
thread.start()
thread.join()


class Falls:
    def __del__(self):
        raise ValueError(name)


Falls()
log.event(Event.STOPPED)
fail()
"""


@pytest.fixture(scope="module")
def output() -> str:
    command = [sys.executable, "-c", TALK]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60).stderr


@pytest.fixture(scope="module")
def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_no_name_and_no_token_is_ever_logged(output: str) -> None:
    for word in (*NAME.split(), *TOKEN.split(":"), "canary", "Canary", "\x1b", "\u202e", "Traceback"):
        assert word not in output


def test_an_event_has_its_time_level_words_and_fields(lines: list[dict[str, Any]]) -> None:
    first = lines[0]
    assert first.pop("time").endswith("+00:00")
    assert first == {"level": "INFO", "event": "started", "version": "0.1.0", "count": 3, "seconds": 0.5}


def test_what_is_not_listed_or_no_word_is_left_out(lines: list[dict[str, Any]]) -> None:
    failed = next(line for line in lines if line["event"] == "turn failed")
    assert {name: failed[name] for name in failed if name not in {"time", "level", "event"}} == {
        "event_id": "12",
        "kind": "[left out]",
        "platform": "[left out]",
        "reason": "[hidden]",
        "state": None,
    }


def test_an_exception_is_its_classes_and_our_own_places(lines: list[dict[str, Any]]) -> None:
    dead = next(line for line in lines if line["event"] == "turn dead")
    assert [one["class"] for one in dead["error"]] == ["ExceptionGroup", "KeyError", "OSError", "ValueError"]
    (place,) = (place for one in dead["error"] for place in one["at"])
    assert re.fullmatch(r"bot/campaign/refs\.py:\d+", place)


def test_of_a_library_only_who_where_and_how_bad_is_kept(lines: list[dict[str, Any]]) -> None:
    heard = [line for line in lines if line["event"] == "library"]
    assert {line["logger"] for line in heard} >= {"telegram", "discord.client", "bot.features", "py.warnings"}
    assert {*heard[0]} == {"time", "level", "event", "logger", "at", "error"}
    assert all({*line} <= {"time", "level", "event", "logger", "at", "error"} for line in heard)


def test_libraries_are_held_at_warning_even_when_the_root_is_at_debug(lines: list[dict[str, Any]]) -> None:
    quiet = [line["logger"] for line in lines if line["event"] == "library" and line["level"] == "INFO"]
    assert quiet == ["unheard.of"]


def test_uncaught_exceptions_are_logged_like_every_other(lines: list[dict[str, Any]]) -> None:
    assert [line["error"][0]["class"] for line in lines if line["event"] == "crashed"] == [
        "ExceptionGroup",
        "ValueError",
        "ExceptionGroup",
    ]
    assert lines[-1]["event"] == "crashed"

"""What all tests share: the folder of source documents, and no setting of whoever runs them."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.log import LIBRARIES

settings.register_profile(
    "suite", deadline=None, derandomize=True
)  # a slow machine is no fault, nor is chance
settings.load_profile("suite")

for name in [name for name in os.environ if name.startswith("BOT_") and not name.startswith("BOT_TEST_")]:
    del os.environ[name]


@pytest.fixture(autouse=True)
def log_as_it_was() -> Iterator[None]:
    """A test that sets the log up, as the command line does, leaves it as it found it."""
    loggers = [logging.getLogger(), *map(logging.getLogger, ("bot", *LIBRARIES))]
    levels, handlers = [each.level for each in loggers], logging.getLogger().handlers[:]
    raises, hooks = logging.raiseExceptions, (sys.excepthook, sys.unraisablehook, threading.excepthook)
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    logging.getLogger().handlers[:] = handlers
    logging.raiseExceptions = raises
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks


@pytest.fixture(scope="session")
def checkout() -> Path:
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared(checkout: Path) -> Path:
    folder = checkout.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared with the source documents is absent")
    return folder

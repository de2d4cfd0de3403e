"""What all tests share: the folder of source documents, and no setting of whoever runs them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile(
    "suite", deadline=None, derandomize=True
)  # a slow machine is no fault, nor is chance
settings.load_profile("suite")

for name in [name for name in os.environ if name.startswith("BOT_") and not name.startswith("BOT_TEST_")]:
    del os.environ[name]


@pytest.fixture(scope="session")
def checkout() -> Path:
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared(checkout: Path) -> Path:
    folder = checkout.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared with the source documents is absent")
    return folder

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import SqliteStore
from bot.storage.opening import open_store
from bot.storage.trouble import StoreUnusable
from tests.storage.made import KEY, person


async def test_a_new_file_is_made_and_found_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    store = await open_store(url, KEY)
    assert isinstance(store, SqliteStore)
    met = await person(store)
    await store.close()
    store = await open_store(url, KEY)
    assert await person(store) == met
    await store.close()


async def test_a_name_with_a_percent_sign_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "100 % ours" / "bot.db"
    path.parent.mkdir()
    await (await open_store(f"sqlite:///{path}", KEY)).close()
    assert path.exists()


@pytest.mark.parametrize("url", ["", "bot.db", "sqlite://", "sqlite:///:memory:", "mysql://x/y", "::"])
async def test_an_address_we_cannot_use_is_told(url: str) -> None:
    with pytest.raises(StoreUnusable, match="sqlite:///path"):
        await open_store(url, KEY)


async def test_a_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="cannot be written"):
        await open_store(f"sqlite:///{tmp_path}/nowhere/bot.db", KEY)


async def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="does not open") as caught:
        await open_store(f"postgresql://bot:hidden@/bot?host={tmp_path}", KEY)
    assert "hidden" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        await open_store(f"sqlite:///{tmp_path / 'bot.db'}", b"short")
    assert not (tmp_path / "bot.db").exists()

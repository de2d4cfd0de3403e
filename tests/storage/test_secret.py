from __future__ import annotations

from dataclasses import replace

import pytest

from bot.storage.opening import open_store
from bot.storage.trouble import WrongKey
from tests.storage.made import KEY, Ground, person

NEW = b"n" * 32


@pytest.fixture
def file_or_server(ground: Ground, sqlite_path: str) -> Ground:
    return replace(ground, url=f"sqlite:///{sqlite_path}") if ground.kind == "direct" else ground


async def test_a_wrong_key_is_found_when_the_store_is_opened(file_or_server: Ground) -> None:
    with pytest.raises(WrongKey, match="key does not open this database"):
        await open_store(file_or_server.url, NEW)


async def test_with_a_new_key_before_the_old_one_people_are_still_known(file_or_server: Ground) -> None:
    store = await open_store(file_or_server.url, KEY)
    met = await person(store)
    await store.close()
    store = await open_store(file_or_server.url, NEW, KEY)
    assert await person(store) == met
    assert await store.read(lambda tx: tx.people.account(met.id)) is not None
    await store.close()

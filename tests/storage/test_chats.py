from __future__ import annotations

from bot.campaign.refs import ChatRef
from bot.ports import Store
from tests.storage.made import CHANNEL


async def test_a_chat_remembers_the_language_chosen_last(store: Store) -> None:
    assert await store.read(lambda tx: tx.chats.language(CHANNEL)) == ""
    await store.transaction(lambda tx: tx.chats.choose_language(CHANNEL, "ms"))
    await store.transaction(lambda tx: tx.chats.choose_language(CHANNEL, "th"))
    topic = ChatRef(CHANNEL.platform, CHANNEL.id, "5")
    assert await store.read(lambda tx: tx.chats.language(CHANNEL)) == "th"
    assert await store.read(lambda tx: tx.chats.language(topic)) == ""

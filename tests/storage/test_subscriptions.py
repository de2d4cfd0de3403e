from __future__ import annotations

from dataclasses import replace

from bot.campaign.announcement import DeliveryState, News, Subscription
from bot.campaign.refs import ChatRef
from bot.ports import Store, Tx
from tests.storage.made import CHANNEL, MINUTE, NOW, delivery, each, has_no_default

WISH = Subscription(
    CHANNEL, "asean", frozenset({News.WEEKLY, News.REMINDER}), "ms", "Asia/Kuala_Lumpur", 21, 7, "p"
)
TOPIC = ChatRef(CHANNEL.platform, CHANNEL.id, "5")


async def put(store: Store, *wishes: Subscription) -> None:
    await each(store, lambda tx, wish: tx.subscriptions.put(wish, NOW), wishes)


async def test_a_wish_is_kept_and_replaced(store: Store) -> None:
    assert await store.read(lambda tx: tx.subscriptions.get(CHANNEL, "asean")) is None
    assert has_no_default(replace(WISH, active=False, row=2))
    await put(store, WISH)
    assert await store.read(lambda tx: tx.subscriptions.get(CHANNEL, "asean")) == WISH
    changed = replace(WISH, news=frozenset(), language="en", quiet_from=0, row=2)
    await put(store, changed)
    assert await store.read(lambda tx: tx.subscriptions.of(CHANNEL)) == [changed]


async def test_those_who_wish_for_a_kind_of_news_are_found(store: Store) -> None:
    ended = replace(WISH, chat=ChatRef("console", "square"), active=False)
    await put(store, WISH, replace(WISH, campaign="other"), replace(WISH, chat=TOPIC), ended)

    async def wishing(news: str) -> list[ChatRef]:
        return [wish.chat for wish in await store.read(lambda tx: tx.subscriptions.wishing("asean", news))]

    assert await wishing("weekly") == [CHANNEL, TOPIC]
    assert await wishing("week") == []
    assert await wishing("milestone") == []


async def test_what_a_chat_was_sent_is_still_edited_after_it_stopped(store: Store) -> None:
    edit, new = delivery(1, message="77"), delivery(2)
    await put(store, WISH)
    await store.transaction(lambda tx: [tx.deliveries.owe(row) for row in (edit, new)])
    await store.transaction(lambda tx: tx.subscriptions.stop(CHANNEL))
    found = await store.read(lambda tx: [tx.deliveries.by_key(row.key) for row in (edit, new)])
    assert [row.state for row in found if row] == [DeliveryState.PLANNED, DeliveryState.CANCELLED]


async def test_stopping_ends_all_wishes_of_a_chat_and_what_is_planned_for_it(store: Store) -> None:
    rows = [delivery(1), delivery(2), delivery(3, chat=TOPIC), delivery(4, due=NOW + MINUTE)]
    await put(store, WISH, replace(WISH, campaign="other"), replace(WISH, chat=TOPIC))

    def owe(tx: Tx) -> None:
        for row in rows:
            tx.deliveries.owe(row)
        tx.deliveries.claim("me", NOW, NOW + MINUTE, limit=1)

    await store.transaction(owe)
    assert await store.transaction(lambda tx: tx.subscriptions.stop(CHANNEL)) == 2
    assert await store.transaction(lambda tx: tx.subscriptions.stop(CHANNEL)) == 0
    found = await store.read(lambda tx: [tx.deliveries.by_key(row.key) for row in rows])
    states = [row.state for row in found if row]
    assert states == [DeliveryState.CANCELLED] * 2 + [DeliveryState.PLANNED, DeliveryState.CANCELLED]
    assert not await store.transaction(lambda tx: tx.deliveries.sending(rows[0], NOW, NOW + MINUTE))
    assert await store.read(lambda tx: tx.subscriptions.of(CHANNEL)) == []
    ended = await store.read(lambda tx: tx.subscriptions.get(CHANNEL, "asean"))
    assert ended == replace(WISH, active=False, row=3), "a stop is seen by who would bring it back"
    assert [wish.chat for wish in await store.read(lambda tx: tx.subscriptions.of(TOPIC))] == [TOPIC]

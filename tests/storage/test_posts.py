from __future__ import annotations

from dataclasses import replace

from bot.ports import Post, Store, Tx
from tests.storage.made import MINUTE, NOW

POSTS = [Post(str(n), "square", f"text {n} \x00\ud800", NOW) for n in range(4)]


async def put(store: Store, *posts: Post) -> None:
    def work(tx: Tx) -> None:
        for post in posts:
            tx.posts.put(post)

    await store.transaction(work)


async def of(store: Store, chat: str = "square", after: int = 0, limit: int = 50) -> list[tuple[int, Post]]:
    return list(await store.read(lambda tx: tx.posts.of(chat, after, limit)))


async def test_a_chat_has_its_messages_in_order_and_the_last_of_many(store: Store) -> None:
    await put(store, *POSTS, Post("9", "other", "x", NOW))
    found = await of(store)
    assert [post for _, post in found] == POSTS
    assert await of(store, limit=2) == found[2:]
    assert await of(store, after=found[1][0]) == found[2:]
    assert [post.outgoing for _, post in await of(store, "other")] == ["x"]
    assert await of(store, "none") == []


async def test_old_messages_are_forgotten_unless_they_were_edited_since(store: Store) -> None:
    await put(store, POSTS[0], POSTS[1], replace(POSTS[2], at=NOW + MINUTE))
    await put(store, replace(POSTS[0], at=NOW + MINUTE))
    assert await store.transaction(lambda tx: tx.posts.prune(NOW + MINUTE)) == 1
    assert [post.message for _, post in await of(store)] == ["0", "2"]


async def test_an_edit_keeps_its_place_and_another_chat_may_use_the_same_id(store: Store) -> None:
    edited = replace(POSTS[0], outgoing="edited", at=NOW + MINUTE)
    await put(store, *POSTS[:2], edited, replace(POSTS[0], chat="other"))
    assert [post for _, post in await of(store)] == [edited, POSTS[1]]
    assert [post for _, post in await of(store, "other")] == [replace(POSTS[0], chat="other")]


async def test_a_chat_is_cleared_and_no_other(store: Store) -> None:
    await put(store, *POSTS, Post("9", "other", "x", NOW))
    assert await store.transaction(lambda tx: tx.posts.clear("square")) == len(POSTS)
    assert await of(store) == []
    assert [post.outgoing for _, post in await of(store, "other")] == ["x"]

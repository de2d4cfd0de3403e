from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.loader import load
from bot.ports import Paper, Store, Tx
from bot.publication.shelf import Laid, Shelf
from tests.content.test_laying import CAMPAIGN, TENANTS, TEXT
from tests.outbox.made import store

DATA = Path(__file__).parents[2] / "data"
STATEMENT, FILE = ("statements", "housing", "en.md"), ("campaigns", "housing.toml")


async def put(kept: Store, *papers: Paper) -> None:
    def work(tx: Tx) -> None:
        for number, paper in enumerate(papers):
            tx.papers.put(paper, f"v{number}")

    await kept.transaction(work)


def shelf() -> Shelf:
    told: list[int] = []
    return Shelf(load([DATA])[0], told.append)


async def look(kept: Store, shelf: Shelf) -> Laid:
    return await kept.read(shelf.look)


async def test_without_papers_both_views_are_what_was_read_at_start() -> None:
    ours = shelf()
    laid = await look(store(), ours)
    assert laid is ours.base
    assert laid.public is laid.inner


async def test_what_is_hidden_is_seen_inside_only() -> None:
    kept, ours = store(), shelf()
    organisations = Paper(("organisations.toml",), TENANTS)
    await put(kept, organisations, Paper(STATEMENT, TEXT, hidden=True), Paper(FILE, CAMPAIGN, hidden=True))
    laid = await look(kept, ours)
    assert "housing" in laid.inner.campaigns
    assert laid.inner.campaigns["housing"].rehearsal
    assert not {"housing"} & {*laid.public.campaigns, *laid.public.statements}
    assert laid.recognition.find("tenants union")[0].organisation.slug == "tenants"


async def test_a_change_is_seen_at_once_also_when_it_is_rolled_back() -> None:
    kept, ours = store(), shelf()
    await put(kept, Paper(("organisations.toml",), TENANTS), Paper(STATEMENT, TEXT), Paper(FILE, CAMPAIGN))
    assert "housing" in (await look(kept, ours)).public.campaigns

    def remove(tx: Tx) -> None:
        tx.papers.remove(FILE, "v9")
        assert "housing" not in ours.look(tx).public.campaigns
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await kept.transaction(remove)
    assert "housing" in (await look(kept, ours)).public.campaigns


async def test_a_paper_that_became_faulty_is_told_and_the_rest_stands() -> None:
    told: list[int] = []
    kept, ours = store(), Shelf(load([DATA])[0], told.append)
    await put(kept, Paper(FILE, "= broken"))
    laid = await look(kept, ours)
    assert "palestine" in laid.public.campaigns
    assert told == [1]

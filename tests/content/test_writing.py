from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.campaign.campaign import Campaign, FieldRule, Reminder
from bot.content.laying import lay_over
from bot.content.writing import campaign_file
from tests.content.test_laying import base

PLAIN = Campaign("palestine", "palestine", zone="Asia/Manila", initiators=("psm",))
FULL = replace(
    PLAIN,
    opens=datetime(2026, 1, 1, tzinfo=UTC),
    closes=datetime(2026, 2, 1, 12, 30, tzinfo=UTC),
    persons_sign=False,
    fields=PLAIN.fields | {"contact": FieldRule.REQUIRED},
    milestones=(3, 9),
    reminders=(Reminder("at", datetime(2026, 1, 5, 10)), Reminder("weekly", cron="0 10 * * 0")),  # noqa: DTZ001
    undo_minutes=0,
    show_count_from=1,
    published_names="palestine.csv",
    responsible='Union "of" ผู้จัด \\ people',
    follows="palestine",
    late=True,
    delivered=date(2026, 3, 1),
    delivered_to="the embassy",
)


@pytest.mark.parametrize("campaign", [PLAIN, FULL])
def test_what_is_written_is_read_again_as_it_was(campaign: Campaign) -> None:
    laid, faults = lay_over(base(), {("campaigns", "palestine.toml"): campaign_file(campaign)})
    assert not faults
    assert laid.campaigns["palestine"] == campaign


def test_what_ships_is_written_as_it_was() -> None:
    catalog = base()
    for slug, campaign in catalog.campaigns.items():
        laid, faults = lay_over(catalog, {("campaigns", f"{slug}.toml"): campaign_file(campaign)})
        assert not faults
        assert laid.campaigns[slug] == campaign

from __future__ import annotations

import pytest

from bot.campaign.organisation import is_branch


@pytest.mark.parametrize(
    "name",
    [
        "DinDeng, Chiang Mai branch",
        "PSM Cawangan Sungai Siput",
        "PARTAI BURUH CABANG MEDAN",
        "ดินแดง สาขาเชียงใหม่",
        "Sangay sa Cebu ng PLM",
        "Local Chapter of X",
    ],
)
def test_a_branch_says_so(name: str) -> None:
    assert is_branch(name)


@pytest.mark.parametrize("name", ["DinDeng", "Branchville Union", "Sectional Title Tenants", "", "ดินแดง"])
def test_a_whole_does_not(name: str) -> None:
    assert not is_branch(name)

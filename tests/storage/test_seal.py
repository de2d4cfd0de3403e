from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.refs import AccountRef
from bot.storage.seal import Hasher, SealBroken, Sealer

OLD, NEW = b"o" * 32, b"n" * 32
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(JSON)
def test_any_value_comes_back(value: object) -> None:
    sealer = Sealer(NEW)
    assert sealer.open("t", "r", "c", sealer.seal("t", "r", "c", value)) == value


def test_half_surrogates_and_nothing_come_back() -> None:
    sealer = Sealer(NEW)
    for text in ("", "\ud800", "\x00", "a\udfff"):
        assert sealer.open("t", "r", "c", sealer.seal("t", "r", "c", text)) == text


def test_the_text_is_not_in_the_sealed_field_and_two_are_never_alike() -> None:
    sealer = Sealer(NEW)
    one, two = (sealer.seal("t", "r", "c", "Sombat") for _ in range(2))
    assert b"Sombat" not in one
    assert one != two


@pytest.mark.parametrize("place", [("u", "r", "c"), ("t", "s", "c"), ("t", "r", "d"), ("tr", "", "c")])
def test_a_field_moved_to_another_place_is_refused(place: tuple[str, str, str]) -> None:
    sealer = Sealer(NEW)
    with pytest.raises(SealBroken, match="moved"):
        sealer.open(*place, sealer.seal("t", "r", "c", "x"))


def test_a_field_with_any_byte_changed_is_refused() -> None:
    sealer = Sealer(NEW)
    sealed = sealer.seal("t", "r", "c", "x")
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(SealBroken):
            sealer.open("t", "r", "c", changed)


def test_a_field_cut_short_is_refused() -> None:
    sealer = Sealer(NEW)
    sealed = sealer.seal("t", "r", "c", "x")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            sealer.open("t", "r", "c", sealed[:length])


def test_the_first_key_seals_and_older_ones_open() -> None:
    old, both = Sealer(OLD), Sealer(NEW, OLD)
    assert both.open("t", "r", "c", old.seal("t", "r", "c", "x")) == "x"
    assert Sealer(NEW).open("t", "r", "c", both.seal("t", "r", "c", "x")) == "x"
    with pytest.raises(SealBroken, match="another key"):
        old.open("t", "r", "c", both.seal("t", "r", "c", "x"))


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(NEW, b"short")


def test_a_seed_repeats_every_byte() -> None:
    one, two = (Sealer(NEW, chance=Random(7).randbytes).seal("t", "r", "c", "x") for _ in range(2))
    assert one == two


def test_hashes_differ_by_purpose_parts_campaign_and_secret() -> None:
    hasher, other = Hasher(NEW), Hasher(OLD)
    hashes = [
        hasher.account(AccountRef("telegram", "1")),
        hasher.account(AccountRef("telegram1", "")),
        hasher.signer("telegram", "1"),
        hasher.signer("asean", "1"),
        hasher.name("telegram", "1"),
        hasher.name("telegram:1"),
        other.account(AccountRef("telegram", "1")),
    ]
    assert len(set(hashes)) == len(hashes)
    assert hasher.signer("asean", "1") == Hasher(NEW).signer("asean", "1")
    assert all(len(hashed) == 40 for hashed in hashes)

"""Sealing of fields, and the keyed hashes that stand for accounts and signatories.

A sealed field is ``version (1) | key id (4) | nonce (12) | AES-256-GCM``, bound to its table, row and column:
moved to another place it does not open. Look-ups use keyed hashes under a secret of the database's own
(``secret``), so that the key may change and they stay.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.campaign.refs import AccountRef

Chance = Callable[[int], bytes]
"""Where random bytes come from: the machine, or the simulation's seed."""

VERSION = b"\x01"
KEY_BYTES = 32
ID_END = 5
NONCE_BYTES = 12
HASH_BYTES = 20
NONCE_END = ID_END + NONCE_BYTES


class SealBroken(Exception):  # noqa: N818  (named as what it says)
    """A sealed field does not open: it was changed, moved here, or sealed with a key we do not have."""


def _derive(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=b"solidarity-bot " + purpose.encode()).derive(key)


def _place(table: str, row: str, column: str) -> bytes:
    return json.dumps([table, row, column]).encode()


class Sealer:
    """Seals with the first key and opens with any. A key has 32 bytes or more; else ValueError."""

    def __init__(self, key: bytes, *older: bytes, chance: Chance = os.urandom) -> None:
        if min(map(len, (key, *older))) < KEY_BYTES:
            raise ValueError(f"a key needs at least {KEY_BYTES} bytes")
        self._ciphers = {_derive(k, "id", 4): AESGCM(_derive(k, "seal")) for k in (key, *older)}
        self._first = _derive(key, "id", 4)
        self.chance = chance

    def seal(self, table: str, row: str, column: str, value: object) -> bytes:
        """Seal a JSON value for one place; any text is taken, half surrogates too."""
        clear = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
        nonce = self.chance(NONCE_BYTES)
        place = _place(table, row, column)
        return VERSION + self._first + nonce + self._ciphers[self._first].encrypt(nonce, clear, place)

    def open(self, table: str, row: str, column: str, sealed: bytes) -> Any:  # noqa: ANN401  (it is JSON)
        """Open what was sealed for this place; raises SealBroken."""
        cipher = self._ciphers.get(sealed[1:ID_END]) if sealed[:1] == VERSION else None
        if cipher is None:
            raise SealBroken(f"{table}.{column}: sealed with another key")
        place = _place(table, row, column)
        try:
            clear = cipher.decrypt(sealed[ID_END:NONCE_END], sealed[NONCE_END:], place)
        except (InvalidTag, ValueError) as error:
            raise SealBroken(f"{table}.{column}: changed, or moved from another place") from error
        return json.loads(clear.decode(errors="surrogatepass"))


class Hasher:
    """Keyed hashes, as 40 hexadecimal digits. Without the secret nobody can try who stands behind one."""

    def __init__(self, secret: bytes) -> None:
        purposes = ("account", "signer", "name")
        self._keys = {purpose: _derive(secret, purpose) for purpose in purposes}

    def account(self, account: AccountRef) -> str:
        """The hash of an account."""
        return self._hash("account", account.platform, account.id)

    def signer(self, campaign: str, signer: str) -> str:
        """The hash of a signatory's key; another one in each campaign, so that it joins no campaigns."""
        return self._hash("signer", campaign, signer)

    def name(self, *parts: str) -> str:
        """The hash of a name that may hold an account's id: of a pace, of a console's chat."""
        return self._hash("name", *parts)

    def _hash(self, purpose: str, *parts: str) -> str:
        digest = hmac.digest(self._keys[purpose], json.dumps(parts).encode(), "sha256")
        return digest[:HASH_BYTES].hex()

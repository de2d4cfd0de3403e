"""The database's own secret, for keyed hashes: made once, kept sealed. By it a wrong key is found."""

from __future__ import annotations

from bot.storage.cursor import Cursor
from bot.storage.notes import StoredNotes
from bot.storage.seal import KEY_BYTES, Hasher, SealBroken, Sealer
from bot.storage.trouble import WrongKey

NAME = "secret"


def hasher(cursor: Cursor, sealer: Sealer) -> Hasher:
    """Read the secret, or make it in a new database; raises WrongKey."""
    notes = StoredNotes(cursor)
    sealed = notes.get(NAME) or _make(notes, sealer)
    try:
        return Hasher(bytes.fromhex(sealer.open("notes", NAME, "value", bytes.fromhex(sealed))))
    except SealBroken as error:
        raise WrongKey(
            "the key does not open this database: set the key it was made with, or name another database"
        ) from error


def _make(notes: StoredNotes, sealer: Sealer) -> str:
    fresh = sealer.seal("notes", NAME, "value", sealer.chance(KEY_BYTES).hex())
    notes.add(NAME, fresh.hex())
    return notes.get(NAME)

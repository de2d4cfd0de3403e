"""Those who talk to us."""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, literal, null, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.campaign.refs import AccountRef
from bot.dialog.messages import Route
from bot.ports import Person
from bot.storage.cursor import Cursor, Row, Statement, places
from bot.storage.moments import micros
from bot.storage.schema import NOT_OWED, Number, people
from bot.storage.seal import Hasher, Sealer

ID_BYTES = 10
HINT_LENGTH = 35
"""The longest language tag that BCP 47 asks everybody to take."""

_p = people.c
_the_person = _p.id == bindparam("person")
_shown = select(_p.id, _p.language, _p.hint, _p.turn, _p.owed)
FIND = Statement(
    select(*_shown.selected_columns, _p.sealed_account.is_(None).label("erased")).where(
        _p.account == bindparam("account")
    )
)
ADD = Statement(
    insert(people)
    .values(**places("id", "account", "sealed_account", "language", "hint", "turn", "owed", "met"))
    .on_conflict_do_nothing(index_elements=["account"])
)
GET = Statement(_shown.where(_the_person))
ACCOUNT = Statement(select(_p.sealed_account).where(_the_person))
KEEP_ACCOUNT = Statement(update(people).values(**places("sealed_account")).where(_the_person))
CHOOSE = Statement(update(people).values(**places("language")).where(_the_person))
HINT = Statement(update(people).values(**places("hint")).where(_the_person))
OWE = Statement(
    update(people).values(turn=_p.turn + literal(1), **places("owed")).where(_the_person).returning(_p.turn)
)
SETTLE = Statement(update(people).values(owed=NOT_OWED).where(_the_person, _p.turn == bindparam("turn")))
OWED = Statement(_shown.where(_p.owed != NOT_OWED).order_by(_p.id).limit(bindparam("limit", type_=Number)))
PART = Statement(
    update(people)
    .values(account=null(), sealed_account=null(), **places("language", "hint"))
    .where(_the_person)
)
FORGET = Statement(update(people).values(sealed_account=null()).where(_the_person))


@dataclass(frozen=True, slots=True)
class StoredPeople:
    """See ``ports.People``."""

    cursor: Cursor
    sealer: Sealer
    hasher: Hasher

    def meet(self, account: AccountRef, hint: str, now: datetime) -> Person:
        """Find the person of this account or make one; a hint that is no language tag is dropped."""
        hashed, hint = self.hasher.account(account), _tag(hint)
        row = self.cursor.row(FIND, account=hashed) or self._add(account, hashed, hint, now)
        if row["erased"]:
            self.cursor.run(KEEP_ACCOUNT, person=row["id"], sealed_account=self._seal(row["id"], account))
        if hint and hint != row["hint"]:
            self.cursor.run(HINT, person=row["id"], hint=hint)
        return _person(row, hint)

    def _add(self, account: AccountRef, hashed: str, hint: str, now: datetime) -> Row:
        id_ = b32encode(self.sealer.chance(ID_BYTES)).decode().lower()
        sealed = self._seal(id_, account)
        new = {"id": id_, "account": hashed, "hint": hint, "language": "", "owed": ""}
        self.cursor.run(ADD, **new, sealed_account=sealed, turn=0, met=micros(now))
        row = self.cursor.row(FIND, account=hashed)
        if row is None:
            raise LookupError("a person who was just met is gone")
        return row

    def _seal(self, person: str, account: AccountRef) -> bytes:
        return self.sealer.seal("people", person, "sealed_account", [account.platform, account.id])

    def get(self, person: str) -> Person | None:
        """The person with this id of ours."""
        row = self.cursor.row(GET, person=person)
        return _person(row) if row else None

    def account(self, person: str) -> AccountRef | None:
        """Open the sealed account; None when it was erased."""
        row = self.cursor.row(ACCOUNT, person=person)
        if row is None or row["sealed_account"] is None:
            return None
        return AccountRef(*self.sealer.open("people", person, "sealed_account", row["sealed_account"]))

    def choose_language(self, person: str, language: str) -> None:
        """Remember the language this person chose."""
        self.cursor.run(CHOOSE, person=person, language=language)

    def owe(self, person: str, route: Route) -> int:
        """Note that an answer is owed; returns the number of this turn. LookupError: nobody of ours."""
        row = self.cursor.row(OWE, person=person, owed=json.dumps(route))
        if row is None:
            raise LookupError(person)
        return int(row["turn"])

    def settle(self, turns: Mapping[str, int]) -> None:
        """Clear what is owed, person by person, where the turn is still this one."""
        for person, turn in sorted(turns.items()):
            self.cursor.run(SETTLE, person=person, turn=turn)

    def owed(self, limit: int = 500) -> Sequence[Person]:
        """Those who are still owed an answer."""
        return [_person(row) for row in self.cursor.rows(OWED, limit=limit)]

    def forget_account(self, person: str) -> None:
        """Erase the sealed account; the keyed hash stays, so that they are met again as the same person."""
        self.cursor.run(FORGET, person=person)

    def part(self, person: str) -> None:
        """Erase the account and its hash: nothing leads from an account to this person any more."""
        self.cursor.run(PART, person=person, language="", hint="")


def _tag(hint: str) -> str:
    return hint if hint.isascii() and hint.isprintable() and len(hint) <= HINT_LENGTH else ""


def _person(row: Row, hint: str = "") -> Person:
    owed = tuple(json.loads(row["owed"] or "[]"))
    return Person(row["id"], row["language"], hint or row["hint"], row["turn"], owed)

"""The statements of ``endorsements``."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from bot.campaign.endorsement import LIVE, State, Step
from bot.storage.cursor import Statement, places
from bot.storage.entries import CLEAR
from bot.storage.schema import (
    IN_REVIEW,
    IS_APPROVED,
    IS_LISTED,
    IS_LIVE,
    IS_PUBLISHED,
    Number,
    Word,
    audit,
    constant,
    endorsements,
)

_e = endorsements.c
_fixed = ("id", "campaign", "kind", "origin", "signer", "sealed_private")
_times = ("signed", "position", "published", "before", "undo_until", "due")
_changing = ("person", "text", "state", "row", "sealed_entry", *_times, *CLEAR)
_this = _e.id == bindparam("endorsement")
_of_person = _e.person == bindparam("person")
_in_campaign = _e.campaign == bindparam("campaign")
_of_signer = _e.signer == bindparam("signer")
_in_list = (_in_campaign, _e.kind == bindparam("kind"), IS_LISTED)
_limit = bindparam("limit", type_=Number)
_n = func.count().label("n")

_other = endorsements.alias("other")
_another_lives = exists().where(
    _other.c.campaign == _e.campaign,
    _other.c.signer == _e.signer,
    _other.c.id != _e.id,
    _other.c.state.in_([constant(state) for state in sorted(LIVE)]),
)
_stays_dead = bindparam("state", type_=Word).not_in([constant(state) for state in sorted(LIVE)])

ADD = Statement(
    insert(endorsements)
    .values(**places(*_fixed, *_changing))
    .on_conflict_do_nothing(index_elements=["campaign", "signer"], index_where=IS_LIVE)
)
CHANGE = Statement(
    update(endorsements)
    .values(**places(*_changing))
    .where(_this, _e.row == bindparam("expected"), or_(_stays_dead, ~_another_lives))
)
SEAL_PRIVATE = Statement(update(endorsements).values(**places("sealed_private")).where(_this))

GET = Statement(select(endorsements).where(_this))
LIVE_OF = Statement(select(endorsements).where(_in_campaign, _of_signer, IS_LIVE))
IMPORTED = Statement(
    select(_e.id).where(_in_campaign, _of_signer, _e.origin == bindparam(None, "import")).limit(1)
)

_undoable = or_(_e.state != constant(State.WITHDRAWN), _e.undo_until.is_not(None))
_newest_first = (_e.signed.desc(), _e.id.desc())
LAST_OF = Statement(select(endorsements).where(_in_campaign, _of_signer).order_by(*_newest_first).limit(1))
OF = Statement(select(endorsements).where(_of_person, _undoable).order_by(*_newest_first).limit(_limit))
LATEST_OF = Statement(
    select(endorsements).where(_of_person, _e.kind == bindparam("kind")).order_by(*_newest_first).limit(1)
)

_waiting = select(endorsements).where(IN_REVIEW).order_by(_e.signed, _e.id).limit(_limit)
WAITING = Statement(_waiting)
WAITING_IN = Statement(_waiting.where(_in_campaign))
QUEUE = Statement(select(_n).where(IN_REVIEW))
_at_or_before = tuple_(_e.signed, _e.id) <= tuple_(
    bindparam("signed", type_=Number), bindparam("endorsement", type_=Word)
)
PLACE = Statement(select(_n).where(_in_campaign, IN_REVIEW, _at_or_before))
DUE = Statement(
    select(endorsements).where(IS_APPROVED, _e.due <= bindparam("now")).order_by(_e.due, _e.id).limit(_limit)
)
BETWEEN = Statement(
    select(endorsements)
    .where(_in_campaign, IS_PUBLISHED, _e.published >= bindparam("begin"), _e.published < bindparam("end"))
    .order_by(_e.published, _e.position, _e.id)
    .limit(_limit)
)

SIGNERS = Statement(
    select(_e.person)
    .where(_in_campaign, IS_PUBLISHED, _e.person > bindparam("after", type_=Word))
    .group_by(_e.person)
    .order_by(_e.person)
    .limit(_limit)
)
_taken_off = exists().where(
    audit.c.endorsement == _e.id,
    audit.c.step.in_([constant(Step.WITHDRAW), constant(Step.SUSPEND)]),
    audit.c.at > bindparam("since"),
)
GONE = Statement(
    select(_n).where(_in_campaign, ~IS_PUBLISHED, _e.published <= bindparam("since"), _taken_off)
)
_bound_elsewhere = (
    _in_campaign,
    IS_LIVE,
    _e.text != bindparam("text"),
    _e.id > bindparam("after", type_=Word),
)
BOUND_ELSEWHERE = Statement(select(endorsements).where(*_bound_elsewhere).order_by(_e.id).limit(_limit))

NUMBER = Statement(select(_n).where(*_in_list, _e.position <= bindparam("position")))
COUNT_NAMED = Statement(
    select(_e.kind, _e.country, _n).where(_in_campaign, IS_LISTED, IS_PUBLISHED).group_by(_e.kind, _e.country)
)
UNNAMED = Statement(
    select(_e.id, _e.kind, _e.sealed_entry).where(_in_campaign, IS_PUBLISHED, _e.name.is_(None))
)


@cache
def page(*, in_country: bool, newest: bool, from_end: bool) -> Statement:
    """One page of the list: of one country or all, newest or oldest first, from its end or a position."""
    where: list[ColumnElement[bool]] = [*_in_list]
    if in_country:
        where.append(_e.country == bindparam("country"))
    if not from_end:
        after: ColumnElement[int] = bindparam("after")
        where.append(_e.position < after if newest else _e.position > after)
    order = _e.position.desc() if newest else _e.position
    return Statement(select(endorsements).where(*where).order_by(order).limit(_limit))

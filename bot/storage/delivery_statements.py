"""The statements of ``deliveries``."""

from __future__ import annotations

import json

from sqlalchemy import (
    ColumnElement,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    null,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.campaign.announcement import POST, DeliveryState, Policy
from bot.storage.cursor import Statement, places
from bot.storage.schema import IS_BUSY, IS_PLANNED, Number, Word, announcements, constant, deliveries

_d = deliveries.c
_none: ColumnElement[str] = literal_column("''")
_this = _d.id == bindparam("delivery")
_mine = _d.owner == bindparam("owner")
_limit = bindparam("limit", type_=Number)
_planned = constant(DeliveryState.PLANNED)
_claimed = constant(DeliveryState.CLAIMED)
_sending = constant(DeliveryState.SENDING)
_sent = constant(DeliveryState.SENT)
_cancelled = constant(DeliveryState.CANCELLED)
_outcome = ("receiver", "policy", "due", "message", "expires", "reason")
_tried = ("tries", "first_try")

OWE = Statement(
    insert(deliveries)
    .values(
        **places("id", "key", "what", "state", "wanted", "shown", *_outcome, *_tried),
        owner=_none,
        lease=null(),
    )
    .on_conflict_do_nothing(index_elements=["key"])
)

_was_sent = _d.state == _sent
_is_open = _d.state.in_([_planned, _claimed, _sending])
_renew = update(deliveries).values(
    wanted=_d.wanted + 1,
    state=case((_was_sent, _planned), else_=_d.state),
    due=case((_was_sent, bindparam("now", type_=Number)), else_=_d.due),
    tries=case((_was_sent, 0), else_=_d.tries),
)
RENEW = Statement(_renew.where(_d.key == bindparam("key"), _is_open | _was_sent))

_before, _after = json.dumps([POST, "/"]).split("/")
_posts_of_campaign = select(
    literal_column(f"'{_before}'", Word) + announcements.c.id + literal_column(f"'{_after}'", Word)
).where(announcements.c.campaign == bindparam("campaign"))
_can_be_edited = (_d.message != _none) & (_d.first_try >= bindparam("since", type_=Number))
RENEW_POSTS = Statement(
    _renew.where(_d.what.in_(_posts_of_campaign), _is_open | (_was_sent & _can_be_edited))
)

_busy = deliveries.alias("busy")
_receiver_is_busy = exists().where(_busy.c.receiver == _d.receiver, _busy.c.state.in_([_claimed, _sending]))
_earlier = deliveries.alias("earlier")
_another_comes_first = exists().where(
    _earlier.c.receiver == _d.receiver,
    _earlier.c.state == _planned,
    tuple_(_earlier.c.due, _earlier.c.seq) < tuple_(_d.due, _d.seq),
)
CLAIMABLE = Statement(
    select(deliveries)
    .where(IS_PLANNED, _d.due <= bindparam("now"), ~_receiver_is_busy, ~_another_comes_first)
    .order_by(_d.due, _d.seq)
    .limit(_limit)
    .with_for_update(of=deliveries, skip_locked=True)
)
CLAIM = Statement(
    update(deliveries)
    .values(state=_claimed, tries=_d.tries + 1, **places("owner", "lease"))
    .where(_this, IS_PLANNED)
)
SENDING = Statement(
    update(deliveries)
    .values(
        state=_sending,
        first_try=func.coalesce(_d.first_try, bindparam("now", type_=Number)),
        **places("lease"),
    )
    .where(_this, _mine, _d.state == _claimed)
)

_to = bindparam("state", type_=Word)
_held = _to.in_([_claimed, _sending])
_is_sent = _to == _sent
_wanted = bindparam("wanted", type_=Number)
_again = _is_sent & (_d.wanted > _wanted)
SETTLE = Statement(
    update(deliveries)
    .values(
        state=case((_again, _planned), else_=_to),
        shown=case((_is_sent, _wanted), else_=bindparam("shown", type_=Number)),
        tries=case((_again, 0), else_=bindparam("tries", type_=Number)),
        owner=case((_held, _d.owner), else_=_none),
        lease=case((_held, _d.lease), else_=null()),
        **places(*_outcome, "first_try"),
    )
    .where(_this, _d.state == bindparam("expected"), _mine)
)
STALE = Statement(
    select(deliveries).where(IS_BUSY, _d.lease <= bindparam("now")).order_by(_d.lease, _d.seq).limit(_limit)
)

_of_receiver = _d.receiver == bindparam("receiver")
BY_KEY = Statement(select(deliveries).where(_d.key == bindparam("key")))
BY_CHAT = Statement(select(deliveries).where(_of_receiver).order_by(_d.seq.desc()).limit(_limit))
_is_missed = (_d.state == constant(DeliveryState.FAILED)) & (_d.policy == constant(Policy.NOTICE))
MISSED = Statement(select(deliveries).where(_of_receiver, _is_missed).order_by(_d.seq).limit(_limit))
_cancel = update(deliveries).values(state=_cancelled, owner=_none, lease=null(), **places("reason"))
PARK = Statement(_cancel.where(_of_receiver, IS_PLANNED))
_is_unsent = _d.message == _none
STOP = Statement(_cancel.where(_of_receiver, _is_unsent, _d.state.in_([_planned, _claimed])))
FORGET = Statement(delete(deliveries).where(_of_receiver, _d.state.not_in([_claimed, _sending])))
NEXT_DUE = Statement(select(_d.due).where(IS_PLANNED, ~_receiver_is_busy).order_by(_d.due, _d.seq).limit(1))

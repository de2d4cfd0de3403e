"""A rehearsal that opens by itself at a time: until then nobody outside sees anything of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Phrase
from bot.dialog.questions import Parts
from bot.features import drafts, names, opening, organise, waiting
from bot.features.drafts import Draft
from bot.features.feature import Answer, Ask, Tools
from bot.features.guards import is_organiser
from bot.features.planning import city, moment_in
from bot.ports import Conflict, Tx


def ask_time(ask: Ask, draft: Draft) -> Answer:
    """Wait for a day and an hour; only what was rehearsed opens by itself."""
    if draft.matter.state != drafts.REHEARSED:
        return opening.usual(ask, draft)
    return waiting.wait(ask, TIME, draft.id, ("new", "of", draft.id, "at"))


def _zone(ask: Ask, id_: str) -> str:
    draft = drafts.get(ask, id_)
    campaign = draft.campaign(ask.tools.catalog) if draft else None
    return campaign.zone if campaign else "UTC"


def _prompt(ask: Ask, subject: str) -> Parts:
    return (Phrase("correct.ask-time", {"zone": city(_zone(ask, subject))}),)


def _check(ask: Ask, subject: str, words: str) -> Refusal | None:
    at = moment_in(words, _zone(ask, subject))
    if at is None:
        return Refusal("correct.no-time")
    return Refusal("correct.past") if at <= ask.now else None


def _take(ask: Ask, subject: str, words: str) -> Answer:
    draft, at = drafts.get(ask, subject), moment_in(words, _zone(ask, subject))
    if draft is None or at is None or draft.matter.state != drafts.REHEARSED:
        return organise.choose(ask)
    return opening.usual(ask, drafts.save(ask, drafts.with_body(draft, opens=at.isoformat())))


def _stands(ask: Ask, subject: str) -> bool:
    return is_organiser(ask) and drafts.get(ask, subject) is not None


def _left(ask: Ask, subject: str) -> Answer:
    draft = drafts.get(ask, subject)
    return opening.usual(ask, draft) if draft else organise.choose(ask)


def open_due(tx: Tx, tools: Tools, now: datetime) -> int:
    """Open the rehearsals whose time has come at ``now`` (UTC); returns how many were looked at."""
    due = [draft for each in tx.matters.due(drafts.KIND, now) if (draft := Draft(each)).opens]
    for each in due:
        opened = each.matter.state == drafts.REHEARSED and _open(tx, tools, each, now)
        if not opened:
            _hold(tx, each, now)
        _tell(tx, tools, each, "opened" if opened else "not-opened", now)
    return len(due)


def _open(tx: Tx, tools: Tools, draft: Draft, now: datetime) -> bool:
    """Show it to everybody with its names; False where its files have a fault by now."""
    if draft.campaign(tools.at(tx).catalog) is None or not tx.matters.remove(draft.id):
        return False
    for paper in draft.papers(hidden=False):
        tx.papers.put(paper, tools.ids.new())
    then = tools.at(tx)
    names.import_names(tx, then, then.catalog.campaigns[draft.slug], draft.names, now)
    return True


def _hold(tx: Tx, draft: Draft, now: datetime) -> None:
    """It waits for its organiser without a time."""
    body = {**draft.matter.body, "opens": ""}
    held = replace(draft.matter, row=draft.matter.row + 1, due=now + drafts.KEPT, body=body)
    if not tx.matters.change(held, draft.matter.row, now):
        raise Conflict


def _tell(tx: Tx, tools: Tools, draft: Draft, what: str, now: datetime) -> None:
    about = draft.slug if what == "opened" else draft.id
    tx.deliveries.owe(
        Delivery(
            id=tools.ids.new(),
            key=f"notice/{what}/{draft.id}/{draft.matter.row}",
            policy=Policy.NOTICE,
            what=("notice", what, about),
            due=now,
            person=draft.matter.person,
        )
    )


TIME = waiting.talk_of(
    waiting.Waiting(
        "new-opening",
        prompt=_prompt,
        take=_take,
        stands=_stands,
        left=_left,
        check=_check,
        label="correct.time-label",
    )
)

"""What is kept of a closing: the campaign's file with its new settings, and who did what when.

The campaign's file is the truth; the matter beside it makes sure that of two organisers at once only one
changes it, and holds what can be undone and what was not told yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.campaign.campaign import Campaign
from bot.campaign.closing import UNDO, Stage, Turn, next_stage
from bot.content.laying import lay_over
from bot.content.writing import campaign_file
from bot.features.feature import Ask
from bot.ports import Conflict, Matter, Paper, Tx

KIND = "closing"

Body = Mapping[str, Any]
NOTHING: Body = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Closing:
    """How far a campaign is; ``matter`` is None while nobody did anything about its end."""

    stage: Stage
    matter: Matter | None = None

    @property
    def body(self) -> Body:
        """What is kept beside the stage."""
        return self.matter.body if self.matter else NOTHING

    def may_reopen(self, now: datetime) -> bool:
        """Whether the closing can still be taken back."""
        until = self.body.get("undo_until", "")
        return self.stage is Stage.CLOSED and bool(until) and now < datetime.fromisoformat(until)


def of(tx: Tx, campaign: Campaign, now: datetime) -> Closing:
    """How far a campaign is at ``now``: it may also have been closed by its own clock."""
    matter = tx.matters.by_key(KIND, KIND, campaign.slug)
    kept = Stage(matter.state) if matter else Stage.OPEN
    if kept in {Stage.DELIVERED, Stage.TOLD}:
        return Closing(kept, matter)
    return Closing(Stage.CLOSED if campaign.is_closed(now) else Stage.OPEN, matter)


def turn(ask: Ask, campaign: Campaign, what: Turn, body: Body = NOTHING, due: datetime | None = None) -> bool:
    """Take a turn and keep ``body`` with it; False where it cannot be taken from here.

    Raises Conflict where another organiser was quicker.
    """
    closing = of(ask.tx, campaign, ask.now)
    stage = next_stage(closing.stage, what)
    if stage is None:
        return False
    before = closing.matter or _begun(ask, campaign)
    kept = {**before.body, **body, "by": ask.person.id}
    changed = replace(before, state=stage, row=before.row + 1, due=due, body=kept)
    if not ask.tx.matters.change(changed, before.row, ask.now):
        raise Conflict
    return True


def _begun(ask: Ask, campaign: Campaign) -> Matter:
    matter = Matter(ask.tools.ids.new(), KIND, campaign.slug, Stage.OPEN, ask.now, key=KIND)
    if not ask.tx.matters.add(matter, ask.now):
        raise Conflict
    return matter


def undo_until(now: datetime) -> str:
    """Until when a closing of this moment can be taken back, as it is kept."""
    return (now + UNDO).isoformat()


def rewrite(ask: Ask, campaign: Campaign, **changes: object) -> Ask | None:
    """Write the campaign's file with changed settings; the same ask with the catalogue as it then is.

    None where the file would have a fault: nothing is written.
    """
    path = ("campaigns", f"{campaign.slug}.toml")
    text = campaign_file(replace(campaign, **changes))  # type: ignore[arg-type]
    laid, faults = lay_over(ask.tools.catalog, {path: text})
    if faults or campaign.slug not in laid.campaigns:
        return None
    _touch(ask, campaign)
    ask.tx.papers.put(Paper(path, text), ask.tools.ids.new())
    return ask.renewed()


def _touch(ask: Ask, campaign: Campaign) -> None:
    """Whoever changes the file at the same moment has to look at it anew: raises Conflict."""
    before = ask.tx.matters.by_key(KIND, KIND, campaign.slug) or _begun(ask, campaign)
    if not ask.tx.matters.change(replace(before, row=before.row + 1), before.row, ask.now):
        raise Conflict

"""A campaign as the file that says it, for what is set up while the bot runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from bot.campaign.campaign import DEFAULT_FIELDS, Campaign
from bot.content.importing.notation import toml_list, toml_text


def campaign_file(campaign: Campaign) -> str:
    """The text of campaigns/<slug>.toml; read again it gives the same campaign, but for ``rehearsal``."""
    return "\n".join([*_keys(campaign), *_fields(campaign), *_reminders(campaign)]) + "\n"


def _keys(campaign: Campaign) -> Iterator[str]:
    usual = asdict(Campaign(campaign.slug, campaign.statement))
    yield f"statement = {toml_text(campaign.statement)}"
    yield f"zone = {toml_text(campaign.zone)}"
    who = {"organisations": campaign.organisations_sign, "persons": campaign.persons_sign}
    yield f"who = {toml_list(word for word, may in who.items() if may)}"
    for key in ("initiators", "milestones"):
        if (value := getattr(campaign, key)) != usual[key]:
            listed = toml_list(value) if key == "initiators" else f"[{', '.join(map(str, value))}]"
            yield f"{key} = {listed}"
    for key in ("undo_minutes", "show_count_from"):
        if (value := getattr(campaign, key)) != usual[key]:
            yield f"{key} = {value}"
    for key in ("published_names", "responsible", "follows", "delivered_to"):
        if value := getattr(campaign, key):
            yield f"{key} = {toml_text(value)}"
    for key in ("opens", "closes", "delivered"):
        if (value := getattr(campaign, key)) is not None:
            yield f"{key} = {value.isoformat()}"
    if campaign.late:
        yield "late = true"


def _fields(campaign: Campaign) -> Iterator[str]:
    if campaign.fields != DEFAULT_FIELDS:
        yield "\n[fields]"
        yield from (f"{name} = {toml_text(rule)}" for name, rule in campaign.fields.items())


def _reminders(campaign: Campaign) -> Iterator[str]:
    for each in campaign.reminders:
        yield f"\n[[reminder]]\nslug = {toml_text(each.slug)}"
        if each.at:
            yield f"at = {toml_text(each.at.isoformat())}"
        else:
            yield f"cron = {toml_text(each.cron)}"

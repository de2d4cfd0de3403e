"""Every feature of the bot: one line each."""

from __future__ import annotations

from bot.features import (
    arrivals,
    asking,
    bring,
    bring_steps,
    campaigns,
    channel,
    clearing,
    close,
    correct,
    correcting,
    delivered,
    disputes,
    greetings,
    home,
    invite,
    invited,
    language,
    lists,
    mine,
    missed,
    new,
    organise,
    privacy,
    review,
    sharing,
    sign,
    statements,
    unknown,
    versions,
)
from bot.features.feature import Feature

FEATURES: tuple[Feature, ...] = (
    home.FEATURE,
    campaigns.FEATURE,
    statements.FEATURE,
    greetings.FEATURE,
    sign.FEATURE,
    mine.FEATURE,
    missed.FEATURE,
    lists.FEATURE,
    language.FEATURE,
    channel.FEATURE,
    privacy.FEATURE,
    clearing.FEATURE,
    sharing.FEATURE,
    organise.FEATURE,
    new.FEATURE,
    bring.FEATURE,
    bring_steps.FEATURE,
    arrivals.FEATURE,
    correct.FEATURE,
    correcting.FEATURE,
    versions.FEATURE,
    invite.FEATURE,
    invited.FEATURE,
    close.FEATURE,
    asking.FEATURE,
    asking.ANSWERING,
    disputes.FEATURE,
    delivered.FEATURE,
    review.FEATURE,
    unknown.FEATURE,
)

COMMANDS = (
    "start",
    "help",
    "statements",
    "greetings",
    "sign",
    "mine",
    "list",
    "language",
    "channel",
    "stop",
    "privacy",
    "cancel",
)
"""What people may type, in the order in which menus show it."""

ORGANISERS_COMMANDS = ("organise", "new", "correct", "close", "names", "delivered")
"""What owners may type besides."""

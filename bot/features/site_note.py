"""A note for sites that carry an earlier wording: what they should change, as a file to pass on."""

from __future__ import annotations

from bot.dialog.messages import Attachment, Phrase, Saying
from bot.features import revisions
from bot.features.buttons import button, start_word
from bot.features.feature import Answer, Ask, say
from bot.features.revision_card import card, statement_of
from bot.features.revisions import Revision
from bot.publication.ready_texts import correction_note


def offer(ask: Ask, revision: Revision) -> Answer:
    """The note, in the language of the text where we speak it; of a text nobody kept there is none."""
    statement = statement_of(ask, revision)
    found = revisions.since(ask.tx, statement.slug, revision.replaces, statement.version)
    if revision.language != statement.original or not found:
        return card(ask, revision)
    language = statement.original if statement.original in ask.tools.languages else ask.language
    links = (make(start_word((revision.campaign,))) for make in ask.tools.links.values())
    changes = [(each.left + each.before, each.left + each.after) for each in found]
    link = next(filter(None, links), "")
    text = correction_note(statement.version, changes, link, ask.tools.say(language, ask.now))
    file = Attachment(f"{revision.campaign}-correction.txt", text.encode(), "text/plain")
    rows = ((button("b.back", "rev", revision.id), button("b.home", "home")),)
    return say(Saying((Phrase("correct.note"),), rows, attachment=file), again=("rev", revision.id))

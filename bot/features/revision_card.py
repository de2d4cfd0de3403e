"""The card of a new wording in hand: what differs, what that does to those who signed, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.campaign.revision import Standing
from bot.campaign.version import Weight
from bot.content.catalog import Document, Statement
from bot.content.difference import Change, is_small, summary
from bot.content.inert import shortened
from bot.content.loading.documents import count_words
from bot.dialog.messages import Attachment, Button, Day, Language, Phrase, Saying
from bot.features import revisions
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Tools, say
from bot.features.revisions import Revision

WIDTH = 80
"""Characters of the change in the line that readers see, where a card repeats it; of a title, too."""
Rows = tuple[tuple[Button, ...], ...]


def card(ask: Ask, revision: Revision, note: Phrase | None = None) -> Answer:
    """How it stands, and what can be done; ``note`` comes first."""
    statement = statement_of(ask, revision)
    current = statement.documents.get(revision.language)
    done = revision.standing is Standing.DONE
    found = () if done else revisions.differences(revision, current)
    parts = (
        *((note,) if note else ()),
        *(() if done else _differs(revision, current, found)),
        *_state(ask, revision, statement, found),
    )
    file = difference_file(revision.campaign, found)
    return say(Saying(parts, _rows(ask, revision, statement), attachment=file), again=("rev", revision.id))


def statement_of(ask: Ask, revision: Revision) -> Statement:
    """The statement whose text it is."""
    return revisions.statement_of(ask, ask.tools.catalog.campaigns[revision.campaign])


def two(tools: Tools) -> bool:
    """Whether a second organiser has to agree."""
    return len(tools.owners) > 1


def _differs(revision: Revision, current: Document | None, found: Sequence[Change]) -> tuple[Phrase, ...]:
    if current:
        return summary(found)
    words = Phrase("difference.words", count=count_words(revision.body))
    title = shortened(revision.title, WIDTH)
    language = Language(revision.language)
    return (Phrase("correct.new-language", {"language": language, "title": title, "words": words}),)


def difference_file(slug: str, found: Sequence[Change]) -> Attachment | None:
    """All that differs as a file; None where the card says it all."""
    if is_small(found):
        return None
    blocks = (f"{each.where}\n− {each.before or '–'}\n+ {each.after or '–'}\n" for each in found)
    return Attachment(f"{slug}-difference.txt", "\n".join(blocks).encode(), "text/plain")


def _state(ask: Ask, revision: Revision, statement: Statement, found: Sequence[Change]) -> tuple[Phrase, ...]:
    standing = revision.standing
    if standing is Standing.DONE:
        return (Phrase("correct.done"),)
    if revision.language != statement.original or standing is Standing.READ:
        return ()
    told = [_does(ask, revision, found)]
    told += [Phrase("correct.planned", {"moment": revision.at})] if revision.at else []
    match standing:
        case Standing.CHOSEN if two(ask.tools):
            told.append(Phrase("correct.second"))
        case Standing.ASKED:
            mine = revision.matter.person == ask.person.id
            told.append(Phrase("correct.asked" if mine else "correct.agree"))
        case Standing.REFUSED:
            told.append(Phrase("correct.refused"))
    return tuple(told)


def _does(ask: Ask, revision: Revision, found: Sequence[Change]) -> Phrase:
    """What readers and those who signed will see."""
    if revision.weight is Weight.SUBSTANTIAL:
        return Phrase("correct.substantial")
    zone = ZoneInfo(ask.tools.catalog.campaigns[revision.campaign].zone)
    day = Day((revision.at or ask.now).astimezone(zone).date())
    change = revisions.told(found, WIDTH)
    shows = (
        Phrase("text.corrected", {"day": day, "change": change})
        if change
        else Phrase("text.corrected-plain", {"day": day})
    )
    return Phrase("correct.minor", {"shows": shows})


def _rows(ask: Ask, revision: Revision, statement: Statement) -> Rows:
    own = ("rev", revision.id)
    drop = (button("b.throw-away", *own, "drop"),)
    back = (button("b.texts", "cor", revision.campaign), button("b.home", "home"))
    if revision.standing is Standing.DONE:
        read = (button("b.read-it", "st", "read", statement.slug, "0"),)
        note = ((button("b.site-note", *own, "note"),),) if revision.language == statement.original else ()
        return (read, *note, back)
    if revision.language != statement.original:
        ours = button("b.as-official", *own, "official")
        return ((button("b.as-community", *own, "community"),), (ours,), drop, back)
    asked = revision.standing is Standing.ASKED and not _is_mine(ask, revision)
    return (*_steps(ask, revision, statement), *(() if asked else (drop,)), back)


def _is_mine(ask: Ask, revision: Revision) -> bool:
    return revision.matter.person == ask.person.id


def _steps(ask: Ask, revision: Revision, statement: Statement) -> Rows:
    own = ("rev", revision.id)
    match revision.standing:
        case Standing.READ:
            return _weights(revision, statement)
        case Standing.CHOSEN:
            first = "ask" if two(ask.tools) else "now"
            label = "b.ask-other" if two(ask.tools) else "b.publish-now"
            return ((button(label, *own, first),), (button("b.publish-at", *own, "time"),))
        case Standing.ASKED if not _is_mine(ask, revision):
            return ((button("b.agree", *own, "agree"), button("b.not-like-this", *own, "no")),)
        case Standing.REFUSED:
            return ((button("b.send-another", "cor", revision.campaign, "in", revision.language),),)
        case Standing.PLANNED:
            return ((button("b.publish-now", *own, "now"), button("b.another-time", *own, "time")),)
        case _:
            return ()


def _weights(revision: Revision, statement: Statement) -> Rows:
    """A slip, or another meaning; where the title alone changed, nobody is asked again."""
    own = ("rev", revision.id)
    slip = (button("b.slip", *own, "slip"),)
    if revision.body == statement.version.body:
        return (slip,)
    return (slip, (button("b.meaning", *own, "meaning"),))

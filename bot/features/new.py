"""/new: an organiser sets a campaign up from a text (GOLDEN-DIALOGS 5), step by step, on cards."""

from __future__ import annotations

from bot.content.importing.arriving import is_table
from bot.dialog.messages import Attachment, Phrase, Route, Saying
from bot.dialog.questions import Parts
from bot.features import drafts, opening, opening_time, waiting
from bot.features.buttons import button, named
from bot.features.drafts import Draft
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_organiser, told

MOST_DOUBTS = 2
"""Doubts on a card; all of them stand in the report."""
FEW = 4
"""Drafts that are offered."""
PART = 3_000
"""Characters of a part of a text that was too long for one message; what follows it is its next part."""


def command(ask: Ask, _args: str) -> Answer:
    """Begin, at once with the text where a file holds it; what was begun before is offered too."""
    if is_organiser(ask) and ask.incoming.file:
        unread = ask.incoming.content is None
        return start(ask, Phrase("file.unread")) if unread else _sent(ask, "")
    return press(ask, ())


def press(ask: Ask, route: Route) -> Answer:
    """One step of setting up. ("of", draft, step) is about one draft, ("for", slug) finds it."""
    if not is_organiser(ask):
        return told(ask, Phrase("org.not-you"))
    match route:
        case ("text",):
            return waiting.wait(ask, TEXT, "", ("new", "text"))
        case ("of" | "for" as by, which, *step):
            draft = drafts.get(ask, which) if by == "of" else drafts.named(ask, which)
            return _step(ask, draft, tuple(step)) if draft else start(ask, Phrase("new.gone"))
        case _:
            return start(ask)


def start(ask: Ask, note: Phrase | None = None) -> Answer:
    """What to open; drafts that wait are offered below."""
    begun = tuple((named(each.title[:40], "new", "of", each.id),) for each in drafts.all_of(ask)[:FEW])
    rows = (
        (button("b.new-statement", "new", "text"),),
        (button("b.new-running", "new", "text"),),
        *begun,
        (button("b.organise", "org"), button("b.home", "home")),
    )
    key = "new.start-or-go-on" if begun else "new.start"
    return say(Saying((*((note,) if note else ()), Phrase(key)), rows, picker=True), again=("new",))


def _step(ask: Ask, draft: Draft, step: Route) -> Answer:
    if not step:
        return report(ask, draft) if draft.matter.state == drafts.READ else opening.usual(ask, draft)
    way = WAYS.get(step[0])
    return way(ask, draft) if way else opening.step(ask, draft, step[0])


def _again(ask: Ask, draft: Draft) -> Answer:
    return waiting.wait(ask, TEXT, draft.id, ("new", "of", draft.id, "again"))


def _take_names(ask: Ask, draft: Draft) -> Answer:
    return opening.usual(ask, drafts.choose(ask, draft, take_names=True))


def _leave_names(ask: Ask, draft: Draft) -> Answer:
    return opening.usual(ask, drafts.choose(ask, draft, take_names=False))


def _prompt(_ask: Ask, _subject: str) -> Parts:
    return (Phrase("new.send"),)


def _written(ask: Ask, subject: str, words: str) -> Answer:
    return _read(ask, subject, words.encode(errors="replace"), drafts.PASTED)


def _sent(ask: Ask, subject: str) -> Answer:
    return _read(
        ask, subject, ask.incoming.content or b"", ask.incoming.file.name if ask.incoming.file else ""
    )


def takes(ask: Ask) -> Answer | None:
    """A file of an organiser that nobody asked for, or the next part of a text that was just pasted."""
    if not is_organiser(ask):
        return None
    if ask.incoming.content is not None:
        return _sent(ask, "")
    last = next((each for each in drafts.all_of(ask) if each.matter.person == ask.person.id), None)
    raw = str(last.matter.body["raw"]) if last else ""
    if last is None or not opening.is_fresh(ask, last) or len(raw.rpartition("\n\n\n")[2]) < PART:
        return None
    return _read(ask, last.id, f"{raw}\n\n\n{ask.incoming.text}".encode(errors="replace"), drafts.PASTED)


def _read(ask: Ask, subject: str, content: bytes, name: str) -> Answer:
    """Read the text and show how; ``subject`` is the draft that it takes the place of."""
    if name != drafts.PASTED and is_table(content, name):
        rows = ((button("b.send-again", "new", "text"),), (button("b.home", "home"),))
        return say(Saying((Phrase("upload.sheet"),), rows), again=("new",))
    made = drafts.imported(ask, content, name)
    if not drafts.is_text(made):
        doubts = tuple(each.phrase for each in made.doubts if each.phrase)[:MOST_DOUBTS]
        rows = ((button("b.send-again", "new", "text"),), (button("b.home", "home"),))
        return say(Saying((Phrase("new.no-text"), *doubts), rows), again=("new",))
    if old := drafts.get(ask, subject):
        drafts.end(ask, old)
    slug = drafts.free_slug(ask, made)
    if slug != made.slug:
        made = drafts.imported(ask, content, name, slug)
    return report(ask, drafts.begin(ask, made, content, name))


def report(ask: Ask, draft: Draft) -> Answer:
    """How the text was read, in plain words."""
    found = draft.numbers
    catalog, _ = draft.laid(ask.tools.catalog)
    campaign = catalog.campaigns.get(draft.slug)
    known = catalog.organisations
    who = ", ".join(
        known[slug].english or known[slug].name for slug in (campaign.initiators if campaign else ())
    )
    parts: list[Phrase] = [Phrase("new.read", {"title": draft.title})]
    parts.append(Phrase("new.started", {"who": who}) if who else Phrase("new.started-nobody"))
    if found["calls"]:
        parts.append(Phrase("new.calls", count=found["calls"]))
    if found["signatories"]:
        places = Phrase("new.places", count=found["places"])
        parts.append(Phrase("new.names", {"places": places}, count=found["signatories"]))
    if aside := draft.matter.body["set_aside"]:
        parts.append(Phrase("new.aside", count=aside))
    parts += draft.doubts[:MOST_DOUBTS]
    rows = (
        (button("b.looks-right", "new", "of", draft.id, "names"),),
        (
            button("b.show-all", "new", "of", draft.id, "all"),
            button("b.correct-it", "new", "of", draft.id, "again"),
        ),
        (button("b.throw-away", "new", "of", draft.id, "drop"),),
    )
    return say(Saying(tuple(parts), rows), again=("new", "of", draft.id))


def _everything(_ask: Ask, draft: Draft) -> Answer:
    """The whole report as a file."""
    rows = ((button("b.back", "new", "of", draft.id),),)
    saying = Saying((Phrase("new.everything"),), rows, attachment=_report_file(draft))
    return say(saying, again=("new", "of", draft.id))


def _report_file(draft: Draft) -> Attachment:
    return Attachment(f"{draft.slug}-report.md", drafts.report_of(draft).encode(), "text/markdown")


def names(ask: Ask, draft: Draft) -> Answer:
    """The names below the text, to take over or not; without names the next card."""
    found = draft.numbers
    if not found["signatories"]:
        return opening.usual(ask, drafts.choose(ask, draft, take_names=False))
    parts = (
        Phrase("new.names-found", count=found["signatories"]),
        Phrase("new.names-new", count=found["new organisations"])
        if found["new organisations"]
        else Phrase("new.names-known"),
    )
    rows = (
        (button("b.take-names", "new", "of", draft.id, "take", count=found["signatories"]),),
        (
            button("b.show-all", "new", "of", draft.id, "all"),
            button("b.leave-names", "new", "of", draft.id, "leave"),
        ),
        (button("b.back", "new", "of", draft.id),),
    )
    return say(Saying(parts, rows), again=("new", "of", draft.id, "names"))


def _dropped(ask: Ask, draft: Draft) -> Answer:
    """The draft is erased, and its rehearsal with it."""
    if draft.matter.state == drafts.REHEARSED:
        drafts.unshow(ask.tx, ask.tools, draft)
    drafts.end(ask, draft)
    return start(ask.renewed(), Phrase("new.dropped"))


WAYS = {
    "again": _again,
    "all": _everything,
    "names": names,
    "take": _take_names,
    "leave": _leave_names,
    "drop": _dropped,
    "at": opening_time.ask_time,
}
TEXT = waiting.talk_of(
    waiting.Waiting(
        "new-text",
        prompt=_prompt,
        take=_written,
        file=_sent,
        stands=lambda ask, subject: (
            is_organiser(ask) and (not subject or drafts.get(ask, subject) is not None)
        ),
        left=lambda ask, _subject: start(ask),
        label="new.text-label",
    )
)
FEATURE = Feature(
    "new", press, {"new": command}, talks=(TEXT, opening.CLOSING, opening.ZONE, opening_time.TIME)
)

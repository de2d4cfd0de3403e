"""/correct: an organiser sends a new wording of a text, or a translation (GOLDEN-DIALOGS 6a)."""

from __future__ import annotations

from bot.campaign.campaign import Campaign
from bot.campaign.refusal import Refusal
from bot.campaign.revision import Standing
from bot.content.catalog import Document
from bot.content.countries import LANGUAGES
from bot.dialog.messages import Button, Language, Phrase, Route, Saying
from bot.dialog.questions import Parts
from bot.features import drafts, home, new, opening, organise, revisions, waiting
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_organiser
from bot.features.revision_card import card
from bot.features.revisions import Revision
from bot.ports import LARGEST_FILE

MARKED = "pasted.md"
"""What words are called that were pasted with Markdown in them."""
MOST_LINES = 6_000
"""Lines of a text; a long one has some hundreds."""
NEXT = "\n\n\n"
"""Between the parts of a text that came in several messages."""


def command(ask: Ask, _args: str) -> Answer:
    """The texts of the only campaign, or the choice of one; with a file at once what differs in it."""
    campaign = ask.tools.catalog.campaigns.get(_only(ask))
    if campaign is None or campaign.rehearsal or not is_organiser(ask) or ask.incoming.content is None:
        return press(ask, ())
    made = drafts.imported(ask, ask.incoming.content, _file_name(ask), "text")
    stems = [path.rpartition("/")[2].removesuffix(".md") for path in made.files if path.endswith(".md")]
    statement = revisions.statement_of(ask, campaign)
    language = next((each for each in stems if each in statement.documents), statement.original)
    return _sent(ask, f"{campaign.slug}/{language}")


def press(ask: Ask, route: Route) -> Answer:
    """The texts of a campaign, ("slug", "in", language) waits for a new wording, ("slug", "new") adds one."""
    slug = route[0] if route else _only(ask)
    if not slug and is_organiser(ask) and ask.tools.catalog.campaigns:
        return _choose(ask)
    return organise.for_organisers(ask, slug, lambda ask, campaign: _about(ask, campaign, route[1:]))


def _only(ask: Ask) -> str:
    slugs = list(ask.tools.catalog.campaigns)
    return slugs[0] if len(slugs) == 1 else ""


def _choose(ask: Ask) -> Answer:
    """Whose texts: a button for each campaign."""
    campaigns = ask.tools.catalog.campaigns
    rows = tuple(
        (named(home.short_title(ask, campaigns[slug], 40), "cor", slug),) for slug in sorted(campaigns)
    )
    last = (button("b.organise", "org"), button("b.home", "home"))
    return say(Saying((Phrase("org.choose"),), (*rows, last), picker=True), again=("cor",))


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    if campaign.rehearsal:
        return new.press(ask, ("for", campaign.slug))
    match route:
        case ("in", language) if language in LANGUAGES:
            return wait(ask, campaign, language)
        case ("new",):
            return _languages(ask, campaign)
        case _:
            return texts(ask, campaign)


def wait(ask: Ask, campaign: Campaign, language: str) -> Answer:
    """Wait for the new wording."""
    return waiting.wait(ask, TEXT, f"{campaign.slug}/{language}", ("cor", campaign.slug, "in", language))


def texts(ask: Ask, campaign: Campaign, note: Phrase | None = None) -> Answer:
    """The texts of a campaign, a button each, those in hand first."""
    statement, own = revisions.statement_of(ask, campaign), ("cor", campaign.slug)
    in_hand = tuple(
        (_named("b.revision", each.language, "rev", each.id),) for each in revisions.in_hand(ask, campaign)
    )
    rest = sorted(language for language in statement.documents if language != statement.original)
    original = _named("b.text-original", statement.original, *own, "in", statement.original)
    rows = (
        *in_hand,
        (original,),
        *((_named("b.text-in", each, *own, "in", each),) for each in rest),
        (button("b.text-new", *own, "new"),),
        (button("b.organise", "org", campaign.slug), button("b.home", "home")),
    )
    parts = (
        *((note,) if note else ()),
        Phrase("correct.texts", {"title": home.short_title(ask, campaign, 60)}),
    )
    return say(Saying(parts, rows, picker=True), again=own)


def _languages(ask: Ask, campaign: Campaign) -> Answer:
    """The languages in which there is no text yet."""
    own, there = ("cor", campaign.slug), revisions.statement_of(ask, campaign).documents
    buttons = [
        _named("b.text-in", code, *own, "in", code)
        for code in (*ask.tools.languages, *(each for each in LANGUAGES if each not in ask.tools.languages))
        if code not in there
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (button("b.back", *own),)
    return say(Saying((Phrase("correct.language"),), (*rows, back), picker=True), again=(*own, "new"))


def _named(key: str, language: str, *route: str) -> Button:
    """A button that names a language."""
    return Button(Phrase(key, {"language": Language(language)}), route)


def _meant(ask: Ask, subject: str) -> tuple[Campaign, str, Document | None]:
    """The campaign, the language and the text that is there, of the subject of the talk."""
    slug, _, language = subject.partition("/")
    campaign = ask.tools.catalog.campaigns[slug]
    return campaign, language, revisions.statement_of(ask, campaign).documents.get(language)


def _prompt(ask: Ask, subject: str) -> Parts:
    _, language, current = _meant(ask, subject)
    said = {"language": Language(language)}
    return (Phrase("correct.send", said) if current else Phrase("correct.send-new", said),)


def _check(ask: Ask, subject: str, words: str) -> Refusal | None:
    found = _read(ask, subject, words.encode(errors="replace"), _called(words))
    return None if found else Refusal("correct.no-text")


def _called(words: str) -> str:
    return MARKED if revisions.looks_marked(words) else drafts.PASTED


def _written(ask: Ask, subject: str, words: str) -> Answer:
    return _take(ask, subject, words.encode(errors="replace"), _called(words), words)


def takes(ask: Ask) -> Answer | None:
    """The next part of a text that was too long for one message and was just pasted."""
    if not is_organiser(ask) or not ask.incoming.text or ask.incoming.file:
        return None
    found = (Revision(each) for each in ask.tx.matters.of_person(revisions.KIND, ask.person.id, limit=1))
    last = next((each for each in found if each.standing is Standing.READ), None)
    raw = str(last.matter.body["raw"]) if last else ""
    campaign = ask.tools.catalog.campaigns.get(last.campaign) if last else None
    fresh = last is not None and ask.now - last.matter.begun <= opening.FRESH
    if last is None or campaign is None or not fresh or len(raw.rpartition(NEXT)[2]) < new.PART:
        return None
    return _written(ask, f"{campaign.slug}/{last.language}", f"{raw}{NEXT}{ask.incoming.text}")


def _sent(ask: Ask, subject: str) -> Answer:
    return _take(ask, subject, ask.incoming.content or b"", _file_name(ask))


def _file_name(ask: Ask) -> str:
    return ask.incoming.file.name if ask.incoming.file else ""


def _read(ask: Ask, subject: str, content: bytes, name: str) -> tuple[str, str] | None:
    return revisions.read(ask, content, name, _meant(ask, subject)[2])


def _take(ask: Ask, subject: str, content: bytes, name: str, raw: str = "") -> Answer:
    """Show what differs, or say that there is no text, or that it is the same one."""
    campaign, language, current = _meant(ask, subject)
    found = None if _is_book(content) else _read(ask, subject, content, name)
    again = button("b.send-again", "cor", campaign.slug, "in", language)
    rows = ((again,), (button("b.back", "cor", campaign.slug), button("b.home", "home")))
    if _is_book(content) or (found and _is_book(found[1].encode())):
        return say(Saying((Phrase("correct.too-long"),), rows), again=("cor", campaign.slug))
    if found is None:
        return say(Saying((Phrase("correct.no-text"),), rows), again=("cor", campaign.slug))
    if current and not revisions.between(current, *found):
        return say(Saying((Phrase("correct.same"),), rows), again=("cor", campaign.slug))
    return card(ask, revisions.begin(ask, campaign, language, found, raw))


def _is_book(content: bytes) -> bool:
    """Whether it is far longer than anything that people sign: comparing it would take too long."""
    return len(content) > LARGEST_FILE or content.count(b"\n") > MOST_LINES


def _stands(ask: Ask, subject: str) -> bool:
    slug, _, language = subject.partition("/")
    return is_organiser(ask) and slug in ask.tools.catalog.campaigns and language in LANGUAGES


TEXT = waiting.talk_of(
    waiting.Waiting(
        "correct-text",
        prompt=_prompt,
        take=_written,
        file=_sent,
        stands=_stands,
        left=lambda ask, subject: texts(ask, _meant(ask, subject)[0]),
        check=_check,
        label="new.text-label",
    )
)
FEATURE = Feature("cor", press, {"correct": command}, talks=(TEXT,), takes=takes)

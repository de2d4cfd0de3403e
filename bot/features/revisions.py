"""A new wording that organisers have in hand, as it is kept: sealed, until it is published as a paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Any
from zoneinfo import ZoneInfo

from bot.campaign.campaign import Campaign
from bot.campaign.revision import Standing, Turn, next_standing
from bot.campaign.version import HASH_LENGTH, Correction, Weight
from bot.content import revising
from bot.content.catalog import Document, Fault, Statement, TextStatus
from bot.content.difference import Change, difference
from bot.content.laying import lay_over
from bot.content.loading.documents import MARK
from bot.content.loading.sheet import LONGEST_TEXT
from bot.content.markup import read as marked
from bot.dialog.text import plain
from bot.features import drafts
from bot.features.feature import Ask
from bot.features.steps import Act
from bot.ports import Conflict, Matter, Paper, Tx

KIND, WORDING, ASKING = "revision", "wording", "asking"
"""Kinds of matters: a new wording, an earlier one that was published, signatories who are to be asked."""
KEPT = timedelta(days=30)
"""How long one is kept that nobody touches (DESIGN: drafts live 30 days)."""
ALIKE = 0.5
"""How much a line has in common with the title that it takes the place of."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One new wording of one language."""

    matter: Matter

    @property
    def id(self) -> str:
        """Its id."""
        return self.matter.id

    @property
    def campaign(self) -> str:
        """The slug of the campaign in whose name it was sent."""
        return self.matter.subject

    @property
    def standing(self) -> Standing:
        """Its state."""
        return Standing(self.matter.state)

    @property
    def language(self) -> str:
        """The language of the text."""
        return str(self.matter.body["language"])

    @property
    def body(self) -> str:
        """The new text as Markdown."""
        return str(self.matter.body["body"])

    @property
    def title(self) -> str:
        """The new title."""
        return str(self.matter.body["title"])

    @property
    def replaces(self) -> str:
        """The hash of the text that it takes the place of, "" for a language that was not there."""
        return str(self.matter.body["replaces"])

    @property
    def weight(self) -> Weight | None:
        """What it changes; None while nobody said so, and of a translation."""
        said = self.matter.body["weight"]
        return Weight(said) if said else None

    @property
    def at(self) -> datetime | None:
        """When it is published (UTC); None: at once."""
        said = self.matter.body["at"]
        return datetime.fromisoformat(said) if said else None


def statement_of(ask: Ask, campaign: Campaign) -> Statement:
    """The statement of a campaign."""
    return ask.tools.catalog.statements[campaign.statement]


def get(ask: Ask, id_: str) -> Revision | None:
    """The revision with this id, of a campaign that can still be seen."""
    found = ask.tx.matters.get(id_)
    seen = found and found.kind == KIND and found.subject in ask.tools.catalog.campaigns
    return Revision(found) if found and seen else None


def in_hand(ask: Ask, campaign: Campaign) -> tuple[Revision, ...]:
    """The revisions of a campaign that are not done, the oldest first."""
    found = (
        Revision(each)
        for state in Standing
        if state is not Standing.DONE
        for each in ask.tx.matters.of(KIND, campaign.slug, state=state)
    )
    return tuple(sorted(found, key=lambda each: (each.matter.begun, each.id)))


def read(ask: Ask, content: bytes, name: str, current: Document | None) -> tuple[str, str] | None:
    """Title and body of a text that was sent; None where there is no text in it."""
    if content.startswith(MARK.encode()):
        title, body = revising.titled(content.decode(errors="replace").replace("\r\n", "\n"))
        return (title or (current.title if current else ""), body) if body.strip() else None
    made = drafts.imported(ask, content, name, "text")
    file = next((text for path, text in made.files.items() if path.startswith("statements/")), "")
    title, body = revising.titled(file)
    if not body.strip() or current is None:
        return (title, body) if body.strip() else None
    return _as_before(current, title, body)


def _as_before(current: Document, title: str, body: str) -> tuple[str, str]:
    """A text without its title has the one it had; where words alone changed, the marks stay too."""
    if SequenceMatcher(None, title.casefold(), current.title.casefold()).ratio() < ALIKE:
        begins = " ".join(body.split()).startswith(" ".join(title.split()))
        body, title = body if begins else f"{title}\n\n{body}", current.title
    return title, _patched(current, body)


def _patched(current: Document, body: str) -> str:
    """The text as it was written with the changed words in it, where each stands there once."""
    wanted, patched = plain(marked(body)), current.body
    for each in difference(plain(current.text), wanted):
        before, after = each.left + each.before, each.left + each.after
        if not each.before or patched.count(before) != 1:
            return body
        patched = patched.replace(before, after)
    return patched if plain(marked(patched)).split() == wanted.split() else body


def differences(revision: Revision, current: Document | None) -> tuple[Change, ...]:
    """What it changes, the title first; nothing for a language that was not there."""
    return between(current, revision.title, revision.body) if current else ()


def between(current: Document, title: str, body: str) -> tuple[Change, ...]:
    """The words that differ between a document and another title and body."""
    return _compared(current.title, plain(current.text), title, plain(marked(body)))


def _compared(title: str, text: str, new_title: str, new_text: str) -> tuple[Change, ...]:
    """The titles first, then the words of the texts."""
    of_title = (replace(each, in_title=True) for each in difference(title, new_title))
    return (*of_title, *difference(text, new_text))


def told(found: Sequence[Change], limit: int) -> str:
    """The changes on one line, "" where they are longer than ``limit`` characters."""
    line = "; ".join(f"{_quoted(each.before)} → {_quoted(each.after)}" for each in found)
    return line if len(line) <= limit else ""


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "–"


def begin(ask: Ask, campaign: Campaign, language: str, text: tuple[str, str], raw: str = "") -> Revision:
    """Keep a new wording; an earlier one of the same language that was not published is thrown away.

    ``text`` is its title and its body, ``raw`` are the words as they were pasted, whose next part may still
    come.
    """
    title, body = text
    for old in in_hand(ask, campaign):
        if old.language == language:
            ask.tx.matters.remove(old.id)
    current = statement_of(ask, campaign).documents.get(language)
    matter = Matter(
        id=ask.tools.ids.new(),
        kind=KIND,
        subject=campaign.slug,
        state=Standing.READ,
        begun=ask.now,
        person=ask.person.id,
        due=ask.now + KEPT,
        body={
            "language": language,
            "raw": raw,
            "title": " ".join(title.split())[:LONGEST_TEXT],
            "body": body.strip("\n").rstrip() + "\n",
            "replaces": current.sha256 if current else "",
            "weight": "",
            "at": "",
        },
    )
    ask.tx.matters.add(matter, ask.now)
    return Revision(matter)


def turn(
    act: Act,
    revision: Revision,
    what: Turn,
    *,
    due: datetime | None = None,
    **body: Any,  # noqa: ANN401  (it is JSON)
) -> Revision | None:
    """Take a turn and store it; None where it cannot be taken. Raises Conflict where another was quicker."""
    standing = next_standing(revision.standing, what)
    if standing is None:
        return None
    before, at = revision.matter, None if standing is Standing.DONE else due or act.now + KEPT
    changed = replace(before, state=standing, row=before.row + 1, due=at, body={**before.body, **body})
    if not act.tx.matters.change(changed, before.row, act.now):
        raise Conflict
    return Revision(changed)


def drop(act: Act, revision: Revision) -> bool:
    """Erase it; False where it is gone."""
    return act.tx.matters.remove(revision.id)


def file_of(act: Act, revision: Revision, statement: Statement, day: datetime) -> Paper:
    """The paper that it becomes; of a translation, ``status`` in its body says whose it is."""
    catalog, language = act.tools.catalog, revision.language
    path = ("statements", statement.slug, f"{language}.md")
    old, before = catalog.files.get(path, ""), statement.documents.get(language)
    zone = ZoneInfo(catalog.campaigns[revision.campaign].zone)
    today = day.astimezone(zone).date()
    if language == statement.original and before:
        weight = revision.weight or Weight.MINOR
        change = told(differences(revision, before), LONGEST_TEXT)
        correction = Correction(today, weight, before.sha256[:HASH_LENGTH], before.dated, change)
        return Paper(path, revising.revised(old, revision.title, revision.body, correction))
    status = TextStatus(revision.matter.body.get("status") or TextStatus.COMMUNITY)
    if before:
        return Paper(path, revising.translated(old, revision.title, revision.body, status, statement.version))
    made = revising.translation(revision.title, revision.body, today, status, statement.version)
    return Paper(path, made)


def faults(act: Act, revision: Revision, statement: Statement) -> tuple[Fault, ...]:
    """What keeps it from being published."""
    paper = file_of(act, revision, statement, act.now)
    return lay_over(act.tools.catalog, {paper.path: paper.text})[1]


def publish(act: Act, revision: Revision, statement: Statement) -> Revision | None:
    """Show it to everybody; None where it cannot be published from its state.

    The caller looked whether it still fits the text (``replaces``) and has no faults. What it takes the place
    of is kept, so that those who signed it can be shown what changed. Raises Conflict.
    """
    paper, before = file_of(act, revision, statement, act.now), statement.documents.get(revision.language)
    done = turn(act, revision, Turn.PUBLISH)
    if done is None:
        return None
    act.tx.papers.put(paper, act.tools.ids.new())
    if revision.language == statement.original and before:
        _keep(act, statement.slug, before)
        if revision.weight is Weight.SUBSTANTIAL:
            _begin_asking(act, statement.slug)
    return done


def _keep(act: Act, slug: str, before: Document) -> None:
    act.tx.matters.add(
        Matter(
            id=act.tools.ids.new(),
            kind=WORDING,
            subject=slug,
            state="kept",
            begun=act.now,
            key=before.sha256,
            body={"title": before.title, "body": before.body},
        ),
        act.now,
    )


def _begin_asking(act: Act, slug: str) -> None:
    for campaign in act.tools.catalog.campaigns.values():
        if campaign.statement == slug:
            act.tx.matters.add(
                Matter(
                    id=act.tools.ids.new(),
                    kind=ASKING,
                    subject=campaign.slug,
                    state="open",
                    begun=act.now,
                    due=act.now,
                    body={"after": ""},
                ),
                act.now,
            )


def since(tx: Tx, slug: str, text: str, current: Document) -> tuple[Change, ...]:
    """What changed since the wording with this hash; nothing where that was not kept."""
    found = tx.matters.by_key(WORDING, text, slug)
    if found is None:
        return ()
    title, body = str(found.body["title"]), str(found.body["body"])
    return _compared(title, plain(marked(body)), current.title, plain(current.text))


def looks_marked(words: str) -> bool:
    """Whether pasted words are Markdown."""
    return re.search(r"^#{1,3} \S|\*\*\S|\]\(https?:", words, re.MULTILINE) is not None

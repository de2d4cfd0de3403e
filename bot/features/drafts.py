"""A campaign that is being set up: what was read from the text, and what the organiser chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.campaign.campaign import Campaign
from bot.content.catalog import Catalog, Fault
from bot.content.importing.account import REPORT
from bot.content.importing.names import PublishedName, read_names
from bot.content.importing.reading import read
from bot.content.importing.result import Imported
from bot.content.importing.signatories import FILE
from bot.content.importing.slug import unique
from bot.content.importing.statement import import_statement
from bot.content.laying import lay_over
from bot.content.writing import campaign_file
from bot.dialog.messages import Phrase
from bot.features.feature import Ask, Tools
from bot.features.home import open_campaigns
from bot.ports import Conflict, Matter, Paper, Tx

KIND = "draft"
READ, CHOSEN, REHEARSED = "read", "chosen", "rehearsed"
"""The states of a draft: read, looked through, shown to the organisers as a rehearsal."""
PASTED = "pasted.txt"
"""What the text is called that was written in the chat."""
ORGANISATIONS = "organisations.toml"
MOST_LINES = 10_000
"""Lines of a text; no statement with its names has so many, and reading them would keep others waiting."""
KEPT = timedelta(days=30)
"""How long a draft that nobody touches is kept (DESIGN: drafts live 30 days)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """``files`` are by path as the importer wrote them; ``doubts`` are phrases with their values."""

    matter: Matter

    @property
    def id(self) -> str:
        """Its id."""
        return self.matter.id

    @property
    def slug(self) -> str:
        """What the campaign will be called in links."""
        return str(self.matter.body["slug"])

    @property
    def title(self) -> str:
        """The title that was read."""
        return str(self.matter.body["title"])

    @property
    def files(self) -> Mapping[str, str]:
        """What the importer wrote, by path."""
        files: Mapping[str, str] = self.matter.body["files"]
        return files

    @property
    def numbers(self) -> Mapping[str, int]:
        """What the importer found, by its names of it."""
        numbers: Mapping[str, int] = self.matter.body["numbers"]
        return numbers

    @property
    def doubts(self) -> tuple[Phrase, ...]:
        """What an editor should look at."""
        return tuple(Phrase(*kept) for kept in self.matter.body["doubts"])

    @property
    def names(self) -> tuple[PublishedName, ...]:
        """The names that were published below the text, where they are to be taken over."""
        if not self.matter.body["take_names"] or FILE not in self.files:
            return ()
        return read_names(self.files[FILE].encode(), FILE)[0]

    @property
    def opens(self) -> datetime | None:
        """When its rehearsal opens by itself (UTC); None: it does not."""
        said = self.matter.body.get("opens", "")
        return datetime.fromisoformat(said) if said else None

    def papers(self, *, hidden: bool) -> tuple[Paper, ...]:
        """The files of the catalogue that the draft becomes."""
        paths: dict[tuple[str, ...], str] = {
            ("campaigns", f"{self.slug}.toml"): self.files[f"campaigns/{self.slug}.toml"]
        }
        for path, text in self.files.items():
            if path == ORGANISATIONS:
                paths["organisations", f"{self.slug}.toml"] = text
            elif path.startswith("statements/"):
                paths[tuple(path.split("/"))] = text
        return tuple(Paper(path, text, hidden) for path, text in paths.items())

    def laid(self, catalog: Catalog) -> tuple[Catalog, tuple[Fault, ...]]:
        """The catalogue with the draft in it, and what is wrong with the draft's files."""
        return lay_over(catalog, {paper.path: paper.text for paper in self.papers(hidden=False)})

    def campaign(self, catalog: Catalog) -> Campaign | None:
        """The campaign that it will be; None where its files have a fault."""
        return self.laid(catalog)[0].campaigns.get(self.slug)


def imported(ask: Ask, content: bytes, name: str, slug: str = "") -> Imported:
    """What a text becomes; ``slug`` names it, else its title does. Of one that is far too long, nothing."""
    page = read(content if content.count(b"\n") <= MOST_LINES else b"", name)
    page = page if sum(1 for _ in page.lines) <= MOST_LINES else read(b"", name)
    return import_statement(page, ask.tools.catalog, ask.now.date(), slug)


def is_text(made: Imported) -> bool:
    """Whether a statement was found at all."""
    return any(path.startswith("statements/") for path in made.files)


def free_slug(ask: Ask, made: Imported) -> str:
    """A name that no campaign and no statement has yet, made from that of the text."""
    taken = {*ask.tools.catalog.campaigns, *ask.tools.catalog.statements}
    return unique(made.slug, taken, "statement")


def begin(ask: Ask, made: Imported, content: bytes, name: str) -> Draft:
    """Keep what was read as a new draft; everything else as it is usual."""
    catalog = ask.tools.catalog
    matter = Matter(
        id=ask.tools.ids.new(),
        kind=KIND,
        subject="",
        state=READ,
        begun=ask.now,
        person=ask.person.id,
        due=ask.now + KEPT,
        body={
            "slug": made.slug,
            "title": made.title,
            "files": dict(made.files),
            "numbers": dict(made.numbers),
            "set_aside": len(made.set_aside),
            "doubts": [_kept(each.phrase) for each in made.doubts if each.phrase],
            "take_names": True,
            "raw": content.decode(errors="replace") if name == PASTED else "",
        },
    )
    draft = Draft(matter)
    first = next(iter(open_campaigns(ask)), None)
    if campaign := draft.campaign(catalog):
        draft = with_campaign(draft, replace(campaign, zone=first.zone if first else campaign.zone))
    ask.tx.matters.add(draft.matter, ask.now)
    return draft


def _kept(doubt: Phrase) -> list[Any]:
    """A doubt as it is stored; its values are words and numbers."""
    return [doubt.key, dict(doubt.values), doubt.count]


def get(ask: Ask, id_: str) -> Draft | None:
    """The draft with this id, of whichever organiser."""
    found = ask.tx.matters.get(id_)
    return Draft(found) if found and found.kind == KIND else None


def with_campaign(draft: Draft, campaign: Campaign) -> Draft:
    """The draft with another campaign's settings."""
    files = {**draft.files, f"campaigns/{draft.slug}.toml": campaign_file(campaign)}
    return with_body(draft, files=files)


def with_body(draft: Draft, **changes: Any) -> Draft:  # noqa: ANN401  (it is JSON)
    """The draft with some of its body changed."""
    return Draft(replace(draft.matter, body={**draft.matter.body, **changes}))


def save(ask: Ask, draft: Draft, state: str = "") -> Draft:
    """Store a changed draft; raises Conflict where another organiser was quicker."""
    before = draft.matter
    due = draft.opens or ask.now + KEPT
    changed = replace(before, row=before.row + 1, state=state or before.state, due=due)
    if not ask.tx.matters.change(changed, before.row, ask.now):
        raise Conflict
    return Draft(changed)


def choose(ask: Ask, draft: Draft, *, take_names: bool) -> Draft:
    """It was looked through; its names are to be taken over, or not."""
    state = "" if draft.matter.state == REHEARSED else CHOSEN
    return save(ask, with_body(draft, take_names=take_names), state)


def show(ask: Ask, draft: Draft, *, hidden: bool) -> None:
    """Put its files on the shelf, for the organisers alone or for everybody."""
    for paper in draft.papers(hidden=hidden):
        ask.tx.papers.put(paper, ask.tools.ids.new())


def end(ask: Ask, draft: Draft) -> bool:
    """Erase the draft, and a rehearsal with it; False where another organiser did."""
    return ask.tx.matters.remove(draft.id)


def unshow(tx: Tx, tools: Tools, draft: Draft) -> None:
    """Take a rehearsal off the shelf again."""
    for paper in draft.papers(hidden=True):
        tx.papers.remove(paper.path, tools.ids.new())


def expire(tx: Tx, tools: Tools, now: datetime) -> int:
    """Erase the drafts that nobody touched for long, their rehearsals with them; returns how many."""
    old = [draft for each in tx.matters.due(KIND, now) if (draft := Draft(each)).opens is None]
    for draft in old:
        if draft.matter.state == REHEARSED:
            unshow(tx, tools, draft)
        tx.matters.remove(draft.id)
    return len(old)


def report_of(draft: Draft) -> str:
    """The importer's report, for those who want to see everything."""
    return draft.files[REPORT]


def named(ask: Ask, slug: str) -> Draft | None:
    """The draft of the campaign with this slug."""
    return next((each for each in all_of(ask) if each.slug == slug), None)


def all_of(ask: Ask) -> tuple[Draft, ...]:
    """All drafts of this installation, the newest first."""
    return tuple(Draft(each) for each in reversed(ask.tx.matters.of(KIND, "")))

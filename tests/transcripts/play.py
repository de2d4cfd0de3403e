"""Plays a transcript: README.md beside it says how one is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Content
from bot.campaign.campaign import Campaign, FieldRule
from bot.campaign.endorsement import Kind
from bot.dialog.text import plain
from bot.publication.signatory_list import page
from tests.stage import START, Seat, Shown, named
from tests.transcripts.theatre import BREATH, Theatre

ACT = re.compile(
    r"(?:\((?P<step>\d+)\) )?(?P<user>[a-z]+)(?:@(?P<room>[a-z-]+)(?P<runs>\*)?)?> ?(?P<what>.*)"
)
SAID = re.compile(r"(?P<chat>[a-z@-]*)< ?(?P<keys>.*)")
NOTE = re.compile(r" text\.(?:summary|other-language|community|outdated)\b")
LINK = re.compile(r"(?:^|[\s=])([a-z]{2}_[a-z2-7]{16})(?=\s|$)")
WRITTEN = re.compile(r"[A-Z]+ · [A-Z]+ · [0-9]{4} · [A-Z]+ · [A-Z]+")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
FILES = {
    "file": Path(__file__).parent / "data" / "uploads",
    "shared": Path(__file__).parents[2] / ".." / "shared" / "source-documents",
}
"""Where the files stand that people send; what is shared does not come with the bot."""
SENT = re.compile(r"~(file|shared) (\S+)(?: (.*))?")


@dataclass
class Play:
    """One transcript on one stage."""

    stage: Theatre
    steps: int = 0
    seat: Seat | None = None
    links: list[str] = field(default_factory=list)
    """The start words that were shown as text, the newest last."""
    written: str = ""
    """The newest words that were shown to be written down."""

    async def line(self, text: str) -> list[Shown]:
        """Play a line that is no expectation, and breathe; returns what the bot said."""
        said = [*await self._line(self._linked(text)), *await self.stage.wait(BREATH)]
        self.look(said)
        return said

    def look(self, said: list[Shown]) -> None:
        """Notice links, and words to be written down."""
        for word in (word for shown in said for word in LINK.findall(words_of(shown))):
            self.links += [word] if self.links[-1:] != [word] else []
        for shown in said:
            self.written = next(iter(WRITTEN.findall(words_of(shown))), self.written)

    def _linked(self, text: str) -> str:
        """The line with the newest link in place of {link}, the one before it in place of {link 2}.

        {words} are those that somebody was last asked to write down.
        """
        text = text.replace("{words}", self.written.replace(" · ", " ").lower())
        return re.sub(r"\{link(?: (\d+))?\}", lambda wanted: self.links[-int(wanted[1] or 1)], text)

    async def _line(self, text: str) -> list[Shown]:
        if text.startswith("@ +"):
            amount, unit = int(text[3:-1]), text[-1]
            return await self.stage.turn_clock(timedelta(**{UNITS[unit]: amount}))
        if text in {"! restart", "! crash"}:
            return await self.stage.restart(crash=text == "! crash")
        if text.startswith("! twice"):
            return await self.stage.again()
        act = ACT.fullmatch(text)
        assert act, f"cannot read {text!r}"
        if act["step"]:
            self.steps = 1 if act["step"] == "1" else self.steps + 1
            assert int(act["step"]) == self.steps, f"step {self.steps} is written as {act['step']}"
        locale = self.stage.languages.get(act["user"], "en")
        self.seat = Seat(act["user"], act["room"] or "", administrator=bool(act["runs"]), locale=locale)
        return await self._act(self.seat, act["what"])

    async def _act(self, seat: Seat, what: str) -> list[Shown]:
        button = re.fullmatch(r"\[(\S+?|«.*»)(?: (\d+))?(?: old(\d?))?\]", what)
        if sent := SENT.fullmatch(what):
            return await self.stage.send(seat, sent[2], file_of(sent).read_bytes(), sent[3] or "")
        if what.startswith("~"):
            return await self.stage.happen(seat, *what[1:].replace("\\n", "\n").split(" ", 1))
        repeated = re.fullmatch(r"(\S+) x(\d+)", what)
        if repeated:
            return await self.stage.say(seat, repeated[1] * int(repeated[2]))
        if button is None:
            return await self.stage.say(seat, what.replace("\\n", "\n"))
        return await self.stage.press(
            seat, button[1], int(button[2] or 1), back=0 if button[3] is None else int(button[3] or 1)
        )

    def compare(self, expected: list[str], said: list[Shown], where: str) -> None:
        """What was said must be what is expected, message by message in each chat; chats may take turns."""
        got = sorted(map(self.described, said), key=chat_of)
        wanted = sorted(expected, key=chat_of)
        assert len(got) == len(wanted), f"{where}\nsaid:\n" + "\n".join(got)
        for one, line in zip(got, wanted, strict=True):
            want = SAID.fullmatch(line)
            assert want, line
            assert matches(one, want, translated=bool(self.stage.language)), (
                f"{where}\nexpected: {line}\nsaid:     {one}"
            )

    def described(self, shown: Shown) -> str:
        """A message as a transcript writes it."""
        chat = "" if self.seat and shown.chat == self.stage.chat(self.seat) else self.stage.called(shown.chat)
        return f"{chat}< {' '.join(shown.phrases)}"


def words_of(shown: Shown) -> str:
    """What can be read of a message and of the text file with it."""
    file = shown.outgoing.attachment
    return plain(shown.outgoing.text) + (file.content.decode(errors="replace") if file else "")


def chat_of(line: str) -> str:
    """The chat in which a line is said, "" for that of the one who acted."""
    return line.partition("<")[0]


def matches(one: str, want: re.Match[str], *, translated: bool) -> bool:
    """Whether a described message is the one wanted; notes about a text depend on the reader's language."""
    chat, _, keys = one.partition("< ")
    wanted = want["keys"].strip()
    keys = keys if "|" in wanted else keys.partition("|")[0].strip()
    if translated:
        keys, wanted = (NOTE.sub("", each) for each in (keys, wanted))
    return chat == want["chat"] and keys == wanted


def file_of(sent: re.Match[str]) -> Path:
    """Where the file stands that a line sends."""
    return FILES[sent[1]] / sent[2]


def absent(text: str) -> list[str]:
    """The shared files that a transcript needs and that are not here."""
    needed = [sent for sent in SENT.finditer(text) if sent[1] == "shared"]
    return sorted({sent[2] for sent in needed if not file_of(sent).exists()})


def owners(text: str) -> list[str]:
    """Those whom a transcript names as owners."""
    found = re.search(r"^setup:.*\bowners=(\S+)", text, re.MULTILINE)
    return found[1].split(",") if found else []


async def play(name: str, text: str, stage: Theatre) -> None:
    """Play a whole transcript; AssertionError names the line where it went another way.

    It is skipped where a shared file that somebody sends is not here.
    """
    the_play = Play(stage)
    if missing := absent(text):
        pytest.skip(f"{name} needs {', '.join(missing)}, which is not here")
    stage.appoint(*owners(text))
    await stage.open()
    for number, line, expected in scenes(text):
        where = f"{name}:{number}: {line}"
        if line.startswith("?"):
            await check(stage, line, where)
            continue
        the_play.compare(expected, await the_play.line(line), where)


def scenes(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each act with its line number and the expectations below it."""
    act: tuple[int, str, list[str]] | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition("   #")[0].strip()
        if not line or line.startswith(("#", "setup:", "speaks:")):
            continue
        if SAID.fullmatch(line) and act is not None:
            act[2].append(line)
            continue
        if act is not None:
            yield act
        act = (number, line, [])
    if act is not None:
        yield act


async def check(stage: Theatre, line: str, where: str) -> None:
    """A line of the published list."""
    _, campaign, number, wanted = line.split(" ", 3)
    kind = Kind.ORGANISATION
    found = await stage.store.read(lambda tx: page(tx, campaign, kind, first_number=1, limit=1000))
    lines = {str(signatory.number): signatory.line for signatory in found.signatories}
    assert lines.get(number, "nobody") == wanted, f"{where}: {lines}"


def _with(content: Content, campaign: Campaign) -> Content:
    """The content with this campaign in place of the one of the same slug."""
    campaigns = {**content.catalog.campaigns, campaign.slug: campaign}
    return replace(content, catalog=replace(content.catalog, campaigns=campaigns))


def set_up(text: str, content: Content) -> tuple[Content, dict[str, str]]:
    """The content a transcript asks for, and the languages of its people."""
    languages: dict[str, str] = {}
    campaign = content.catalog.campaigns["palestine"]
    for line in text.splitlines():
        kind, _, rest = line.partition(":")
        wishes = dict(wish.split("=") for wish in rest.split()) if kind in {"setup", "speaks"} else {}
        if kind == "speaks":
            languages |= wishes
        if "names" in wishes:
            first, _, last = wishes["names"].partition("-")
            content = named(content, "palestine", range(int(first), int(last or first) + 1))
        if "undo" in wishes:
            campaign = replace(campaign, undo_minutes=int(wishes["undo"]))
        if "closes" in wishes:
            campaign = replace(campaign, closes=START + timedelta(hours=int(wishes["closes"][1:-1])))
        if "milestones" in wishes:
            campaign = replace(campaign, milestones=tuple(map(int, wishes["milestones"].split(","))))
        if "fields" in wishes:
            rules = dict(field.split(":") for field in wishes["fields"].split(","))
            fields = campaign.fields | {field: FieldRule(rule) for field, rule in rules.items()}
            campaign = replace(campaign, fields=fields)
    return (bare(content) if "bare=" in text else _with(content, campaign)), languages


def bare(content: Content) -> Content:
    """A new installation: it knows organisations, and no campaign yet."""
    catalog = replace(content.catalog, campaigns={}, statements={}, files={})
    return replace(content, catalog=catalog, names={})

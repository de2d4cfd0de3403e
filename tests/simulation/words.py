"""What people type when the card asks for words, and what they type when nobody asked."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.simulation.texts import DRAFTS, LISTED, WORDINGS

KNOWN = ("DinDeng", "dindeng", "Jentayu", "praxis", "Sekolah Merdeka", "PRP", "Socialist Workers Thailand")
"""Organisations the bot knows, by a name or an acronym; some of them twice."""

TYPING_ERRORS = ("Dindaeng", "Jentaiu", "Sekolah Merdeca", "socialist worker thailand")

UNKNOWN = (
    "Riverbank Tenants Union",
    "Harbour Workers Forum",
    "Red Lantern Choir",
    "Mountain Farmers Circle",
    "कामगार मंच",
    "اتحاد الطلبة",
    "สหภาพแม่น้ำ",
)

NAMES = ("Mira Sandoval", "Tomasz Nowak", "Noor Aziz", "Somsri Chaiya", "Lien Hoang", "Ayşe Yıldız")

TELLING = frozenset({*UNKNOWN, *NAMES, "DinDeng", "Jentayu", "Sekolah Merdeka", "Socialist Workers Thailand"})
"""Names that stand in a text for one reason only."""

COUNTRIES = ("Germany", "Filipina", "TH", "Malaysia", "international", "Atlantis", "ประเทศไทย", "Indonesia")

ROLES = ("Mira, secretary", "Noor, chair", "spokesperson", "-")

ACRONYMS = ("RTU", "HWF", "R.L.C.", "มฟ")

INVITED = (
    "Riverbank Tenants Union, Malaysia",
    "DinDeng",
    "Harbour Workers Forum (HWF), TH\nRed Lantern Choir",
    "Mountain Farmers Circle, Indonesia\nJentayu\nสหภาพแม่น้ำ",
    "- Sekolah Merdeka\n- Socialist Workers Thailand, Thailand",
)
"""Organisations that organisers invite or bring, one on each line."""

QUESTIONS = ("When is the demo?", "Can a branch sign?\nWe are three people.", "Wann? 🙂", "Is it safe?")

DAYS = ("24 December 2026", "2027-01-03", "2 December 2026", "Christmas", "1 May 2020")

MOMENTS = ("3 December 2026 18:00", "2026-12-02 9:30", "on 20 December 2026, 7.15", "tomorrow")

ODD = (
    "",
    " ",
    "x" * 5000,
    "\u202egnp.exe",
    "a\u200b\u200d\u2060b",
    "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo",
    "=1+1",
    "@everyone",
    "https://example.org/",
    "/start",
    "%s {0.__class__} {name}",
    "\x00\x1b[31m",
    "👩‍👩‍👧‍👧" * 50,
    "\ud800 half",
    "no",
)

ANSWERS = {
    "sign.ask-organisation": (KNOWN, TYPING_ERRORS, UNKNOWN, UNKNOWN),
    "sign.which": (KNOWN, UNKNOWN),
    "sign.ask-name": (NAMES,),
    "sign.ask-country": (COUNTRIES,),
    "sign.ask-acronym": (ACRONYMS,),
    "sign.who": (ROLES,),
    "invite.ask": (INVITED,),
    "bring.ask": (INVITED,),
    "bring.write": (INVITED,),
    "ask.what": (QUESTIONS,),
    "ask.reply": (QUESTIONS,),
    "dispute.which": (LISTED, KNOWN, UNKNOWN),
    "claim.ask": (ROLES,),
    "new.ask-closing": (DAYS,),
    "delivered.ask": (("The embassy in Kuala Lumpur, 3 December 2026", "the ministry", "-"),),
    "by.ask": (KNOWN, UNKNOWN),
    "branch.ask": (UNKNOWN,),
    "copy.send": (INVITED, WORDINGS),
    "new.ask-zone": (("Manila", "berlin", "Atlantis"),),
    "new.send": (DRAFTS,),
    "correct.send": (WORDINGS,),
    "correct.send-new": (WORDINGS,),
    "correct.ask-time": (MOMENTS,),
}
"""What is typed on a card with this phrase: first one of the lists, then one of its words."""


def is_asked(said: tuple[str, ...]) -> bool:
    """Whether a card asks for words."""
    return any(phrase in ANSWERS for phrase in said)


def answer_to(said: tuple[str, ...], chance: Random, written: Sequence[str]) -> str | None:
    """A plausible answer to a card; None where it asks for no words. ``written``: what people noted."""
    if "forget.ask-words" in said and written:
        return chance.choice(written).lower()
    asked = next((phrase for phrase in said if phrase in ANSWERS), None)
    return chance.choice(chance.choice(ANSWERS[asked])) if asked else None


def odd(chance: Random) -> str:
    """What nobody expects."""
    return chance.choice(ODD)

"""What people have in mind in a run: the buttons and commands that lead there are more likely then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

OFTEN = 25.0
"""How much more likely a button of a plan is than others."""


@dataclass(frozen=True)
class Plan:
    """The commands that begin it, and the buttons that lead to its end."""

    commands: tuple[str, ...]
    buttons: tuple[str, ...]


OURS: Mapping[str, Plan] = MappingProxyType(
    {
        "invite": Plan(
            ("organise",),
            ("b.invitations", "b.invite-more", "b.sign-for", "b.sign-and-publish", "b.take-back-invitation"),
        ),
        "decline": Plan(
            ("organise",),
            ("b.invitations", "b.invite-more", "b.not-for-us", "b.changed-my-mind", "b.show"),
        ),
        "correct": Plan(
            ("correct",),
            (
                *("b.text-original", "b.revision", "b.slip", "b.as-community", "b.ask-other", "b.agree"),
                *("b.publish-now", "b.show", "b.sign-and-publish"),
            ),
        ),
        "change": Plan(
            ("correct",),
            (
                *("b.text-original", "b.revision", "b.meaning", "b.ask-other", "b.agree", "b.publish-now"),
                *("b.show", "b.still-sign", "b.sign-organisation", "b.sign-person", "b.sign-and-publish"),
                *("b.sign-now", "b.unnamed"),
            ),
        ),
        "close": Plan(
            ("close",),
            (
                *("b.close-now", "b.with-late", "b.delivered", "b.tell-all", "b.file-pdf"),
                *("b.sign-organisation", "b.sign-person", "b.sign-and-publish", "b.sign-now"),
            ),
        ),
        "bring": Plan(("names",), ("b.bring-names", "b.add", "b.add-all", "b.take-all", "b.change")),
        "new": Plan(
            ("new",),
            (
                *(
                    "b.new-statement",
                    "b.looks-right",
                    "b.rehearse",
                    "b.open-for-real",
                    "b.open-at",
                    "b.sign-as-test",
                ),
                *("b.take-names", "b.sign-organisation", "b.sign-and-publish"),
            ),
        ),
    }
)
"""What organisers have in mind."""

THEIRS: Mapping[str, Plan] = MappingProxyType(
    {
        "ask": Plan(
            ("start",),
            ("b.home", "b.more", "b.ask-organisers", "b.show", "b.answer", "b.ask-again"),
        ),
        "doubt": Plan(
            ("list",),
            (
                *("b.see-list", "b.something-wrong", "b.did-not-sign", "b.show", "b.i-can-show-it"),
                *("b.dispute-off", "b.dispute-keep", "b.ask-both"),
            ),
        ),
        "look after": Plan(
            ("mine",),
            (
                *("b.claim-links", "b.look-after", "b.i-can-show-it", "b.they-speak", "b.show"),
                *("b.hand-over", "b.let-go", "b.put-back", "b.it-stays", "b.take-it-off", "b.take-name-off"),
            ),
        ),
        "forget": Plan(
            ("mine",),
            (
                *("b.claim-links", "b.sign-organisation", "b.sign-and-publish", "b.approve", "b.hand-over"),
                *("b.my-sign-on", "b.forget-me", "b.wrote-it-down", "b.have-words"),
            ),
        ),
        "sign": Plan(("sign",), ("b.sign-organisation", "b.sign-and-publish", "b.sign-now", "b.approve")),
    }
)
"""What members, and moderators, have in mind."""


def drawn(chance: Random) -> tuple[Plan, Plan]:
    """One of the organisers', and one of the others'."""
    ours, theirs = tuple(OURS), tuple(THEIRS)
    return OURS[chance.choice((*ours, "invite", "change", "close", "new"))], THEIRS[chance.choice(theirs)]

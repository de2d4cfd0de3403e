"""[Ask the organisers]: words go to them and an answer comes back, and neither side sees an account (U1).

A question is asked in private. Organisers answer in private too: their card in the moderators' chat holds a
link that only they see, since a bot hears no words in most rooms.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import replace

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.dialog.questions import Parts
from bot.dialog.text import Quote, Text, paragraph
from bot.features import desk, guards, home, waiting
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say
from bot.ports import Conflict, Matter, Tx

KIND = "question"
OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
MOST_OPEN = 3
"""Questions of one person that wait at the same time."""
LONGEST = 1_500
"""Characters of a question or an answer: what one card can quote."""


def press(ask: Ask, route: Route) -> Answer:
    """Ask something, see an answer, or answer as an organiser."""
    match route:
        case ("see" | "mine", id_):
            return _seen(ask, id_)
        case ("close", id_):
            return _close(ask, id_)
        case _:
            return _begin(ask)


def _begin(ask: Ask) -> Answer:
    if not ask.private:
        return guards.in_private(ask, ("ask",))
    waits = [each for each in ask.tx.matters.of_person(KIND, ask.person.id) if each.state == OPEN]
    if len(waits) >= MOST_OPEN:
        return home.card(ask, Phrase("ask.wait"))
    return waiting.wait(ask, QUESTION, "", ("ask",))


def _asked(ask: Ask, _subject: str, words: str) -> Answer:
    """Keep the question and show it to the organisers."""
    word = ask.tools.ids.new()
    body = {"words": words, "word": word}
    matter = Matter(id_of(word), KIND, "", OPEN, ask.now, person=ask.person.id, body=body)
    ask.tx.matters.add(matter, ask.now)
    desk.owe(ask.tx, ask.tools, _key(matter), (KIND, matter.id), ask.now)
    rows = ((button("b.home", "home"), button("b.clear", "clear")),)
    return say(Saying((Phrase("ask.sent"),), rows), again=("home",))


def _key(matter: Matter) -> str:
    return f"{KIND}/{matter.id}"


def id_of(word: str) -> str:
    """The id of the question whose organisers' link has this word: nobody can find the word from it."""
    digest = hashlib.blake2b(word.encode(), digest_size=10, person=b"question").digest()
    return b32encode(digest).decode().lower()


def card(tx: Tx, id_: str) -> Saying | None:
    """The organisers' card of a question as it stands now."""
    found = tx.matters.get(id_)
    if found is None:
        return None
    asked = _quoted(found, "words")
    match found.state:
        case "answered":
            by = Phrase("ask.answered", {"by": str(found.body["by"])})
            return Saying((Phrase("ask.head-done"), asked, by, _quoted(found, "answer")))
        case "closed":
            return Saying(
                (Phrase("ask.head-done"), asked, Phrase("ask.closed", {"by": str(found.body["by"])}))
            )
        case _:
            answers = Button(Phrase("b.answer"), opens=("aq", str(found.body["word"])))
            return Saying(
                (Phrase("ask.head"), asked), ((answers, button("b.no-answer", "ask", "close", found.id)),)
            )


def _quoted(matter: Matter, key: str) -> Text:
    lines = str(matter.body[key]).splitlines() or [""]
    return (Quote((paragraph(*lines),)),)


def _seen(ask: Ask, id_: str) -> Answer:
    """An asker sees the answer, an organiser the card."""
    found = ask.tx.matters.get(id_)
    if found is None or found.kind != KIND:
        return home.card(ask, Phrase("ask.gone"))
    if found.person == ask.person.id and found.state == ANSWERED:
        rows = ((button("b.ask-again", "ask"), button("b.home", "home")), (button("b.clear", "clear"),))
        parts = (
            Phrase("ask.you-asked"),
            _quoted(found, "words"),
            Phrase("ask.they-write"),
            _quoted(found, "answer"),
        )
        return say(Saying(parts, rows), again=("ask", "mine", id_))
    seen = card(ask.tx, id_) if guards.is_moderator(ask) else None
    return say(seen, again=("ask", "see", id_)) if seen else home.card(ask, Phrase("ask.gone"))


def _close(ask: Ask, id_: str) -> Answer:
    """No answer is needed; every card of it says so."""
    if not guards.is_moderator(ask):
        return guards.told(ask, Phrase("review.not-you"))
    found = ask.tx.matters.get(id_)
    if found is None or found.kind != KIND or not _settle(ask, found, CLOSED):
        return guards.told(ask, Phrase("ask.late"))
    return Answer()


def _settle(ask: Ask, matter: Matter, state: str, **body: str) -> bool:
    """Settle an open question; False where somebody else did. Raises Conflict."""
    if matter.state != OPEN:
        return False
    by = {"by": ask.incoming.called[:40]}
    changed = replace(matter, state=state, row=matter.row + 1, body={**matter.body, **by, **body})
    if not ask.tx.matters.change(changed, matter.row, ask.now):
        raise Conflict
    desk.renew(ask.tx, ask.tools, _key(matter), ask.now)
    return True


def answer(ask: Ask, route: Route) -> Answer:
    """An organiser follows the link of a card: ("word",)."""
    found = ask.tx.matters.get(id_of(route[0])) if route else None
    if found is None or found.kind != KIND:
        return home.card(ask, Phrase("ask.gone"))
    if found.state != OPEN:
        return home.card(ask, Phrase("ask.late"))
    return waiting.wait(ask, REPLY, found.id, ("aq", *route[:1]))


def _replied(ask: Ask, subject: str, words: str) -> Answer:
    """The answer goes back; the asker gets a notice that names nothing."""
    found = ask.tx.matters.get(subject)
    if found is None or not _settle(ask, found, ANSWERED, answer=words):
        return home.card(ask, Phrase("ask.late"))
    ask.tx.deliveries.owe(
        Delivery(
            ask.tools.ids.new(),
            f"notice/answered/{found.id}",
            Policy.NOTICE,
            ("notice", "answered", found.id),
            ask.now,
            person=found.person,
        )
    )
    rows = ((button("b.home", "home"), button("b.clear", "clear")),)
    return say(Saying((Phrase("ask.replied"),), rows), again=("home",))


def _prompt_reply(ask: Ask, subject: str) -> Parts:
    found = ask.tx.matters.get(subject)
    return (*((_quoted(found, "words"),) if found else ()), Phrase("ask.reply"))


def _too_long(_ask: Ask, _subject: str, words: str) -> Refusal | None:
    return Refusal("dialog.too-long", {"limit": LONGEST}) if len(words) > LONGEST else None


def _is_here(ask: Ask, subject: str) -> bool:
    """Whoever writes too late is told so, so that the words are not taken for something else."""
    return ask.tx.matters.get(subject) is not None


QUESTION = waiting.talk_of(
    waiting.Waiting(
        "ask",
        prompt=lambda _ask, _subject: (Phrase("ask.what"),),
        take=_asked,
        stands=lambda _ask, _subject: True,
        left=lambda ask, _subject: home.card(ask),
        check=_too_long,
        label="ask.label",
    )
)
REPLY = waiting.talk_of(
    waiting.Waiting(
        "reply",
        prompt=_prompt_reply,
        take=_replied,
        stands=_is_here,
        left=lambda ask, _subject: home.card(ask),
        check=_too_long,
        label="ask.reply-label",
    )
)
FEATURE = Feature("ask", press, talks=(QUESTION,), public=True)
ANSWERING = Feature("aq", answer, talks=(REPLY,))

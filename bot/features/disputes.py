"""A disputed entry (FEATURES I10, GOLDEN-DIALOGS 6b): organisers look at it; reports alone hide no name.

Who looks after the entry takes it off at once, as always.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Endorsement, Kind, Step, signer_key
from bot.campaign.lookalike import search_key
from bot.campaign.refusal import Refusal
from bot.content.importing.names import PublishedName, published_name
from bot.content.inert import shortened
from bot.dialog.messages import Day, Phrase, Route, Saying, Value
from bot.features import desk, guards, home, keepers, mine, names, steps, waiting
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.steps import IMPORT
from bot.ports import Conflict, Matter, Tx
from bot.publication.gate import line_of

KIND = "dispute"
OPEN, OFF, KEPT = "open", "off", "kept"
CLAIM: Route = ("claim",)
"""Where those who speak for an organisation show it, with the entry's id behind it."""
SEARCHED = 2_000
"""Names of a list that are looked through for one that the catalogue does not know."""
CHUNK = 500
LONG = 80


def press(ask: Ask, route: Route) -> Answer:
    """Say that something is wrong, or decide about it at the desk."""
    match route:
        case ("of", slug, *what) if slug in ask.tools.catalog.campaigns:
            return _begin(ask, ask.tools.catalog.campaigns[slug], tuple(what))
        case ("see" | "mine", id_):
            return _seen(ask, id_)
        case ("thanks", id_):
            return _thanks(ask, id_)
        case ("off" | "keep" | "both" as what, id_, row):
            return _decide(ask, id_, row, what)
        case _:
            return home.card(ask, Phrase("button.old"))


def _begin(ask: Ask, campaign: Campaign, what: Route) -> Answer:
    if not ask.private:
        return guards.in_private(ask, ("dis", "of", campaign.slug))
    if what == ("name",):
        return waiting.wait(ask, WHICH, campaign.slug, ("dis", "of", campaign.slug, "name"))
    rows = (
        (button("b.did-not-sign", "dis", "of", campaign.slug, "name"),),
        (button("b.something-else", "ask"),),
        (button("b.see-list", "list", campaign.slug), button("b.home", "home")),
    )
    return say(Saying((Phrase("dispute.what"),), rows), again=("dis", "of", campaign.slug))


def find(ask: Ask, campaign: Campaign, words: str) -> Endorsement | None:
    """The published entry that somebody means: a known organisation, else one by its own name."""
    read = published_name({"line": words})
    if isinstance(read, PublishedName):
        entry = names.entry_of(ask.tools, read)
        live = ask.tx.endorsements.live(campaign.slug, signer_key(Kind.ORGANISATION, entry, ""))
        if live is not None and live.position is not None:
            return live
    wanted = search_key(words)
    return (
        next((each for each in _listed(ask.tx, campaign) if wanted in _keys(each)), None) if wanted else None
    )


def _keys(endorsement: Endorsement) -> set[str]:
    entry = endorsement.entry
    return {search_key(each) for each in (entry.name, entry.acronym, entry.original, line_of(entry)) if each}


def _listed(tx: Tx, campaign: Campaign) -> Iterable[Endorsement]:
    after = 0
    for _ in range(SEARCHED // CHUNK):
        page = tx.endorsements.page(campaign.slug, Kind.ORGANISATION, after=after, limit=CHUNK)
        yield from page
        if len(page) < CHUNK:
            return
        after = page[-1].position or 0


def _check(ask: Ask, subject: str, words: str) -> Refusal | None:
    found = find(ask, ask.tools.catalog.campaigns[subject], words)
    return None if found else Refusal("dispute.not-found")


def _reported(ask: Ask, subject: str, words: str) -> Answer:
    """Keep the report, once for each person; whoever looks after the entry needs none."""
    found = find(ask, ask.tools.catalog.campaigns[subject], words)
    if found is None:
        return home.card(ask, Phrase("dispute.not-found"))
    if keepers.is_keeper(ask, found):
        return mine.see(ask, found)
    matter = Matter(ask.tools.ids.new(), KIND, found.id, OPEN, ask.now, ask.person.id, ask.person.id)
    if ask.tx.matters.add(matter, ask.now):
        desk.owe(ask.tx, ask.tools, _key(found.id), (KIND, found.id), ask.now)
    return _thanks(ask, found.id)


def _thanks(ask: Ask, id_: str) -> Answer:
    """To whoever reported it: what happens next."""
    found = ask.tx.endorsements.get(id_)
    if found is None or ask.tx.matters.by_key(KIND, ask.person.id, id_) is None:
        return home.card(ask, Phrase("ask.gone"))
    rows = (
        (button("b.i-can-show-it", *CLAIM, found.id),),
        (button("b.only-noticed", "home"), button("b.clear", "clear")),
    )
    said = Phrase("dispute.thanks", {"name": found.entry.name})
    return say(Saying((said,), rows), again=("dis", "thanks", id_))


def _key(endorsement: str) -> str:
    return f"{KIND}/{endorsement}"


def card(tx: Tx, endorsement: str) -> Saying | None:
    """The organisers' card of a disputed entry as it stands now."""
    found = tx.endorsements.get(endorsement)
    if found is None:
        return None
    reports = tx.matters.of(KIND, endorsement)
    waits = [each for each in reports if each.state == OPEN]
    values: dict[str, Value] = {"line": line_of(found.entry)}
    if not waits:
        last = reports[-1] if reports else None
        by = str(last.body.get("by", "")) if last else ""
        said = Phrase(f"dispute.{last.state if last else KEPT}", values | {"by": by})
        return Saying((said,))
    parts = [Phrase("dispute.head", values, count=len(waits)), _signed(found)]
    row = str(found.row)
    first = button("b.ask-both", "dis", "both", found.id, row)
    decides = [button(f"b.dispute-{what}", "dis", what, found.id, row) for what in ("off", "keep")]
    return Saying(tuple(parts), ((first,), tuple(decides)))


def _signed(found: Endorsement) -> Phrase:
    """How it came onto the list."""
    day = Day(found.signed.date())
    who = shortened(found.private.representative, LONG)
    key = "imported" if found.origin == IMPORT else "signed-by" if who else "signed"
    return Phrase(f"dispute.{key}", {"day": day, **({"who": who} if key == "signed-by" else {})})


def _decide(ask: Ask, id_: str, row: str, what: str) -> Answer:
    """An organiser's word on it: every card of it says so afterwards."""
    if not guards.is_moderator(ask):
        return guards.told(ask, Phrase("review.not-you"))
    found = ask.tx.endorsements.get(id_)
    waits = [each for each in ask.tx.matters.of(KIND, id_) if each.state == OPEN]
    if found is None or not waits or row != str(found.row):
        return guards.told(ask, Phrase("ask.late"))
    if what == "both":
        return _ask_both(ask, found, waits)
    act = steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)
    taken = steps.take(act, found, Step.SUSPEND if what == "off" else Step.KEEP)
    if taken is None:
        return guards.told(ask, Phrase("ask.late"))
    if what == "off":
        steps.tell(act, taken, "suspended")
        steps.owe_cards(act, taken)
    _settle(ask, waits, OFF if what == "off" else KEPT)
    desk.renew(ask.tx, ask.tools, _key(id_), ask.now)
    return Answer()


def _settle(ask: Ask, waits: Iterable[Matter], state: str) -> None:
    """Every report gets the same answer, and whoever made it a notice."""
    for each in waits:
        body = {**each.body, "by": ask.incoming.called[:40]}
        if not ask.tx.matters.change(
            replace(each, state=state, row=each.row + 1, body=body), each.row, ask.now
        ):
            raise Conflict
        _tell(ask, each.person, "disputed", each.id, str(each.row))


def _ask_both(ask: Ask, found: Endorsement, waits: Iterable[Matter]) -> Answer:
    """Those who look after the entry and those who reported it may write to the organisers."""
    people = (*keepers.keepers_of(ask.tx, found.id), *(each.person for each in waits))
    for person in dict.fromkeys(people):
        _tell(ask, person, "asked", found.id, person)
    return guards.told(ask, Phrase("dispute.asked"))


def _tell(ask: Ask, person: str, what: str, about: str, number: str) -> None:
    key = f"notice/{what}/{about}/{number}"
    notice = Delivery(
        ask.tools.ids.new(), key, Policy.NOTICE, ("notice", what, about), ask.now, person=person
    )
    ask.tx.deliveries.owe(notice)


def _seen(ask: Ask, id_: str) -> Answer:
    """What [Show] of a notice leads to, for whoever it was sent to; an organiser sees the card."""
    rows = ((button("b.ask-organisers", "ask"), button("b.home", "home")), (button("b.clear", "clear"),))
    report = ask.tx.matters.get(id_)
    if report and report.kind == KIND and report.person == ask.person.id and report.state != OPEN:
        found = ask.tx.endorsements.get(report.subject)
        values = {"name": found.entry.name if found else ""}
        return say(
            Saying((Phrase(f"dispute.told-{report.state}", values),), rows), again=("dis", "mine", id_)
        )
    found = ask.tx.endorsements.get(id_)
    if found and guards.is_moderator(ask) and (shown := card(ask.tx, id_)):
        return say(shown, again=("dis", "see", id_))
    reported = any(each.subject == id_ for each in ask.tx.matters.of_person(KIND, ask.person.id))
    if found is None or not (reported or ask.person.id in keepers.keepers_of(ask.tx, id_)):
        return home.card(ask, Phrase("ask.gone"))
    said = Phrase("dispute.question", {"name": found.entry.name})
    return say(Saying((said,), rows), again=("dis", "mine", id_))


WHICH = waiting.talk_of(
    waiting.Waiting(
        "dispute",
        prompt=lambda _ask, _subject: (Phrase("dispute.which"),),
        take=_reported,
        stands=lambda ask, subject: subject in ask.tools.catalog.campaigns,
        left=lambda ask, _subject: home.card(ask),
        check=_check,
        label="dispute.label",
    )
)
FEATURE = Feature("dis", press, talks=(WHICH,), public=True)

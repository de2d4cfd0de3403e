"""Links by which organisers give imported entries to contacts they know (FEATURES E10, E12).

The first who opens one looks after the entry at once. The organisers see each on a card, and can end it.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.campaign.campaign import Campaign
from bot.campaign.claim import Link
from bot.campaign.endorsement import Endorsement, Kind
from bot.dialog.messages import Attachment, Phrase, Route, Saying
from bot.features import claims, home, keepers, mine, organise
from bot.features.buttons import button, start_word
from bot.features.feature import Answer, Ask, Feature, say
from bot.ports import Conflict, Matter
from bot.publication.gate import line_of

KIND = "claim-link"
MOST = 200
"""Links in one file."""
PAGE = 100


def press(ask: Ask, route: Route) -> Answer:
    """A link that was opened: (word,); or the file with the links: ("for", slug, after which position)."""
    match route:
        case ("for", slug, *after):
            start = int(after[0][:9]) if after and after[0].isdecimal() else 0
            return organise.for_organisers(ask, slug, lambda ask, campaign: _links(ask, campaign, start))
        case (word,) if word not in ask.tools.catalog.campaigns:
            return _open(ask, word)
        case (slug,):
            return organise.for_organisers(ask, slug, lambda ask, campaign: _links(ask, campaign, 0))
        case _:
            return home.card(ask)


def id_of(word: str) -> str:
    """The id of the link with this secret word: nobody can find the word from it."""
    digest = hashlib.blake2b(word.encode(), digest_size=10, person=KIND.encode()).digest()
    return b32encode(digest).decode().lower()


def _links(ask: Ask, campaign: Campaign, start: int) -> Answer:
    """A file with a link for each entry that nobody looks after; the same link each time."""
    found = list(_free(ask, campaign, start))
    own: Route = ("cl", "for", campaign.slug, str(start))
    back = (button("b.back", "org", campaign.slug), button("b.home", "home"))
    if not found:
        return say(Saying((Phrase("claim.no-links"),), (back,)), again=own)
    more = found[MOST - 1].position if len(found) > MOST else None
    rows = ((button("b.more-titles", "cl", "for", campaign.slug, str(more)),),) if more else ()
    chosen = found[:MOST]
    said = Phrase("claim.links", count=len(chosen))
    return say(Saying((said,), (*rows, back), attachment=_file(ask, campaign, chosen)), again=own)


def _free(ask: Ask, campaign: Campaign, start: int) -> Iterator[Endorsement]:
    """Up to one more than ``MOST`` entries of organisations after a position that nobody looks after."""
    after, left = start, MOST + 1
    while left and (
        page := ask.tx.endorsements.page(campaign.slug, Kind.ORGANISATION, after=after, limit=PAGE)
    ):
        for each in page:
            if left and not keepers.keepers_of(ask.tx, each.id):
                left -= 1
                yield each
        after = page[-1].position or 0


def _file(ask: Ask, campaign: Campaign, found: Iterable[Endorsement]) -> Attachment:
    """A text with each entry and its own links, ready to be copied into a mail."""
    blocks = ["\n".join((line_of(each.entry), *_ways(ask, _made(ask, campaign, each)))) for each in found]
    text = "\n\n".join((home.title(ask, campaign), *blocks)) + "\n"
    return Attachment(f"{campaign.slug}-entries.txt", text.encode(), "text/plain")


def _made(ask: Ask, campaign: Campaign, entry: Endorsement) -> str:
    """The secret word of the link of an entry, made where there is none yet."""
    found = ask.tx.matters.by_key(KIND, entry.id, campaign.slug)
    if found and found.state == Link.MADE:
        return str(found.body["word"])
    if found:
        ask.tx.matters.remove(found.id)
    word = ask.tools.ids.new()
    body = {"word": word, "entry": entry.id}
    ask.tx.matters.add(
        Matter(id_of(word), KIND, campaign.slug, Link.MADE, ask.now, key=entry.id, body=body), ask.now
    )
    return word


def _ways(ask: Ask, word: str) -> tuple[str, ...]:
    start = start_word(("cl", word))
    return tuple(link for make in ask.tools.links.values() if (link := make(start))) or (start,)


def _open(ask: Ask, word: str) -> Answer:
    """Whoever opens it first looks after the entry."""
    made = ask.tx.matters.get(id_of(word))
    found = claims.entry(ask, str(made.body["entry"])) if made and made.kind == KIND else None
    if made is None or found is None:
        return home.card(ask, Phrase("claim.link-unknown"))
    if keepers.is_keeper(ask, found):
        return mine.see(ask, found)
    if made.state != Link.MADE:
        rows = ((button("b.look-after", "claim", "ask", found.id), button("b.home", "home")),)
        said = Phrase("claim.link-used", {"line": line_of(found.entry)})
        return say(Saying((said,), rows), again=("cl", word))
    used = replace(made, state=Link.USED, row=made.row + 1)
    if not ask.tx.matters.change(used, made.row, ask.now):
        raise Conflict
    claims.appoint(ask, found, "link")
    return mine.see(ask, found, Phrase("claim.yours"))


FEATURE = Feature("cl", press)

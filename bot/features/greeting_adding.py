"""An organiser adds a greeting to an occasion, or changes one (FEATURES C9): its words stay as they came."""

from __future__ import annotations

from bot.campaign.lookalike import check_name, clean
from bot.campaign.refusal import Refusal
from bot.content.catalog import Greeting, Occasion
from bot.content.difference import difference, summary
from bot.content.importing.language import guess
from bot.content.importing.notation import front_matter, markdown, source_lines, toml_list, toml_text
from bot.content.importing.printed import split_line
from bot.content.importing.reading import read
from bot.content.importing.register import organisations_file
from bot.content.importing.slug import unique
from bot.content.laying import lay_over
from bot.content.markup import read as rich
from bot.dialog.dialog import Dialog
from bot.dialog.messages import Language, Phrase, Route, Value
from bot.dialog.pages import paginate
from bot.dialog.questions import Parts, Question, Toggle
from bot.dialog.session import Answer as Given
from bot.dialog.session import Answers, Session
from bot.features import greetings, guards, initiators, talks
from bot.features.feature import Answer, Ask, Feature, Scene, Talk
from bot.features.reading import PAGE, quoted
from bot.features.sign_fields import private_text
from bot.features.sign_organisation import candidates, which
from bot.ports import Paper

LONGEST_LINE, MOST_SIGNERS = 200, 10
FOR_US = "for-us"
"""The box on the last card: only the organisers may read it yet."""


def press(ask: Ask, route: Route) -> Answer:
    """("occasion",) adds one; ("occasion", "slug") changes it, with "show" everybody may read it."""
    if not guards.is_organiser(ask):
        return guards.told(ask, Phrase("org.not-you"))
    occasion = ask.tools.catalog.occasions.get(route[0]) if route else None
    if occasion is None:
        return greetings.occasions(ask)
    found = _greeting(occasion, route[1]) if len(route) > 1 else None
    if found and route[2:] == ("show",):
        return _show(ask, occasion, found)
    subject = f"{occasion.slug}/{found.slug}" if found else occasion.slug
    return talks.begin(ask, DIALOG, subject, ("gre", *route[:2]), _as_it_is(ask, found) if found else {})


def _greeting(occasion: Occasion, slug: str) -> Greeting | None:
    return next((each for each in occasion.greetings if each.slug == slug), None)


def _about(ask: Ask, subject: str) -> tuple[Occasion | None, Greeting | None]:
    """The occasion of a talk, and the greeting that it changes."""
    name, _, slug = subject.partition("/")
    occasion = ask.tools.catalog.occasions.get(name)
    return occasion, _greeting(occasion, slug) if occasion and slug else None


def _as_it_is(ask: Ask, greeting: Greeting) -> Answers:
    """What need not be asked of a greeting that is there: all but its words."""
    first = greeting.organisations[0]
    signers = "\n".join(f"{each.name}, {each.role}" if each.role else each.name for each in greeting.signers)
    name = ask.tools.catalog.organisations[first].name
    return {"organisation": name, "which": first, "signers": signers or None, "note": greeting.note or None}


def _name(words: str, _answers: Answers, _scene: Scene) -> Given | Refusal:
    return check_name(words, LONGEST_LINE)


def _text(words: str, _answers: Answers, _scene: Scene) -> Given | Refusal:
    return words.strip() if _body(words) else Refusal("dialog.empty")


def _signers(words: str, _answers: Answers, _scene: Scene) -> Given | Refusal:
    """One on each line."""
    lines = [line for line in map(clean, words.splitlines()) if line][:MOST_SIGNERS]
    return "\n".join(line[:LONGEST_LINE] for line in lines) or Refusal("dialog.empty")


def _body(words: str) -> str:
    """The words as Markdown: each stays as it was."""
    return markdown(read(words.encode(errors="replace"), "greeting.txt").blocks).strip()


def _said(answers: Answers, key: str) -> str:
    value = answers.get(key)
    return value if isinstance(value, str) else ""


def _review(answers: Answers, scene: Scene) -> Parts:
    """Who greets, in which language, how it begins; of a changed one what differs."""
    body = _body(_said(answers, "text"))
    known = scene.ask.tools.catalog.organisations.get(_said(answers, "which"))
    values: dict[str, Value] = {
        "from": known.name if known else _said(answers, "organisation"),
        "language": Language(guess(body).language),
    }
    first = paginate(rich(body), PAGE)
    _, before = _about(scene.ask, scene.subject)
    old = before.documents[before.original].body if before else ""
    return (
        Phrase("gre.review", values),
        *((quoted(first[0]),) if first else ()),
        *((Phrase("gre.goes-on"),) if len(first) > 1 else ()),
        *(summary(difference(old, body)) if old else ()),
    )


def _file(answers: Answers, organisations: list[str], order: int) -> str:
    """The greeting as it stands in a data folder."""
    body = _body(_said(answers, "text"))
    lines = [f"organisations = {toml_list(organisations)}", f"order = {order}"]
    lines += [f"language = {toml_text(guess(body).language)}", 'kind = "full"']
    lines += [f"note = {toml_text(note)}"] if (note := _said(answers, "note")) else []
    for line in _said(answers, "signers").splitlines():
        name, _, role = line.partition(",")
        lines += ["", "[[signer]]", f"name = {toml_text(name.strip())}"]
        lines += [f"role = {toml_text(role.strip())}"] if role.strip() else []
    return front_matter([*lines, *source_lines("Sent to the organisers")], body)


def _finish(ask: Ask, session: Session) -> Answer:
    """Keep it, for the organisers alone where that was chosen; then it is shown as readers see it."""
    occasion, before = _about(ask, session.subject)
    if occasion is None:
        return greetings.occasions(ask)
    slugs, papers = _organisations(ask, session.answers, before)
    taken = {each.slug for each in occasion.greetings}
    slug = before.slug if before else unique(slugs[0], taken, "greeting")
    order = before.order if before else max((each.order for each in occasion.greetings), default=0) + 1
    path = ("greetings", occasion.slug, f"{slug}.md")
    hidden = session.answers.get(FOR_US) is True
    papers.append(Paper(path, _file(session.answers, slugs, order), hidden))
    _, faults = lay_over(ask.tools.catalog, {paper.path: paper.text for paper in papers})
    if faults:
        return greetings.about(ask, occasion)
    for paper in papers:
        ask.tx.papers.put(paper, ask.tools.ids.new())
    return _read(ask, occasion.slug, slug)


def _organisations(ask: Ask, answers: Answers, before: Greeting | None) -> tuple[list[str], list[Paper]]:
    """Who greets, by slug; one that nobody knows yet is written down too."""
    known = ask.tools.catalog.organisations
    if (which_one := _said(answers, "which")) in known:
        same = before and before.organisations[0] == which_one
        return [*before.organisations] if before and same else [which_one], []
    made = initiators.organisation_of(split_line(_said(answers, "organisation")), known)
    path = ("organisations", f"greeting-{made.slug}.toml")
    return [made.slug], [Paper(path, organisations_file([made]))]


def _show(ask: Ask, occasion: Occasion, greeting: Greeting) -> Answer:
    paper = ask.tx.papers.get(("greetings", occasion.slug, f"{greeting.slug}.md"))
    if paper and paper.hidden:
        ask.tx.papers.put(Paper(paper.path, paper.text), ask.tools.ids.new())
    return _read(ask, occasion.slug, greeting.slug)


def _read(ask: Ask, occasion: str, slug: str) -> Answer:
    now = ask.renewed()
    return greetings.read(now, now.tools.catalog.occasions[occasion], slug, "0")


def _left(ask: Ask, session: Session) -> Answer:
    occasion, _ = _about(ask, session.subject)
    return greetings.about(ask, occasion) if occasion else greetings.occasions(ask)


DIALOG: Dialog[Scene] = Dialog(
    "greeting",
    (
        Question(
            "organisation",
            prompt=lambda _answers, _scene: (Phrase("gre.who"),),
            check=_name,
            label="gre.label-who",
            clears=("which",),
        ),
        Question(
            "which",
            prompt=lambda _answers, _scene: (Phrase("sign.which"),),
            check=which,
            choices=candidates,
            asked=lambda answers, scene: bool(candidates(answers, scene)),
        ),
        Question(
            "text", prompt=lambda _answers, _scene: (Phrase("gre.text"),), check=_text, label="gre.label-text"
        ),
        Question(
            "signers",
            prompt=lambda _answers, _scene: (Phrase("gre.signers"),),
            check=_signers,
            optional=lambda _answers, _scene: True,
            label="gre.label-signers",
        ),
        Question(
            "note",
            prompt=lambda _answers, _scene: (Phrase("gre.note"),),
            check=private_text,
            optional=lambda _answers, _scene: True,
            label="gre.label-note",
        ),
    ),
    _review,
    commit=lambda _answers, _scene: "b.publish-greeting",
    toggles=lambda _answers, _scene: (Toggle(FOR_US, "gre.secret"),),
    title="gre.form",
    forms=(("organisation",), ("text", "signers", "note")),
)
FEATURE = Feature(
    "gre",
    press,
    talks=(
        Talk(
            DIALOG,
            _finish,
            stands=lambda ask, subject: guards.is_organiser(ask) and _about(ask, subject)[0] is not None,
            left=_left,
        ),
    ),
)
